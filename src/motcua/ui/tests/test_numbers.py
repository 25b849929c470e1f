"""Numbers, money, days and percentages as Vietnamese papers print them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.ui.rules.bar import page_numbers, share
from motcua.ui.rules.numbers import as_percent, grouped
from motcua.ui.templatetags.ui import day, instant, iso, number, percent, vnd


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (1234.5, None, "1.234,5"),
        (Decimal("0.125"), None, "0,13"),
        (12, 2, "12,00"),
        (-1500, None, "-1.500"),
        (-0.001, None, "0"),
        (100, None, "100"),
    ],
)
def test_number_is_grouped_with_dots_and_a_decimal_comma(value, decimals, shown):
    assert grouped(value, decimals) == shown


def test_percent_of_ten_in_twelve_is_not_a_hundred():
    assert as_percent(10, 12) == "83,3\u00a0%"


def test_percent_of_nothing_is_a_dash():
    assert percent(0, 0) == "–"


def test_percent_takes_a_ratio():
    assert percent(0.95) == "95,0\u00a0%"


def test_money_ends_with_the_sign():
    assert vnd(1234567) == "1.234.567\u00a0₫"


@pytest.mark.parametrize("filtered", [vnd(None), number(None), day(None), instant(None), iso(None)])
def test_nothing_shows_nothing(filtered):
    assert filtered == ""


def test_day_of_an_instant_is_the_day_in_vietnam():
    assert day(datetime(2026, 2, 8, 18, 0, tzinfo=UTC)) == "09/02/2026"


def test_day_of_a_date_stays():
    assert day(date(2026, 2, 8)) == "08/02/2026"


def test_instant_is_told_in_vietnam():
    assert instant(datetime(2026, 2, 8, 18, 30, tzinfo=UTC)) == "01:30 09/02/2026"


@pytest.mark.parametrize(("value", "top", "width"), [(1, 3, "33.3%"), (5, 4, "100.0%"), (-1, 4, "0.0%"), (3, 0, "0%")])
def test_bar_stays_inside_its_drawing(value, top, width):
    assert share(value, top) == width


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (7, 29, [1, None, 6, 7, 8, None, 29]),
        (3, 5, [1, 2, 3, 4, 5]),
        (29, 29, [1, None, 28, 29]),
    ],
)
def test_pagination_offers_first_last_and_near_pages(current, last, shown):
    assert page_numbers(current, last) == shown
