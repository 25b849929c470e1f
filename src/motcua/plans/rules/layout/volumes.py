"""Several documents in one file: each begins with its own letterhead and its own number."""

import re
from dataclasses import replace

from motcua.base.text import fold
from motcua.reading.blocks import Block, Document, Paragraph, Table

_STATE = re.compile(r"cong hoa xa hoi chu nghia")
_NUMBER = re.compile(r"\bso\s*:?\s*(\d*)[\s.…_]*/\s*([a-z][a-z-]+)")
_REACH = 14  # blocks around the motto among which the number of the letterhead stands
_BODY = re.compile(
    r"^(uy ban nhan dan|ubnd|hoi dong|so |tinh |huyen |xa |phuong |thanh pho |van phong|bo |cong an|dang uy)"
)


def documents_in(document: Document) -> list[Document]:
    """Return the documents of a file, one for each letterhead with a number of its own."""
    starts: list[int] = []
    numbers: set[str] = set()
    for at, block in enumerate(document.blocks):
        if not _STATE.search(fold(_text(block))) or starts and at - starts[-1] < 3:
            continue
        number = _number_near(document.blocks, at)
        if not starts:
            starts.append(0)
            numbers.add(number)
        elif number and number not in numbers:
            starts.append(_beginning(document.blocks, at))
            numbers.add(number)
    if len(starts) < 2:
        return [document]
    ends = [*starts[1:], len(document.blocks)]
    return [replace(document, blocks=document.blocks[start:end]) for start, end in zip(starts, ends, strict=True)]


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return " ".join(text for row in block.rows[:3] for text in row.texts)[:1000]


def _number_near(blocks: tuple[Block, ...], at: int) -> str:
    for block in blocks[max(at - 4, 0) : at + _REACH]:
        text = _text(block)
        # A number inside a sentence is one that is cited.
        found = _NUMBER.search(fold(text)) if len(text) < 90 or isinstance(block, Table) else None
        if found and not fold(text).startswith(("can cu", "thuc hien", "(kem", "kem theo")):
            return f"{found.group(1)}/{found.group(2)}"
    return ""


def _beginning(blocks: tuple[Block, ...], at: int) -> int:
    """Return the first block of the letterhead: the names of bodies just above the motto belong to it."""
    while at > 0 and isinstance(blocks[at - 1], Paragraph):
        text = fold(_text(blocks[at - 1]))
        if len(text) > 80 or not (_BODY.match(text) or _NUMBER.match(text) or not text.strip("-_* |")):
            break
        at -= 1
    return at
