"""What answers are worth: within bounds, never falling as values get better, exact in sums."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.assessments.rules.criteria import (
    CHOICE,
    DEDUCTION,
    LINEAR,
    STEPS,
    VERIFIER,
    Band,
    Criterion,
    Level,
    Step,
    Tree,
)
from motcua.assessments.rules.points import Answer, allowed, points_of, total
from motcua.assessments.rules.ranking import band_of, ranks

D = Decimal
VALUES = st.decimals(min_value=-10, max_value=500, places=3)
CHOSEN = Criterion(
    "1.1", "Kế hoạch", D(2), CHOICE, "1", levels=(Level("a", "Đúng hạn", D(2)), Level("b", "Muộn", D(1)))
)
LINE = Criterion("1.2", "Đúng hạn", D(3), LINEAR, "1", target=D(95))
STAIRS = Criterion("2.1", "Trực tuyến", D(4), STEPS, "2", steps=(Step(D(60), D(2)), Step(D(80), D(4))))
FEW = Criterion("2.2", "Quá hạn", D(1), STEPS, "2", steps=(Step(D(0), D(1)), Step(D(2), D("0.5"))), is_less_better=True)
OFF = Criterion("2.3", "Vi phạm", D(2), DEDUCTION, "2", each=D("0.5"))
TREE = Tree((Criterion("1", "Chỉ đạo", D(5)), CHOSEN, LINE, Criterion("2", "Kết quả", D(5)), STAIRS, FEW, OFF))


@pytest.mark.parametrize(
    ("criterion", "answer", "points"),
    [
        (CHOSEN, Answer(choice="b"), "1"),
        (CHOSEN, Answer(), None),
        (LINE, Answer(value=D(95)), "3"),
        (LINE, Answer(value=D(99)), "3"),
        (LINE, Answer(value=D(50)), "1.58"),
        (STAIRS, Answer(value=D("79.999")), "2"),
        (STAIRS, Answer(value=D(80)), "4"),
        (STAIRS, Answer(value=D(10)), "0"),
        (FEW, Answer(value=D(0)), "1"),
        (FEW, Answer(value=D(2)), "0.5"),
        (FEW, Answer(value=D(3)), "0"),
        (OFF, Answer(value=D(3)), "-1.5"),
        (OFF, Answer(value=D(9)), "-2"),
        (LINE, Answer(value=D(95), is_not_applicable=True), None),
    ],
)
def test_answer_is_worth(criterion, answer, points):
    assert points_of(criterion, answer, 2) == (None if points is None else D(points))


@given(VALUES, VALUES)
def test_better_value_is_never_worth_less(one, other):
    low, high = sorted((one, other))
    for criterion in (LINE, STAIRS):
        assert points_of(criterion, Answer(value=low), 2) <= points_of(criterion, Answer(value=high), 2)
    for criterion in (FEW, OFF):
        assert points_of(criterion, Answer(value=low), 2) >= points_of(criterion, Answer(value=high), 2)


@given(VALUES)
def test_points_stay_within_what_a_verifier_may_give(value):
    for criterion in (LINE, STAIRS, FEW, OFF):
        assert allowed(criterion, points_of(criterion, Answer(value=value), 2))


def test_verifier_may_give_no_level_that_the_set_does_not_have():
    assert [allowed(CHOSEN, D(points)) for points in ("1", "1.5", "2")] == [True, False, True]


def test_verifier_alone_gives_points_outright():
    survey = Criterion("3", "Hài lòng", D(10), VERIFIER)
    assert (points_of(survey, Answer(points=D("8.125")), 2), allowed(survey, D("10.1"))) == (D("8.13"), False)


@given(st.lists(VALUES, min_size=5, max_size=5), st.sets(st.sampled_from([each.code for each in TREE.leaves])))
def test_groups_add_up_to_the_whole(values, left_out):
    answers = zip(TREE.leaves, values, strict=True)
    points = {
        each.code: D(1) if each.way == CHOICE else points_of(each, Answer(value=value), 2) for each, value in answers
    }
    whole = total(TREE, points, frozenset(left_out))
    parts = [total(TREE, points, frozenset(left_out), group.code) for group in TREE.tops]
    assert (whole.points, whole.most) == (sum(part.points for part in parts), sum(part.most for part in parts))
    assert whole.most == TREE.most - sum(TREE.by_code[code].worth for code in left_out)
    assert 0 <= whole.share <= 100 and 0 <= whole.scaled <= TREE.most


def test_what_does_not_apply_leaves_the_maximum_out():
    points = {"1.1": D(2), "1.2": D(3), "2.1": D(2), "2.2": None, "2.3": D(0)}
    found = total(TREE, points, frozenset({"2.2"}))
    assert (found.points, found.most, found.whole_most, found.missing) == (D(7), D(9), D(10), 0)
    assert found.scaled.quantize(D("0.01")) == D("7.78")


def test_unanswered_criterion_is_counted_not_zeroed_silently():
    assert total(TREE, {"1.1": D(2)}, frozenset()).missing == 4


@given(st.dictionaries(st.integers(0, 30), st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_rank_is_one_more_than_those_who_are_better(totals):
    found = ranks({key: tuple(D(each) for each in values) for key, values in totals.items()})
    assert all(found[key] == 1 + sum(other > values for other in totals.values()) for key, values in totals.items())


def test_tie_breaker_decides_between_equal_totals():
    assert ranks({"a": (D(90), D(3)), "b": (D(90), D(5)), "c": (D(80), D(9)), "d": (D(90), D(5))}) == {
        "b": 1, "d": 1, "a": 3, "c": 4,
    }  # fmt: skip


def test_band_begins_at_its_bound():
    bands = (Band("Tốt", D(80)), Band("Xuất sắc", D(90)))
    assert [band_of(bands, D(share)) for share in ("90", "89.99", "79.99")] == ["Xuất sắc", "Tốt", ""]
