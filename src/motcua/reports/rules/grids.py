"""Tables of any report: which rows head them, what each column is, what each row says.

A grid is found in lines alone: nothing here knows a form. Column formulas that the head prints beside the column
numbers, ``(3)=(4)+(5)``, are kept as text; ``column_rules`` reads them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.base.text import fold, nfc
from motcua.reports.rules.grid_heads import (
    CODE_LABELS,
    HEAD_WORDS,
    MAIN_VALUE,
    MOST_COLUMNS,
    Column,
    columns_of,
    is_figure,
    is_numbering,
    is_torn,
    letters_of,
)
from motcua.reports.rules.lines import Line

MOST_HEAD_ROWS = 6
ROW_CODE = re.compile(r"\(?(?:[IVX]{1,5}|[A-Z]\d{0,2}|[a-zđ]|\d{1,3}(?:\.(?:\d{1,2}|[a-zđ])){0,4})[.)]?")
_LED_NAME = re.compile(r"((?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,2}){0,4}|[a-zđ])[.)])\s+(\S.*)")
_OPTION = re.compile(r".+=\s*\d+")
# With its marks: "Công chứng" is no "Cộng chung".
_TOTAL = re.compile(
    r"(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|huyện|xã|phường|thành phố|bộ phận|ngành|trường|viện|cục|sở|thành)|"
    r"tổng toàn \w+)\W*(?:chung|cộng)?\W*(?:[(=].*)?"
)
_TWO_NAMES = re.compile(r"(.+?)\s+(Tổng(?: cộng| số)?|Cộng|Toàn (?:tỉnh|huyện|xã|thành phố|ngành))", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]{1,5}|[A-Z]")


@dataclass(frozen=True)
class GridRow:
    """A row of data. ``code`` as printed, ``full`` with its group before it ("II.1"); ``kind`` data, total, option."""

    code: str
    full: str
    name: str
    unit: str
    note: str
    cells: tuple[str, ...]
    line: int
    kind: str = "data"
    section: int = 0

    def cell(self, column: Column) -> str:
        return self.cells[column.index] if column.index < len(self.cells) else ""


@dataclass
class Grid:
    """A table with its heads read. ``appendix`` is the number in its caption, ``label`` how the caption names it."""

    appendix: int | None
    label: str
    captions: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    rows: list[GridRow] = field(default_factory=list)
    sheet: str = ""

    def of(self, *roles: str) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    @property
    def main(self) -> Column | None:
        """The column of the period's own figures."""
        values = self.of("value", "percent")
        named = [c for c in values if MAIN_VALUE.search(c.words) and "luy ke" not in c.words and "truoc" not in c.words]
        return next(iter(named or values), None)

    @property
    def is_of_indicators(self) -> bool:
        """Say whether each row is a quantity of its own, with its own unit, rather than a unit or a field."""
        return bool(self.of("unit")) or len(self.of("value", "percent")) <= 1 or any(
            re.search(r"chi tieu|noi dung|tieu chi", column.words) for column in self.of("name")
        )  # fmt: skip


def is_total(text: str) -> bool:
    """Say whether a row's name is only "total"."""
    return bool(_TOTAL.fullmatch(nfc(text).lower().strip()))


def grid_from(
    lines: Sequence[Line], captions: Sequence[str], appendix: int | None = None, label: str = ""
) -> Grid | None:
    """Return the grid that table rows make, or None where they hold no figures under heads (a letterhead)."""
    start = _head_start(lines)
    if start is None:
        return None
    end = _head_end(lines, start)
    above = [line.text for line in lines[:start] if line.text]
    grid = Grid(appendix, label, (*captions, *above))
    head = [line.cells for line in lines[start:end]]
    body = [line for line in lines[end:] if any(line.cells) and not _repeats(line, head)]
    width = min(max((len(line.cells) for line in lines), default=0), MOST_COLUMNS)
    grid.columns = columns_of(head, [line.cells for line in body], width)
    if not grid.of("value", "percent") or not (grid.of("name") or grid.of("code")):
        return None
    _Rows(grid).take(body)
    return grid if grid.rows else None


def _head_start(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines[:40]):
        filled = [cell for cell in line.cells if cell]
        if len(filled) < 2:
            continue
        first = letters_of(line.cells[0])
        if first in CODE_LABELS:
            return index
        if any(":" in cell for cell in filled):
            continue  # "Đơn vị báo cáo: …" stands over a form's table and is no head
        has_words = any(HEAD_WORDS.search(fold(cell)) for cell in filled)
        has_words = has_words or (len(filled) > 2 and _leads_figures(lines[index + 1 : index + 4]))
        if has_words and not any(is_figure(cell) for cell in filled) and index + 1 < len(lines):
            return index
    return None


def _leads_figures(lines: Sequence[Line]) -> bool:
    return any(sum(is_figure(cell) for cell in line.cells) > 1 for line in lines)


def _head_end(lines: Sequence[Line], start: int) -> int:
    end = start + 1
    while end < min(start + MOST_HEAD_ROWS, len(lines)):
        cells = lines[end].cells
        filled = [cell for cell in cells if cell]
        if is_numbering(filled) or is_torn(filled):
            return end + 1
        if not filled or _begins_data(cells):
            return end
        end += 1
    return end


def _begins_data(cells: Sequence[str]) -> bool:
    if not cells:
        return False
    first = cells[0].strip()
    if first and ROW_CODE.fullmatch(first):
        return True
    if first and (is_total(first) or _LED_NAME.fullmatch(first)):
        return True
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and first:
        return True  # a heading over the whole row
    return any(is_figure(cell) for cell in filled)


def _repeats(line: Line, head: Sequence[tuple[str, ...]]) -> bool:
    """Say whether a line is the head again, printed on the next page."""
    kept = [fold(cell) for cell in line.cells if cell]
    filled = [cell for cell in line.cells if cell]
    if is_numbering(filled) or is_torn(filled):
        return True
    return bool(kept) and any(kept == [fold(cell) for cell in row if cell] for row in head)


class _Rows:
    """Reads the body: codes with their group, names in the last filled cell before unit and values, options."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.code = next(iter(grid.of("code")), None)
        self.unit = next(iter(grid.of("unit")), None)
        self.notes = grid.of("note")
        self.values = grid.of("value", "percent")
        self.names = [column for column in grid.columns if column.role in ("name", "more")]
        self.group = ""
        self.last = ""
        self.children = 0
        self.section = 0

    def take(self, body: Sequence[Line]) -> None:
        for line in body:
            for part in self._split(line):
                row = self._row(part)
                if row is not None:
                    self.grid.rows.append(row)

    def _split(self, line: Line) -> Sequence[Line]:
        """Return a row and the total under it where a table drawn with blanks ran them into one."""
        names = [(c.index, _TWO_NAMES.fullmatch(line.cells[c.index])) for c in self.names if c.index < len(line.cells)]
        named = next(((at, match) for at, match in names if match), None)
        figures = [(c.index, line.cells[c.index].split()) for c in self.values if c.index < len(line.cells)]
        figures = [(at, pieces) for at, pieces in figures if pieces]
        if named is None or len(figures) < 2 or any(len(p) != 2 or not all(map(is_figure, p)) for _, p in figures):
            return (line,)
        first, second = list(line.cells), [""] * len(line.cells)
        first[named[0]], second[named[0]] = named[1][1], named[1][2]
        for at, pieces in figures:
            first[at], second[at] = pieces
        return Line(line.number, tuple(first)), Line(line.number + 1, tuple(second))

    def _row(self, line: Line) -> GridRow | None:
        cells = line.cells
        code = cells[self.code.index].strip() if self.code and self.code.index < len(cells) else ""
        named = [cells[c.index] for c in self.names if c.index < len(cells) and cells[c.index]]
        name = named[-1] if named else ""
        if code and not ROW_CODE.fullmatch(code):
            code, name = "", name or code
        if not code and (led := _LED_NAME.fullmatch(name)) and self.code is None:
            code, name = led[1].rstrip(".)"), led[2]
        code = code.strip("()").rstrip(".)")
        has_figures = any(is_figure(cells[c.index]) for c in self.values if c.index < len(cells))
        if not any((code, name, has_figures, self._unit(cells))):
            return None
        return self._placed(line, code, name, has_figures)

    def _placed(self, line: Line, code: str, name: str, has_figures: bool) -> GridRow:
        cells = line.cells
        unit = self._unit(cells)
        note = next((cells[c.index] for c in self.notes if c.index < len(cells) and cells[c.index]), "")
        kind, full = "data", code
        if code:
            full = self._full(code)
            self.last, self.children = full, 0
        elif is_total(name) or (not name and has_figures):
            kind, full = "total", name
        elif self.last and self.unit and _OPTION.fullmatch(unit) and not has_figures:
            kind, full = "option", self.last
        elif self.last and name and (unit or not self.unit and has_figures):
            self.children += 1
            full = f"{self.last}.{self.children}"
        elif not has_figures:
            kind, full = "heading", name
            self.section += 1
        return GridRow(code, full, name, unit, note, cells, line.number, kind, self.section)

    def _unit(self, cells: tuple[str, ...]) -> str:
        return cells[self.unit.index] if self.unit and self.unit.index < len(cells) else ""

    def _full(self, code: str) -> str:
        if _ROMAN.fullmatch(code):
            self.group = code
            return code
        if re.fullmatch(r"[A-Z]\d{1,2}", code):
            return code  # "B3" names its group itself
        if len(code) == 1 and code.isalpha() and self.last:
            base = self.last if not self.last[-1].isalpha() or _ROMAN.fullmatch(self.last) else self.last[:-2]
            return f"{base}.{code}" if base else code
        return f"{self.group}.{code}" if self.group else code
