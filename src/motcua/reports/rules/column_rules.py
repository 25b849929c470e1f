"""What holds between the columns of every row: formulas the head prints, sums of a group, ratios, cumulations.

A relation nobody printed is believed only when the table itself keeps it in most of its rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.reports.rules.expressions import Operation, Outcome, Reference, divides, evaluate, parse, references
from motcua.reports.rules.figures import Figure, vietnamese
from motcua.reports.rules.findings import Finding, finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grid_sheet import (
    EXACT,
    NEAR,
    WRONG,
    GridSheet,
    mismatch,
    pairs,
    parts_told,
    place_of,
    ratio_holds,
    sum_holds,
)
from motcua.reports.rules.grids import GridRow
from motcua.reports.rules.row_rules import excludes
from motcua.reports.rules.shares import kept_sums

BELIEVED_ROWS = 2  # that an exact sum or a rounded ratio comes out twice by chance is most unlikely
BELIEVED_SHARE = 0.6
_FORM_06 = {  # Circular 01/2020, form 06/II.06a: stage of dossiers -> how its columns are headed (DOMAIN 8.2)
    "received": {"online": r"truc tuyen", "direct": r"truc tiep|buu chinh", "carried": r"ky truoc|nam truoc|\bton\b"},
    "done": {"early": r"truoc han", "on_time": r"dung han", "late": r"qua han|tre han|cham"},
    "open": {"in_time": r"trong han|chua den han", "overdue": r"qua han|tre han"},
}
_OWN_PERIOD = re.compile(
    r"ky nay|trong (?:ky|thang|quy)\b|"
    r"ky bao cao|quy nay|thang nay|\bquy (?:iv|i{1,3}|[1-4])\b|\b(?:0?6|sau) thang\b|^thang \d"
)
_SINCE_JANUARY = re.compile(r"(?:0?6|0?9|sau|chin) thang(?: dau nam)?|ca nam")
_OTHER = re.compile(r"cung ky|ky truoc|nam truoc|ke hoach|muc tieu|so voi")
# What stands at a moment may fall in the year; what is counted may not.
_STOCK = re.compile(r"\bdang\b|\bcon\b|\bton\b|co mat|bien che|hien co|\bchua\b|binh quan|trung binh|\bmuc\b|\bdiem\b")
_TOTAL_HEAD = re.compile(r"\btong\b")


@dataclass(frozen=True)
class Sum:
    """Columns whose sum another column must be. ``is_known``: law or the head itself says so."""

    rule: str
    total: Column
    parts: tuple[Column, ...]
    is_known: bool


def column_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield cells that break a relation between columns."""
    sums = _identities(sheet)
    known = {(s.total.index, frozenset(p.index for p in s.parts)) for s in sums}
    spoken: set[tuple[int, int]] = set()
    for found, row, column in _printed(sheet, known):
        spoken.add((row.line, column.index))
        yield found
    sums += [s for s in _groups(sheet) if (s.total.index, frozenset(p.index for p in s.parts)) not in known]
    known |= {(s.total.index, frozenset(p.index for p in s.parts)) for s in sums}
    totals = {s.total.index for s in sums}
    sums += [
        Sum("T03", total, parts, True)  # kept_sums believes only what most rows keep
        for total, parts in kept_sums(sheet)
        if total.index not in totals and (total.index, frozenset(p.index for p in parts)) not in known
    ]
    for one in sums:
        yield from _check_sum(sheet, one, spoken)
    yield from _check_ratios(sheet, spoken)
    yield from _check_cumulative(sheet)


def _stage(column: Column) -> str | None:
    words = column.words
    if re.search(r"(?:dang|chua|con) (?:giai quyet|xu ly)|chuyen ky sau|\bton\b(?!.*ky truoc)", words):
        return "open"
    if re.search(r"tiep nhan|\bnhan\b", words):
        return "received"
    return (
        "done"
        if re.search(r"da giai quyet|giai quyet xong|ket qua giai quyet|duoc giai quyet|giai quyet", words)
        else None
    )


def stages(sheet: GridSheet) -> dict[tuple[str, str], Column]:
    """Return the columns of form 06 by (stage, part); empty where the table is no statistics of dossiers."""
    found: dict[tuple[str, str], Column] = {}
    for column in sheet.values:
        stage = _stage(column)
        if stage is None:
            continue
        last = fold(" ".join(column.path[1:]) or column.label)
        part = next((name for name, words in _FORM_06[stage].items() if re.search(words, last)), None)
        if part is None and (_TOTAL_HEAD.search(last) or len(column.path) == 1):
            part = "total"
        if part:
            found.setdefault((stage, part), column)
    return found


def _identities(sheet: GridSheet) -> list[Sum]:
    """Return the four identities of form 06 that the table's columns allow (R8.4)."""
    by = stages(sheet)
    sums = []
    for stage, parts in _FORM_06.items():
        total = by.get((stage, "total"))
        columns = tuple(by[stage, part] for part in parts if (stage, part) in by)
        if total and len(columns) >= 2 and len(columns) >= len(parts) - 1:
            sums.append(Sum("R8.4", total, columns, len(columns) == len(parts)))
    received, done, still = (by.get((stage, "total")) for stage in ("received", "done", "open"))
    if received and done and still:
        sums.append(Sum("R8.4", received, (done, still), ("received", "carried") in by))
    return sums


def _printed(sheet: GridSheet, known: set[tuple[int, frozenset[int]]]) -> Iterator[tuple[Finding, GridRow, Column]]:
    """Yield rows that break a formula printed in the head."""
    numbered = {column.number: column for column in sheet.grid.columns if column.number}
    if not numbered:
        numbered = {str(index): column for index, column in enumerate(sheet.grid.columns, start=1)}
    for column in sheet.grid.of("value", "percent"):
        expression = _formula(column)
        if expression is None:
            continue
        columns = {row: numbered[row.row] for row in references(expression) if row.row in numbered}
        if len(columns) < len(references(expression)) or column in columns.values():
            continue
        if (column.index, frozenset(c.index for c in columns.values())) in known and not divides(expression):
            continue
        for row in sheet.rows:
            found = _check_printed(sheet, row, column, expression, columns)
            if found is not None:
                yield found, row, column


def _formula(column: Column) -> Operation | None:
    """Return the arithmetic of a printed formula, "5/3*100" with columns as references; None if it is none."""
    if not column.formula:
        return None
    text = re.sub(r"[x×]", "*", column.formula.replace(":", "/").replace("%", "").replace(",", ""))
    text = re.sub(r"(?<=[\d)\]])\s+100\b", " * 100", text)  # a lone star is taken for markup when lines are cleaned
    text = re.sub(r"[()\[\]]?(?<!\d)(\d{1,2})(?!\d)[)\]]?", r"[\1]", text) if text.count("(") == text.count(")") else ""
    try:
        expression = parse(text.strip(" *"))
    except Refused:
        try:
            expression = parse(re.sub(r"(?<!\d)(\d{1,2})(?!\d)", r"[\1]", column.formula.replace("%", "")))
        except Refused:
            return None
    if not isinstance(expression, Operation) or not references(expression):
        return None
    if divides(expression) and "100" not in text and column.role == "percent":
        return Operation("*", expression, Fraction(100))
    return expression


def _check_printed(
    sheet: GridSheet, row: GridRow, column: Column, expression: Operation, columns: Mapping[Reference, Column]
) -> Finding | None:
    figures = {reference: sheet.figure(row, part) for reference, part in columns.items()}
    written = sheet.figure(row, column)
    parts = [figure for figure in figures.values() if figure]
    if written is None or not parts:
        return None
    if any(figure is None and not sheet.is_blank(row, columns[ref]) for ref, figure in figures.items()):
        return None
    is_ratio = divides(expression)
    values: dict[Reference, Outcome] = {
        ref: figure.value if figure else (None if is_ratio else Fraction(0)) for ref, figure in figures.items()
    }
    exact = evaluate(expression, values.__getitem__)
    if not isinstance(exact, Fraction):
        return None
    if is_ratio:
        fits = ratio_holds(written, Figure(exact), Figure(Fraction(1)), 1)
        if len(parts) == 2 and ratio_holds(written, parts[0], parts[1]) == EXACT:
            fits = EXACT
    else:
        fits = EXACT if sum_holds(written, parts, exact) else WRONG
    if fits == EXACT:
        return None
    return mismatch(sheet, "T01", row, column, column.formula, exact, "info" if fits == NEAR else None)


def _groups(sheet: GridSheet) -> list[Sum]:
    """Return columns "Tổng số" with the other columns under the same head, or after them up to the next total."""
    sums = []
    values = [column for column in sheet.grid.of("value", "percent")]
    for at, column in enumerate(values):
        if column.role != "value" or not _TOTAL_HEAD.search(fold(column.path[-1] if column.path else "")):
            continue
        group = [c for c in values if c is not column and c.path and column.path and c.path[0] == column.path[0]]
        if not group or len(column.path) == 1:
            group = []
            for other in values[at + 1 :]:
                if other.role != "value" or _TOTAL_HEAD.search(other.words):
                    break
                group.append(other)
        group = [c for c in group if c.role == "value" and not _TOTAL_HEAD.search(fold(c.path[-1] if c.path else ""))]
        if len(group) >= 2:
            sums.append(Sum("T03", column, tuple(group), _divides(column, group)))
            if len(group) > 2:
                sums.append(Sum("T03", column, tuple(group[:2]), False))
    return sums


def _divides(total: Column, parts: Sequence[Column]) -> bool:
    """Say whether columns under one head are all of its total by their names: "Tổng – Cấp tỉnh – Cấp xã"."""
    is_headed = all(len(c.path) > 1 and c.path[0] == total.path[0] for c in (total, *parts))
    return is_headed and excludes([fold(part.path[-1]) for part in parts])


def _check_sum(sheet: GridSheet, one: Sum, spoken: set[tuple[int, int]]) -> Iterator[Finding]:
    wrong: list[tuple[GridRow, Fraction]] = []
    right = 0
    for row in sheet.rows:
        written = sheet.figure(row, one.total)
        parts = [sheet.figure(row, part) for part in one.parts]
        known = [part for part in parts if part]
        if written is None or not known or sheet.is_percent(row, one.total):
            continue
        if any(part is None and not sheet.is_blank(row, c) for part, c in zip(parts, one.parts, strict=True)):
            continue
        if one.rule == "T03" and len(parts) == 2 and any(not row.cell(part).strip() for part in one.parts):
            continue  # nothing was compared in this row
        total = sum((part.value for part in known), Fraction(0))
        if sum_holds(written, known, total):
            right += written.value != 0
        else:
            wrong.append((row, total))
    if not one.is_known and (right < BELIEVED_ROWS or right < BELIEVED_SHARE * (right + len(wrong))):
        return
    for row, total in wrong:
        if (row.line, one.total.index) not in spoken:
            relation = parts_told(sheet, [(_short(part), row, part) for part in one.parts])
            yield mismatch(sheet, one.rule, row, one.total, relation, total)
            if one.rule == "T03":
                spoken.add((row.line, one.total.index))


def _short(column: Column) -> str:
    name = column.path[-1] if column.path else column.number
    return f"({column.number}) {name}" if column.number else name


Ratio = Callable[[Figure, Figure, Figure], str]


def _plain_ratio(written: Figure, part: Figure, whole: Figure) -> str:
    return ratio_holds(written, part, whole)


def _growth(written: Figure, now: Figure, before: Figure) -> str:
    if before.value == 0:
        return WRONG
    change = Figure(now.value - before.value, max(now.decimals, before.decimals))
    shown = Figure(abs(written.value), written.decimals)
    return ratio_holds(shown, Figure(abs(change.value), change.decimals), before)


def _check_ratios(sheet: GridSheet, spoken: set[tuple[int, int]]) -> Iterator[Finding]:
    for column in sheet.grid.of("percent"):
        if column.formula:
            continue
        best = _best_ratio(sheet, column)
        if best is None:
            continue
        part, whole, ratio, is_growth = best
        for row in sheet.rows:
            written, one, base = (sheet.figure(row, c) for c in (column, part, whole))
            if not written or not one or not base or base.value == 0 or (row.line, column.index) in spoken:
                continue
            fits = ratio(written, one, base)
            if is_growth and one.value < base.value and written.value > 0 and _has_sign(sheet, row):
                fits = WRONG  # the row itself counts with signs
            if fits != EXACT:
                exact = (one.value - (base.value if is_growth else 0)) / base.value * 100
                joined = " so với " if is_growth else " / "
                relation = f"{_short(part)} {row.cell(part)}{joined}{_short(whole)} {row.cell(whole)}"
                yield mismatch(sheet, "T04", row, column, relation, exact, "info" if fits == NEAR else None)


def _has_sign(sheet: GridSheet, row: GridRow) -> bool:
    return any(figure.value < 0 for column in sheet.values if (figure := sheet.figure(row, column)))


def _best_ratio(sheet: GridSheet, column: Column) -> tuple[Column, Column, Ratio, bool] | None:
    """Return the two columns whose ratio a percentage column is: headed so, or kept in most rows."""
    over, under = ([c for c in sheet.values if re.match(words, c.words)] for words in (r"tu so\b", r"mau so\b"))
    if len(over) == 1 and len(under) == 1:
        return over[0], under[0], _plain_ratio, False
    candidates: list[tuple[int, int, Column, Column, Ratio, bool]] = []
    for part, whole in pairs(sheet.values):
        for ratio, is_growth in ((_plain_ratio, False), (_growth, True)):
            right, count, distinct = _fit(sheet, (column, part, whole), ratio)
            # Two columns beside their ratio can be nothing else.
            share = 0.5 if len(sheet.values) == 2 else BELIEVED_SHARE
            if right >= share * count and right >= BELIEVED_ROWS and distinct >= 2:
                candidates.append((right, -abs(whole.index - part.index), part, whole, ratio, is_growth))
    if not candidates:
        return _named_ratio(sheet, column)
    return max(candidates, key=lambda entry: entry[:2])[2:]


def _fit(sheet: GridSheet, columns: Sequence[Column], ratio: Ratio) -> tuple[int, int, int]:
    right, count, distinct = 0, 0, set()
    for row in sheet.rows:
        written, part, whole = (sheet.figure(row, column) for column in columns)
        if not written or not part or not whole or whole.value == 0:
            continue
        count += 1
        if ratio(written, part, whole) != WRONG:
            right += 1
            distinct.add(written.value)
    return right, count, len(distinct)


def _named_ratio(sheet: GridSheet, column: Column) -> tuple[Column, Column, Ratio, bool] | None:
    """Return part and whole of a percentage column by their heads, for a table of one or two rows."""
    words = set(re.findall(r"[a-z]{2,}", column.words)) - _RATIO_WORDS
    parts = [c for c in sheet.values if words and words <= set(re.findall(r"[a-z]{2,}", c.words))]
    wholes = [c for c in sheet.values if _TOTAL_HEAD.search(c.words) and c not in parts]
    if len(parts) != 1 or len(wholes) != 1:
        return None
    return parts[0], wholes[0], _plain_ratio, False


_RATIO_WORDS = {"ty", "ti", "le", "so", "ho", "dat", "phan", "tram", "tren", "tong", "hs"}


def _longer_periods(columns: Sequence[Column]) -> list[Column]:
    """Return "6 tháng", "9 tháng" or "Cả năm" where they stand beside the quarter alone, and no other year does."""
    if any(re.search(r"\d{4}|cung ky|truoc", column.words) for column in columns):
        return []
    return [column for column in columns if _SINCE_JANUARY.fullmatch(fold(column.label).strip())]


def _own_by_words(columns: Sequence[Column], cumulative: Column) -> list[Column]:
    """Return the column that counts what "Lũy kế năm: tổng hồ sơ" adds up: "Tổng hồ sơ"."""
    about = re.sub(r"luy ke|\bnam\b|\bden\b|\d+|\bthang\b", " ", cumulative.words)
    words = set(re.findall(r"[a-z]+", about))
    return [c for c in columns if c is not cumulative and words and set(re.findall(r"[a-z]+", c.words)) == words]


def _check_cumulative(sheet: GridSheet) -> Iterator[Finding]:
    """Yield counts of the period that are more than the count since the year began (V17)."""
    columns = sheet.values
    cumulative = [c for c in columns if "luy ke" in c.words] or _longer_periods(columns)
    own = [c for c in columns if _OWN_PERIOD.search(c.words) and c not in cumulative and not _OTHER.search(c.words)]
    if len(cumulative) == 1 and not own:
        own = _own_by_words(columns, cumulative[0])
    if len(cumulative) != 1 or len(own) != 1:
        return
    for row in sheet.rows:
        now, since = sheet.figure(row, own[0]), sheet.figure(row, cumulative[0])
        if _STOCK.search(fold(row.name)):
            continue
        if now and since and not sheet.is_percent(row, own[0]) and since.value < now.value:
            yield finding(
                "V17",
                "below_period",
                sheet.where(row, cumulative[0]),
                place=place_of(row, sheet.where(row, cumulative[0])),
                found=row.cell(cumulative[0]),
                expected=f"ít nhất {vietnamese(now.value)}",
            )
