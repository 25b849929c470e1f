"""Numbers as reports write them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.rules.figures import (
    agrees,
    is_blank,
    read_figure,
    says_nothing_occurred,
    vietnamese,
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", 12),
        ("09", 9),
        ("1.100", 1100),
        ("1,100", 1100),
        ("1.023.023", 1023023),
        ("1.234,5", Fraction("1234.5")),
        ("83,3", Fraction("83.3")),
        ("83.3", Fraction("83.3")),
        ("0.125", Fraction("0.125")),
        (" 5 ", 5),
        ("-3", -3),
        (7, 7),
        (2.5, Fraction("2.5")),
        (Decimal("1E+3"), 1000),
    ],
)
def test_figure_of_a_count_is_read(raw, value):
    assert read_figure(raw).value == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [("100%", 100), ("83,333", Fraction("83.333")), ("83.333 %", Fraction("83.333")), ("0", 0)],
)
def test_figure_of_a_percentage_is_read(raw, value):
    assert read_figure(raw, is_percent=True).value == value


@pytest.mark.parametrize(
    "raw", ["9 phòng", "", "abc", "1.2.3", "12,3,4", "١٢", "1e5", "9" * 40, None, True, float("nan")]
)
def test_figure_of_anything_else_is_none(raw):
    assert read_figure(raw) is None


@given(st.integers(-(10**12), 10**12))
def test_figure_survives_vietnamese_writing(number):
    assert read_figure(vietnamese(Fraction(number))).value == number


@given(st.text(max_size=40), st.booleans())
def test_figure_of_any_text_never_fails(text, is_percent):
    read_figure(text, is_percent=is_percent)


def test_agreement_is_at_the_places_written():
    exact = Fraction(1000, 12)
    assert agrees(read_figure("83,3", is_percent=True), exact)
    assert agrees(read_figure("83", is_percent=True), exact)
    assert agrees(read_figure("83,33%", is_percent=True), exact)
    assert not agrees(read_figure("83,4", is_percent=True), exact)
    assert not agrees(read_figure("100%", is_percent=True), exact)


def test_blank_and_nothing_are_told_apart():
    assert [is_blank(raw) for raw in (None, "", " - ", "…", "0", 0)] == [True, True, True, True, False, False]
    assert [says_nothing_occurred(raw) for raw in ("Không phát sinh", "KPS.", "0", None)] == [
        True,
        True,
        False,
        False,
    ]
