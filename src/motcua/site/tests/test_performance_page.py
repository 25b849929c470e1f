"""The public page of how units serve: what it shows, what it withholds, how much it asks of the database."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.indicators.actions.keeping import set_up
from motcua.indicators.performance import performance_of
from motcua.indicators.queries import count
from motcua.indicators.rules.charts import line
from motcua.indicators.rules.small_cells import SmallCells, withheld
from motcua.indicators.seed import load
from motcua.indicators.web.performance import drawings
from motcua.site.tests.test_live_index import MARCH, add, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
FIVE = SmallCells(5, date(2026, 1, 1), "thử nghiệm")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("wholes", "places", "is_total"),
    [
        ([20, 30, 40], set(), False),
        ([0, 30, 40], set(), False),  # nothing at all tells of nobody
        ([3, 30, 40], {0, 1}, False),  # 3 alone is the total less the others
        ([1, 2, 40], {0, 1, 2}, False),  # 1 + 2 is still too small
        ([3], {0}, True),
        ([3, 0], {0}, True),
        ([], set(), False),
    ],
)
def test_small_part_takes_others_with_it_until_it_cannot_be_reckoned(wholes, places, is_total):
    found = withheld(wholes, FIVE)
    assert (set(found.places), found.is_total) == (places, is_total)


@pytest.fixture
def served(world):  # noqa: F811
    set_up()
    add(world, 9)
    add(world, 1, is_late=True)
    add(world, 3, unit="T.02")
    add(world, 20, unit="T.10")
    return world


def test_page_shows_large_numbers_to_anybody_and_withholds_small_ones(served, client):
    page = client.get(reverse("indicators:performance"), {"year": "2026"}).content.decode()
    assert "97" in page  # 32 of 33 on time
    assert page.count("số nhỏ</span>") >= 2  # the unit of three, and the one it could be reckoned from
    seen = performance_of(served.units["T"], *YEAR)
    on_time = {row.unit.code: (row.cells[0].value.whole, row.cells[0].is_withheld) for row in seen.rows}
    assert on_time == {"T.01": (10, True), "T.02": (3, True), "T.10": (20, False)}


def test_open_data_hold_nothing_that_the_page_withholds(served, client):
    address = reverse("indicators:performance")
    told = client.get(address, {"year": "2026", "format": "json"}).json()
    client.force_login(served.control)
    assert client.get("/api/v1/performance", {"year": "2026"}).json() == told
    assert client.get("/api/v1/performance", {"year": 1800}).status_code == 404
    by_unit = {each["unit"]: each["ratios"]["dossiers.on_time_rate"] for each in told["units"]}
    assert by_unit["T.02"] == by_unit["T.01"] == {"percent": None, "of": None, "withheld": True}
    assert by_unit["T.10"]["of"] == 20
    rows = client.get(address, {"year": "2026", "format": "csv"}).content.decode()
    assert [line.split(",")[2:4] for line in rows.splitlines() if line.startswith("T.02")] == [["", ""]]


def test_unit_page_says_nothing_of_a_unit_too_small_to_show(served, client):
    page = client.get(reverse("indicators:performance_unit", args=["T.02"]), {"year": "2026"}).content.decode()
    assert "không công khai (số nhỏ)" in page
    assert "trên 3 hồ sơ" not in page


def test_unit_page_does_not_tell_what_the_provinces_page_withholds(served):
    """T.01's ten would give T.02's three away: 33 less 20 less 10."""
    seen = performance_of(served.units["T.01"], *YEAR)
    assert seen.totals[0].is_withheld
    assert [cells[0].is_withheld for month, cells in seen.months if month.month == 3] == [True]
    assert not performance_of(served.units["T.10"], *YEAR).totals[0].is_withheld


def test_pages_of_all_ratios_withhold_the_same_from_the_public(served, client):
    load(progress=lambda *_told: None, dossiers=0)
    for address, at in ((reverse("indicators:overview"), "T.02"), (reverse("indicators:overview"), "T.01")):
        rows = client.get(address, {"year": "2026", "unit": "T"}).context["rows"]
        cells = {row["unit"].code: row["cells"][0]["is_hidden"] for row in rows}
        assert cells[at]
        assert client.get(address, {"year": "2026", "unit": at}).context["totals"][0]["is_hidden"]
    one = client.get(reverse("indicators:indicator", args=["on_time"]), {"year": "2026", "unit": "T.01"}).context
    assert one["total"]["is_hidden"]
    client.force_login(served.control)
    rows = client.get(reverse("indicators:overview"), {"year": "2026", "unit": "T"}).context["rows"]
    assert not any(row["cells"][0]["is_hidden"] for row in rows)


@pytest.mark.parametrize("code", ["KHONG-CO", "<script>"])
def test_unknown_unit_is_not_found(served, client, code):
    assert client.get(reverse("indicators:performance_unit", args=[code])).status_code == 404


def test_year_that_is_none_is_an_error_in_place(served, client):
    assert client.get(reverse("indicators:performance"), {"year": "abc"}).status_code == 422


def test_more_units_cost_no_more_statements(served, client, django_assert_max_num_queries):
    client.get(reverse("indicators:performance"), {"year": "2026"})
    with django_assert_max_num_queries(14):
        client.get(reverse("indicators:performance"), {"year": "2026"})


def test_trend_is_drawn_where_two_months_are_known(served):
    assert drawings(performance_of(served.units["T"], *YEAR)) == []
    add(served, 8, decided_at=MARCH + timedelta(days=40), received_at=MARCH + timedelta(days=30))
    drawn = drawings(performance_of(served.units["T"], *YEAR))
    assert [dot.label for dot in drawn[0]["dots"]] == ["3", "4"]
    assert line([], 100) == []


def test_what_was_early_and_what_was_on_the_due_day_are_all_that_was_in_time(served):
    same_day = MARCH + timedelta(hours=3)
    add(served, 4, due_at=same_day)
    unit, days = served.units["T.01"], (date(2026, 3, 1), date(2026, 3, 31))
    numbers = [count(f"dossiers.{name}", unit, *days) for name in ("early", "on_due_day", "late", "resolved")]
    assert numbers == [9, 4, 1, 14]
