"""The shipped calendar is whole and hangs together; a broken file is refused by its line (R4.11)."""

import re
from datetime import date, time
from decimal import Decimal

import pytest

from motcua.organizations.rules.calendar_file import due_rule_on, read_days, read_due_rules, read_hours
from motcua.organizations.rules.office_hours import CalendarRefused, SessionRule
from motcua.organizations.tests.rules.calendars import NATION

SWAP = re.compile(r"thay cho ngày (\d\d)/(\d\d)/(\d{4})")
DAYS_HEAD = "date,weekday,kind,name,source\n"


def test_shipped_calendar_covers_ten_years():
    assert (NATION.first_day, NATION.last_day) == (date(2018, 1, 1), date(2027, 12, 31))
    assert len(NATION.days) == 147


def test_only_the_year_without_a_notice_is_an_estimate():
    assert NATION.estimated_years == {2027}


def test_every_swapped_day_off_is_worked_on_its_saturday():
    found = [SWAP.search(rule.name) for rule in NATION.days]
    swapped = {date(int(each[3]), int(each[2]), int(each[1])) for each in found if each}
    worked = {rule.day for rule in NATION.days if rule.kind == "working_saturday"}
    assert swapped == worked
    assert {day.weekday() for day in worked} == {5}
    assert all(NATION.is_working_day(day) for day in worked)


def test_every_year_has_the_holidays_of_the_law():
    by_year = {
        year: {(rule.day.month, rule.day.day) for rule in NATION.days if rule.day.year == year}
        for year in range(2018, 2028)
    }
    for days in by_year.values():
        assert {(1, 1), (4, 30), (5, 1), (9, 2)} <= days
    for year in by_year:
        assert sum("Tết Nguyên Đán" in rule.name for rule in NATION.days if rule.day.year == year) >= 4


def test_usual_day_has_eight_hours():
    assert sum(end - start for start, end in NATION.sessions_on(date(2026, 11, 20))) == 480


def test_shipped_settings_name_their_source():
    assert all(rule.source for rule in (*NATION.days, *NATION.sessions, *read_due_rules()))


def test_shipped_due_rule_is_in_force_since_2018():
    rule = due_rule_on(date(2018, 1, 1))
    assert (rule.counts_receipt_day, rule.cut_off, rule.same_day_up_to) == (False, time(15), Decimal(0))
    with pytest.raises(CalendarRefused, match="31/12/2017"):
        due_rule_on(date(2017, 12, 31))


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("2026-13-01,Thu,day_off,Tên,nguồn", 2),
        ("2026-01-01,Fri,day_off,Tên,nguồn", 2),  # it was a Thursday
        ("2026-01-01,Năm,day_off,Tên,nguồn", 2),
        ("2026-01-01,Thu,holiday,Tên,nguồn", 2),
        ("2026-01-01,Thu,day_off", 2),
        ("2026-01-01,Thu,day_off,Tên,nguồn,thừa", 2),
        ("2026-01-01,Thu,day_off,Tên,nguồn\n2026-01-01,Thu,day_off,Tên,nguồn", 3),
    ],
)
def test_broken_row_of_days_is_refused_by_its_line(tmp_path, row, line):
    path = tmp_path / "lich.csv"
    path.write_text(f"{DAYS_HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(CalendarRefused, match=rf"lich\.csv, dòng {line}"):
        read_days(path)


def test_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "lich.csv"
    path.write_text("ngày,tên\n", encoding="utf-8")
    with pytest.raises(CalendarRefused, match="cần các cột date, weekday"):
        read_days(path)


@pytest.mark.parametrize(
    "row",
    [
        "2026-01-01,,Mon,07:30-11:30-12:00,nguồn",
        "2026-01-01,,Mon,11:30-07:30,nguồn",
        "2026-01-01,,Mon,07:30-11:30 11:00-12:00,nguồn",
        "2026-01-01,,Mon,25:00-26:00,nguồn",
        "2026-01-01,2025-01-01,Mon,07:30-11:30,nguồn",
        "2026-01-01,,,07:30-11:30,nguồn",
        "2026-01-01,,Monday,07:30-11:30,nguồn",
    ],
)
def test_broken_row_of_hours_is_refused(tmp_path, row):
    path = tmp_path / "gio.csv"
    path.write_text(f"valid_from,valid_to,weekdays,sessions,source\n{row}\n", encoding="utf-8")
    with pytest.raises(CalendarRefused, match=r"gio\.csv, dòng 2"):
        read_hours(path)


def test_broken_row_of_due_rules_is_refused(tmp_path):
    path = tmp_path / "han.csv"
    head = "valid_from,valid_to,counts_receipt_day,cut_off,same_day_up_to,hours_are_working,source"
    path.write_text(f"{head}\n2018-01-01,,maybe,15:00,0,yes,nguồn\n", encoding="utf-8")
    with pytest.raises(CalendarRefused, match=r"han\.csv, dòng 2"):
        read_due_rules(path)


def test_sessions_of_the_store_are_read_as_text():
    rule = SessionRule.from_text(date(2026, 1, 1), None, [5], [["07:30", "11:30"]], "nguồn")
    assert rule.minutes == ((450, 690),)


@pytest.mark.parametrize(
    "session", [["07:30"], ["7h30", "11:30"], [450, 690], ["07:30:30", "11:30"], ["08:00", "08:00"], None]
)
def test_session_of_the_store_that_cannot_be_read_is_refused(session):
    with pytest.raises(CalendarRefused, match="Giờ làm việc"):
        SessionRule.from_text(date(2026, 1, 1), None, [5], [session], "nguồn")
