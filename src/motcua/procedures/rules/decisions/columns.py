"""Which cell of a table's row names the procedure: by the headings of its columns, also where cells were lost. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from motcua.base.text import fold
from motcua.procedures.rules.decisions.fitting import NAME_HEAD, NO_CODE, is_deed, is_number_head
from motcua.procedures.rules.decisions.headings import VERSION, heads_below
from motcua.procedures.rules.decisions.pieces import BROKEN, CODE, CODE_HEAD, Piece, is_headed_name, is_name
from motcua.reading.blocks import Document, Table

_HEAD_MOST = 80  # characters: what is longer is no heading of a column
_OLD = re.compile(
    r"\bcu\b|\b(?:duoc|bi) (?:thay the|bai bo)\b|\bda (?:in|cong bo)\b|\btruoc\b|\bhien hanh\b|"
    r"\btheo quyet dinh\b"
)
_PRINTED_WRONG = re.compile(r"\bda in\b")
_ROWS_LEAST, _DISTINCT_LEAST, _OTHERS_MOST = 3, 0.8, 0.6  # rows with codes; shares of them with a text of their own
_CELLS_LEAST = 3  # of a row without a number
_JOINED_MOST = 6  # rows of one name
_NUMBER = re.compile(r"\d{1,3}\s?[.)]?")


def is_old(words: str) -> bool:
    """Tell whether a folded heading stands over what is no more: "Tên cũ", "TTHC được thay thế"."""
    return bool(_OLD.search(words))


@dataclass
class _Heads:
    """The headings above the rows of one table: folded words by column, and the columns of the upper row."""

    words: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)

    def add(self, cells: list[Piece]) -> None:
        """Take one more row of headings, below those there are."""
        if not self.groups:
            self.groups = {cell.column: fold(cell.text) for cell in cells if cell.column is not None}
        for cell in cells:
            if cell.column is not None:
                self.words[cell.column] = f"{self.words.get(cell.column, '')} {fold(cell.text)}".strip()

    def group(self, column: int) -> str:
        """Return the upper heading that stands over a column, with it where it is merged over several."""
        over = [one for one in self.groups if one <= column]
        return self.groups[max(over)] if over else ""

    def codes(self) -> list[int]:
        """Return the columns of codes."""
        return [column for column, words in self.words.items() if CODE_HEAD.search(words.split(" ten ")[0])]

    def is_correction(self) -> bool:
        """Tell whether the table mends what was printed: "Đã in là", "Sửa lại là"."""
        words = " ".join(self.words.values())
        return bool(_PRINTED_WRONG.search(words)) and "sua lai" in words

    def _is_under_name(self, column: int) -> bool:
        """Tell whether a column stands under a merged heading of names: "Tên TTHC": "Trước đây", "Sau sửa đổi"."""
        return (
            column not in self.groups
            and bool(VERSION.match(self.words[column]))
            and bool(NAME_HEAD.match(self.group(column)))
        )

    def names(self, code_column: int | None) -> list[int]:
        """Return the columns of names that go with a column of codes: the new name where an old one stands too."""
        found = [
            column for column, words in self.words.items() if NAME_HEAD.match(words) or self._is_under_name(column)
        ]
        if code_column is not None and NAME_HEAD.match(self.group(code_column)):  # a pair of name and code, merged
            beside = [one for one in found if self.group(one) == self.group(code_column) and one != code_column]
            found = beside or found
        new = [one for one in found if not _OLD.search(f"{self.group(one)} {self.words[one]}")]
        return new if new and len(found) > 1 else found


class HeadedRows:
    """The rows of all tables of a document, with what their headings say."""

    def __init__(self, pieces: list[Piece], document: Document) -> None:
        self._merged = set(_merged(document))
        self._cells: dict[tuple[int, int], list[Piece]] = {}
        self._heads: dict[tuple[int, int], _Heads] = {}  # by the last row of the headings
        for piece in pieces:
            if piece.row is not None:
                self._cells.setdefault(piece.row, []).append(piece)
        for row, cells in self._cells.items():
            goes_on = (row[0], row[1] - 1) in self._heads and heads_below([cell.text for cell in cells])
            if goes_on or _is_heads(cells):
                heads = self._heads.pop((row[0], row[1] - 1), None) or _Heads()
                heads.add(cells)
                self._heads[row] = heads

    def cells(self, row: tuple[int, int] | None) -> list[Piece]:
        """Return the cells of a row."""
        return self._cells.get(row, []) if row is not None else []

    def name(self, code: Piece) -> Piece | None:
        """Return the cell that names the procedure of a code; None where no heading tells."""
        heads = self._above(code)
        if code.row is None:
            return None
        if (labelled := self._labelled(code)) is not None:
            return labelled
        if heads is None:
            return self._most_distinct(code)
        codes = heads.codes()
        own = code.column if code.column in codes else None
        names = heads.names(own if own is not None else (codes[0] if len(codes) == 1 else None))
        if not names:
            return self._most_distinct(code)
        if len(names) > 1 and own is not None:  # the one beside the code, the one after it first
            names = [min(names, key=lambda column: (abs(column - own), column < own))]
        if len(names) != 1:
            return None
        cells = self._cells[code.row]
        if code.column is not None and (own is not None or not codes):
            found = next((cell for cell in cells if cell.column == names[0] and cell is not code), None)
            if found is None and own is not None and (*code.row, names[0]) in self._merged:
                return self._joined_above(code.row, names[0])
        else:
            found = _beside(cells, code, names[0], codes[0]) if len(codes) == 1 else None
        return self._whole(found) if found is not None and is_headed_name(found.text) else None

    def _joined_above(self, row: tuple[int, int], column: int) -> Piece | None:
        """Return the name that is joined over rows, or stands once for several codes."""
        for at in range(row[1] - 1, max(row[1] - 1 - _JOINED_MOST, -1), -1):
            cells = self._cells.get((row[0], at), [])
            if (row[0], at) in self._heads or len(cells) < 2:
                return None
            if (found := next((cell for cell in cells if cell.column == column), None)) is not None:
                return found if is_headed_name(found.text) else None
        return None

    def is_loose(self, piece: Piece) -> bool:
        """Tell whether a text stands in no table, or alone in its row: a heading that a copy took into the table."""
        return piece.row is None or len(self._cells.get(piece.row, [])) == 1

    def is_code_cell(self, code: Piece) -> bool:
        """Tell whether a code stands in a column of codes."""
        heads = self._above(code)
        return heads is not None and code.column is not None and code.column in heads.codes()

    def _labelled(self, code: Piece) -> Piece | None:
        """Return the name in a table of labels and values: "Tên thủ tục | …", "Mã số | 1.014001" in a row near it."""
        table, row = code.row or (0, 0)
        own = self._cells.get((table, row), [])
        if len(own) != 2 or not CODE_HEAD.match(fold(own[0].text)) or own[1] is not code:
            return None
        for step in (-1, 1, -2, 2, -3):
            cells = self._cells.get((table, row + step), [])
            if len(cells) == 2 and NAME_HEAD.match(fold(cells[0].text)) and is_name(cells[1].text):
                return cells[1]
        return None

    def _most_distinct(self, code: Piece) -> Piece | None:
        """Return the name in a table without headings: names differ from row to row, places and legal bases do not."""
        table = code.row[0] if code.row is not None else None
        coded = [cells for row, cells in self._cells.items() if row[0] == table and any(map(_is_code, cells))]
        if len(coded) < _ROWS_LEAST or code.column is None:
            return None
        seen: dict[int, set[str]] = {}
        for cell in (cell for cells in coded for cell in cells if cell.column is not None and is_name(cell.text)):
            seen.setdefault(cell.column or 0, set()).add(cell.text)
        ranked = sorted(seen, key=lambda column: -len(seen[column]))
        if not ranked or len(seen[ranked[0]]) < _DISTINCT_LEAST * len(coded):
            return None
        if len(ranked) > 1 and len(seen[ranked[1]]) > _OTHERS_MOST * len(coded):
            return None
        cells = self._cells[code.row] if code.row is not None else []
        found = next((cell for cell in cells if cell.column == ranked[0] and cell is not code), None)
        return found if found is not None and is_headed_name(found.text) else None

    def _whole(self, name: Piece) -> Piece:
        """Return a name with its rest in the row below, where the end of a page cut the row in two."""
        below = self._cells.get((name.row[0], name.row[1] + 1), []) if name.row is not None else []
        rest = next((cell for cell in below if cell.column == name.column and cell.column is not None), None)
        if rest is None or not rest.text[:1].islower() or any(_begins_row(cell) for cell in below):
            return name
        return replace(name, text=f"{name.text} {rest.text}", line_end=rest.line_end)

    def uncoded(self) -> Iterator[Piece]:
        """Yield the names of numbered rows of lists with codes that print none: "chưa có", or nothing."""
        for row, cells in self._cells.items():
            heads = self._above(cells[0])
            if heads is None or heads.is_correction() or any(CODE.search(cell.text) for cell in cells):
                continue
            codes = heads.codes()
            names = heads.names(codes[0] if codes else None) if len(codes) < 2 else []
            if not codes and row[0] not in self._coded():
                continue
            by_column = {cell.column: cell for cell in cells}
            code = by_column.get(codes[0]) if codes else None
            is_empty = code is None or not BROKEN.fullmatch(code.text)  # a broken one is told as such
            name = by_column.get(names[0]) if len(names) == 1 and names != codes else None
            if (
                name is None
                or not is_empty
                or (codes and (*row, codes[0]) in self._merged)
                or not is_headed_name(name.text)
            ):
                continue
            number = next((column for column, words in heads.words.items() if is_number_head(words)), None)
            is_told = code is not None and bool(NO_CODE.fullmatch(code.text))
            is_joined = number is not None and (*row, number) in self._merged and is_deed(name.text)
            is_numbered = any(is_number_head(words) for words in heads.words.values())
            if (
                any(_NUMBER.fullmatch(cell.text) for cell in cells)
                or (not is_numbered and len(cells) >= _CELLS_LEAST)
                or (is_told or is_joined)
            ):
                yield name

    def _coded(self) -> set[int]:
        """Return the tables that hold codes."""
        return {row[0] for row, cells in self._cells.items() if any(CODE.search(cell.text) for cell in cells)}

    def is_misprint(self, code: Piece) -> bool:
        """Tell whether a code stands under "Đã in là": what a correction takes back."""
        heads = self._above(code)
        if heads is None or code.column is None:
            return False
        return heads.is_correction() and code.column not in heads.codes()

    def _above(self, piece: Piece) -> _Heads | None:
        if piece.row is None:
            return None
        above = [row for row in self._heads if row[0] == piece.row[0] and row[1] < piece.row[1]]
        return self._heads[max(above)] if above else None


def _merged(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield table, row and column of the lower parts of cells merged over rows: empty, and yet not without a value."""
    for number, block in enumerate(document.blocks):
        for at, row in enumerate(block.rows if isinstance(block, Table) else ()):
            yield from (
                (number, at, cell.column) for cell in row.cells if cell.is_merged_up and cell.column is not None
            )


def _is_code(cell: Piece) -> bool:
    return bool(CODE.fullmatch(cell.text.strip("() ")))


def _begins_row(cell: Piece) -> bool:
    return bool(_NUMBER.fullmatch(cell.text) or CODE.search(cell.text))


def _is_heads(cells: list[Piece]) -> bool:
    """Tell a row of headings: a name or a code is headed, nothing is a code, and no cell is long."""
    words = [fold(cell.text) for cell in cells if len(cell.text) <= _HEAD_MOST]
    if len(words) < 2 or any(CODE.search(cell.text) for cell in cells):
        return False
    named = any(NAME_HEAD.match(one) for one in words)
    return sum((named, any(CODE_HEAD.search(one) for one in words), any(is_number_head(one) for one in words))) >= 2


def _beside(cells: list[Piece], code: Piece, name_column: int, code_column: int) -> Piece | None:
    """Return the name in a row that lost cells: after its code as many cells on as the headings stand, else from left.

    Cells are lost where one is merged over several rows: its field, its legal basis. Number and name never are.
    """
    at = cells.index(code)
    if name_column > code_column:
        place = at + name_column - code_column
    elif name_column == code_column - 1:
        place = at - 1
    else:
        place = int(bool(_NUMBER.fullmatch(cells[0].text))) if name_column <= 1 else at
    return cells[place] if 0 <= place < len(cells) and place != at else None
