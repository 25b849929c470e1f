"""One page put in order: paragraphs and tables from pieces of text and ruling lines, read or recognised."""

from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.reading.pdf.columns import Flow, flows_of
from motcua.reading.pdf.grid import Grid, fill, grids_of
from motcua.reading.pdf.lines import lines_of, usual_pitch
from motcua.reading.pdf.shapes import Box, Line, Piece, Rulings
from motcua.reading.pdf.unruled import take_tables


def as_it_is(box: Box) -> Box:
    """Return the box."""
    return box


@dataclass
class Sheet:
    """One page. ``lines`` stand outside its tables; ``shown`` turns a box to where a viewer shows it.

    ``size``: width and height as shown; ``height``: that of the page with its text upright.
    """

    number: int
    size: tuple[float, float]
    height: float
    grids: list[Grid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    shown: Callable[[Box], Box] = as_it_is
    is_recognised: bool = False
    lost: str = ""  # why nothing of it could be read
    dropped: set[int] = field(default_factory=set)  # ids of running lines

    @property
    def edges(self) -> list[float]:
        """Where tables begin and end."""
        return [edge for grid in self.grids for edge in (grid.ys[0], grid.ys[-1])]

    def items(self) -> list[Flow | Grid]:
        """Return paragraphs and tables in the order in which a person reads them."""
        lines = [line for line in self.lines if id(line) not in self.dropped]
        pitch = usual_pitch(lines)
        found: list[Flow | Grid] = []
        for grid in self.grids:
            before = [line for line in lines if (line.box.top + line.box.bottom) / 2 < grid.ys[0]]
            found += flows_of(before, pitch)
            found.append(grid)
            lines = lines[len(before) :]
        return found + flows_of(lines, pitch)


def sheet_of(
    number: int,
    size: tuple[float, float],
    upright_size: tuple[float, float],
    pieces: list[Piece],
    rulings: Rulings,
    shown: Callable[[Box], Box] = as_it_is,
) -> Sheet:
    """Return the page that pieces and ruling lines make."""
    grids = [grid for grid in grids_of(rulings) if _is_on_page(grid, upright_size)]
    outside = fill(grids, pieces)
    kept = []
    for grid in grids:
        filled = [cell for cell in grid.cells if cell.pieces]
        # A frame with one text is a box around a paragraph or a drawing.
        if len({cell.column for cell in filled}) >= 2 or len(filled) >= 3:
            kept.append(grid)
        else:
            outside += [piece for cell in filled for piece in cell.pieces]
    guessed, lines = take_tables(lines_of(outside), rulings.level)
    sheet = Sheet(number, size, upright_size[1], kept, lines, shown=shown)
    if guessed:
        sheet.grids = sorted(kept + guessed, key=lambda grid: (grid.ys[0], grid.xs[0]))
        sheet.notes.append(f"Trang {number}: bảng không kẻ đủ đường, cột được đoán theo khoảng trống.")
    return sheet


def _is_on_page(grid: Grid, size: tuple[float, float]) -> bool:
    box = grid.box
    return box.right > 0 and box.bottom > 0 and box.left < size[0] and box.top < size[1]
