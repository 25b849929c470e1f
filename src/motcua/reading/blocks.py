"""The model every source is read into: paragraphs and tables, each cell knowing the lines it came from."""

from dataclasses import dataclass, field, replace

from motcua.base.text import squash


@dataclass(frozen=True)
class Place:
    """Where something stands: 1-based lines of the source (paragraphs of a DOCX, cells of a workbook)."""

    line_start: int
    line_end: int


@dataclass(frozen=True)
class Spot:
    """Where one line stands in a source that has more than lines.

    ``box`` is left, top, right, bottom in points from the top left of the page; ``address`` a cell of a workbook
    ("Phụ lục 1!B7"); ``confidence`` (0 to 1) is that of character recognition, None where text was read, not
    recognised.
    """

    page: int | None = None  # 1-based
    box: tuple[float, float, float, float] | None = None
    address: str | None = None
    confidence: float | None = None


NOWHERE = Spot()


@dataclass(frozen=True)
class Cell:
    """One cell. ``parts`` are (line, text) pairs in reading order, free of markup; ``column`` is None when unknown."""

    parts: tuple[tuple[int, str], ...]
    column: int | None = None
    is_merged_up: bool = False  # empty because it is the lower part of the cell above

    @property
    def text(self) -> str:
        return squash(" ".join(text for _, text in self.parts))

    @property
    def line_start(self) -> int:
        return self.parts[0][0]

    @property
    def line_end(self) -> int:
        return self.parts[-1][0]

    def at(self, column: int | None) -> "Cell":
        return replace(self, column=column)


@dataclass(frozen=True)
class Row:
    """One table row. ``cut_before``/``cut_after``: the source lost text on that side of it.

    ``starts_page``: the first row of the table on a new page, so perhaps the rest of the row above.
    """

    cells: tuple[Cell, ...]
    cut_before: bool = False
    cut_after: bool = False
    lines: tuple[int, int] | None = None  # first and last line, where cells printed twice were dropped
    starts_page: bool = False

    @property
    def line_start(self) -> int:
        return self.lines[0] if self.lines else min(cell.line_start for cell in self.cells)

    @property
    def line_end(self) -> int:
        return self.lines[1] if self.lines else max(cell.line_end for cell in self.cells)

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    @property
    def is_aligned(self) -> bool:
        """True if every cell knows its column."""
        return all(cell.column is not None for cell in self.cells)

    @property
    def sole_text(self) -> str | None:
        """The one text of a row whose other cells are empty or repeat it (a title over merged cells), else None."""
        distinct = {text for text in self.texts if text}
        return distinct.pop() if len(distinct) == 1 else None


@dataclass(frozen=True)
class Table:
    """A grid of ``width`` columns. Rows that lost cells keep them unaligned (``column`` None)."""

    rows: tuple[Row, ...]
    width: int

    @property
    def line_start(self) -> int:
        return self.rows[0].line_start

    @property
    def line_end(self) -> int:
        return self.rows[-1].line_end


@dataclass(frozen=True)
class Paragraph:
    """A run of text outside tables, usually one line."""

    text: str
    place: Place

    @property
    def line_start(self) -> int:
        return self.place.line_start

    @property
    def line_end(self) -> int:
        return self.place.line_end


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """All blocks in order. ``lines`` is the source's text line by line, for showing the source beside the rows.

    ``spots`` says of each line where it stands on its page or sheet (empty: lines are all the source has); ``pages``
    are (width, height) in points of a source that can be shown as pictures. ``losses`` say in words what of the source
    could not be read (whole pages): whoever relies on it must look there.
    """

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    kind: str = "text"
    notes: tuple[str, ...] = field(default=())
    spots: tuple[Spot, ...] = ()
    pages: tuple[tuple[float, float], ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    def spot(self, line: int) -> Spot:
        """Return where a 1-based line stands; NOWHERE if the source has only lines."""
        return self.spots[line - 1] if 0 < line <= len(self.spots) else NOWHERE

    def confidence(self, line_start: int, line_end: int) -> float | None:
        """Return the lowest recognition confidence of lines, None where nothing was recognised by eye."""
        sure = [
            spot.confidence for spot in self.spots[max(line_start - 1, 0) : line_end] if spot.confidence is not None
        ]
        return min(sure, default=None)
