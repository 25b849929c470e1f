"""What kind of line each line of a scraped text is."""

import re
from enum import Enum

_INDENTED = re.compile(r"^[ \u00a0]?\t[^\t]*$")
_CAPTION = re.compile(
    r"^\W*(phụ lục|biểu (mẫu|số)|mẫu số|danh mục|kế hoạch$|chương [ivx\d]|phần [ivx\d]|điều \d|nơi nhận|ghi chú\s*:"
    r"|\((kèm|ban hành)|[ivx]+\. )",
    re.I,
)
_ROW_START = re.compile(r"^[\w.()]{1,6}\s*\|\s")


class Kind(Enum):
    """Kinds of line, by their looks alone."""

    BLANK = "blank"
    CELL = "cell"  # one tab in front: one cell of a table
    TABBED = "tabbed"  # tabs between texts: one row of a table
    BAR = "bar"  # a lone "|": a border between cells
    BARRED = "barred"  # "| a | b |": one row of a table
    PIPED = "piped"  # "a | b |": one row of a table, or the end of one
    TEXT = "text"


def kind_of(line: str) -> Kind:
    """Return the kind of one line."""
    if "\t" in line:
        return Kind.CELL if _INDENTED.match(line) else Kind.TABBED
    bare = line.strip()
    if not bare:
        return Kind.BLANK
    if bare == "|":
        return Kind.BAR
    if bare.startswith("|") and bare.count("|") >= 3 or bare.startswith("|") and bare.endswith("|"):
        return Kind.BARRED
    if bare.endswith("|") or bare.count(" | ") >= 2 or _ROW_START.match(bare):
        return Kind.PIPED
    return Kind.TEXT


def is_caption(line: str) -> bool:
    """Tell whether a line looks like a heading or caption that cannot be part of the cell before it."""
    bare = line.strip()
    if bare[:1].islower():
        return False
    if _CAPTION.match(bare):
        return True
    letters = [letter for letter in bare if letter.isalpha()]
    return len(letters) >= 8 and " " in bare and all(letter.isupper() for letter in letters)
