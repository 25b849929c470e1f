"""Lines of a report, whatever the file: a text line, a paragraph, or a table row with its cells."""

import re
from dataclasses import dataclass

from motcua.base.text import nfc

# Marks that a converter from the original left in the text.
_TAGS = re.compile(r"</?[a-z]+(?:\s[^<>]*)?>")
_NOTE_MARK = re.compile(r"\(\s*\*+\s*\)")  # "Tháng 6/2026 (*)" calls a note under the table


@dataclass(frozen=True)
class Line:
    """``number`` counts from 1 in the file or in a workbook's sheet; a paragraph is a line of one cell."""

    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)


def clean(text: str) -> str:
    """Return ``text`` in NFC, left-over markup dropped, white space squashed, Ð of old fonts made Đ."""
    return " ".join(_NOTE_MARK.sub(" ", _TAGS.sub("", nfc(text))).replace("*", " ").replace("\u00d0", "Đ").split())


def lines_of_text(text: str) -> list[Line]:
    r"""Return the lines of plain text split at \n, cells split at tabs."""
    return [
        Line(number, tuple(clean(cell) for cell in raw.split("\t")))
        for number, raw in enumerate(text.split("\n"), start=1)
    ]
