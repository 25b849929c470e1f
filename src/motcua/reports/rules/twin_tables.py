"""Two tables that say the same: rows of the same names whose columns agree nearly everywhere, and the rows that do not.

Nothing is known of what the columns mean. Where two columns of two tables agree in most of the rows they share, they
are the same quantity, and a row in which they differ is wrong in one of the two.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from motcua.base.text import fold
from motcua.reports.rules.figures import plain_number
from motcua.reports.rules.findings import Finding, finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grid_sheet import GridSheet, place_of
from motcua.reports.rules.grids import Grid, GridRow, is_total
from motcua.reports.rules.told import typo_of

MOST_TABLES, MOST_COLUMNS = 14, 16
LEAST_AGREED = 2  # rows, of numbers that are no nought
AGREED_SHARE = 0.6
_TOTAL_NAME = "\0"


def twin_findings(grids: Sequence[Grid]) -> Iterator[Finding]:
    """Yield rows in which two tables that agree elsewhere differ."""
    sheets = [GridSheet(grid) for grid in grids[:MOST_TABLES]]
    named = [_by_name(sheet) for sheet in sheets]
    told: set[tuple[int, int]] = set()
    for one, other in combinations(range(len(sheets)), 2):
        shared = [name for name in named[one] if name in named[other]]
        if len(shared) <= LEAST_AGREED:
            continue
        rows = [(named[one][name], named[other][name]) for name in shared]
        for left in sheets[one].grid.of("value", "percent")[:MOST_COLUMNS]:
            for right in sheets[other].grid.of("value", "percent")[:MOST_COLUMNS]:
                for row, twin in _apart(sheets[one], sheets[other], rows, left, right):
                    if (twin.line, other) not in told:
                        told.add((twin.line, other))
                        yield _differs(sheets[one], sheets[other], row, twin, left, right)


def _by_name(sheet: GridSheet) -> dict[str, GridRow]:
    """Return rows by their folded names, those of two rows left out; all totals have one name."""
    found: dict[str, list[GridRow]] = {}
    for row in sheet.rows:
        is_whole = row.kind == "total" or is_total(row.name)
        name = _TOTAL_NAME if is_whole else " ".join(re.findall(r"\w+", fold(row.name)))
        if name:
            found.setdefault(name, []).append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def _apart(
    one: GridSheet, other: GridSheet, rows: Sequence[tuple[GridRow, GridRow]], left: Column, right: Column
) -> list[tuple[GridRow, GridRow]]:
    """Return the rows in which two columns differ that agree in the others; [] where they are not the same."""
    agreed: set[Fraction] = set()
    right_rows, wrong = 0, []
    for row, twin in rows:
        first, second = one.figure(row, left), other.figure(twin, right)
        if first is None or second is None or one.is_percent(row, left) != other.is_percent(twin, right):
            continue
        if first.value == second.value:
            right_rows += 1
            agreed |= {first.value}
        else:
            wrong.append((row, twin))
    is_same = len(agreed - {Fraction(0), Fraction(100)}) >= LEAST_AGREED
    if not wrong or len(wrong) > 2 or not is_same or right_rows < AGREED_SHARE * (right_rows + len(wrong)):
        return []
    is_named_alike = fold(left.label) == fold(right.label) or right_rows >= 2 * LEAST_AGREED
    return wrong if is_named_alike else [pair for pair in wrong if typo_of(pair[0].cell(left), pair[1].cell(right))]


def _differs(one: GridSheet, other: GridSheet, row: GridRow, twin: GridRow, left: Column, right: Column) -> Finding:
    where, there = other.where(twin, right), one.where(row, left)
    figure = one.figure(row, left)
    assert figure is not None
    return finding(
        "T06", "two_tables", where, place=place_of(twin, where), found=twin.cell(right),
        expected=plain_number(figure.value), other=place_of(row, there), quote=row.cell(left),
    )  # fmt: skip
