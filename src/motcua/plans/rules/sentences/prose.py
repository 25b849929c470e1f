"""The running text of a document: paragraphs made whole again, markup gone, each with its lines."""

import re
from dataclasses import dataclass

from motcua.plans.rules.sentences.fields import is_field
from motcua.reading.blocks import Document, Paragraph, Table

_ENDS = re.compile(r"[.;:!?/”\")]\s*$")
_STARTS = re.compile(
    r"^(?:[IVX]+\.|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-+*•]|Điều \d|Căn cứ|Theo đề nghị|Nơi nhận|"
    r"(?:Thực hiện|Triển khai|Thi hành) (?:Nghị quyết|Nghị định|Quyết định|Kế hoạch|Chỉ thị|Thông tư|Công văn) số|"
    r"Phụ lục|PHỤ LỤC)"
)
_HANGS = re.compile(r"\b(?:của|và|tại|theo|về|các|cho|với|(?:định|quyết|hoạch|tư|lệnh) số)$|,$")
_BARE = re.compile(r"^(?:\d+[.)]|[a-zđ]\)|Điều)$")
_WRAPPED = 55  # a line shorter than this was not broken by a margin


@dataclass(frozen=True)
class Passage:
    """One paragraph. ``before_table``: a table follows it."""

    text: str
    line_start: int
    line_end: int


def passages(document: Document) -> list[Passage]:
    """Return the paragraphs outside tables; lines that a margin or page end broke are joined."""
    result: list[Passage] = []
    wrapped = _is_wrapped(document)
    keeps_paragraphs = document.kind == "docx" and not wrapped  # Word breaks no paragraph at a margin
    previous: Paragraph | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            previous = None
            continue
        if previous is not None and _goes_on(previous, block, wrapped=wrapped, whole=keeps_paragraphs):
            last = result.pop()
            result.append(Passage(f"{last.text} {block.text}", last.line_start, block.line_end))
        else:
            result.append(Passage(block.text, block.line_start, block.line_end))
        previous = block
    return result


def _is_wrapped(document: Document) -> bool:
    """Tell whether a margin broke the lines: plenty of them, nearly all of about one width."""
    lengths = sorted(len(block.text) for block in document.paragraphs if len(block.text) > 30)
    return len(lengths) > 15 and lengths[int(len(lengths) * 0.95)] < 110


def _goes_on(before: Paragraph, block: Paragraph, *, wrapped: bool, whole: bool) -> bool:
    adjacent = block.line_start == before.line_end + 1
    if adjacent and _BARE.match(before.text):
        return True
    if _ENDS.search(before.text) or _STARTS.match(block.text) or before.text.isupper() or is_field(block.text):
        return False
    if _HANGS.search(before.text):
        return True
    if block.text[:1].islower():
        return len(before.text) > _WRAPPED or adjacent
    is_broken = wrapped or len(before.text) > _WRAPPED and not whole
    return adjacent and is_broken and not block.text.isupper()
