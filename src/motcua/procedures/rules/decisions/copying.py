"""What the three manners of copied lists share: rows of cells made a table under their headings. Pure."""

import re
from dataclasses import dataclass

from motcua.base.text import squash
from motcua.procedures.rules.decisions.fitting import NUMBER, Holds, fitted
from motcua.procedures.rules.decisions.headings import Headings
from motcua.procedures.rules.decisions.pieces import CODE
from motcua.reading.blocks import Cell, Row, Table
from motcua.reading.markup import plain

_SECTION = re.compile(
    r"(?:[IVX]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/-]?\s+(?:lĩnh vực|nhóm|cấp|thủ tục|tthc|sở|ban|danh mục)|"
    r"(?:[IVX]{1,6}|[A-ZĐ])[.)]\s|lĩnh vực\b|nhóm\b",
    re.I,
)
_FIELD = re.compile(
    r"(?:lĩnh vực|nhóm|cấp (?:tỉnh|xã|huyện|trung ương))\b|(?:danh mục )?(?:thủ tục hành chính|tthc)(?: nội bộ)? "
    r"(?:mới|được|bị|sửa|thay|bãi|cấp)\b",
    re.I,
)
_OUTSIDE = re.compile(
    r"\W*(?:phụ lục|phần\s+(?:[ivx\d]+|thứ)|điều \d|nơi nhận|ghi chú\s*:|\((?:kèm|ban hành)|biểu mẫu|"
    r"nội dung cụ thể|danh mục )",
    re.I,
)


@dataclass(frozen=True)
class Copied:
    """A list found in copied text: indices of its first line and of the line after its last, and its table."""

    start: int
    end: int
    table: Table


def cell(lines: list[tuple[int, str]]) -> Cell:
    """Return a cell of (1-based line, text)."""
    return Cell(tuple((number, squash(plain(text))) for number, text in lines))


def is_section(texts: list[str]) -> bool:
    """Tell whether a row's texts only name the field or part of the rows below it."""
    if len(texts) > 2 or any(CODE.search(text) for text in texts):
        return False
    if len(texts) == 2 and NUMBER.fullmatch(texts[0]):  # "2 | Thủ tục cấp lại …" is a row that lost its other cells
        return bool(_FIELD.match(texts[1]))
    words = " ".join(texts)
    letters = [letter for letter in words if letter.isalpha()]
    return bool(_SECTION.match(words)) or (len(letters) > 3 and words.isupper())


def is_outside(text: str) -> bool:
    """Tell whether a line cannot belong to a list: the caption of an annex, an article, the signature."""
    bare = plain(text)
    return bool(_OUTSIDE.match(bare)) or bare.startswith("QUYẾT ĐỊNH")


def begins_row(text: str) -> bool:
    """Tell whether a text is what a row begins with: its number, or a code."""
    return bool(NUMBER.fullmatch(text) or CODE.match(text))


def row_of(cells: list[Cell], heads: Headings, *, may_share: bool) -> Row | None:
    """Return the row that cells are, each in its column; a section's as one cell; None where they do not fit."""
    texts = [one.text for one in cells]
    lines = (cells[0].line_start, cells[-1].line_end)
    if is_section(texts):
        return Row((_titled(cells).at(0),), lines=lines)
    if len(texts) == 1 and Holds.NAME in heads.columns:  # the rest of the name above
        name = heads.columns.index(Holds.NAME)
        columns = range(len(heads.columns))
        return Row(tuple(cells[0].at(at) if at == name else _empty(cells[0], at) for at in columns), lines=lines)
    places, score = fitted(texts, list(heads.columns), may_share=may_share)
    if not places or score < -6 * len(texts):
        return None
    found: dict[int, list[Cell]] = {}
    for place, one in zip(places, cells, strict=True):
        found.setdefault(place, []).append(one)
    filled = [_joined(found[at]).at(at) if at in found else _empty(cells[0], at) for at in range(len(heads.columns))]
    return Row(tuple(filled), lines=lines)


def _titled(cells: list[Cell]) -> Cell:
    """Return a title whose letter or number stands in a cell of its own as one: "A. Thủ tục mới ban hành"."""
    whole = _joined(cells)
    (line, mark), *others = whole.parts
    return Cell(((line, f"{mark}."), *others)) if len(cells) == 2 and mark[-1:].isalnum() else whole


def _joined(cells: list[Cell]) -> Cell:
    return Cell(tuple(part for one in cells for part in one.parts))


def _empty(beside: Cell, column: int) -> Cell:
    return Cell(((beside.line_start, ""),), column)


def table_of(rows: list[Row], heads: Headings) -> Table | None:
    """Return the table of headings and rows; None where no row holds more than a title."""
    if not any(len(row.cells) > 1 for row in rows):
        return None
    return Table((*heads.rows, *rows), len(heads.columns))
