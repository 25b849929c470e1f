"""Grades: bands, bars that nothing happened does not raise, limits of shares that no tie slips through."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from motcua.assessments.rules.grading import Case, exceeded, proposals, scheme_of

SCHEME = scheme_of(
    {
        "grades": [
            {"code": "excellent", "name": "Xuất sắc", "at_least": 90},
            {"code": "good", "name": "Tốt", "at_least": 80},
            {"code": "done", "name": "Hoàn thành", "at_least": 50},
            {"code": "failed", "name": "Không hoàn thành", "at_least": 0},
        ],
        "bars": [{"measure": "m", "at_least": 95, "not_above": "done", "words": "Đúng hạn dưới 95 %"}],
        "limits": [{"grade": "excellent", "most_percent": 20, "of": "good"}],
        "rewards": [{"grade": "excellent", "words": "Bằng khen"}],
    }
)
FULL = "đã đủ tỷ lệ %(grade)s"


def _grades(*cases):
    return {key: each.grade for key, each in proposals(SCHEME, cases, FULL).items()}


def _case(key, share, value=None):
    return Case(key, None if share is None else Decimal(share), {"m": None if value is None else Decimal(value)})


def test_share_falls_into_its_band():
    assert _grades(_case("a", 80), _case("b", "79.99"), _case("c", 0), _case("d", None)) == {
        "a": "good", "b": "done", "c": "failed", "d": "",
    }  # fmt: skip


def test_bar_lowers_the_grade_and_says_why():
    found = proposals(SCHEME, [_case("a", 85, 94)], FULL)["a"]
    assert (found.grade, found.reasons) == ("done", ("Đúng hạn dưới 95 %",))


def test_bar_is_not_raised_by_nothing():
    assert _grades(_case("a", 85, None)) == {"a": "good"}


def test_only_as_many_are_excellent_as_the_limit_lets():
    cases = [_case(str(number), 91 + number) for number in range(5)]
    found = proposals(SCHEME, cases, FULL)
    assert [found[str(number)].grade for number in range(5)] == ["good"] * 4 + ["excellent"]
    assert found["0"].reasons == ("đã đủ tỷ lệ Xuất sắc",)


def test_tie_for_the_last_place_lets_nobody_in():
    assert "excellent" not in _grades(*[_case(str(number), 95) for number in range(5)]).values()


@given(st.lists(st.integers(0, 100), max_size=40))
def test_proposals_never_break_the_limits(shares):
    found = _grades(*[_case(str(number), share) for number, share in enumerate(shares)])
    assert exceeded(SCHEME, list(found.values())) == []


@given(st.lists(st.integers(0, 100), min_size=2, max_size=40))
def test_better_share_never_has_a_worse_grade(shares):
    found = _grades(*[_case(str(number), share) for number, share in enumerate(shares)])
    ordered = sorted(range(len(shares)), key=lambda number: shares[number])
    places = [SCHEME.place(found[str(number)]) for number in ordered]
    assert places == sorted(places, reverse=True)


def test_broken_limit_is_told_with_its_numbers():
    [(limit, count, room)] = exceeded(SCHEME, ["excellent", "excellent", "good"])
    assert (limit.grade, count, room) == ("excellent", 2, 0)
