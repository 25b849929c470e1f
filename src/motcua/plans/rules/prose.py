"""The running text of a document: paragraphs made whole again, markup gone, each with its lines."""

import re
from dataclasses import dataclass

from motcua.reading.blocks import Document, Paragraph, Table

_ENDS = re.compile(r"[.;:!?/”\")]\s*$")
_STARTS = re.compile(r"^(?:[IVX]+\.|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-+*•]|Điều \d|Căn cứ|Theo đề nghị|Nơi nhận|Phụ lục|PHỤ LỤC)")
_HANGS = re.compile(r"\b(?:của|và|tại|theo|về|các|cho|với|(?:định|quyết|hoạch|tư|lệnh) số)$|,$")
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
    previous: Paragraph | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            previous = None
            continue
        if previous is not None and _goes_on(previous, block):
            last = result.pop()
            result.append(Passage(f"{last.text} {block.text}", last.line_start, block.line_end))
        else:
            result.append(Passage(block.text, block.line_start, block.line_end))
        previous = block
    return result


def _goes_on(before: Paragraph, block: Paragraph) -> bool:
    if _ENDS.search(before.text) or _STARTS.match(block.text) or before.text.isupper():
        return False
    if _HANGS.search(before.text):
        return True
    if block.text[:1].islower():
        return len(before.text) > _WRAPPED or block.line_start == before.line_end + 1
    return block.line_start == before.line_end + 1 and len(before.text) > _WRAPPED and not block.text.isupper()
