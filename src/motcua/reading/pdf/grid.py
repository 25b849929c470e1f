"""From ruling lines to the grid of a table, and from pieces of text to its cells."""

from bisect import bisect_right
from dataclasses import dataclass, field

from motcua.reading.pdf.lines import cell_paragraphs, lines_of
from motcua.reading.pdf.shapes import Box, Line, Piece, Ruling, Rulings, around

_TOUCH = 3.0  # points between lines that meet
_EDGE = 4.0  # edges no farther apart are one (double lines)
_COVERED = 0.75  # share of a side that a line must cover to part two cells
_OVERHANG = 9.0  # a line that goes on so far beyond the last crossing says the table is open there
_MOST_CELLS = 20_000


@dataclass
class GridCell:
    """One cell: where it begins, how many rows and columns it covers, what it says."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    pieces: list[Piece] = field(default_factory=list)
    paragraphs: list[list[Line]] = field(default_factory=list)


@dataclass
class Grid:
    """A table on one page. ``xs``, ``ys``: the edges of columns and rows.

    ``is_open_above``, ``is_open_below``: no line closes the table there, so its row may go on over the page.
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    is_open_above: bool = False
    is_open_below: bool = False
    owners: list[list[int]] = field(default_factory=list)  # index of the cell that covers each place
    is_ruled: bool = True

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> GridCell | None:
        """Return the cell that covers a point."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.cells[self.owners[row][column]]


def grids_of(rulings: Rulings) -> list[Grid]:
    """Return the tables that ruling lines make, from the top; what stands within another's cell is left out."""
    grids = [grid for component in _components(rulings) if (grid := _grid(component)) is not None]
    grids.sort(key=lambda grid: -grid.box.width * grid.box.height)
    kept: list[Grid] = []
    for grid in grids:
        if not any(other.box.holds(grid.box) for other in kept):
            kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _components(rulings: Rulings) -> list[Rulings]:
    """Return the groups of lines that touch one another."""
    level, upright = rulings.level, rulings.upright
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    by_place = sorted(range(len(upright)), key=lambda at: upright[at].at)
    places = [upright[at].at for at in by_place]
    for at, line in enumerate(level):
        first = bisect_right(places, line.start - _TOUCH)
        last = bisect_right(places, line.end + _TOUCH)
        for other in by_place[first:last]:
            if upright[other].start - _TOUCH <= line.at <= upright[other].end + _TOUCH:
                group[root(len(level) + other)] = root(at)
    found: dict[int, Rulings] = {}
    for at in range(len(group)):
        one = found.setdefault(root(at), Rulings([], []))
        (one.level if at < len(level) else one.upright).append(
            level[at] if at < len(level) else upright[at - len(level)]
        )
    return [one for one in found.values() if one.level and one.upright]


def _edges(places: list[float]) -> list[float]:
    """Return places with those that are nearly equal made one."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= _EDGE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _open_sides(crossing: list[float], ends: list[float]) -> list[float]:
    """Return the ends that reach clearly beyond all crossings: the table has no line there."""
    sides = []
    if crossing and min(ends) < min(crossing) - _OVERHANG:
        sides.append(min(ends))
    if crossing and max(ends) > max(crossing) + _OVERHANG:
        sides.append(max(ends))
    return sides


def _grid(lines: Rulings) -> Grid | None:
    xs, ys = [line.at for line in lines.upright], [line.at for line in lines.level]
    across = [end for line in lines.level for end in (line.start, line.end)]
    down = [end for line in lines.upright for end in (line.start, line.end)]
    open_down = _open_sides(ys, down)
    xs, ys = _edges(xs + _open_sides(xs, across)), _edges(ys + open_down)
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    cells, owners = _cells(xs, ys, lines)
    if len(cells) < 2:
        return None
    is_open_above = any(abs(side - ys[0]) <= _EDGE for side in open_down)
    is_open_below = any(abs(side - ys[-1]) <= _EDGE for side in open_down)
    return Grid(xs, ys, cells, is_open_above, is_open_below, owners)


def _walls(at: float, lines: list[Ruling], steps: list[float]) -> list[bool]:
    """Return for each step between edges whether a line at ``at`` covers it."""
    near = [line for line in lines if abs(line.at - at) <= _EDGE]
    covered = []
    for start, end in zip(steps, steps[1:], strict=False):
        length = sum(max(min(line.end, end) - max(line.start, start), 0.0) for line in near)
        covered.append(length >= _COVERED * (end - start))
    return covered


def _cells(xs: list[float], ys: list[float], lines: Rulings) -> tuple[list[GridCell], list[list[int]]]:
    """Return the cells that walls part, each a rectangle, and which of them covers each place."""
    rows, columns = len(ys) - 1, len(xs) - 1
    beside = [_walls(x, lines.upright, ys) for x in xs]  # [edge][row]
    above = [_walls(y, lines.level, xs) for y in ys]  # [edge][column]
    owners = [[-1] * columns for _ in range(rows)]
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            wide = 1
            while column + wide < columns and owners[row][column + wide] < 0 and not beside[column + wide][row]:
                wide += 1
            high = 1
            while row + high < rows and _goes_on(row + high, column, wide, owners, beside, above):
                high += 1
            for down in range(row, row + high):
                owners[down][column : column + wide] = [len(cells)] * wide
            cells.append(GridCell(row, column, high, wide, Box(xs[column], ys[row], xs[column + wide], ys[row + high])))
    return cells, owners


def _goes_on(
    row: int, column: int, wide: int, owners: list[list[int]], beside: list[list[bool]], above: list[list[bool]]
) -> bool:
    """Tell whether the cell above covers these places of ``row`` too."""
    across = range(column, column + wide)
    return (
        all(owners[row][at] < 0 for at in across)
        and not any(above[row][at] for at in across)
        and not any(beside[at][row] for at in across if at > column)
    )


def fill(grids: list[Grid], pieces: list[Piece]) -> list[Piece]:
    """Give pieces to the cells they stand in; return those that stand outside."""
    outside: list[Piece] = []
    for piece in pieces:
        box = piece.box
        middle = (box.top + box.bottom) / 2
        for grid in grids:
            if grid.ys[0] <= middle <= grid.ys[-1] and grid.xs[0] - 1 <= (box.left + box.right) / 2 <= grid.xs[-1] + 1:
                _give(grid, piece, middle)
                break
        else:
            outside.append(piece)
    for grid in grids:
        _read_cells(grid)
    return outside


def _give(grid: Grid, piece: Piece, middle: float) -> None:
    inset = 0.3 * piece.box.height
    first = grid.at(min(piece.box.left + inset, (piece.box.left + piece.box.right) / 2), middle)
    last = grid.at(max(piece.box.right - inset, (piece.box.left + piece.box.right) / 2), middle)
    if first is not None and last is not None and first is not last and len(piece.lefts) > 1:
        # Two cells whose texts nearly touch: part the letters at the line between them.
        wall = first.box.right
        cut = next((at for at, left in enumerate(piece.lefts) if left >= wall - 0.5), 0)
        if 0 < cut < len(piece.lefts):
            front, back = _part(piece, cut)
            first.pieces.append(front)
            _give(grid, back, middle)
            return
    cell = grid.at((piece.box.left + piece.box.right) / 2, middle) or first or last
    if cell is not None:
        cell.pieces.append(piece)


def _part(piece: Piece, cut: int) -> tuple[Piece, Piece]:
    box, at = piece.box, piece.lefts[cut]
    return (
        Piece(piece.text[:cut], Box(box.left, box.top, at, box.bottom), piece.lefts[:cut], piece.is_spaced),
        Piece(piece.text[cut:], Box(at, box.top, box.right, box.bottom), piece.lefts[cut:]),
    )


def _read_cells(grid: Grid) -> None:
    lines = {at: lines_of(cell.pieces) for at, cell in enumerate(grid.cells) if cell.pieces}
    paddings: dict[int, float] = {}
    for at, found in lines.items():
        cell = grid.cells[at]
        inner = around([line.box for line in found])
        padding = max(min(inner.left - cell.box.left, cell.box.right - inner.right), 0.0)
        paddings[cell.column] = min(paddings.get(cell.column, 8.0), padding)
    for at, found in lines.items():
        cell = grid.cells[at]
        padding = paddings[cell.column]
        cell.paragraphs = cell_paragraphs(found, cell.box.left + padding, cell.box.right - padding)
