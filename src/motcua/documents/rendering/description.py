"""What an official document says, apart from how it is drawn (DOMAIN 11.5, Decree 30/2020).

One ``OfficialDocument`` becomes a PDF (``pdf``), a DOCX (``word``) or the tables of an XLSX (``sheets``).
Text is data everywhere: no character of it is read as markup, field code or formula.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Value = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Inline = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; a line feed inside it starts a new line."""

    text: Inline
    align: Align = "justify"
    indent: bool = True
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number written out (``I.``, ``1.``, ``a)``); level 3 is bold italic, others bold."""

    text: str
    level: Literal[1, 2, 3] = 1
    align: Align = "justify"


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items with running numbers; ``marker`` holds one ``{}`` (``{}.``, ``{})``) or none (``-``)."""

    items: tuple[Inline, ...]
    marker: str = "{}."
    start: int = 1

    def numbered(self) -> Iterator[tuple[str, Inline]]:
        """Yield each item with its marker."""
        for position, item in enumerate(self.items):
            yield self.marker.replace("{}", str(self.start + position)), item


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` is its share of the table; ``decimals`` None shows numbers as they are."""

    width: float
    align: Align = "left"
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that may cover several columns and rows; unset style follows its row and column.

    Whole numbers are grouped by thousands, so a year or a code is given as text.
    """

    value: Value | tuple[Span, ...] = ""
    colspan: int = 1
    rowspan: int = 1
    bold: bool | None = None
    italic: bool = False
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right, without columns covered from above; a bare value is a plain cell."""

    cells: tuple[Cell | Value, ...]
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A bold row that names a group: ``marker`` (``I``) in the first column, ``text`` across the others."""

    text: str
    marker: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose header rows stand again on every page."""

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row | SectionRow, ...]
    caption: str = ""


Block = Paragraph | Heading | NumberedList | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer: ``authority`` lines (TM., KT., TL.), office, a note below it and the name."""

    title: str
    name: str = ""
    authority: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """What the code says (a URL, no personal data) and the line printed below it."""

    content: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on its own page: ``label`` (``Phụ lục I``), title and the line that names its document."""

    title: str
    blocks: tuple[Block, ...]
    label: str = ""
    note: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document.

    ``agency`` and ``superior`` are lines: a name may be split over two (R11.5). ``kind`` is the title of
    the type (``BÁO CÁO``); without one it is a letter, its subject stands below its number as ``V/v``.
    ``day`` None leaves the day blank, as on a draft. Two signatures without recipients stand side by side.
    """

    agency: tuple[str, ...]
    place: str
    day: date | None
    kind: str = ""
    subject: str = ""
    number: str = ""
    superior: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    qr: QrCode | None = None
    # Line at the upper right corner of a form: "Mẫu số 01".
    form_label: str = ""
    # A form handed over a counter: smaller, denser, meant for one page.
    is_form: bool = False

    @property
    def title(self) -> str:
        """Kind and subject in one line, for the file's properties."""
        return " ".join(f"{self.kind} {self.subject}".split()) or "Văn bản"
