"""``motcua due``: the contract of its answer, and every wrong question."""

import argparse
import json

import pytest

from motcua.base.refusal import Refused
from motcua.organizations.due_command import DUE
from motcua.organizations.tests.rules.calendars import SATURDAY_UNIT


def ask(*words):
    parser = argparse.ArgumentParser()
    DUE.arguments(parser)
    return DUE.run(parser.parse_args(words))


def test_due_answers_with_instant_and_ledger(capfdbinary):
    assert ask("--from", "2026-02-13T15:30", "--working-hours", "16", "--json") == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert list(answer) == ["due", "ledger"]
    assert answer["due"] == "2026-02-24T15:30:00+07:00"
    counted = [entry["minutes"] for entry in answer["ledger"] if entry["counted"]]
    assert sum(counted) == 960
    assert answer["ledger"][0] == {
        "from": "2026-02-13T15:30:00+07:00",
        "to": "2026-02-13T17:00:00+07:00",
        "minutes": 90,
        "counted": True,
        "reason": "giờ làm việc",
    }


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-02-13T15:30", ("--working-days", "3"), "2026-02-25T17:00:00+07:00"),
        ("2026-02-13T15:30", ("--working-days", "1,5"), "2026-02-24T11:30:00+07:00"),
        ("2026-11-20T15:30", ("--working-days", "0"), "2026-11-23T17:00:00+07:00"),
        ("2026-11-20T02:00:00+00:00", ("--working-hours", "1"), "2026-11-20T10:00:00+07:00"),
        ("2026-11-20 09:00", ("--working-hours", "1"), "2026-11-20T10:00:00+07:00"),
    ],
)
def test_due_reads_limits_and_zones(capfdbinary, received, limit, expected):
    assert ask("--from", received, *limit, "--json") == 0
    assert json.loads(capfdbinary.readouterr().out)["due"] == expected


def test_due_is_told_in_words_without_json(capfd):
    assert ask("--from", "2026-11-20T09:00", "--working-hours", "1") == 0
    assert capfd.readouterr().out == (
        "Hạn: 10:00 20/11/2026\n+ 20/11/2026 09:00 – 20/11/2026 10:00      60 phút  giờ làm việc\n"
    )


def test_due_in_an_estimated_year_warns_beside_the_answer(capfdbinary):
    assert ask("--from", "2027-03-01T09:00", "--working-hours", "1", "--json") == 0
    printed = capfdbinary.readouterr()
    assert "năm 2027 là ước tính" in printed.err.decode()
    assert json.loads(printed.out)["due"] == "2027-03-01T10:00:00+07:00"


FROM = ("--from", "2026-02-13T15:30")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--working-hours", "1"), "Thiếu lúc tiếp nhận"),
        (("--from", "", "--working-hours", "1"), "Thiếu lúc tiếp nhận"),
        (("--from", "hôm qua", "--working-hours", "1"), "“hôm qua”"),
        (("--from", "2026-02-30T09:00", "--working-hours", "1"), "“2026-02-30T09:00”"),
        (("--from", "2026-02-13", "--working-hours", "1"), "cần ngày và giờ"),
        (("--from", "0001-01-01T00:00+14:00", "--working-hours", "1"), "nằm ngoài lịch"),
        (("--from", "9999-12-31T23:59-14:00", "--working-hours", "1"), "nằm ngoài lịch"),
        (("--from", "2017-12-31T09:00", "--working-hours", "1"), "01/01/2018"),
        (("--from", "2028-02-01T09:00", "--working-days", "1"), "31/12/2027"),
        (FROM, "Cần đúng một thời hạn"),
        ((*FROM, "--working-hours", "1", "--working-days", "1"), "Cần đúng một thời hạn"),
        ((*FROM, "--working-hours", "tám"), "“tám giờ làm việc”"),
        ((*FROM, "--working-hours", ""), "không phải là số"),
        ((*FROM, "--working-hours", "0"), "không hợp lệ"),
        ((*FROM, "--working-hours", "-8"), "không hợp lệ"),
        ((*FROM, "--working-days", "nan"), "không hợp lệ"),
        ((*FROM, "--working-days", "1e99"), "không hợp lệ"),
        ((*FROM, "--working-days", "5000"), "31/12/2027"),
    ],
)
def test_due_refuses_a_wrong_question(words, message):
    with pytest.raises(Refused, match=message):
        ask(*words)


def test_due_of_a_unit_follows_its_calendar(capfdbinary, monkeypatch):
    asked = []
    monkeypatch.setattr("motcua.organizations.due_command.require_database", lambda: asked.append("database"))
    monkeypatch.setattr(
        "motcua.organizations.due_command.calendar_for", lambda code: asked.append(code) or SATURDAY_UNIT
    )
    assert ask("--from", "2026-03-06T16:00", "--working-hours", "2", "--unit", "H1", "--json") == 0
    assert json.loads(capfdbinary.readouterr().out)["due"] == "2026-03-07T08:30:00+07:00"
    assert asked == ["database", "H1"]
