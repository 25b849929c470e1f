"""Tables without upright ruling lines: columns guessed from the room that every line leaves free."""

import statistics

from motcua.reading.pdf.grid import Grid, GridCell
from motcua.reading.pdf.lines import cell_paragraphs, lines_of, usual_pitch
from motcua.reading.pdf.shapes import Box, Line, Piece, Ruling, around

_GUTTER = 0.55  # of a letter's height: more than justified lines leave between words, line after line
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3  # lines with text in at least three columns
_FAR = 1.3  # of the usual distance of lines: a new row begins
Span = tuple[float, float]


def take_tables(lines: list[Line], level: list[Ruling]) -> tuple[list[Grid], list[Line]]:
    """Return the tables that lines outside ruled tables seem to make, and the lines that belong to none.

    Level ruling lines between the rows, where there are any, part them.
    """
    grids: list[Grid] = []
    rest: list[Line] = []
    at = 0
    while at < len(lines):
        end, gutters = _reach(lines, at)
        if gutters and _is_table(lines[at:end], gutters):
            grids.append(_grid(lines[at:end], gutters, level))
            at = end
        else:
            rest.append(lines[at])
            at += 1
    return grids, rest


def _reach(lines: list[Line], at: int) -> tuple[int, list[Span]]:
    """Return where lines that leave the same columns free end, and the room between those columns."""
    free = _free(lines[at])
    if len(free) < _LEAST_COLUMNS - 1:
        return at, []
    end = at + 1
    while end < len(lines) and lines[end].box.top - lines[end - 1].box.bottom < 4 * lines[end].size:
        left, right = lines[end].box.left, lines[end].box.right
        if lines[end].text.isdigit() and left > free[0][1]:
            break  # a page number below the table
        open_ends = [(-1e9, left), *_free(lines[end]), (right, 1e9)]
        least = _GUTTER * lines[end].size
        shared = [(max(a, c), min(b, d)) for a, b in free for c, d in open_ends if min(b, d) - max(a, c) >= least]
        # A line that closes a column is a title or prose, once the columns are known.
        if len(shared) < (len(free) if end - at >= _LEAST_ROWS else _LEAST_COLUMNS - 1):
            break
        free = shared
        end += 1
    return end, free


def _free(line: Line) -> list[Span]:
    least = _GUTTER * line.size
    return [
        (before.box.right, piece.box.left)
        for before, piece in zip(line.pieces, line.pieces[1:], strict=False)
        if piece.box.left - before.box.right >= least
    ]


def _is_table(lines: list[Line], gutters: list[Span]) -> bool:
    edges = _edges(gutters)
    filled = [len({_column(piece, edges) for piece in line.pieces}) for line in lines]
    return sum(count >= _LEAST_COLUMNS for count in filled) >= _LEAST_ROWS


def _edges(gutters: list[Span]) -> list[float]:
    return [(left + right) / 2 for left, right in gutters]


def _column(piece: Piece, edges: list[float]) -> int:
    middle = (piece.box.left + piece.box.right) / 2
    return sum(middle > edge for edge in edges)


def _grid(lines: list[Line], gutters: list[Span], level: list[Ruling]) -> Grid:
    inner, whole = _edges(gutters), around([line.box for line in lines])
    xs = [whole.left - 2, *inner, whole.right + 2]
    rows = _rows(lines, inner, [line.at for line in level if whole.top < line.at < whole.bottom])
    ys = [rows[0][0].box.top - 1]
    ys += [(above[-1].box.bottom + below[0].box.top) / 2 for above, below in zip(rows, rows[1:], strict=False)]
    ys.append(rows[-1][-1].box.bottom + 1)
    cells: list[GridCell] = []
    for row, own in enumerate(rows):
        for column in range(len(xs) - 1):
            box = Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
            pieces = [piece for line in own for piece in line.pieces if _column(piece, inner) == column]
            cell = GridCell(row, column, 1, 1, box, pieces)
            cell.paragraphs = cell_paragraphs(lines_of(pieces), box.left, box.right) if pieces else []
            cells.append(cell)
    wide = len(xs) - 1
    owners = [list(range(row * wide, (row + 1) * wide)) for row in range(len(rows))]
    return Grid(xs, ys, cells, owners=owners, is_ruled=False)


def _rows(lines: list[Line], edges: list[float], walls: list[float]) -> list[list[Line]]:
    """Part lines to rows: at ruling lines, else where the first column begins anew or the room is wide."""
    pitch = usual_pitch(lines)
    size = statistics.median(line.size for line in lines)
    rows = [[lines[0]]]
    for before, line in zip(lines, lines[1:], strict=False):
        if walls:
            begins = any(before.box.bottom - 0.3 * size <= wall <= line.box.top + 0.3 * size for wall in walls)
        else:
            begins = _column(line.pieces[0], edges) == 0 or line.box.bottom - before.box.bottom > _FAR * pitch
        if begins:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows
