"""What holds between the rows of any table: totals, parts under their whole, ratios with their figures beside them.

Only rows with the same unit are added. Parts are held to be all of a whole where the words say so ("chia theo",
"gồm") or where they exclude one another by their names (trực tuyến – trực tiếp, nam – nữ).
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, vietnamese
from motcua.reports.rules.findings import Finding, finding
from motcua.reports.rules.grid_heads import Column
from motcua.reports.rules.grid_sheet import (
    EXACT,
    MOST_NAMED,
    NEAR,
    PERCENT,
    GridSheet,
    mismatch,
    parts_told,
    ratio_holds,
    sum_holds,
)
from motcua.reports.rules.grids import GridRow, is_total

# Words that exclude one another: when every part has one of a set, and two of them occur, the parts are all.
EXCLUSIVE: tuple[tuple[str, ...], ...] = (
    (r"truc tuyen", r"truc tiep|buu chinh|buu dien", r"ky truoc"),
    (r"truoc han", r"(?<!truoc han va )dung han", r"qua han|tre han"),
    (r"(?<!chua )hoan thanh|(?<!chua )thuc hien xong", r"chua (?:hoan thanh|thuc hien)|dang (?:thuc hien|trien khai)"),
    (r"(?<!chua )(?<!dang )(?:da )?(?:giai quyet|xu ly)(?! dung)", r"(?:dang|chua) (?:giai quyet|xu ly)"),
    (r"\bnam\b(?! \d)", r"\bnu\b"),
    (r"cap tinh", r"cap huyen", r"cap xa"),
    (r"toan trinh", r"mot phan", r"cung cap thong tin"),
    (r"thi tuyen", r"xet tuyen"),
    (r"trong han|chua den han", r"qua han|tre han"),
    (r"\bmoi\b(?! nhat)", r"chuyen sang|ky truoc|nam truoc|chuyen tiep"),
    (r"\bmoi\b", r"sua doi|bo sung|thay the", r"bai bo|het hieu luc"),
    (r"rat hai long", r"(?<!rat )(?<!khong )(?<!chua )hai long", r"binh thuong|chap nhan", r"(?:khong|chua) hai long"),
    (r"\bquy (?:i|1)$", r"\bquy (?:ii|2)$", r"\bquy (?:iii|3)$", r"\bquy (?:iv|4)$"),
    (r"tra loi (?:ngay|truc tiep)|tai hoi nghi|tai cho", r"bang van ban"),
    (r"^can bo$", r"^cong chuc$", r"^vien chuc$", r"^nguoi lao dong$"),
    (r"lanh dao", r"chuyen vien|cong chuc chuyen mon"),
    (r"nghe may|tra loi duoc|ket noi thanh cong", r"\bnho\b|khong tra loi"),
    (r"hop le", r"khong hop le"),
    (r"(?<!ngoai )(?<!khong )thuoc tham quyen", r"(?:khong|ngoai) (?:thuoc )?tham quyen"),
)
_ALL_PARTS = re.compile(r"chia (?:theo|ra)|bao gom|\bgom\b|phan theo|cu the")
_SOME_PARTS = re.compile(r"trong do")
_WHOLE = re.compile(r"\b(?:tong|tong so|toan bo)\b")
_ROW_FORMULA = re.compile(r"[(=\[]\s*([IVX\d.]+(?:\s*\+\s*[IVX\d.]+)+)\s*[)\]]?\s*$")
_RATIO_NAME = re.compile(r"t[iy] le")
_WEAK = {
    "so", "luong", "tong", "ty", "ti", "le", "phan", "tram", "da", "duoc", "cac", "cua", "trong", "ky", "nay", "bao",
    "cao", "voi", "tren", "va", "theo", "co", "tinh", "den", "thoi", "diem", "ho", "tthc", "thu", "tuc", "phai", "can",
}  # fmt: skip
LEAST_COLUMNS = 3
Group = tuple[GridRow, list[GridRow]]


def row_findings(sheet: GridSheet) -> Iterator[Finding]:
    """Yield rows that break a relation with other rows."""
    yield from _totals(sheet)
    for whole, parts in _families(sheet):
        for column in sheet.grid.of("value"):
            yield from _check_family(sheet, column, whole, parts)
    for column in sheet.grid.of("value"):
        yield from _check_ratio_rows(sheet, column)


def _is_same_unit(one: GridRow, other: GridRow) -> bool:
    return fold(one.unit).strip() == fold(other.unit).strip()


def _totals(sheet: GridSheet) -> Iterator[Finding]:
    rows = [row for row in sheet.rows if sheet.has_figures(row)]
    for at, row in enumerate(rows):
        if not (row.kind == "total" or is_total(row.name)):
            continue
        for parts in _candidates(rows, at):
            if parts and len(parts[0]) >= 2:
                yield from _check_total(sheet, row, parts)
                break


def _candidates(rows: Sequence[GridRow], at: int) -> Iterator[list[list[GridRow]]]:
    """Yield sets of rows a total may be the sum of: those before it, or after it where it stands first."""
    is_a_total = [row.kind == "total" or is_total(row.name) for row in rows]
    before, after = list(rows[:at]), list(rows[at + 1 :])
    for side, flags in ((before, is_a_total[:at]), (after, is_a_total[at + 1 :])):
        if not side:
            continue
        plain = [row for row, total in zip(side, flags, strict=True) if not total]
        section = [row for row in plain if row.section == rows[at].section]
        subtotals = [row for row, total in zip(side, flags, strict=True) if total]
        yield [option for option in (_tops(plain), _leaves(plain), _tops(section), subtotals) if len(option) >= 2]


def _ancestor(row: GridRow, others: Sequence[GridRow]) -> bool:
    return any(is_under(row.full, other.full) for other in others if other.full and other is not row)


def is_under(code: str, above: str) -> bool:
    """Say whether a row's code belongs under another's: "2.1" under "2", "A1" under "A"."""
    return code.startswith(f"{above}.") or bool(re.fullmatch(rf"{re.escape(above)}\d{{1,2}}", code) and above.isalpha())


def _tops(rows: Sequence[GridRow]) -> list[GridRow]:
    return [row for row in rows if not _ancestor(row, rows)]


def _leaves(rows: Sequence[GridRow]) -> list[GridRow]:
    return [row for row in rows if not any(_ancestor(other, [row]) for other in rows)]


def _check_total(sheet: GridSheet, total: GridRow, options: list[list[GridRow]]) -> Iterator[Finding]:
    columns = [column for column in sheet.grid.of("value") if sheet.is_additive(column)]
    results, tried = [], []
    for parts in options:
        if sheet.grid.of("unit") and any(not _is_same_unit(total, part) for part in parts):
            continue
        sums = [(column, _sum(sheet, column, total, parts)) for column in columns]
        known = [(column, result) for column, result in sums if result is not None]
        results.append((sum(right for _, (right, _) in known), known))
        tried.append(parts)
    if not results:
        return
    best = max(range(len(results)), key=lambda at: results[at][0])
    agreed, known = results[best]
    added = tried[best]
    wrong = [(column, exact) for column, (right, exact) in known if not right]
    # Where every column disagrees, the rows are likely not what the total adds up.
    if len(wrong) > 1 and 2 * sum(_is_double(sheet, total, *entry) for entry in wrong) >= len(wrong) == len(known):
        return  # subtotals stand among the rows
    severity = (
        "info" if agreed == 0 and (len(wrong) >= LEAST_COLUMNS or len(results) > 1 and _differ(results)) else None
    )
    for column, exact in wrong:
        yield mismatch(sheet, "T02", total, column, _added(sheet, column, added), exact, severity)


def _is_double(sheet: GridSheet, total: GridRow, column: Column, exact: Fraction) -> bool:
    value = sheet.value(total, column)
    return value is not None and exact == 2 * value


def _added(sheet: GridSheet, column: Column, parts: Sequence[GridRow]) -> str:
    if len(parts) > MOST_NAMED:
        return "cộng các dòng"
    return "cộng các dòng " + parts_told(sheet, [(f"“{row.name or row.full}”", row, column) for row in parts])


def _differ(results: Sequence[tuple[int, list[tuple[Column, tuple[bool, Fraction]]]]]) -> bool:
    return len({tuple(exact for _, (_, exact) in known) for _, known in results}) > 1


def _sum(sheet: GridSheet, column: Column, total: GridRow, parts: Sequence[GridRow]) -> tuple[bool, Fraction] | None:
    written = sheet.figure(total, column)
    figures = [sheet.figure(row, column) for row in parts]
    known = [figure for figure in figures if figure]
    if written is None or len(known) < 2 or sheet.is_percent(total, column):
        return None
    if any(f is None and not sheet.is_blank(row, column) for f, row in zip(figures, parts, strict=True)):
        return None
    exact = sum((figure.value for figure in known), Fraction(0))
    return sum_holds(written, known, exact), exact


def _families(sheet: GridSheet) -> Iterator[Group]:
    """Yield rows with the rows numbered under them, of the same unit."""
    rows = sheet.data
    for row in rows:
        if not row.full or is_total(row.name):
            continue
        depth = row.full.count(".") + 1
        under = [r for r in rows if is_under(r.full, row.full) and r.full.count(".") in (depth, depth - 1)]
        same = [r for r in under if _is_same_unit(r, row) and not PERCENT.match(fold(r.name))]
        if len(same) >= 2 or (same and _SOME_PARTS.search(fold(f"{row.name} {same[0].name}"))):
            yield row, same


def _check_family(sheet: GridSheet, column: Column, whole: GridRow, parts: list[GridRow]) -> Iterator[Finding]:
    written = sheet.figure(whole, column)
    figures = [(row, figure) for row in parts if (figure := sheet.figure(row, column))]
    if written is None or not figures or sheet.is_percent(whole, column):
        return
    exact = sum((figure.value for _, figure in figures), Fraction(0))
    words = fold(whole.name)
    is_all = _are_all(words, [fold(row.name) for row in parts]) or _is_kept_elsewhere(sheet, column, whole, parts)
    if is_all and len(figures) == len(parts) and not sum_holds(written, [figure for _, figure in figures], exact):
        told = parts_told(sheet, [(f"{row.full} “{row.name}”", row, column) for row in parts])
        yield mismatch(sheet, "T03", whole, column, told, exact)
        return
    are_parts = is_all or _WHOLE.search(words) or _SOME_PARTS.search(words)
    for row, figure in figures:
        is_part = are_parts or _SOME_PARTS.match(fold(row.name))
        if is_part and figure.value > written.value:
            yield _part_over(sheet, row, whole, column, figure, written)


def _is_kept_elsewhere(sheet: GridSheet, column: Column, whole: GridRow, parts: Sequence[GridRow]) -> bool:
    """Say whether the parts add up to the whole in another column: two numbers or more that are no noughts."""
    for other in sheet.grid.of("value"):
        written = sheet.figure(whole, other)
        figures = [figure for row in parts if (figure := sheet.figure(row, other)) and figure.value]
        if other is column or written is None or len(figures) < 2 or len(figures) < len(parts):
            continue
        if sum_holds(written, figures, sum((figure.value for figure in figures), Fraction(0))):
            return True
    return False


def _are_all(words: str, names: Sequence[str]) -> bool:
    """Say whether parts are all of a whole, by its words or because they exclude one another."""
    if _SOME_PARTS.search(words):
        return False
    if _ALL_PARTS.search(words) or _ROW_FORMULA.search(words):
        return True
    return bool(_WHOLE.search(words)) and excludes(names)


def excludes(names: Sequence[str]) -> bool:
    """Say whether folded names are the parts of one division: each in one class, two classes or more in all."""
    for classes in EXCLUSIVE:
        hits = [[index for index, words in enumerate(classes) if re.search(words, name)] for name in names]
        if all(len(hit) == 1 for hit in hits) and len({hit[0] for hit in hits}) >= 2:
            # Two parts of one class overlap unless they differ in another division (đúng hạn – quá hạn).
            return True
    return False


def _part_over(sheet: GridSheet, row: GridRow, whole: GridRow, column: Column, part: Figure, of: Figure) -> Finding:
    return finding(
        "T05",
        "bound",
        sheet.where(row, column),
        found=row.cell(column),
        expected=f"không quá {vietnamese(of.value)}",
        relation=f"“{row.name}” ≤ “{whole.name}”",
        values=f"{vietnamese(part.value)} > {vietnamese(of.value)}",
    )


def _check_ratio_rows(sheet: GridSheet, column: Column) -> Iterator[Finding]:
    rows = sheet.data
    for at, row in enumerate(rows):
        written = sheet.figure(row, column)
        if written is None or not _RATIO_NAME.match(fold(row.name)) or not sheet.is_percent(row, column):
            continue
        pair = _parts_under(rows, row) or _parts_beside(rows, at)
        if pair is None:
            continue
        part, whole = (sheet.figure(one, column) for one in pair)
        if not part or not whole or whole.value == 0:
            continue
        if part.value > whole.value:
            yield _part_over(sheet, pair[0], pair[1], column, part, whole)
            continue
        fits = ratio_holds(written, part, whole)
        if fits != EXACT:
            relation = f"{pair[0].full} / {pair[1].full} ({vietnamese(part.value)} / {vietnamese(whole.value)} * 100)"
            exact = part.value / whole.value * 100
            yield mismatch(sheet, "T04", row, column, relation, exact, "info" if fits == NEAR else None)


def _parts_under(rows: Sequence[GridRow], ratio: GridRow) -> tuple[GridRow, GridRow] | None:
    """Return part and whole where they are the two rows numbered under the ratio."""
    depth = ratio.full.count(".") + 1
    under = [r for r in rows if ratio.full and r.full.startswith(f"{ratio.full}.") and r.full.count(".") == depth]
    wholes = [row for row in under if _WHOLE.match(fold(row.name)) or "ke hoach" in fold(row.name)]
    if len(under) != 2 or len(wholes) != 1 or not _is_same_unit(*under):
        return None
    return next(row for row in under if row is not wholes[0]), wholes[0]


def _parts_beside(rows: Sequence[GridRow], at: int) -> tuple[GridRow, GridRow] | None:
    """Return part and whole among the rows beside a ratio, told by the words of their names."""
    words = _strong(rows[at].name)
    near = [
        row for row in rows[max(at - 6, 0) : at + 3] if row is not rows[at] and not _RATIO_NAME.match(fold(row.name))
    ]
    parts = [row for row in near if words and words == _strong(row.name) and not _WHOLE.match(fold(row.name))]
    if len(parts) != 1:
        return None
    wholes = [
        row
        for row in near
        if row is not parts[0] and _WHOLE.match(fold(row.name)) and _strong(row.name) <= words
        and _is_same_unit(row, parts[0])
    ]  # fmt: skip
    return (parts[0], wholes[0]) if len(wholes) == 1 else None


def _strong(name: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", re.sub(r"\([^)]*\)", "", fold(name)))) - _WEAK
