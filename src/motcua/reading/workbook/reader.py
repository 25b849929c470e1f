"""Sheets to blocks: the titles above a table are paragraphs, what is ruled or filled row by row is a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Row, Spot, Table
from motcua.reading.framing import unfolded
from motcua.reading.package import Package
from motcua.reading.workbook.old import read_old_sheets
from motcua.reading.workbook.sheets import MAX_ROWS, Sheet, address
from motcua.reading.workbook.xlsx import read_sheets

_MOST_NAMED = 8  # hidden rows named one by one in a note
_HEADING = ("tt", "stt", "so tt", "so thu tu")
_PLACED = ("cong hoa xa hoi", "doc lap - tu do", "so:", "nguoi lap", "thu truong", "chu tich", "noi nhan", "giam doc")


def read_workbook(package: Package) -> Document:
    """Return the blocks of an XLSX. Raise Refused if it is broken or has no text."""
    sheets, hidden = read_sheets(package)
    notes = ["Tệp có macro; chỉ đọc dữ liệu, macro không được chạy."] if package.has_macros else []
    return _document(sheets, hidden, notes, "xlsx")


def read_old_workbook(content: bytes) -> Document:
    """Return the blocks of an XLS or ODS. Raise Refused if it is broken or has no text."""
    sheets, hidden = read_old_sheets(content)
    return _document(sheets, hidden, ["Đọc từ XLS/ODS: số được hiện không theo định dạng của ô."], "xls")


def _document(sheets: list[Sheet], hidden: list[str], notes: list[str], kind: str) -> Document:
    if not any(sheet.texts for sheet in sheets):
        raise Refused("Bảng tính không có ô nào có nội dung.")
    if hidden:
        notes.append(f"Không đọc trang tính ẩn: {', '.join(hidden)}.")
    pages = _Pages()
    for sheet in sheets:
        if sheet.texts:
            pages.take(sheet)
            notes += _told(sheet)
    return Document(tuple(pages.blocks), tuple(pages.lines), kind, tuple(notes), tuple(pages.spots))


def _told(sheet: Sheet) -> Iterator[str]:
    filled_rows = {row for row, _ in sheet.texts}
    filled_columns = {column for _, column in sheet.texts}
    rows = sorted(row + 1 for row in sheet.hidden_rows & filled_rows)
    if rows:
        named = ", ".join(map(str, rows[:_MOST_NAMED])) + ("…" if len(rows) > _MOST_NAMED else "")
        yield f"Trang tính “{sheet.name}” có {len(rows)} dòng ẩn ({named}), vẫn được đọc."
    columns = sorted(sheet.hidden_columns & filled_columns)
    if columns:
        named = ", ".join(address(0, column)[:-1] for column in columns[:_MOST_NAMED])
        yield f"Trang tính “{sheet.name}” có {len(columns)} cột ẩn ({named}), vẫn được đọc."
    if sheet.unreckoned:
        yield f"Trang tính “{sheet.name}” có {sheet.unreckoned} ô công thức chưa có kết quả; các ô đó để trống."
    if sheet.is_cut:
        yield f"Trang tính “{sheet.name}” quá lớn: chỉ đọc {MAX_ROWS} dòng đầu."


@dataclass
class _Pages:
    """What has been printed so far: one line per cell's line, with its address."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def take(self, sheet: Sheet) -> None:
        texts = [fold(text) for (row, _), text in sheet.texts.items() if row < 10]
        if fold(sheet.name).startswith("phu luc") and not any(text.startswith("phu luc") for text in texts):
            self._paragraph(sheet.name, f"{sheet.name}!A1")
        below = _below(sheet)
        filled: dict[int, list[int]] = {}
        for row, column in sorted(sheet.texts):
            filled.setdefault(row, []).append(column)
        for rows, is_table in _regions(sheet, filled):
            if not is_table:
                self._paragraphs(sheet, {row: filled[row] for row in rows})
                continue
            # Columns that are empty in all rows of a table, at its sides or between, are none.
            columns = sorted({column for row in rows for column in filled[row]})
            table = Table(tuple(self._row(sheet, row, columns, below) for row in rows), len(columns))
            self.blocks += unfolded(table) or [table]

    def _paragraphs(self, sheet: Sheet, filled: dict[int, list[int]]) -> None:
        for row, columns in filled.items():
            for column in columns:
                for piece in sheet.texts[row, column].split("\n"):
                    if squash(piece):
                        self._paragraph(piece, f"{sheet.name}!{address(row, column)}")

    def _paragraph(self, text: str, where: str) -> None:
        at = self._add(text, where)
        self.blocks.append(Paragraph(squash(text), Place(at, at)))

    def _add(self, text: str, where: str) -> int:
        self.lines.append(squash(text))
        self.spots.append(Spot(address=where))
        return len(self.lines)

    def _row(self, sheet: Sheet, row: int, columns: list[int], below: set[tuple[int, int]]) -> Row:
        parts: list[list[tuple[int, str]]] = []
        for column in columns:
            pieces = [piece for piece in sheet.texts.get((row, column), "").split("\n") if squash(piece)]
            where = f"{sheet.name}!{address(row, column)}"
            parts.append([(self._add(piece, where), squash(piece)) for piece in pieces])
        at = next(own[0][0] for own in parts if own)
        cells = []
        for number, (column, own) in enumerate(zip(columns, parts, strict=True)):
            at = own[0][0] if own else at
            cells.append(Cell(tuple(own) or ((at, ""),), number, not own and (row, column) in below))
        return Row(tuple(cells))


def _below(sheet: Sheet) -> set[tuple[int, int]]:
    """Return the places that are lower parts of merged cells with text, those of their first column."""
    return {
        (row, left)
        for top, left, bottom, _ in sheet.merged
        if (top, left) in sheet.texts
        for row in range(top + 1, min(bottom, MAX_ROWS) + 1)
    }


def _regions(sheet: Sheet, filled: dict[int, list[int]]) -> Iterator[tuple[list[int], bool]]:
    """Yield runs of rows with text, in order: (rows, True) for tables, (rows, False) for text around them.

    Lines around cells tell a table where there are any; else its heading does, and it ends at two empty rows or where
    what follows is plainly a title or a signature.
    """
    ruled = {
        row for row in filled if sum((row, column) in sheet.bordered for column in filled[row]) * 2 >= len(filled[row])
    }
    has_rules = len(ruled) >= 2
    run: list[int] = []
    in_table = False
    before = -1
    for row, columns in filled.items():
        is_table = row in ruled if has_rules else _belongs(sheet, row, columns, in_table=in_table, gap=row - before - 1)
        begins = is_table and in_table and _is_heading(sheet, row, columns) and (row - before > 1 or not has_rules)
        if run and (is_table != in_table or begins or (has_rules and is_table and row - before > 2)):
            yield run, in_table
            run = []
        in_table = is_table
        run.append(row)
        before = row
    if run:
        yield run, in_table


def _belongs(sheet: Sheet, row: int, columns: list[int], *, in_table: bool, gap: int) -> bool:
    """Tell whether a row of a sheet without ruled lines is part of a table."""
    if not in_table:
        return _is_heading(sheet, row, columns) or (len(columns) >= 3 and not _is_placed(sheet, row, columns))
    if gap >= 2 or _is_placed(sheet, row, columns):
        return len(columns) >= 3 and not _is_placed(sheet, row, columns)
    return gap == 0 or len(columns) >= 2


def _is_heading(sheet: Sheet, row: int, columns: list[int]) -> bool:
    return len(columns) >= 2 and fold(squash(sheet.texts[row, columns[0]])).rstrip(". ") in _HEADING


def _is_placed(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Tell whether a row is part of a letterhead or of a signature."""
    texts = [fold(squash(sheet.texts[row, column])) for column in columns]
    return len(columns) <= 3 and any(text.startswith(_PLACED) or ", ngay " in text[:40] for text in texts)
