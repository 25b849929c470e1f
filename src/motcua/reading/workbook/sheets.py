"""What any kind of workbook is read into: sheets of printed texts."""

from dataclasses import dataclass, field

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELLS = 400_000


@dataclass
class Sheet:
    """One sheet. Places are (row, column), 0-based; ``merged`` are (top, left, bottom, right), all inclusive.

    ``bordered`` are the places with lines around them, where the workbook says.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    bordered: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unreckoned: int = 0  # formulas whose result the file does not hold
    is_cut: bool = False  # it goes on beyond what is read


def address(row: int, column: int) -> str:
    """Return the address of a place, "B7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def place(written: str) -> tuple[int, int] | None:
    """Return the place that an address names, None for what is none."""
    letters = written.rstrip("0123456789")
    digits = written[len(letters) :]
    if not digits or not letters.isalpha() or not letters.isascii() or len(letters) > 3 or len(digits) > 7:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1
