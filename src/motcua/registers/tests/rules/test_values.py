"""Values as people type them, and arithmetic over them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.registers.rules.definitions import Field, Option, definition_from
from motcua.registers.rules.formulas import Read, comparison, formula, holds, value_of
from motcua.registers.rules.periods import period_at, period_of
from motcua.registers.rules.values import computed, dated_on, kept_number, read_value
from motcua.registers.tests.definitions import PORTAL

OPTIONS = (Option("a", "Người dân"), Option("b", "Doanh nghiệp"))


@pytest.mark.parametrize(
    ("kind", "given_text", "kept"),
    [
        ("number", "1.234.567", 1234567),
        ("number", "1.234,5", 1234.5),
        ("number", "12,50", 12.5),
        ("number", 3, 3),
        ("money", "1.500.000", 1500000),
        ("date", "9/2/2026", "2026-02-09"),
        ("date", "2026-02-09 00:00:00", "2026-02-09"),
        ("period", "quý III/2026", "2026Q3"),
        ("period", "7/2026", "2026M07"),
        ("period", "2026", "2026"),
        ("yes_no", "Có", True),
        ("yes_no", "không", False),
        ("choice", "người dân", "a"),
        ("choices", "a; Doanh nghiệp", ["a", "b"]),
        ("checklist", ["b", "b"], ["b"]),
        ("link", "https://example.test/a", "https://example.test/a"),
        ("text", "  hai   chữ ", "hai chữ"),
        ("dossier", "h27.1-a", "H27.1-A"),
        ("text", " ", None),
        ("choices", "", None),
    ],
)
def test_values_are_read_as_people_type_them(kind, given_text, kept):
    options = OPTIONS if kind in ("choice", "choices", "checklist") else ()
    assert read_value(Field("f", "Trường", kind, options=options), given_text) == kept


@pytest.mark.parametrize(
    ("kind", "given_text"),
    [
        ("number", "mười"), ("number", "1e400"), ("number", "NaN"), ("number", True), ("money", "1,5"),
        ("date", "31/2/2026"), ("date", "9/2/26"), ("date", "2026-13-01"), ("period", "2026Q5"), ("period", "quý 5"),
        ("yes_no", "có lẽ"), ("choice", "ai đó"), ("link", "javascript:alert(1)"), ("link", "http://["),
        ("text", "a\0b"), ("text", "a" * 501), ("text", ["a"]), ("files", ["a"]), ("choices", {"a": 1}),
        ("entry", "a b"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_with_its_field(kind, given_text):
    options = OPTIONS if kind in ("choice", "choices") else ()
    with pytest.raises(Refused) as refused:
        read_value(Field("f", "Trường", kind, options=options), given_text)
    assert refused.value.field == "f"


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4, allow_nan=False))
def test_numbers_of_four_places_are_kept_exactly(number):
    assert Decimal(str(kept_number(number))) == number


def test_formulas_read_fields_and_leave_blanks_blank():
    definition = definition_from(PORTAL)
    assert computed(definition, {"opening": 5, "closing": 12})["visits"] == 7
    assert "visits" not in computed(definition, {"opening": 5})


def test_a_stale_computed_value_is_computed_anew():
    assert computed(definition_from(PORTAL), {"opening": 5, "closing": 12, "visits": 99})["visits"] == 7


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-[a] + 10", 6),
        ("[a] / 0", None),
        ("[b]", None),
        ("[a]/3", Fraction(4, 3)),
    ],
)
def test_arithmetic(text, value):
    assert value_of(formula(text), lambda read: {"a": Fraction(4)}.get(read.field)) == value


@pytest.mark.parametrize("text", ["", "1 +", "[a", "a + 1", "(1", "1 2", "[A]", "()" * 200, "1" + "+1" * 400])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(Refused):
        formula(text)


def test_comparisons_know_the_entry_before():
    compared = comparison("[opening] = previous [closing]")
    values = {Read("opening"): Fraction(5), Read("closing", True): Fraction(5)}
    assert holds(compared, values.get) is True
    assert holds(compared, {Read("opening"): Fraction(5)}.get) is None


def test_a_period_dates_by_its_first_day():
    assert dated_on(definition_from(PORTAL), {"month": "2026M03"}) == date(2026, 3, 1)


@pytest.mark.parametrize("code", ["2026M12", "2026Q4", "2026H2", "2026"])
def test_periods_follow_each_other(code):
    period = period_of(code)
    assert period.code == code and period.next().previous() == period
    assert period.last == date(2026, 12, 31) and period_at(period.last, period.kind) == period
