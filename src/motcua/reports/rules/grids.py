"""Tables of any report: which rows head them, what each column is, what each row says.

A grid is found in lines alone: nothing here knows a form. Column formulas that the head prints beside the column
numbers, ``(3)=(4)+(5)``, are kept as text; ``column_rules`` reads them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.base.text import fold
from motcua.reports.rules.figures import is_blank, read_figure, says_nothing_occurred
from motcua.reports.rules.lines import Line

MOST_HEAD_ROWS = 6
MOST_COLUMNS = 60
ROW_CODE = re.compile(r"\(?(?:[IVX]{1,5}|[A-Z]|[a-zđ]|\d{1,3}(?:\.(?:\d{1,2}|[a-zđ])){0,4})[.)]?")
_LED_NAME = re.compile(r"((?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,2}){0,4}|[a-zđ])[.)])\s+(\S.*)")
_COLUMN_NUMBER = re.compile(r"\(?\[?([A-Z]|[a-z]|\d{1,2})[)\]]?\s*(?:=\s*(.{1,80}))?")
_INLINE_FORMULA = re.compile(r"\(?(\d{1,2})?\)?\s*=\s*((?:[\s()+\-*/x×:%,\[\]]|\d{1,3})*\d[\s()\d%\]]*)")
_NUMBERING_LETTERS = re.compile(r"[\d()+\-*/x×=:%\s]+")
_TERM = r"\(?\d{1,3}\)?"
_OPTION = re.compile(r".+=\s*\d+")
_HEAD_WORDS = re.compile(
    r"\b(?:chi tieu|noi dung|nhiem vu|tieu chi|don vi(?: tinh)?|dvt|so lieu|ket qua|ghi chu|tong so|ty le|ti le|"
    r"linh vuc|co quan|ky (?:nay|truoc|bao cao)|luy ke|so luong|ten)\b"
)
CODE_LABELS = {"stt", "tt", "sothutu", "sott", "maso", "ma", "so"}
_NAME_WORDS = re.compile(
    r"\b(?:chi tieu|noi dung|nhiem vu|tieu chi|linh vuc|co quan|ten|danh muc|don vi|dia phuong|xa|phuong|thu tuc)\b"
)
_TOTAL = re.compile(r"(?:tong(?: so| cong)?|cong|toan (?:tinh|huyen|xa|phuong|thanh pho|bo phan)|tong toan \w+)\W*"
                    r"(?:chung|cong)?\W*(?:[(=].*)?")  # fmt: skip
_MAIN_VALUE = re.compile(r"\b(?:ky bao cao|ky nay|trong ky|quy nay|so lieu|ket qua|thuc hien|gia tri|so luong)\b")
_ROMAN = re.compile(r"[IVX]{1,5}|[A-Z]")


@dataclass(frozen=True)
class Column:
    """A column of a grid. ``role``: code, name, unit, value, percent or note; ``path`` its heads from top to bottom.

    ``number`` is the printed number of the column ("3", "A") and ``formula`` what the head says it is ("4+5+6").
    """

    index: int
    role: str
    path: tuple[str, ...] = ()
    number: str = ""
    formula: str = ""

    @property
    def label(self) -> str:
        return " – ".join(self.path)

    @property
    def words(self) -> str:
        return fold(" ".join(self.path))


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
        named = [
            c for c in values if _MAIN_VALUE.search(c.words) and "luy ke" not in c.words and "truoc" not in c.words
        ]
        return next(iter(named or values), None)

    @property
    def is_of_indicators(self) -> bool:
        """Say whether each row is a quantity of its own, with its own unit, rather than a unit or a field."""
        return bool(self.of("unit")) or len(self.of("value", "percent")) <= 1 or any(
            re.search(r"chi tieu|noi dung|tieu chi", column.words) for column in self.of("name")
        )  # fmt: skip


def is_total(text: str) -> bool:
    """Say whether a row's name is only "total"."""
    return bool(_TOTAL.fullmatch(fold(text).strip()))


def is_figure(text: str) -> bool:
    """Say whether a cell holds a number, or says that there is none."""
    return read_figure(text) is not None or read_figure(text, is_percent=True) is not None


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
    grid.columns = _columns(head, [line.cells for line in body], width)
    if not grid.of("value", "percent") or not (grid.of("name") or grid.of("code")):
        return None
    _Rows(grid).take(body)
    return grid if grid.rows else None


def _head_start(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines[:40]):
        filled = [cell for cell in line.cells if cell]
        if len(filled) < 2 or any(":" in cell for cell in filled):
            continue  # "Đơn vị báo cáo: …" stands over a form's table and is no head
        first = letters_of(line.cells[0])
        if first in CODE_LABELS:
            return index
        has_words = any(_HEAD_WORDS.search(fold(cell)) for cell in filled)
        if has_words and not any(is_figure(cell) for cell in filled) and index + 1 < len(lines):
            return index
    return None


def letters_of(text: str) -> str:
    """Return the folded letters of a text, nothing else: "ST T" is "stt"."""
    return re.sub(r"[^a-z]", "", fold(text))


def _head_end(lines: Sequence[Line], start: int) -> int:
    end = start + 1
    while end < min(start + MOST_HEAD_ROWS, len(lines)):
        cells = lines[end].cells
        filled = [cell for cell in cells if cell]
        if _is_numbering(filled) or _is_torn(filled):
            return end + 1
        if not filled or _begins_data(cells):
            return end
        end += 1
    return end


def _is_numbering(filled: Sequence[str]) -> bool:
    """Say whether a row only numbers the columns: ``(1) (2) (3)=(4)+(5) (4) (5)``."""
    matches = [_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in filled]
    if len(filled) < 2 or not all(matches):
        return False
    numbers = [int(match[1]) for match in matches if match and match[1].isdigit()]
    has_enough = len(numbers) >= 2 or (bool(numbers) and len(filled) >= 3)
    return has_enough and all(later == earlier + 1 for earlier, later in zip(numbers, numbers[1:], strict=False))


def _is_torn(filled: Sequence[str]) -> bool:
    """Say whether a row numbers the columns with formulas that narrow columns of a PDF cut and mixed."""
    return (
        len(filled) >= 3
        and bool(_NUMBERING_LETTERS.fullmatch(" ".join(filled)))
        and any("=" in cell for cell in filled)
        and filled[0].strip("()") == "1"
    )


def _torn_numbering(filled: Sequence[str]) -> dict[int, str]:
    """Return column number -> formula of a cut numbering; {} where its pieces are out of order."""
    text = re.sub(r"\s*([-+*/x×=:])\s*", r"\1", " ".join(filled))
    text = re.sub(r"([-+=(])\s+|\s+([)+=])", r"\1\2", text).strip()
    found: dict[int, str] = {}
    position = 0
    for number in range(1, MOST_COLUMNS):
        match = re.compile(rf"\s*\(?{number}\)?(?!\d)(?:=({_TERM}(?:[-+*/x×:]{_TERM})*%?))?").match(text, position)
        if match is None:
            break
        found[number], position = match[1] or "", match.end()
    return found if len(found) >= 3 and not text[position:].strip() else {}


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
    if _is_numbering(filled) or _is_torn(filled):
        return True
    return bool(kept) and any(kept == [fold(cell) for cell in row if cell] for row in head)


def _columns(head: Sequence[tuple[str, ...]], body: Sequence[tuple[str, ...]], width: int) -> tuple[Column, ...]:
    numbering: tuple[str, ...] = ()
    if head and _is_numbering([cell for cell in head[-1] if cell]):
        numbering, head = head[-1], head[:-1]
    elif head and _is_torn(filled := [cell for cell in head[-1] if cell]):
        torn = _torn_numbering(filled)
        numbering, head = tuple(f"{n}={formula}" if formula else str(n) for n, formula in torn.items()), head[:-1]
    paths = [_path(head, index) for index in range(width)]
    columns: list[Column] = []
    taken: set[str] = set()
    for index in range(width):
        path, number, formula = _formula_of(paths[index], numbering[index] if index < len(numbering) else "")
        role = _role(path, [row[index] for row in body if index < len(row)], taken, index)
        taken.add(role)
        columns.append(Column(index, role, path, number, formula))
    if "name" not in taken:
        columns = _with_name(columns, body)
    return tuple(column for column in columns if column.role)


def _path(head: Sequence[tuple[str, ...]], index: int) -> tuple[str, ...]:
    """Return a column's heads; a head merged over several columns stands at the first of them."""
    path: list[str] = []
    for level, row in enumerate(head):
        text = row[index] if index < len(row) else ""
        below = any(index < len(lower) and lower[index] for lower in head[level + 1 :])
        if not text and below and level < len(head) - 1 and not path:
            left = next((row[at] for at in range(min(index, len(row)) - 1, -1, -1) if row[at]), "")
            text = left if left and not _spans_only_itself(head, row, index, level) else ""
        if text and text not in path:
            path.append(text)
    return tuple(path)


def _spans_only_itself(head: Sequence[tuple[str, ...]], row: tuple[str, ...], index: int, level: int) -> bool:
    """Say whether the head to the left has nothing under it, so that it cannot reach this far."""
    at = next(at for at in range(min(index, len(row)) - 1, -1, -1) if row[at])
    return not any(at < len(lower) and lower[at] for lower in head[level + 1 :])


def _formula_of(path: tuple[str, ...], numbered: str) -> tuple[tuple[str, ...], str, str]:
    match = _COLUMN_NUMBER.fullmatch(numbered.strip()) if numbered else None
    number, formula = (match[1], match[2] or "") if match else ("", "")
    kept = []
    for text in path:
        inline = _INLINE_FORMULA.search(text)
        if inline and not formula:
            number, formula = number or inline[1] or "", inline[2]
            text = (text[: inline.start()] + text[inline.end() :]).strip(" ()=-–")
        elif (own := re.search(r"\s*\((\d{1,2})\)\s*$", text)) and not number:
            number, text = own[1], text[: own.start()]
        if text:
            kept.append(text)
    return tuple(kept), number, formula.strip()


def _role(path: tuple[str, ...], cells: Sequence[str], taken: set[str], index: int) -> str:
    words = fold(" ".join(path))
    if "code" not in taken and index <= 1 and path and letters_of(path[0]) in CODE_LABELS:
        return "code"
    if "don vi tinh" in words or letters_of(words) in {"dvt", "dvtinh"} or words.strip() == "don vi tinh":
        return "unit"
    if re.match(r"(?:.* )?(?:ghi chu|nguyen nhan|ly do|giai trinh|thuyet minh)", words):
        return "note"
    figures = sum(is_figure(cell) for cell in cells)
    texts = sum(
        bool(cell) and not is_figure(cell) and not is_blank(cell) and not says_nothing_occurred(cell) for cell in cells
    )
    if not path and not texts and not figures:
        return ""
    if words.strip() == "don vi" and "name" in taken and texts > figures:
        return "unit"
    if "name" not in taken and texts > figures and (_NAME_WORDS.search(words) or not _MAIN_VALUE.search(words)):
        return "name"
    if not path and texts >= figures:
        return "more" if "name" in taken else "name"
    if re.search(r"\bt[yi] le\b|%|phan tram", words):
        return "percent"
    if figures or (texts == 0 and path) or _MAIN_VALUE.search(words):
        return "value"
    return "more" if not path else "text"


def _with_name(columns: list[Column], body: Sequence[tuple[str, ...]]) -> list[Column]:
    """Take the column with the most words as the rows' names, where no head names one."""

    def letters(column: Column) -> int:
        return sum(len(row[column.index]) for row in body if column.index < len(row))

    texts = [column for column in columns if column.role in ("text", "more")]
    if not texts:
        return columns
    name = max(texts, key=letters)
    return [Column(c.index, "name", c.path, c.number, c.formula) if c is name else c for c in columns]


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
            row = self._row(line)
            if row is not None:
                self.grid.rows.append(row)

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
        if len(code) == 1 and code.isalpha() and self.last:
            base = self.last if not self.last[-1].isalpha() or _ROMAN.fullmatch(self.last) else self.last[:-2]
            return f"{base}.{code}" if base else code
        return f"{self.group}.{code}" if self.group else code
