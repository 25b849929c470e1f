"""Sums and differences that a table keeps without saying so: "Cuối kỳ = Đầu kỳ + Tăng − Giảm", in most rows or columns.

Every small combination is tried; one is believed where it comes out right so often, in numbers so long, that chance is
out of question. The rows or columns that alone break it are told.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from motcua.base.text import fold
from motcua.reports.rules.findings import Finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grid_sheet import GridSheet, mismatch, sum_holds
from motcua.reports.rules.grids import GridRow
from motcua.reports.rules.told import typo_of

MOST_COLUMNS, MOST_ROWS = 12, 60
LEAST_KEPT = 3
KEPT_SHARE = 0.7
LONG = 100  # a number this great fits a wrong sum hardly ever
MOST_PARTS = 5
MOST_WRONG = 2
_SCALE = 1000  # figures are added as whole thousandths
_SLACK = 150  # thousandths that rounded figures may be off by
_SIGNS = {2: ((1, 1), (1, -1)), 3: ((1, 1, 1), (1, 1, -1))}


def linear_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield cells that break what the rest of the table keeps."""
    yield from _columns(sheet)
    yield from _rows(sheet)


def _columns(sheet: GridSheet) -> Iterator[Finding]:
    columns = sheet.values[:MOST_COLUMNS]
    rows = [row for row in sheet.rows[:MOST_ROWS] if not any(sheet.is_percent(row, column) for column in columns)]
    if len(columns) < 3 or len(rows) < LEAST_KEPT + 1:
        return
    table = {column.index: [_scaled(sheet, row, column) for row in rows] for column in columns}
    told: set[int] = set()
    bound: set[int] = set()
    for total in columns:
        if total.index in bound:
            continue
        found = _best(table, total, [column for column in columns if column is not total])
        if found is None:
            continue
        parts, signs, wrong = found
        bound |= {total.index, *(part.index for part in parts)}  # the same relation told from its other side
        for at, exact in wrong:
            if at not in told:
                told.add(at)
                relation = _told(sheet, rows[at], parts, signs)
                yield mismatch(sheet, "T03", rows[at], total, relation, Fraction(exact, _SCALE))


def _scaled(sheet: GridSheet, row: GridRow, column: Column) -> int | None:
    value = sheet.value(row, column)
    return round(value * _SCALE) if value is not None else None


def _best(
    table: Mapping[int, Sequence[int | None]], total: Column, others: Sequence[Column]
) -> tuple[tuple[Column, ...], tuple[int, ...], list[tuple[int, int]]] | None:
    """Return the parts and signs whose combination a column is in nearly all rows, with the rows that break it."""
    for count in (2, 3):
        for chosen in combinations(others, count):
            for parts, signs in _arranged(chosen, count):
                right, wrong = _kept(table[total.index], [table[part.index] for part in parts], signs)
                if right < LEAST_KEPT or right < KEPT_SHARE * (right + len(wrong)):
                    continue
                return (parts, signs, wrong) if wrong else None  # kept wholly: nothing else needs to be sought
    return None


def _arranged(chosen: tuple[Column, ...], count: int) -> Iterator[tuple[tuple[Column, ...], tuple[int, ...]]]:
    plus, less = _SIGNS[count]
    yield chosen, plus
    for at in range(count):
        yield (*chosen[:at], *chosen[at + 1 :], chosen[at]), less


def _kept(
    total: Sequence[int | None], parts: Sequence[Sequence[int | None]], signs: Sequence[int]
) -> tuple[int, list[tuple[int, int]]]:
    """Return in how many rows a combination is kept by numbers that are no noughts, and the rows that break it."""
    right = 0
    wrong: list[tuple[int, int]] = []
    for at, written in enumerate(total):
        exact, noughts = 0, 0
        for sign, part in zip(signs, parts, strict=True):
            value = part[at]
            if value is None:
                break
            exact += sign * value
            noughts += value == 0
        else:
            if written is None:
                continue
            if abs(written - exact) <= _SLACK * (written % _SCALE != 0):
                right += not noughts
            elif len(wrong) >= max(MOST_WRONG, len(total) // 4):
                return 0, []
            else:
                wrong.append((at, exact))
    return right, wrong


def _told(sheet: GridSheet, row: GridRow, parts: Sequence[Column], signs: Sequence[int]) -> str:
    pieces = [
        f"{'+' if sign > 0 else '−'} {part.path[-1] if part.path else part.number} {row.cell(part)}"
        for sign, part in zip(signs, parts, strict=True)
    ]
    return " ".join(pieces).removeprefix("+ ")


def _rows(sheet: GridSheet) -> Iterator[Finding]:
    """Yield rows that are the sum of the rows right under or over them in one column and not in another."""
    columns = [column for column in sheet.values if sheet.is_additive(column)][:MOST_COLUMNS]
    rows = sheet.data[:MOST_ROWS]
    if len(columns) < 2 or not sheet.grid.of("unit"):
        return
    for at, total in enumerate(rows):
        for parts in _runs(rows, at):
            wrong = _broken(sheet, columns, total, parts)
            if wrong is not None:
                column, exact = wrong
                relation = " + ".join(f"“{part.name[:40]}” {part.cell(column)}" for part in parts)
                yield mismatch(sheet, "T03", total, column, relation, exact)
                break


def _runs(rows: Sequence[GridRow], at: int) -> Iterator[Sequence[GridRow]]:
    for length in range(2, MOST_PARTS + 1):
        for run in (rows[at + 1 : at + 1 + length], rows[max(at - length, 0) : at]):
            if len(run) == length and all(fold(row.unit) == fold(rows[at].unit) for row in run):
                yield run


def _broken(
    sheet: GridSheet, columns: Sequence[Column], total: GridRow, parts: Sequence[GridRow]
) -> tuple[Column, Fraction] | None:
    """Return the one column in which a sum of rows fails by a slip, where all others keep it in long numbers."""
    kept, wrong = 0, []
    for column in columns:
        written = sheet.figure(total, column)
        figures = [sheet.figure(row, column) for row in parts]
        if written is None or any(figure is None for figure in figures) or sheet.is_percent(total, column):
            continue
        known = [figure for figure in figures if figure]
        exact = sum((figure.value for figure in known), Fraction(0))
        if sum_holds(written, known, exact):
            kept += written.value >= LONG and sum(one.value != 0 for one in known) >= 2
        else:
            wrong.append((column, exact))
    if kept < 1 or len(wrong) != 1:
        return None
    column, exact = wrong[0]
    written = sheet.figure(total, column)
    assert written is not None
    needed = [(exact - written.value, row) for row in parts]
    is_slip = typo_of(_digits(exact), _digits(written.value)) or any(
        (figure := sheet.figure(row, column)) and typo_of(_digits(figure.value - apart), _digits(figure.value))
        for apart, row in needed
    )
    return wrong[0] if is_slip or kept >= 2 else None


def _digits(value: Fraction) -> str:
    return f"{float(value):.3f}".rstrip("0").rstrip(".")
