"""Report 415/BC-VP (Hà Giang, Q1/2023) as it stands: every cell read, all of DOMAIN 8.11 found."""

import json
from datetime import date
from pathlib import Path

import pytest

from motcua.reports.rules.catalogue import demonstration_report
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.report_reading import read_report

PRINTED = json.loads((Path(__file__).parent / "report_415_indicators.json").read_text(encoding="utf-8"))

# (rule, appendix, row, line) by number in DOMAIN 8.11
KNOWN = {
    1: [("V03", 1, "2", 232)],
    2: [("V15", 1, "1", 231)],
    3: [("V15", 1, "3.1", 236)],
    4: [("V04", 1, "4", 238)],
    5: [("V20", 1, "7.2", 256)],
    6: [("V16", 1, "8.1", 263)],
    7: [
        (
            "V16",
            None,
            None,
            77,
        ),  # 2015/KH-VP after the report, and of another date in appendix 1: two findings
        ("V16", None, None, 77),
        ("V16", None, None, 156),
        ("V16", 1, "1", 231),
        ("M12", None, None, 156),
        ("M12", 1, "1", 231),
    ],
    8: [("V16", None, None, 11)],
    9: [("M08", 3, "1.2", 310), ("M08", 3, "1.3", 311)],
    10: [("M07", 3, "1.4.1", 313), ("M07", 3, "1.4.2", 314), ("M07", 3, "1.4.3", 315)],
    11: [("M03", 4, "I.1", 340)],
    12: [("V14", 4, None, 100)],
    13: [("V20", 5, "II.1", 373)],
    14: [("V20", 5, "III.4", 386)],
    15: [("M06", 5, "IV.2", 393)],
    16: [("M04", 6, "II", 408)],
    17: [("M10", None, None, 146)],
    18: [("M11", None, None, 146)],
    19: [("M09", 7, "6.1", 446), ("M09", 7, "6.2", 450)],
    20: [("V19", None, None, 49), ("V19", None, None, 53), ("V19", 1, "7.1", 255)],
}
# True as well, though DOMAIN 8.11 does not list them: 0/0 written as 0; rows 3 and 3.2 apply and are blank.
FURTHER = [
    ("V07", 2, "2.2", 293),
    ("V07", 2, "3.2", 298),
    ("V13", 7, "6.5", 460),
    ("M05", 1, "3", 235),
    ("M05", 1, "3.2", 237),
]


@pytest.fixture(scope="module")
def reading():
    return read_report(demonstration_report(), "415-BC-VP.txt")


@pytest.fixture(scope="module")
def findings(reading):
    return check_report(reading)


def places(findings):
    return sorted(
        ((f.rule, f.where.appendix, f.where.row, f.where.line) for f in findings),
        key=lambda place: str(place),
    )


def test_reading_equals_the_printed_rows(reading):
    rows = [row for row in PRINTED if row["kind"] != "option"]
    read = {
        (appendix, code, cell.name, cell.unit, cell.value, cell.note, cell.line)
        for appendix, cells in reading.appendices.items()
        for code, cell in cells.items()
    }
    keys = ("appendix", "full_code", "name", "unit", "value", "note", "line")
    assert read == {tuple(row[key] for key in keys) for row in rows}
    assert len(rows) == 177


def test_reading_keeps_option_lines_with_their_row(reading):
    read = [(7, line.parent, line.name, line.unit, line.line) for line in reading.options[7]]
    keys = ("appendix", "parent", "name", "unit", "line")
    assert read == [tuple(row[key] for key in keys) for row in PRINTED if row["kind"] == "option"]
    assert [reading.options[number] for number in range(1, 7)] == [[]] * 6


def test_reading_knows_who_reports_when_and_for_which_period(reading):
    assert (reading.number, reading.dated) == ("415/BC-VP", date(2023, 3, 15))
    assert (reading.reporter, reading.period.code) == ("provincial_office", "2023Q1")
    assert reading.title == "Kết quả thực hiện cải cách hành chính Quý I, phương hướng nhiệm vụ Quý II năm 2023"


@pytest.mark.parametrize("number", KNOWN)
def test_report_415_known_inconsistency_is_found(number, findings):
    found = places(findings)
    assert [place for place in KNOWN[number] if place not in found] == []


def test_report_415_raises_no_other_alarm(findings):
    assert places(findings) == sorted([*sum(KNOWN.values(), []), *FURTHER], key=str)


def test_report_415_right_figures_are_not_blamed(findings):
    right = {
        (1, "7.1"),
        (1, "8.1"),
        (7, "6.3.1"),
        (7, "6.1"),
        (7, "6.2"),
        (7, "6.3"),
        (7, "6.4"),
        (4, "II.1"),
        (4, "II.2"),
    }
    arithmetic = {(f.where.appendix, f.where.row) for f in findings if f.rule not in ("V16", "V19", "M09")}
    assert not right & arithmetic
    assert [f for f in findings if f.where.line in (41, 102)] == []  # 1.023.023 - 1.014.395 = 8.628; 52 + 25 + 13 = 90


def test_report_415_ten_of_twelve_is_told_in_words(findings):
    wrong = next(f for f in findings if f.rule == "V03")
    assert wrong.message == "Phụ lục 1, dòng 2: ghi 100%, nhưng 2.2 / 2.1 (10 / 12) = 83,3 %."
    assert (wrong.found, wrong.expected, wrong.severity) == ("100%", 83.3, "error")
