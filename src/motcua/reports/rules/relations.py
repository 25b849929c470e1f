"""Arithmetic between rows: sums, ratios against their parts, parts within wholes (DOMAIN V01-V13)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from motcua.reports.rules.context import Sheet
from motcua.reports.rules.expressions import (
    NOTHING_OCCURRED,
    UNDEFINED,
    Absence,
    Outcome,
    Reference,
    divides,
    evaluate,
    holds,
    references,
)
from motcua.reports.rules.figures import Figure, agrees, plain_number, says_nothing_occurred, vietnamese
from motcua.reports.rules.findings import Finding, finding
from motcua.reports.rules.forms import Form, Relation

_ROW = re.compile(r"\[(?:(\d+):)?([^\]]+)\]")
_HUNDRED = Fraction(100)


def relation_findings(sheet: Sheet) -> Iterator[Finding]:
    """Yield what the relations of every form present say about its values."""
    for appendix in sorted(sheet.values):
        form = sheet.forms.get(appendix)
        if form is not None:
            for relation in form.relations:
                yield from _check(sheet, form, relation)


def derive(sheet: Sheet, form: Form) -> dict[str, Outcome]:
    """Return what the computed rows must hold, from the rows that are typed; blank parts of a sum count 0.

    A ratio with a blank part is None, 0/0 is ``NOTHING_OCCURRED``. Formulas feed later ones in order.
    """
    computed: dict[str, Outcome] = {}
    for code in form.derivation_order:
        formula = form.rows[code].formula
        assert formula is not None
        parts = references(formula)
        is_ratio = divides(formula)
        known = [computed.get(part.row, sheet.outcome(form.appendix, part)) for part in parts]
        if not is_ratio and all(value is None for value in known):
            computed[code] = None
            continue
        blank = None if is_ratio else Fraction(0)
        values: dict[Reference, Outcome] = {
            part: blank if value is None or (isinstance(value, Absence) and not is_ratio) else value
            for part, value in zip(parts, known, strict=True)
        }
        outcome = evaluate(formula, values.__getitem__)
        computed[code] = None if outcome is UNDEFINED else outcome
    return computed


def _check(sheet: Sheet, form: Form, relation: Relation) -> Iterator[Finding]:
    rows = references(relation.check)
    if any(sheet.is_unreadable(row.appendix or form.appendix, row.row) for row in rows):
        return  # V15 says so; a sum with an unreadable part proves nothing
    subject = relation.subject
    if subject is not None and sheet.is_left_out(subject.appendix or form.appendix, subject.row):
        return
    if relation.check.sign == "=" and subject is not None:
        check = _check_ratio if divides(relation.check.right) else _check_sum
        yield from check(sheet, form, relation, subject)
    else:
        yield from _check_bound(sheet, form, relation)


def _check_ratio(sheet: Sheet, form: Form, relation: Relation, subject: Reference) -> Iterator[Finding]:
    place = (subject.appendix or form.appendix, subject.row)
    written, exact = sheet.figure(*place), _evaluate_right(sheet, form, relation)
    if exact is None:
        if written is not None:
            yield _say(sheet, form, relation, "without_parts", severity="warning")
    elif exact is NOTHING_OCCURRED:
        if written is not None:
            yield _say(sheet, form, relation, "nothing", expected=Absence.NOTHING_OCCURRED.value, severity="warning")
    elif isinstance(exact, Fraction):
        if written is None:
            case = "mismatch" if says_nothing_occurred(sheet.cell(*place).value) else "missing"
            yield _say(sheet, form, relation, case, exact=exact)
        elif not agrees(written, exact):
            yield _say(sheet, form, relation, "mismatch", exact=exact)
        elif written.value == _HUNDRED and exact < _HUNDRED:
            yield _say(sheet, form, relation, "rounded_up", exact=exact)


def _evaluate_right(sheet: Sheet, form: Form, relation: Relation) -> Outcome:
    return evaluate(relation.check.right, lambda row: sheet.outcome(form.appendix, row))


def _check_sum(sheet: Sheet, form: Form, relation: Relation, subject: Reference) -> Iterator[Finding]:
    parts = [(row.appendix or form.appendix, row.row) for row in references(relation.check.right)]
    if all(sheet.figure(*part) is None for part in parts):
        return
    exact = evaluate(relation.check.right, lambda row: sheet.outcome(form.appendix, row, blank=Fraction(0)))
    if not isinstance(exact, Fraction):
        return
    exact += _noted_addend(sheet, form, relation)
    written = sheet.figure(subject.appendix or form.appendix, subject.row)
    if written is None:
        if exact != 0:
            yield _say(sheet, form, relation, "missing", exact=exact)
        return
    if agrees(written, exact):
        return
    if written.value > exact and any(
        sheet.is_left_out(*part) and not _is_of_abolished_level(sheet, *part) for part in parts
    ):
        return  # the office's form has no row for the rest
    has_blank = any(sheet.figure(*part) is None and _is_open(sheet, *part) for part in parts)
    case = "partial" if has_blank and written.value > exact else "mismatch"
    yield _say(sheet, form, relation, case, exact=exact)


def _is_open(sheet: Sheet, appendix: int, row: str) -> bool:
    """Say whether a blank row could still be filled: a row whose level was abolished cannot."""
    form, window = sheet.forms.get(appendix), sheet.context.window
    return form is not None and row in form.rows_on(window.first if window else None)


def _is_of_abolished_level(sheet: Sheet, appendix: int, row: str) -> bool:
    form = sheet.forms.get(appendix)
    return form is not None and row in form.rows and form.rows[row].valid_to is not None


def _noted_addend(sheet: Sheet, form: Form, relation: Relation) -> Fraction:
    """Return what a note adds to a sum whose form has no row for it (tasks done late, DOMAIN 8.11 #5)."""
    if not relation.note_words:
        return Fraction(0)
    note = sheet.cell(form.appendix, relation.note_row).note
    match = re.search(relation.note_words, note, re.IGNORECASE)
    return Fraction(match[1]) if match else Fraction(0)


def _check_bound(sheet: Sheet, form: Form, relation: Relation) -> Iterator[Finding]:
    left, right = (
        evaluate(side, lambda row: sheet.outcome(form.appendix, row))
        for side in (relation.check.left, relation.check.right)
    )
    if isinstance(left, Fraction) and isinstance(right, Fraction) and not holds(relation.check, left, right):
        first = references(relation.check)[0]
        appendix = first.appendix or form.appendix
        shown = {"<=": "không quá ", "<": "nhỏ hơn ", ">=": "ít nhất ", ">": "lớn hơn "}
        expected = f"{shown.get(relation.check.sign, '')}{vietnamese(right)}"
        yield finding(
            relation.rule,
            "bound",
            sheet.where(appendix, first.row),
            found=sheet.cell(appendix, first.row).value,
            expected=expected,
            severity=relation.severity,
            relation=_ROW.sub(
                lambda match: _shown_row_name(sheet, form, Reference(match[2], int(match[1]) if match[1] else None)),
                relation.text,
            ),
            values=f"{vietnamese(left)} {relation.check.sign} {vietnamese(right)}",
        )


def _say(
    sheet: Sheet,
    form: Form,
    relation: Relation,
    case: str,
    *,
    exact: Fraction | None = None,
    expected: str | int | float | None = None,
    severity: str | None = None,
) -> Finding:
    subject = relation.subject
    assert subject is not None
    appendix = subject.appendix or form.appendix
    value = sheet.cell(appendix, subject.row).value
    decimals = _decimals_for(sheet.figure(appendix, subject.row), exact)
    return finding(
        relation.rule,
        case,
        sheet.where(appendix, subject.row),
        found=value if value not in (None, "") else None,
        expected=plain_number(exact, decimals) if exact is not None else expected,
        severity=severity or (relation.severity if case == "mismatch" else None),
        relation=_in_numbers(sheet, form, relation),
        exact=_exact_text(form, subject, exact, decimals),
    )


def _exact_text(form: Form, subject: Reference, exact: Fraction | None, decimals: int) -> str:
    if exact is None:
        return ""
    row = form.rows.get(subject.row)
    return vietnamese(exact, decimals) + (" %" if row is not None and row.kind == "percent" else "")


def _decimals_for(written: Figure | None, exact: Fraction | None) -> int:
    """Return enough places to show how ``exact`` differs from what was written: one, more at need."""
    places = max(1, written.decimals if written else 1)
    while exact is not None and written is not None and places < 4:
        if Decimal(str(plain_number(exact, places))) != Decimal(str(plain_number(written.value, places))):
            break
        places += 1
    return places


def _in_numbers(sheet: Sheet, form: Form, relation: Relation) -> str:
    """Return the right side with rows and their values: ``2.2 / 2.1 * 100 (10 / 12 * 100)``."""
    names, numbers = [], []
    for row in references(relation.check.right):
        figure = sheet.figure(row.appendix or form.appendix, row.row)
        names.append(_shown_row_name(sheet, form, row))
        numbers.append(vietnamese(figure.value) if figure else "trống")
    sign = " / " if divides(relation.check.right) else " + "
    return f"{sign.join(names)} ({sign.join(numbers)})"


def _shown_row_name(sheet: Sheet, form: Form, row: Reference) -> str:
    code = sheet.shown(row.appendix or form.appendix, row.row)
    return f"PL{row.appendix}-{code}" if row.appendix else code
