"""Periods and windows (DOMAIN R8.1-R8.3)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.reports.rules.periods import ReportPeriod, Window, send_is_late_enough

periods = st.one_of(
    st.builds(ReportPeriod, st.integers(1991, 2199), st.just("year")),
    st.builds(ReportPeriod, st.integers(1991, 2199), st.just("half"), st.integers(1, 2)),
    st.builds(ReportPeriod, st.integers(1991, 2199), st.just("quarter"), st.integers(1, 4)),
    st.builds(ReportPeriod, st.integers(1991, 2199), st.just("month"), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2023Q1", date(2022, 12, 15), date(2023, 3, 14), "Quý I năm 2023"),
        ("2023Q2", date(2023, 3, 15), date(2023, 6, 14), "Quý II năm 2023"),
        ("2023Q3", date(2023, 6, 15), date(2023, 9, 14), "Quý III năm 2023"),
        ("2023Q4", date(2023, 9, 15), date(2023, 12, 14), "Quý IV năm 2023"),
        ("2026H1", date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        ("2026H2", date(2026, 6, 15), date(2026, 12, 14), "6 tháng cuối năm 2026"),
        ("2026", date(2025, 12, 15), date(2026, 12, 14), "Năm 2026"),
        ("2026M07", date(2026, 6, 15), date(2026, 7, 14), "Tháng 7 năm 2026"),
        ("2026m01", date(2025, 12, 15), date(2026, 1, 14), "Tháng 1 năm 2026"),
    ],
)
def test_period_has_the_window_of_decree_09(code, first, last, label):
    period = ReportPeriod.parse(code)
    assert (period.window(), period.label) == (Window(first, last), label)


def test_period_of_the_index_follows_the_calendar():
    assert ReportPeriod.parse("2024Q1").window("calendar") == Window(date(2024, 1, 1), date(2024, 3, 31))
    assert ReportPeriod.parse("2024M02").window("calendar").last == date(2024, 2, 29)


def test_period_send_days_come_from_the_regime_and_level():
    period = ReportPeriod.parse("2021Q3")
    assert period.send_by() == date(2021, 9, 25)
    assert period.send_by("cchc") == date(2021, 9, 20)
    assert period.send_by("kstt", "commune") == date(2021, 9, 16)
    assert period.send_by("resolution-131") == date(2021, 9, 18)
    assert period.send_by("calendar") is None


def test_period_year_to_date_starts_with_the_year():
    assert ReportPeriod.parse("2023Q3").year_to_date("cchc") == Window(date(2022, 12, 15), date(2023, 9, 14))


@given(periods)
def test_period_code_is_read_back(period):
    assert ReportPeriod.parse(period.code) == period


@given(periods)
def test_period_label_is_recognised_in_a_title(period):
    assert ReportPeriod.from_title(f"Báo cáo công tác {period.label}") == period


@given(periods)
def test_windows_follow_each_other_without_gap(period):
    for regime in ("decree-09", "calendar"):
        before, this = period.previous().window(regime), period.window(regime)
        assert (this.first - before.last).days == 1


@pytest.mark.parametrize(
    "text", ["", "2026Q5", "2026Q0", "2026H3", "2026M13", "26Q1", "0000", "2026 Q1 ", "x" * 500, "２０２６"]
)
def test_period_of_other_text_is_refused(text):
    with pytest.raises(Refused):
        ReportPeriod.parse(text)


def test_period_of_unknown_regime_is_refused():
    with pytest.raises(Refused):
        ReportPeriod.parse("2026Q1").window("không có")


def test_send_day_leaves_a_working_day_after_closing():
    friday, monday, tuesday = date(2024, 6, 14), date(2024, 6, 17), date(2024, 6, 18)
    assert not send_is_late_enough(friday, monday)
    assert send_is_late_enough(friday, tuesday)
    assert not send_is_late_enough(friday, tuesday, frozenset({monday}))
