"""Which cell of a table's row names the procedure: by the headings of its columns, also where cells were lost. Pure."""

import re
from dataclasses import dataclass, field

from motcua.base.text import fold
from motcua.procedures.rules.decisions.pieces import CODE, CODE_HEAD, Piece, is_name

_HEAD_MOST = 80  # characters: what is longer is no heading of a column
_NAME_HEAD = re.compile(r"(?:(?:ten|danh muc) )?(?:thu tuc|tthc|quy trinh)\b|ten (?:moi|cu)\b|(?:nay )?sua lai\b")
_OLD = re.compile(r"\bcu\b|\b(?:duoc|bi) (?:thay the|bai bo)\b|\bda (?:in|cong bo)\b|\btruoc day\b")
_PRINTED_WRONG = re.compile(r"\bda in\b")
_NUMBER = re.compile(r"\d{1,3}\.?")


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

    def names(self, code_column: int | None) -> list[int]:
        """Return the columns of names that go with a column of codes: the new name where an old one stands too."""
        found = [column for column, words in self.words.items() if _NAME_HEAD.match(words)]
        if code_column is not None and _NAME_HEAD.match(self.group(code_column)):  # a pair of name and code, merged
            beside = [one for one in found if self.group(one) == self.group(code_column) and one != code_column]
            found = beside or found
        new = [one for one in found if not _OLD.search(f"{self.group(one)} {self.words[one]}")]
        return new if new and len(found) > 1 else found


class HeadedRows:
    """The rows of all tables of a document, with what their headings say."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._cells: dict[tuple[int, int], list[Piece]] = {}
        self._heads: dict[tuple[int, int], _Heads] = {}  # by the last row of the headings
        for piece in pieces:
            if piece.row is not None:
                self._cells.setdefault(piece.row, []).append(piece)
        for row, cells in self._cells.items():
            if _is_heads(cells):
                heads = self._heads.pop((row[0], row[1] - 1), None) or _Heads()
                heads.add(cells)
                self._heads[row] = heads

    def cells(self, row: tuple[int, int] | None) -> list[Piece]:
        """Return the cells of a row."""
        return self._cells.get(row, []) if row is not None else []

    def name(self, code: Piece) -> Piece | None:
        """Return the cell that names the procedure of a code; None where no heading tells."""
        heads = self._above(code)
        if heads is None or code.row is None:
            return None
        codes = heads.codes()
        own = code.column if code.column in codes else None
        names = heads.names(own if own is not None else (codes[0] if len(codes) == 1 else None))
        if len(names) != 1:
            return None
        cells = self._cells[code.row]
        if code.column is not None and (own is not None or not codes):
            found = next((cell for cell in cells if cell.column == names[0] and cell is not code), None)
        else:
            found = _beside(cells, code, names[0], codes[0]) if len(codes) == 1 else None
        return found if found is not None and is_name(found.text) else None

    def is_misprint(self, code: Piece) -> bool:
        """Tell whether a code stands under "Đã in là": what a correction takes back."""
        heads = self._above(code)
        if heads is None or code.column is None:
            return False
        words = " ".join(heads.words.values())
        mended = _PRINTED_WRONG.search(words) and "sua lai" in words
        return bool(mended) and code.column not in heads.codes()

    def _above(self, piece: Piece) -> _Heads | None:
        if piece.row is None:
            return None
        above = [row for row in self._heads if row[0] == piece.row[0] and row[1] < piece.row[1]]
        return self._heads[max(above)] if above else None


def _is_heads(cells: list[Piece]) -> bool:
    """Tell a row of headings: a name or a code is headed, nothing is a code, and no cell is long."""
    words = [fold(cell.text) for cell in cells if len(cell.text) <= _HEAD_MOST]
    if len(words) < 2 or any(CODE.search(cell.text) for cell in cells):
        return False
    named = any(_NAME_HEAD.match(one) for one in words)
    return sum((named, any(CODE_HEAD.search(one) for one in words), any(_is_number_head(one) for one in words))) >= 2


def _is_number_head(words: str) -> bool:
    return words.replace(" ", "") in ("stt", "tt", "sott", "sothutu")


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
