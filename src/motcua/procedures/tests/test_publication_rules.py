"""Pure rules of publication: words that differ, last days in working days."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.organizations.rules.calendar_file import shipped_calendar
from motcua.procedures.rules.cells import Channel, Parts
from motcua.procedures.rules.differences import differences, parts_that_differ, texts_of, words_between
from motcua.procedures.rules.papers import Paper
from motcua.procedures.rules.publication_limits import deadlines, kind_of_issuer, settings


def shown(pieces):
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("a b c", "a b c", "a b c", "a b c"),
        ("nộp 02 bản", "nộp 01 bản", "nộp [-02-] bản", "nộp [+01+] bản"),
        ("", "mới", "", "[+mới+]"),
        ("cũ", "", "[-cũ-]", ""),
        ("một\nhai\nba", "một\nba", "một\n[-hai\n-]ba", "một\nba"),
        ("trong 5 ngày", "trong 5 ngày làm việc", "trong 5 ngày", "trong 5 ngày[+ làm việc+]"),
    ],
)
def test_words_are_marked_on_their_side(before, after, left, right):
    old, new = words_between(before, after)
    assert (shown(old), shown(new)) == (left, right)


def test_both_texts_stay_whole():
    before, after = "Bước 1: nộp hồ sơ.\nBước 2: chờ.", "Bước 1: nộp đủ hồ sơ.\nBước 3: nhận."
    old, new = words_between(before, after)
    assert ("".join(piece.text for piece in old), "".join(piece.text for piece in new)) == (before, after)


def parts(**changed):
    columns = {"name": "Thủ tục", "steps": "Bước 1", "levels": ["commune"], "source": "x"} | changed
    channel = Channel("Trực tiếp", Decimal("5.00"), "working_day", 10_000, "")
    return Parts("1.000001", columns, (channel,), (Paper("", "Tờ khai", "Mẫu 1", 1, 0),), (("Giấy phép", "KQ1"),))


def test_white_space_and_source_are_no_difference():
    assert parts_that_differ(texts_of(parts()), texts_of(parts(steps="Bước  1 ", source="y"))) == []


def test_parts_are_told_in_the_order_of_a_description():
    found = differences(texts_of(parts()), texts_of(parts(steps="Bước 2", name="Thủ tục mới")))
    assert [one.part for one in found] == ["name", "steps"]


def test_limit_fee_and_papers_are_compared():
    texts = texts_of(parts())
    assert texts["channels"] == "Trực tiếp · 5 working_day · 10000 đồng"
    assert texts["papers"] == "Tờ khai · Mẫu 1 · 1/0"
    assert texts["results"] == "Giấy phép KQ1"


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [("Ủy ban nhân dân tỉnh Hà Tĩnh", "province"), ("Bộ Tài chính", "ministry"), ("Sở Y tế", "province"),
     ("BỘ Y TẾ", "ministry"), ("", "province")],
)  # fmt: skip
def test_issuer_says_whose_limits_hold(issuer, kind):
    assert kind_of_issuer(issuer) == kind


def test_days_are_counted_in_working_days_with_the_holidays():
    # R5.02: five working days after Tuesday 28/4/2026, 30/4 and 1/5 off.
    found = deadlines("UBND tỉnh", date(2026, 4, 28), None, shipped_calendar())
    assert (found.sign_by, found.public_by) == (None, date(2026, 5, 7))
    assert found.is_public_late(date(2026, 5, 8), date(2026, 5, 8))
    assert not found.is_public_late(date(2026, 5, 7), date(2026, 5, 8))
    assert found.is_public_late(None, date(2026, 5, 8))


def test_decision_must_be_signed_before_its_basis_takes_effect():
    # R5.01: five working days before Monday 15/6/2026 for a province, twenty for a ministry.
    assert deadlines("UBND tỉnh", None, date(2026, 6, 15), shipped_calendar()).sign_by == date(2026, 6, 8)
    assert deadlines("Bộ Y tế", None, date(2026, 6, 15), shipped_calendar()).sign_by == date(2026, 5, 18)


def test_settings_name_their_source():
    assert {(one.rule, one.issuer, one.days) for one in settings()} == {
        ("before_basis", "province", 5), ("before_basis", "ministry", 20), ("public", "province", 5),
        ("public", "ministry", 10),
    }  # fmt: skip
    assert all(one.source for one in settings())
