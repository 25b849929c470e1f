"""The arithmetic of forms: equal to plain fractions on anything, and harmless on hostile text."""

import re
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.reports.rules.expressions import (
    MAX_DEPTH,
    NOTHING_OCCURRED,
    UNDEFINED,
    Reference,
    divides,
    evaluate,
    holds,
    parse,
    parse_comparison,
    references,
)

ROWS = {"1": Fraction(10), "2.1": Fraction(12), "II.4.1": Fraction(0), "7": Fraction(-3, 2)}


def lookup(reference: Reference) -> Fraction:
    return ROWS[reference.row]


def python_value(text: str) -> Fraction | None:
    """Work the same text out by Python itself, every number made a fraction; None on a division by zero."""

    def as_fraction(match: re.Match[str]) -> str:
        return f"ROWS['{match[1]}']" if match[1] else f"Fraction({match[0]})"

    try:
        return eval(re.sub(r"\[([^\]]+)\]|\d+", as_fraction, text), {"Fraction": Fraction, "ROWS": ROWS})
    except ZeroDivisionError:
        return None


leaves = st.one_of(st.integers(0, 60).map(str), st.sampled_from([f"[{row}]" for row in ROWS]))
texts = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
        inner.map(lambda text: f"( {text} )"),
        inner.map(lambda text: f"- ( {text} )"),
    ),
    max_leaves=12,
)


@given(texts)
def test_expression_equals_plain_fractions(text):
    expected = python_value(text)
    outcome = evaluate(parse(text), lookup)
    if expected is None:
        assert outcome in (NOTHING_OCCURRED, UNDEFINED)
    else:
        assert outcome == expected


@given(texts)
def test_expression_is_blank_when_a_row_is_blank(text):
    outcome = evaluate(parse(text), lambda reference: None)
    if references(parse(text)) and not divides(parse(text)):
        assert outcome is None


@given(st.text(max_size=80))
def test_expression_of_any_text_parses_or_is_refused(text):
    with suppress(Refused):
        parse(text)


def test_expression_zero_of_zero_is_nothing_and_not_zero():
    assert evaluate(parse("0 / 0 * 100"), lookup) is NOTHING_OCCURRED
    assert evaluate(parse("3 / 0"), lookup) is UNDEFINED
    assert evaluate(parse("0 / 3 * 100"), lookup) == 0


def test_expression_ten_of_twelve_is_83_and_a_third():
    assert evaluate(parse("[1] / [2.1] * 100"), lookup) == Fraction(250, 3)


def test_expression_reads_rows_of_another_appendix():
    assert references(parse("[7:6.1.2] + [6.2.2] + [7:6.1.2]")) == (Reference("6.1.2", 7), Reference("6.2.2"))


def test_comparison_tells_its_sides():
    comparison = parse_comparison("[2.2] <= [2.1]")
    assert (comparison.left, comparison.sign, comparison.right) == (Reference("2.2"), "<=", Reference("2.1"))
    assert holds(comparison, Fraction(1), Fraction(1))
    assert not holds(comparison, Fraction(2), Fraction(1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "1 2",
        "[2.1",
        "[]",
        "[__import__]",
        "__import__('os')",
        "1 ** 2",
        "a",
        "[1] = [2]",
        "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "-" * 500 + "1",
        " + ".join(["1"] * 400),
        "9" * 3000,
    ],
)
def test_expression_hostile_or_broken_text_is_refused(text):
    with pytest.raises(Refused):
        parse(text)


@pytest.mark.parametrize("text", ["[1]", "[1] = [2] = [3]", "= [1]", "[1] <"])
def test_comparison_without_one_sign_is_refused(text):
    with pytest.raises(Refused):
        parse_comparison(text)
