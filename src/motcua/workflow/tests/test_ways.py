"""Ways through a route: forks count their longest branch, conditions are tried for every answer that matters."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from motcua.workflow.rules.phases import START, Phase
from motcua.workflow.rules.route_check import faults_of_steps, notes_on
from motcua.workflow.rules.steps import NewStep, as_data, branch_names, from_data, numbered
from motcua.workflow.rules.ways import TooManyWays, answers_that_matter, back, length, onward, skipped, ways

PHASES = {
    phase.code: phase
    for phase in (
        Phase("receive", "Nhận", frozenset({START})),
        Phase("handle", "Làm", frozenset({"receive", "handle"}), in_branches=True),
        Phase("approve", "Ký", frozenset({"handle"})),
        Phase("return", "Trả", frozenset({"approve"}), may_end=True),
    )
}


def step(name, phase="handle", share=0, fork=0, branch=0, condition=""):
    return NewStep(name, phase, "specialist", "competent", share, fork, branch, condition)


FORKED = [
    step("nhận", "receive", 10),
    step("đất 1", share=20, fork=1, branch=1),
    step("đất 2", share=20, fork=1, branch=1),
    step("thuế", share=60, fork=1, branch=2),
    step("ký", "approve", 25),
    step("trả", "return", 5),
]
CHOICE = [
    step("nhận", "receive", 10),
    step("đi hiện trường", share=30, condition="dien_tich > 500"),
    step("tại bàn", share=10, condition="not(dien_tich > 500)"),
    step("ký", "approve", 50),
    step("trả", "return", 10),
]


def placed(steps):
    return [
        SimpleNamespace(position=number, fork=one.fork, branch=one.branch, condition=one.condition)
        for number, one in enumerate(steps, 1)
    ]


def positions(found):
    return [one.position for one in found.steps]


def test_longest_branch_counts():
    assert length(FORKED) == 100
    assert faults_of_steps(FORKED, PHASES) == []


def test_each_answer_that_matters_gives_its_way():
    assert [(way.indexes, way.length) for way in ways(CHOICE)] == [((0, 1, 3, 4), 100), ((0, 2, 3, 4), 80)]
    assert faults_of_steps(CHOICE, PHASES) == []
    assert len(notes_on(CHOICE)) == 2


def test_too_many_answers_are_refused():
    with pytest.raises(TooManyWays):
        list(answers_that_matter([f"a{number} > 1" for number in range(7)]))


def test_onward_forks_and_joins():
    route = placed(FORKED)
    assert positions(onward(route, 1)) == [2, 4]
    assert (positions(onward(route, 2)), onward(route, 2).is_branch_end) == ([3], False)
    assert (positions(onward(route, 3)), onward(route, 3).is_branch_end) == ([5], True)
    assert (positions(onward(route, 4)), onward(route, 4).is_branch_end) == ([5], True)
    assert positions(onward(route, 6)) == []


def test_onward_leaves_out_what_does_not_apply():
    route = placed(CHOICE)
    assert skipped(route, {"dien_tich": "600"}) == [3]
    assert positions(onward(route, 1, [3])) == [2]
    assert positions(onward(route, 2, [3])) == [4]
    assert positions(onward(placed(FORKED), 1, [4])) == [2]  # one branch left: no fork


def test_back_goes_through_the_own_branch():
    route = placed(FORKED)
    assert back(route, 5).position == 3
    assert back(route, 2).position == 1
    assert back(route, 1) is None
    assert back(route, 4, in_trunk=False) is None


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([replace(FORKED[0], share=20), *FORKED[1:]], "Đường đi dài nhất dùng 110 %"),
        ([*FORKED[:1], replace(FORKED[1], share=60), *FORKED[4:]], "Phần song song 1 chỉ có một nhánh"),
        ([*FORKED[:2], step("giữa"), *FORKED[2:]], "Phần song song 1 bị ngắt quãng"),
        (FORKED[1:], "Bước đầu không thể nằm trong nhánh"),
        (FORKED[:4], "Bước cuối không thể nằm trong nhánh"),
        ([FORKED[0], replace(FORKED[1], condition="a >"), *FORKED[2:]], "điều kiện viết dở dang"),
        ([FORKED[0], replace(FORKED[1], condition="a > moi"), *FORKED[2:]], "từ chỗ “moi”"),
        ([replace(FORKED[0], role=""), *FORKED[1:]], "thiếu vai trò"),
        ([*FORKED[:1], replace(FORKED[1], phase="approve"), *FORKED[2:]], "không làm được trong nhánh song song"),
        ([step("a", "receive", 50), step("b", "approve", 50)], "việc “Ký” không thể ngay sau việc “Nhận”"),
        ([step("a", "receive", 50), step("b", share=50)], "thiếu bước kết thúc"),
        ([step("a", share=50), step("b", share=50)], "không thể là bước đầu"),
        ([step("a", "lạ", 100)], "không có giai đoạn này"),
    ],
)
def test_fault_is_told_in_words(steps, words):
    faults = faults_of_steps(steps, PHASES)
    assert words in faults[0].message


def test_written_branches_are_numbered_over_the_route():
    assert numbered(["", "1a", "1b", "1a", "", "2a", "2b", ""]) == [
        (0, 0), (1, 1), (1, 2), (1, 1), (0, 0), (2, 3), (2, 4), (0, 0)
    ]  # fmt: skip
    assert branch_names(FORKED) == ["", "1a", "1a", "1b", "", ""]
    with pytest.raises(ValueError, match="1"):
        numbered(["", "x"])


def test_steps_are_kept_as_data():
    assert from_data(as_data(FORKED)) == FORKED
