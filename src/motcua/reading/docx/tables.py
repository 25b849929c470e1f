"""Tables laid on a grid: which columns there are, and over which of them a cell reaches."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from motcua.reading.docx.names import (
    SDT,
    SDT_CONTENT,
    TBL_GRID,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    WRAPPERS,
    W,
    is_on,
    value,
    whole,
)

MAX_COLUMNS = 100
_SPAN, _DOWN, _ASIDE = (f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge"))
_NEAR = 250  # twentieths of a point (4.4 mm): edges of two rows closer than this are one line drawn unsteadily


@dataclass(frozen=True)
class Placed:
    """A cell on the raw grid: from column ``start`` up to, not including, ``end``."""

    element: etree._Element
    start: int
    end: int
    goes_on: bool  # the lower part of a cell merged downwards


def placed_rows(table: etree._Element) -> tuple[list[list[Placed]], bool]:
    """Return the rows of a table as placed cells, and whether rows were left out as deleted (tracked changes)."""
    rows: list[list[Placed]] = []
    has_removed = False
    for row in _through(table, TR):
        properties = row.find(TR_PR)
        column = 0
        if properties is not None:
            if properties.find(f"{W}del") is not None:
                has_removed = True
                continue
            if is_on(properties, f"{W}hidden"):
                continue
            column = min(whole(value(properties, f"{W}gridBefore")), MAX_COLUMNS)
        cells: list[Placed] = []
        for cell in _through(row, TC):
            span, goes_on, goes_aside = _reach(cell.find(TC_PR))
            if goes_aside and cells:
                last = cells.pop()  # an older way to merge sideways: the cells stay, empty
                cells.append(Placed(last.element, last.start, column + span, last.goes_on))
            else:
                cells.append(Placed(cell, column, column + span, goes_on))
            column += span
        if cells:
            rows.append(cells)
    return rows, has_removed


def _reach(properties: etree._Element | None) -> tuple[int, bool, bool]:
    """Return over how many raw columns a cell reaches, and whether it goes on with the one above or at the left."""
    span, goes_on, goes_aside = 1, False, False
    for each in properties if properties is not None else ():
        tag = each.tag
        if tag == _SPAN:
            span = min(max(whole(each.get(VAL), 1), 1), MAX_COLUMNS)
        elif tag == _DOWN:
            goes_on = each.get(VAL, "continue") != "restart"
        elif tag == _ASIDE:
            goes_aside = each.get(VAL, "continue") != "restart"
    return span, goes_on, goes_aside


def _through(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children with ``tag``, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == SDT:
            inner = child.find(SDT_CONTENT)
            if inner is not None:
                yield from _through(inner, tag)
        elif child.tag in WRAPPERS:
            yield from _through(child, tag)


def columns_of(table: etree._Element, rows: list[list[Placed]]) -> dict[int, int]:
    """Return raw column -> column of the grid, for every raw column at which a cell starts.

    A dragged border makes a raw column of its own for one row; edges that lie close are one, unless one row has both.
    """
    starts = sorted({cell.start for row in rows for cell in row})
    edges = _edges(table)
    result: dict[int, int] = {}
    column = -1
    group: list[int] = []
    for start in starts:
        near = (
            bool(group)
            and start < len(edges)
            and edges[start] - edges[group[0]] < _NEAR
            and not any(sum(cell.start in (*group, start) for cell in row) > 1 for row in rows)
        )
        if not near:
            column += 1
            group = []
        group.append(start)
        result[start] = column
    return result


def _edges(table: etree._Element) -> list[int]:
    """Return where each raw column begins, in twentieths of a point; empty if the table does not say."""
    grid = table.find(TBL_GRID)
    widths = [whole(each.get(f"{W}w")) for each in grid.iterchildren(f"{W}gridCol")] if grid is not None else []
    if not all(width > 0 for width in widths):
        return []
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges
