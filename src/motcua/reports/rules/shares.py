"""Relations nobody prints that a table keeps by itself: shares of one row, ratio rows, columns that add up.

A relation is believed where the table keeps it in other rows or columns; a figure that fits any other pair is left
alone.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, vietnamese
from motcua.reports.rules.findings import Finding, finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grid_sheet import WRONG, GridSheet, mismatch, ratio_holds, sum_holds
from motcua.reports.rules.grids import GridRow, is_total

_ABOVE, _BELOW = 5, 2  # rows around a ratio among which its parts are looked for
_LONGEST_RUN = 8  # columns
LEAST_ROWS = 3
KEPT_SHARE = 0.6
MOST_BASES, MOST_ROWS, MOST_VALUES = 40, 400, 24  # of larger tables only what is likely is tried
_WHOLE_ROW = re.compile(r"\btong\b|\bphai\b|\bgiao\b|trong ke hoach|^ke hoach|\bdu toan\b|\bdu dieu kien\b")
_CHANGE_HEAD = re.compile(r"\btang\b|\bgiam\b|chenh lech|bien dong")
_RATIO_WORDS = frozenset({"ty", "ti", "le", "so", "dat", "phan", "tram", "tren", "tong", "cac", "cua", "duoc", "trong"})
Pair = tuple[GridRow, GridRow]


def share_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield figures that break a relation which the rest of the table keeps."""
    for column in sheet.grid.of("percent"):
        if not column.formula:
            yield from _shares(sheet, column)
    yield from _ratio_rows(sheet)


def _shares(sheet: GridSheet, column: Column) -> Iterator[Finding]:
    """Check "Tỷ trọng" down a column: each figure over that of one row, the total or the first."""
    rows = [row for row in sheet.rows if sheet.figure(row, column)][:MOST_ROWS]
    options = [
        (len(_kept(sheet, column, counts, base)), -at, counts, base)
        for counts in sheet.values
        for at, base in enumerate(sheet.rows)
        if _is_base(sheet, counts, base) and (len(sheet.rows) <= MOST_BASES or at == 0 or is_total(base.name))
    ]
    if not options or _is_across(sheet, column, rows):
        return
    _, _, counts, base = max(options, key=lambda option: option[:2])
    kept = _kept(sheet, column, counts, base)
    is_plain = len(sheet.values) == 1 and (
        base is sheet.rows[0] or is_total(base.name) or _is_hundred(sheet, base, column)
    )
    if len({sheet.value(row, column) for row in kept}) < (1 if is_plain else 2):
        return
    for row in rows:
        written, part = sheet.figure(row, column), sheet.figure(row, counts)
        if row is base or row in kept or written is None or part is None:
            continue
        if written.value == 0 or any(
            _fits(written, part, sheet.figure(other, counts)) for other in sheet.rows if other is not row
        ):
            continue
        yield _ratio_wrong(sheet, row, column, part, sheet.figure(base, counts), base)


def _is_base(sheet: GridSheet, counts: Column, base: GridRow) -> bool:
    figure = sheet.figure(base, counts)
    return bool(figure and figure.value > 0)


def _is_hundred(sheet: GridSheet, row: GridRow, column: Column) -> bool:
    return sheet.value(row, column) == 100


def _kept(sheet: GridSheet, column: Column, counts: Column, base: GridRow) -> list[GridRow]:
    """Return the rows whose share of ``base`` is right, those of nothing and of all left out."""
    return [
        row
        for row in sheet.rows
        if row is not base
        and (written := sheet.figure(row, column))
        and (part := sheet.figure(row, counts))
        and written.value not in (0, 100)
        and _fits(written, part, sheet.figure(base, counts))
    ]


def _is_across(sheet: GridSheet, column: Column, rows: Sequence[GridRow]) -> bool:
    """Say whether most rows have their own part and whole in other columns."""
    values = sheet.values[:12]
    kept = sum(
        any(_fits(written, sheet.figure(row, one), sheet.figure(row, other)) for one, other in permutations(values, 2))
        for row in rows
        if (written := sheet.figure(row, column))
    )
    return kept >= 2 and 2 * kept >= len(rows)


def _fits(written: Figure | None, part: Figure | None, whole: Figure | None) -> bool:
    return bool(written and part and whole and whole.value) and ratio_holds(written, part, whole) != WRONG  # type: ignore[arg-type]


def _ratio_wrong(
    sheet: GridSheet, row: GridRow, column: Column, part: Figure, whole: Figure | None, base: GridRow
) -> Finding:
    assert whole is not None
    name = f"“{row.name or row.full}” / “{base.name or base.full}”"
    relation = f"{name} ({vietnamese(part.value)} / {vietnamese(whole.value)} * 100)"
    return mismatch(sheet, "T04", row, column, relation, part.value / whole.value * 100)


def _ratio_rows(sheet: GridSheet) -> Iterator[Finding]:
    rows = sheet.data
    for at, row in enumerate(rows):
        columns = [c for c in sheet.values if sheet.is_percent(row, c) and sheet.figure(row, c)]
        near = [one for one in rows[max(at - _ABOVE, 0) : at + _BELOW + 1] if _is_count(sheet, one)]
        pairs = [pair for pair in permutations(near, 2) if fold(pair[0].unit) == fold(pair[1].unit)]
        for column in columns:
            written = sheet.figure(row, column)
            if written is None or any(_pair_fits(sheet, column, written, pair) for pair in pairs):
                continue
            pair = _kept_pair(sheet, row, column, pairs) or _next_pair(sheet, rows, at, column)
            found = _check_pair(sheet, row, column, pair) if pair else None
            if found is not None:
                yield found


def _is_count(sheet: GridSheet, row: GridRow) -> bool:
    columns = sheet.values
    return bool(columns) and not any(sheet.is_percent(row, column) for column in columns) and sheet.has_figures(row)


def _pair_fits(sheet: GridSheet, column: Column, written: Figure, pair: Pair) -> bool:
    return _fits(written, sheet.figure(pair[0], column), sheet.figure(pair[1], column))


def _kept_pair(sheet: GridSheet, row: GridRow, column: Column, pairs: Sequence[Pair]) -> Pair | None:
    """Return the pair whose ratio the row is in other columns; None where several are, or none."""
    kept = [
        pair
        for pair in pairs
        if any(
            _pair_fits(sheet, other, figure, pair)
            for other in sheet.values
            if other is not column and (figure := sheet.figure(row, other)) and figure.value
        )
    ]
    if len(kept) == 2 and set(map(id, kept[0])) == set(map(id, kept[1])):  # "100 %": either may be the whole
        kept = [pair for pair in kept if _is_part(sheet, column, pair)]
    return kept[0] if len(kept) == 1 else None


def _is_part(sheet: GridSheet, column: Column, pair: Pair) -> bool:
    part, whole = (sheet.value(one, column) for one in pair)
    return part is not None and whole is not None and part < whole


def _next_pair(sheet: GridSheet, rows: Sequence[GridRow], at: int, column: Column) -> Pair | None:
    """Return part and whole of a ratio that stands right under both, or under its part in their group."""
    if at < 2 or not re.match(r"t[iy] le\b", fold(rows[at].name)):
        return None
    first, second = rows[at - 2], rows[at - 1]
    if not all(_is_count(sheet, one) for one in (first, second)) or fold(first.unit) != fold(second.unit):
        return None
    if not first.unit or not _is_one_group(first, second, rows[at]) or not _shares_words(rows[at], first, second):
        return None
    wholes = [
        one for one in (first, second) if _WHOLE_ROW.search(fold(one.name)) or second.full.startswith(f"{one.full}.")
    ]
    if len(wholes) != 1:
        return None
    return (second, first) if wholes[0] is first else (first, second)


def _shares_words(ratio: GridRow, *counts: GridRow) -> bool:
    """Say whether a ratio speaks of what is counted beside it: "Tỷ lệ giải ngân" is none of the staff above."""
    about = set(re.findall(r"[a-z]{2,}", fold(ratio.name))) - _RATIO_WORDS
    return not about or any(about & set(re.findall(r"[a-z]{2,}", fold(row.name))) for row in counts)


def _is_one_group(first: GridRow, second: GridRow, ratio: GridRow) -> bool:
    parent = ratio.full.rpartition(".")[0]
    return second.full.rpartition(".")[0] == parent and (
        first.full.rpartition(".")[0] == parent or first.full == parent
    )


def _check_pair(sheet: GridSheet, row: GridRow, column: Column, pair: Pair) -> Finding | None:
    part, whole = (sheet.figure(one, column) for one in pair)
    if not part or not whole or whole.value == 0:
        return None
    if part.value > whole.value:
        return finding(
            "T05", "bound", sheet.where(pair[0], column), found=pair[0].cell(column),
            expected=f"không quá {vietnamese(whole.value)}", relation=f"“{pair[0].name}” ≤ “{pair[1].name}”",
            values=f"{vietnamese(part.value)} > {vietnamese(whole.value)}",
        )  # fmt: skip
    return _ratio_wrong(sheet, row, column, part, whole, pair[1])


def kept_sums(sheet: GridSheet) -> Iterator[tuple[Column, tuple[Column, ...]]]:
    """Yield columns with the neighbours whose sum they are in most rows: "Giao" = "Có mặt" + "Chưa sử dụng"."""
    columns = sheet.values[:MOST_VALUES]
    if len(sheet.rows) > MOST_ROWS:
        return
    for at, total in enumerate(columns):
        for parts in _runs(columns, at):
            if _CHANGE_HEAD.search(parts[-1].words) and len(parts) > 2:
                continue
            right, count = _sum_kept(sheet, total, parts)
            is_change = len(parts) == 2 and bool(_CHANGE_HEAD.search(parts[-1].words))
            if right >= (2 if is_change else LEAST_ROWS) and right >= (0.5 if is_change else KEPT_SHARE) * count:
                yield total, parts
                break


def _runs(columns: Sequence[Column], at: int) -> Iterator[tuple[Column, ...]]:
    """Yield the neighbours that may be the parts of a column, the longest first."""
    for length in range(min(_LONGEST_RUN, len(columns) - 1), 1, -1):
        if at + length < len(columns):
            yield tuple(columns[at + 1 : at + 1 + length])
        if at - length >= 0:
            yield tuple(columns[at - length : at])
    if 0 < at < len(columns) - 1:
        yield columns[at - 1], columns[at + 1]


def _sum_kept(sheet: GridSheet, total: Column, parts: Sequence[Column]) -> tuple[int, int]:
    right, count = 0, 0
    for row in sheet.rows:
        written = sheet.figure(row, total)
        figures = [figure for part in parts if (figure := sheet.figure(row, part))]
        if written is None or sheet.is_percent(row, total) or sum(figure.value != 0 for figure in figures) < 2:
            continue
        count += 1
        right += sum_holds(written, figures, sum((figure.value for figure in figures), Fraction(0)))
    return right, count
