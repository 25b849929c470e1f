"""From chunks of cells, as a layout found them, to a grid: width, lost cells, columns and titles printed twice."""

import re
from collections import Counter
from dataclasses import dataclass, field

from motcua.reading.blocks import Cell, Row, Table

LABEL = re.compile(r"^\(?([IVXLivxl]{1,6}|\d{1,3}(\.\d{1,3})*|[A-Za-zĐđ])[.)/]?$")
_SAME = 0.9  # share of rows in which two neighbour columns must agree to be one column printed twice


@dataclass
class Chunk:
    """Cells that a layout found together; ``cut`` when the source lost what stood before them."""

    cells: list[Cell] = field(default_factory=list)
    cut: bool = False

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    @property
    def sole(self) -> str | None:
        distinct = {text for text in self.texts if text}
        return distinct.pop() if len(distinct) == 1 else None


def settle(chunks: list[Chunk]) -> Table | None:
    """Return the grid that the chunks form, or None if they are no table (letterheads, signatures, single columns)."""
    chunks = [chunk for chunk in chunks if any(chunk.texts)]
    if sum(1 for chunk in chunks if len([text for text in chunk.texts if text]) >= 2) < 2:
        return None
    if chunks and sum(chunk.cut for chunk in chunks) > len(chunks) / 2:
        for chunk in chunks:  # a blank before every tab is this scraper's habit, not a sign of loss
            chunk.cut = False
    width = _width(chunks)
    chunks = _join_pieces(_split_runs(chunks, width), width)
    doubled = _doubled(chunks, width)
    rows = _rows(_one_title(chunks), width, doubled)
    return Table(tuple(rows), width - len(doubled)) if rows else None


def _width(chunks: list[Chunk]) -> int:
    whole = [len(chunk) for chunk in chunks if len(chunk) >= 2 and chunk.sole is None]
    common = Counter(whole).most_common()
    if not common:
        return max(len(chunk) for chunk in chunks)
    first = whole[0]
    top, seen = common[0]
    # A header as wide as a good share of the rows is the better witness than a tie of damaged rows.
    return first if first > top and dict(common)[first] * 2 >= seen else top


def _split_runs(chunks: list[Chunk], width: int) -> list[Chunk]:
    """Split chunks that hold several whole rows because no blank line stands between the rows."""
    result: list[Chunk] = []
    shortest = min((len(chunk) for chunk in chunks if len(chunk) > 2 and chunk.sole is None), default=width)
    unit = shortest if width % shortest == 0 and width > shortest else width
    for chunk in chunks:
        starts = range(0, len(chunk), unit)
        whole = len(chunk) > unit and len(chunk) % unit == 0 and chunk.sole is None
        if whole and sum(bool(LABEL.match(chunk.cells[at].text)) for at in starts) >= len(starts) - 1:
            result += [Chunk(chunk.cells[at : at + unit], chunk.cut and at == 0) for at in starts]
        else:
            result.append(chunk)
    return result


def _join_pieces(chunks: list[Chunk], width: int) -> list[Chunk]:
    """Join a row that a blank line cut in two: both pieces together are exactly one row wide."""
    result: list[Chunk] = []
    for chunk in chunks:
        before = result[-1] if result else None
        if (
            before is not None
            and not chunk.cut
            and 2 < len(before) < width
            and len(before) + len(chunk) == width
            and before.sole is None
            and not LABEL.match(chunk.cells[0].text)
        ):
            before.cells += chunk.cells
        else:
            result.append(chunk)
    return result


def _doubled(chunks: list[Chunk], width: int) -> list[int]:
    """Return the columns that only repeat their left neighbour (a merged column printed twice)."""
    whole = [chunk.texts for chunk in chunks if len(chunk) == width and chunk.sole is None]
    repeats: list[int] = []
    for column in range(1, width):
        pairs = [(row[column - 1], row[column]) for row in whole if row[column - 1] or row[column]]
        same = sum(left == right for left, right in pairs)
        # A heading of its own makes it a column of its own, whatever the rows below say.
        if whole[0][column - 1] != whole[0][column] and whole[0][column]:
            continue
        if len(pairs) >= 3 and same >= _SAME * len(pairs):
            repeats.append(column)
    return repeats


def _one_title(chunks: list[Chunk]) -> list[Chunk]:
    """Drop titles that repeat the title just before them (merged cells of the rows below)."""
    result: list[Chunk] = []
    for chunk in chunks:
        if result and chunk.sole and len(chunk.sole) > 12 and chunk.sole == result[-1].sole:
            continue
        result.append(chunk)
    return result


def _rows(chunks: list[Chunk], width: int, doubled: list[int]) -> list[Row]:
    place: dict[int, int] = {}
    column = -1
    for at in range(width):
        column += at not in doubled
        place[at] = column
    rows: list[Row] = []
    for number, chunk in enumerate(chunks):
        cut_after = number + 1 < len(chunks) and chunks[number + 1].cut
        if len(chunk) == width and not chunk.cut:
            cells = [cell.at(place[at]) for at, cell in enumerate(chunk.cells) if at not in doubled]
        elif len(chunk) == width - len(doubled) and not chunk.cut and not cut_after:
            cells = [cell.at(at) for at, cell in enumerate(chunk.cells)]
        else:
            cells = [cell.at(None) for cell in (_once(chunk.cells) if doubled else chunk.cells)]
        lines = (chunk.cells[0].line_start, chunk.cells[-1].line_end)
        rows.append(Row(tuple(cells), chunk.cut, cut_after, lines))
    return rows


def _once(cells: list[Cell]) -> list[Cell]:
    """Return the cells without those that repeat their left neighbour."""
    kept: list[Cell] = []
    for cell in cells:
        if not (kept and cell.text == kept[-1].text):
            kept.append(cell)
    return kept
