"""Conditions on answers: what is read, what holds, what is refused."""

import pytest

from motcua.workflow.rules.conditions import WrongCondition, both, comparisons, holds, none_of, parse


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("", {}, True),
        ('loai = "moi"', {"loai": "moi"}, True),
        ('loai = "moi"', {"loai": "cu"}, False),
        ('loai = "moi"', {}, False),
        ('loai != "moi"', {}, True),
        ("dien_tich > 500", {"dien_tich": "500,5"}, True),
        ("dien_tich > 500", {"dien_tich": 500}, False),
        ("dien_tich >= 500", {"dien_tich": "500"}, True),
        ("dien_tich > 500", {}, False),
        ("dien_tich > 500", {"dien_tich": "nhiều"}, True),  # no number: compared as text
        ('ngay < "2026-02-01"', {"ngay": "2026-01-31"}, True),
        ("la_to_chuc", {"la_to_chuc": True}, True),
        ("la_to_chuc", {"la_to_chuc": "true"}, True),
        ("la_to_chuc = false", {}, True),
        ('tinh in ("42", "44")', {"tinh": "44"}, True),
        ('nhom = "b"', {"nhom": ["a", "b"]}, True),
        ('a = "1" and b = "2" or c = "3"', {"c": "3"}, True),
        ('a = "1" and (b = "2" or c = "3")', {"c": "3"}, False),
        ('not(a = "1")', {"a": "2"}, True),
    ],
)
def test_condition_holds(text, answers, expected):
    assert holds(text, answers) is expected


@pytest.mark.parametrize(
    "text",
    ["loai =", "= 3", "loai = moi", "(a", "a)", "a and", "a ; b", "not a", '"x" = a', "in = 3", "a" * 501],
)
def test_wrong_condition_is_refused(text):
    with pytest.raises(WrongCondition):
        parse(text)


def test_deep_nesting_is_refused_not_followed():
    with pytest.raises(WrongCondition):
        parse("(" * 200 + "a" + ")" * 200)


def test_conditions_are_joined_and_negated():
    assert both("a or b", 'c = "1"') == '(a or b) and c = "1"'
    assert both("", "c") == "c"
    assert none_of(['a = "1"', "b"]) == 'not(a = "1") and not(b)'
    assert [one.name for one in comparisons(none_of(['a = "1"', "b"]))] == ["a", "b"]
