"""What each row may hold by itself: types, codes, units, reporters, order of rows (DOMAIN V15, V17, V18)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from motcua.base.text import fold
from motcua.reports.rules.citations import Passage, citations_in
from motcua.reports.rules.context import Sheet
from motcua.reports.rules.expressions import divides, references
from motcua.reports.rules.figures import is_blank, plain_number, read_figure, says_nothing_occurred
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.values import Cell

_SHORT = 60
MOST_LOST = 0.1  # of a form's rows
_LEADING_NUMBER = re.compile(r"\s*(\d[\d.,]*)\s+\D")
_INCLUDING = re.compile(r"bao gom(?: ca)? (.+)")


def cell_findings(sheet: Sheet, said: Set[tuple[int | None, str | None]]) -> Iterator[Finding]:
    """Yield what is wrong with single rows; ``said`` are rows of which a relation spoke already."""
    window = sheet.context.window
    for form, row, cell in sheet.rows():
        where = Where(form.appendix, row.code, cell.line)
        if is_blank(cell.value):
            yield from _check_blank(sheet, row, where, said)
        elif window and row.valid_to and row.valid_to < window.first:
            yield finding("V18", "expired", where, found=cell.value, until=f"{row.valid_to:%d/%m/%Y}")
        elif row.applies_to(sheet.groups) is False:
            is_zero = (figure := sheet.figure(form.appendix, row.code)) is not None and figure.value == 0
            yield finding("V18", "not_yours", where, found=_short(cell.value), severity="info" if is_zero else None)
        else:
            yield from _check_value(sheet, form, row, cell, where)
        if sheet.context.is_printed:
            yield from _check_print(row, cell, where)


def _check_blank(sheet: Sheet, row: Row, where: Where, said: Set[tuple[int | None, str | None]]) -> Iterator[Finding]:
    if sheet.is_left_out(where.appendix, row.code):
        return
    if not sheet.context.is_final or row.kind == "group" or row.is_optional or not row.applies_to(sheet.groups):
        return
    # A ratio may rest blank where its parts are: they are reproached, or nothing occurred.
    if (row.formula is not None and divides(row.formula)) or (where.appendix, where.row) in said:
        return
    # A dash is a way to say none; only an empty cell was surely forgotten.
    is_dash = bool(str(sheet.cell(where.appendix or 0, row.code).value or "").strip())
    yield finding("M05", "empty", where, severity="info" if is_dash else None)


def _check_value(sheet: Sheet, form: Form, row: Row, cell: Cell, where: Where) -> Iterator[Finding]:
    if row.kind == "group":
        yield finding("M04", "value", where, found=_short(cell.value))
    elif row.kind == "enum":
        yield from _check_code(row, cell, where)
    elif row.kind in ("number", "percent") and not says_nothing_occurred(cell.value):
        yield from _check_number(sheet, form, row, cell, where)


def _check_code(row: Row, cell: Cell, where: Where) -> Iterator[Finding]:
    codes = [code for code, _ in row.options]
    written = fold(str(cell.value)).strip()
    figure = read_figure(cell.value)
    number = str(figure.value) if figure else None
    if not any(fold(code) == written or code == number for code in codes):
        yield finding("V15", "code", where, found=cell.value, expected=", ".join(codes), short=_short(cell.value))


def _check_number(sheet: Sheet, form: Form, row: Row, cell: Cell, where: Where) -> Iterator[Finding]:
    figure = sheet.figure(form.appendix, row.code)
    if figure is None:
        yield _not_a_number(row, cell, where)
    elif row.kind == "number" and figure.has_percent_sign:
        yield finding("V15", "percent_in_count", where, found=cell.value, expected=row.unit, unit=row.unit)
    elif figure.value < 0:
        yield finding("M02", "negative", where, found=cell.value)
    elif row.kind == "number" and row.is_whole and figure.value.denominator != 1:
        yield finding("V15", "fraction", where, found=cell.value, unit=row.unit)
    elif row.kind == "percent" and figure.value > 100 and not _has_parts(sheet, form, row):
        yield finding("M02", "percent", where, found=cell.value)


def _has_parts(sheet: Sheet, form: Form, row: Row) -> bool:
    """Say whether a ratio's parts are there: then the relation and the bound say what is wrong with it."""
    if row.formula is None:
        return False
    return all(sheet.figure(part.appendix or form.appendix, part.row) for part in references(row.formula))


def _not_a_number(row: Row, cell: Cell, where: Where) -> Finding:
    text = str(cell.value)
    cited = {(item.number, item.symbol) for item in citations_in([Passage(text, None)])}
    fill = {"unit": row.unit, "short": _short(text)}
    if len(cited) > 1:
        return finding("V15", "text_list", where, found=text, expected=len(cited), count=len(cited), **fill)
    leading = _LEADING_NUMBER.match(text)
    figure = read_figure(leading[1], is_percent=row.kind == "percent") if leading else None
    if figure is not None:
        expected = plain_number(figure.value)
        return finding("V15", "number_in_text", where, found=text, expected=expected, **fill)
    return finding("V15", "not_a_number", where, found=text, expected="một số", **fill)


def _check_print(row: Row, cell: Cell, where: Where) -> Iterator[Finding]:
    if cell.unit and row.kind != "enum":
        accepted = {_letters(unit) for unit in (row.unit, *row.accepted_units)}
        if _letters(cell.unit) not in accepted:
            yield finding("M03", "unit", where, found=cell.unit, expected=row.unit)
    included = _INCLUDING.search(fold(cell.name or row.name))
    excluded = re.search(r"khong bao gom(?: ca)? (.+)", fold(cell.note))
    if included and excluded and not re.search("khong bao gom", fold(cell.name or row.name)):
        shared = set(re.findall(r"\w+", included[1])) & set(re.findall(r"\w+", excluded[1]))
        if 2 * len(shared) >= len(set(re.findall(r"\w+", excluded[1]))):
            yield finding("M07", "contradiction", where, found=cell.note, name=cell.name or row.name)


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum() or character == "%")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHORT else text[:_SHORT].rstrip() + "…"


def order_findings(sheet: Sheet) -> Iterator[Finding]:
    """Yield rows of the form that a printed report lost, rows it invented and gaps in its own numbering."""
    if not sheet.context.is_printed:
        return
    window = sheet.context.window
    for appendix, cells in sorted(sheet.values.items()):
        form = sheet.forms.get(appendix)
        if form is None:
            continue
        due = form.rows_on(window.first if window else None)
        for code in _lost(sheet, form, due):
            yield finding(
                "M06",
                "row_missing",
                Where(appendix, code),
                expected=code,
                appendix=appendix,
                name=due[code].name,
            )
        for code in cells.keys() - form.rows.keys():
            where = Where(appendix, code, cells[code].line)
            yield finding("M06", "unknown", where, found=code, appendix=appendix)
        yield from _gaps(sheet, form)


def _lost(sheet: Sheet, form: Form, due: Mapping[str, Row]) -> list[str]:
    """Return rows that a printed form lost: nearly all others are there, and the numbering jumps over this one.

    An office that leaves rows out on purpose, or numbers them anew, has a form of its own.
    """
    cells = sheet.values[form.appendix]
    missing = {code for code, row in due.items() if code not in cells and row.valid_to is None}
    if len(missing) > MOST_LOST * len(due):
        return []
    order = list(due)
    lost = []
    for code in missing:
        parent = code.rpartition(".")[0]
        later = [other for other in order[order.index(code) + 1 :] if other.rpartition(".")[0] == parent]
        if any(other in cells and sheet.shown(form.appendix, other) == other for other in later):
            lost.append(code)
    return sorted(lost)


def _gaps(sheet: Sheet, form: Form) -> Iterator[Finding]:
    """Yield numbers that form and report both lack before one that is there; a note can explain them."""
    cells = sheet.values[form.appendix]
    siblings: dict[str, list[int]] = defaultdict(list)
    for code in cells:
        parent, _, last = code.rpartition(".")
        if last.isdigit():
            siblings[parent].append(int(last))
    for parent, numbers in siblings.items():
        explained = parent in cells and "khong co dong" in fold(cells[parent].note)
        present = set(numbers)
        for number in range(1, max(numbers)):
            prefix = f"{parent}." if parent else ""
            missing = f"{prefix}{number}"
            if number in present or explained or missing in form.rows:
                continue
            following = f"{prefix}{min(other for other in present if other > number)}"
            where = Where(form.appendix, following, cells[following].line)
            yield finding("M06", "gap", where, found=following, expected=missing, appendix=form.appendix)


def history_findings(sheet: Sheet) -> Iterator[Finding]:
    """Yield cumulative rows that fell since the period before in the same year (V17)."""
    if sheet.context.previous is None:
        return
    before = Sheet(sheet.context.previous, sheet.forms, sheet.context)
    for form, row, cell in sheet.rows():
        now, then = sheet.figure(form.appendix, row.code), before.figure(form.appendix, row.code)
        if not row.is_cumulative or now is None or then is None or now.value >= then.value:
            continue
        if row.formula is not None and divides(row.formula):
            continue  # a ratio falls lawfully when its whole grows; its counted part is cumulative itself
        where = Where(form.appendix, row.code, cell.line)
        yield finding("V17", "decreased", where, found=cell.value, expected=plain_number(then.value))
