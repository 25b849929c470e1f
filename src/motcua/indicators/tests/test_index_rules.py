"""Periods, trying changes, ratios put together, drawings and small cells: the pure parts around the index."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.indicators.rules.building import Side, ratio_text, side, side_of, sides_of
from motcua.indicators.rules.charts import HEIGHT, MARGIN, line
from motcua.indicators.rules.index_periods import IndexPeriod, periods_until
from motcua.indicators.rules.service_index import Counts, score
from motcua.indicators.rules.small_cells import SmallCells, small_cells
from motcua.indicators.rules.what_if import Change, changed, exact_points, next_steps
from motcua.indicators.score_command import index_version

VERSION = index_version()
HANDLED = "HANDLED_ON_TIME"


@pytest.mark.parametrize(
    ("code", "first", "last", "before"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2025Q4"),
        ("2024M02", date(2024, 2, 1), date(2024, 2, 29), "2024M01"),
        ("2026M01", date(2026, 1, 1), date(2026, 1, 31), "2025M12"),
    ],
)
def test_period_has_its_days_and_the_one_before(code, first, last, before):
    period = IndexPeriod.parse(code)
    assert (period.first, period.last, period.before().code, period.code) == (first, last, before, code)


@pytest.mark.parametrize("code", ["", "26", "2026Q5", "2026M13", "2026Q", "1999", "٢٠٢٦", "2026Q1 "])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(Refused):
        IndexPeriod.parse(code)


def test_periods_offered_have_begun():
    offered = periods_until(date(2026, 5, 10))
    assert [each.code for each in offered[:4]] == ["2026", "2026Q2", "2026Q1", "2026M05"]
    assert all(each.first <= date(2026, 5, 10) for each in offered)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(-600, 600), st.integers(-600, 600))
def test_change_never_leaves_what_counts_can_be(part, whole, more_part, more_whole):
    counts = {HANDLED: Counts(Decimal(min(part, whole)), Decimal(whole))}
    found = changed(counts, {HANDLED: Change(more_part, more_whole)})[HANDLED]
    assert 0 <= found.numerator <= found.denominator


def test_change_of_a_row_without_counts_changes_nothing():
    assert changed({HANDLED: Counts()}, {HANDLED: Change(5)}) == {HANDLED: Counts()}


@given(st.integers(0, 400), st.integers(1, 400))
def test_step_is_just_enough_for_full_marks(part, whole):
    counts = {
        HANDLED: Counts(Decimal(min(part, whole)), Decimal(whole)),
        "DOSSIER_RECEIVING_SATISFACTION": Counts(Decimal(min(part, whole)), Decimal(whole)),
    }
    for step in next_steps(VERSION, score(VERSION, counts, {}, level="province").rows):
        reached = changed(counts, {step.row.code: Change(step.needed)})
        short = changed(counts, {step.row.code: Change(step.needed - 1)})
        code = step.row.code
        exact = {rule["code"]: rule for rule in VERSION["rows"]}[code]
        assert exact_points(exact, reached[code]) == step.row.max
        assert (exact_points(exact, short[code]) or 0) < step.row.max


def test_rule_that_nobody_verified_is_not_worked_for():
    counts = {"FULL_ONLINE_DOSSIERS": Counts(Decimal(1), Decimal(10))}
    assert next_steps(VERSION, score(VERSION, counts, {}, level="province").rows) == []


def test_ratio_put_together_reads_back_as_written():
    part = side("dossiers.late", {"field": "Đất đai / nhà ở?&=", "unit_kind": ""})
    whole = side("dossiers.resolved", {"unit_kind": "commune", "field": "Đất đai"})
    text = ratio_text(part, whole)
    assert sides_of(text) == (part, whole)
    assert part == Side("dossiers.late", (("field", "Đất đai / nhà ở?&="),))
    assert sides_of("dossiers.on_time_rate") is None
    assert side_of("dossiers.late") == Side("dossiers.late")


def test_line_leaves_gaps_and_stays_in_the_drawing():
    dots = line([("a", Decimal(0)), ("b", None), ("c", Decimal(150))], Decimal(100))
    assert [(dot.label, dot.y) for dot in dots] == [("a", HEIGHT - MARGIN), ("c", MARGIN)]
    assert line([("a", Decimal(50))], Decimal(100))[0].value == "50,0"


def test_small_cells_hide_few_and_not_none():
    rule = SmallCells(5, date(2026, 1, 1), "thử")
    assert [rule.hides(whole) for whole in (None, 0, 1, 4, 5)] == [False, False, True, True, False]


def test_small_cells_setting_names_its_source():
    assert small_cells(date(2026, 6, 1)).source
    assert small_cells(date(2000, 1, 1)) == small_cells(date(2026, 1, 1))
