"""Tables over pages made one, and pages made a Document: shared by what is read and what is recognised.

What is joined here is joined for good, so only what geometry or text proves: a row that no line closes at the page's
end, or whose words plainly go on. Every other first row of a page is marked ``starts_page``, and whoever understands
the table decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from motcua.base.text import squash
from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Row, Spot, Table
from motcua.reading.pdf.columns import Flow
from motcua.reading.pdf.grid import Grid, GridCell
from motcua.reading.pdf.lines import has_ended, is_glued, is_label, printed_text
from motcua.reading.pdf.running import running_lines
from motcua.reading.pdf.shapes import Line, around
from motcua.reading.pdf.sheet import Sheet

_SAME_EDGE = 4.0  # points between edges of one column on two pages
_GUESSED_EDGE = 30.0  # the same, where no line is drawn
_NARROW = 12.0  # a column no letter fits into comes from lines that do not quite meet
_NUMBER = re.compile(r"^\(?[\dIVXLCivx]{1,6}(?:\.\d{1,3}){0,4}[.)]?$|^[a-zA-ZđĐ][.)]?$")
_NUMBERED = 0.8  # share of rows with a number in front in a numbered table
_HEADING_REACH = 4


@dataclass
class _Slot:
    """One cell of a row before its lines are counted: the paragraphs of each page it stands on."""

    column: int
    paragraphs: list[tuple[int, list[Line]]] = field(default_factory=list)  # index of the page, lines
    is_merged_up: bool = False
    is_tall: bool = False  # covers further rows
    columns: int = 1

    @property
    def text(self) -> str:
        return squash(" ".join(printed_text(lines) for _, lines in self.paragraphs))


@dataclass
class _Draft:
    """One row before its lines are counted."""

    slots: list[_Slot]
    starts_page: bool = False

    @property
    def texts(self) -> list[str]:
        return [slot.text for slot in self.slots]


def document_of(sheets: list[Sheet], kind: str, notes: list[str]) -> Document:
    """Return the Document that pages make. Running heads and page numbers are left out, tables over pages joined."""
    dropped = running_lines([(sheet.height, sheet.lines, sheet.edges) for sheet in sheets])
    for sheet in sheets:
        sheet.dropped = dropped
    writer = _Writer(sheets)
    chain: list[tuple[int, Grid]] = []
    for page, sheet in enumerate(sheets):
        if sheet.lost and chain:  # what stood on it may have ended the table, or the row
            writer.table(chain)
            chain = []
        for at, item in enumerate(sheet.items()):
            if chain and (at or not isinstance(item, Grid) or not _is_continued(chain[-1][1], item)):
                writer.table(chain)
                chain = []
            if isinstance(item, Grid):
                chain.append((page, item))
            else:
                writer.flow(page, item, is_first=at == 0)
    writer.table(chain)
    pages = tuple(sheet.size for sheet in sheets)
    return Document(
        tuple(writer.blocks), tuple(writer.lines), kind, tuple(dict.fromkeys(notes)), tuple(writer.spots), pages,
        tuple(losses_of(sheets)),
    )  # fmt: skip


def losses_of(sheets: list[Sheet]) -> Iterator[str]:
    """Yield what to say of pages that could not be read, those lost for one reason together."""
    reasons: dict[str, list[int]] = {}
    for sheet in sheets:
        if sheet.lost:
            reasons.setdefault(sheet.lost, []).append(sheet.number)
    for reason, pages in reasons.items():
        yield f"Trang {_ranges(pages)} không đọc được: {reason}"


def _ranges(pages: list[int]) -> str:
    """Return growing numbers as people write them: "3, 7–9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


class _Writer:
    """Counts lines and says of each where it stands."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self.lines: list[str] = []
        self.spots: list[Spot] = []
        self.blocks: list[Block] = []
        self.last: tuple[int, Flow] | None = None  # the paragraph written last, with its page

    def add(self, page: int, lines: list[Line]) -> int:
        """Write one line of the Document, printed on one or more lines of a page; return its number."""
        sheet = self.sheets[page]
        box = sheet.shown(around([line.box for line in lines]))
        sure = [line.confidence for line in lines if line.confidence is not None]
        left, top, right, bottom = (round(side, 1) for side in box)
        self.lines.append(squash(printed_text(lines)))
        self.spots.append(Spot(sheet.number, (left, top, right, bottom), confidence=min(sure, default=None)))
        return len(self.lines)

    def flow(self, page: int, flow: Flow, *, is_first: bool) -> None:
        """Write a paragraph, or the rest of one that began on the page before."""
        if flow.is_after_blank or (is_first and self.lines):
            self.lines.append("")
            self.spots.append(Spot(self.sheets[page].number))
        start = len(self.lines) + 1
        for line in flow.lines:
            self.add(page, [line])
        text, before = squash(printed_text(flow.lines)), self.blocks[-1] if self.blocks else None
        if is_first and isinstance(before, Paragraph) and self._goes_on_from(page, flow):
            whole = squash(f"{before.text} {text}")
            self.blocks[-1] = Paragraph(whole, Place(before.line_start, len(self.lines)))
        else:
            self.blocks.append(Paragraph(text, Place(start, len(self.lines))))
        self.last = (page, flow)

    def _goes_on_from(self, page: int, flow: Flow) -> bool:
        if self.last is None or self.last[0] != page - 1:
            return False
        before = self.last[1]
        return (
            before.is_full
            and not before.is_centred
            and not flow.is_centred
            and not has_ended(before.lines[-1].text)
            and not is_label(flow.lines[0].text)
            and flow.lines[0].text[:1].islower()
        )

    def table(self, chain: list[tuple[int, Grid]]) -> None:
        """Write a table that goes over the pages of ``chain``."""
        if not chain:
            return
        edges = _common_edges([grid for _, grid in chain])
        drafts = _drafts(chain, edges)
        rows = [row for draft in drafts if (row := self._row(draft)) is not None]
        if rows:
            self.blocks.append(Table(tuple(rows), len(edges) - 1))
        self.last = None

    def _row(self, draft: _Draft) -> Row | None:
        start = len(self.lines) + 1
        parts = [self._parts(slot) for slot in draft.slots]
        if len(self.lines) < start:
            return None
        # An empty cell has no line of its own: it stands beside the row's first.
        cells = [
            Cell(own or ((start, ""),), slot.column, slot.is_merged_up)
            for slot, own in zip(draft.slots, parts, strict=True)
        ]
        return Row(tuple(cells), lines=(start, len(self.lines)), starts_page=draft.starts_page)

    def _parts(self, slot: _Slot) -> tuple[tuple[int, str], ...]:
        parts: list[tuple[int, str]] = []
        for at, (page, lines) in enumerate(slot.paragraphs):
            number = self.add(page, lines)
            text = self.lines[number - 1]
            if at and page != slot.paragraphs[at - 1][0] and is_glued(parts[-1][1], text):
                # A word broken over the page: the whole of it stands with its beginning.
                head, _, text = text.partition(" ")
                parts[-1] = (parts[-1][0], parts[-1][1] + head)
            if text:
                parts.append((number, text))
        return tuple(parts)


def _is_continued(above: Grid, below: Grid) -> bool:
    """Tell whether a table at the top of a page has the columns of the one at the end of the page before."""
    if not (above.is_ruled and below.is_ruled):
        reach = _GUESSED_EDGE
        return len(above.xs) == len(below.xs) and all(
            abs(x - other) < reach for x, other in zip(above.xs, below.xs, strict=True)
        )
    if abs(above.xs[0] - below.xs[0]) > 2 * _SAME_EDGE or abs(above.xs[-1] - below.xs[-1]) > 2 * _SAME_EDGE:
        return False
    few, many = sorted((above.xs, below.xs), key=len)
    return all(min(abs(x - other) for other in many) <= _SAME_EDGE for x in few[1:-1])


def _common_edges(grids: list[Grid]) -> list[float]:
    """Return the column edges of all pages, without columns too narrow for a letter that hold none."""
    if not grids[0].is_ruled:
        return grids[0].xs
    groups: list[list[float]] = []
    for x in sorted(x for grid in grids for x in grid.xs):
        if groups and x - groups[-1][0] <= 2 * _SAME_EDGE - 1:
            groups[-1].append(x)
        else:
            groups.append([x])
    edges = [sum(group) / len(group) for group in groups]
    at = 0
    while at < len(edges) - 1 and len(edges) > 3:
        if edges[at + 1] - edges[at] < _NARROW and not _holds_text(grids, edges, at):
            used = [_uses(grids, edges[at]), _uses(grids, edges[at + 1])]
            is_outer = at == 0 or (at + 1 < len(edges) - 1 and used[0] >= used[1])
            del edges[at + 1 if is_outer else at]
        else:
            at += 1
    return edges


def _holds_text(grids: list[Grid], edges: list[float], at: int) -> bool:
    return any(
        cell.pieces and _nearest(edges, cell.box.left) == at and _nearest(edges, cell.box.right) == at + 1
        for grid in grids
        for cell in grid.cells
    )


def _uses(grids: list[Grid], x: float) -> int:
    return sum(abs(cell.box.left - x) <= _SAME_EDGE for grid in grids for cell in grid.cells if cell.pieces)


def _nearest(edges: list[float], x: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - x))


def _drafts(chain: list[tuple[int, Grid]], edges: list[float]) -> list[_Draft]:
    """Return the rows of a table over pages: headings that each page repeats left out, split rows joined."""
    drafts: list[_Draft] = []
    heading: list[list[str]] = []
    before: Grid | None = None
    for page, grid in chain:
        own = [draft for draft in _page_drafts(page, grid, edges) if any(draft.texts)]
        if before is None:
            heading = [draft.texts for draft in own[:_HEADING_REACH]]
        else:
            own = own[_repeated(heading, [draft.texts for draft in own[:_HEADING_REACH]]) :]
            if own:
                own[0].starts_page = True
            if own and drafts:
                is_open = before.is_open_below or grid.is_open_above
                if _goes_on(drafts, own[0], is_open=is_open):
                    _join(drafts[-1], own.pop(0))
                else:
                    _mark_merged(drafts[-1], own[0])
        drafts += own
        before = grid
    return drafts


def _repeated(heading: list[list[str]], rows: list[list[str]]) -> int:
    """Return how many first rows of a page repeat the first rows of the table, or those under its title."""
    for skipped in range(min(len(heading), _HEADING_REACH - 1)):
        count = 0
        for known, row in zip(heading[skipped:], rows, strict=False):
            if known != row:
                break
            count += 1
        if count:
            return count
    return 0


def _page_drafts(page: int, grid: Grid, edges: list[float]) -> list[_Draft]:
    starts = [_nearest(edges, x) for x in grid.xs]
    drafts = []
    for row in range(len(grid.ys) - 1):
        slots: dict[int, _Slot] = {}
        for column in range(len(grid.xs) - 1):
            cell = grid.cells[grid.owners[row][column]]
            at = starts[column]
            if at < len(edges) - 1:
                _fill_slot(slots, at, cell, row, column, page, starts[cell.column + cell.columns] - at)
        drafts.append(_Draft([slots.get(at) or _Slot(at) for at in range(len(edges) - 1)]))
    return drafts


def _fill_slot(slots: dict[int, _Slot], at: int, cell: GridCell, row: int, column: int, page: int, span: int) -> None:
    is_start = cell.column == column
    if is_start and cell.row == row:
        found = slots.setdefault(at, _Slot(at))
        found.paragraphs += [(page, lines) for lines in cell.paragraphs]
        found.is_tall = cell.rows > 1
    elif is_start:
        slots.setdefault(at, _Slot(at, is_merged_up=True, is_tall=True))
    if is_start:
        slots[at].columns = max(span, 1)


def _goes_on(drafts: list[_Draft], row: _Draft, *, is_open: bool) -> bool:
    """Tell whether the first row of a page is proved to be the rest of the row above."""
    above, now = drafts[-1].texts, row.texts
    if now[0] and above[0] and _NUMBER.match(now[0]):
        return False
    if drafts[-1].slots[0].is_tall and not now[0]:
        return False
    filled = [at for at, text in enumerate(now) if text]
    if len(filled) == 1 and filled[0] == 0 and _NUMBER.match(now[0]):
        return is_open
    if is_open:
        return True
    if [slot.columns for slot in drafts[-1].slots] != [slot.columns for slot in row.slots]:
        return False
    if not all(above[at] for at in filled):
        return False
    if any(_continues(above[at], now[at]) for at in filled):
        return True
    return not now[0] and _is_numbered(drafts) and 2 * len(filled) <= sum(bool(text) for text in above)


def _continues(above: str, text: str) -> bool:
    """Tell whether a text plainly is the middle of a sentence."""
    return text[:1].islower() and not is_label(text) and not has_ended(above)


def _is_numbered(drafts: list[_Draft]) -> bool:
    rows = [draft.texts for draft in drafts if sum(bool(text) for text in draft.texts) > 1]
    return len(rows) >= 2 and sum(bool(_NUMBER.match(texts[0])) for texts in rows) >= _NUMBERED * len(rows) - 1


def _join(above: _Draft, row: _Draft) -> None:
    for slot, more in zip(above.slots, row.slots, strict=True):
        slot.paragraphs += more.paragraphs
        slot.is_tall = slot.is_tall or more.is_tall


def _mark_merged(above: _Draft, row: _Draft) -> None:
    """Say of empty cells that go on from a merged cell on the page before that they do."""
    for slot, more in zip(above.slots, row.slots, strict=True):
        if slot.is_tall and not more.text:
            more.is_merged_up = True
