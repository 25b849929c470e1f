"""Every action in every state by every kind of person, from one table; and the way through."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from motcua.assessments.actions import evidence, measures, publishing, rounds, scoring, verifying
from motcua.assessments.actions.evidence import NewEvidence
from motcua.assessments.actions.rounds import Days
from motcua.assessments.actions.scoring import Entry
from motcua.assessments.actions.verifying import Judgement
from motcua.assessments.factories import PERIOD, days_from
from motcua.assessments.models import Assessment, Verdict
from motcua.assessments.states import (
    EXPLAINED,
    FINAL,
    LEFT_OUT,
    NEXT,
    OPEN,
    PUBLISHED,
    SELF_SCORED,
    VERIFIED,
)
from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused

pytestmark = pytest.mark.django_db
UNIT = "T.01"


def _at(world, state):
    """Return a round whose unit T.01 is in a state, all others of the round left out."""
    made = world.open(codes=(UNIT,))
    if state == LEFT_OUT:
        rounds.leave_out(made.code, UNIT, reason="Sáp nhập", actor=world.control)
    elif state == OPEN:
        world.score(made)
    else:
        world.send(made)
    if state in (VERIFIED, EXPLAINED, FINAL, PUBLISHED):
        world.verify(made)
    if state == EXPLAINED:
        scoring.explain(made.code, UNIT, {"1.1": "Đã ban hành đúng hạn"}, actor=world.leader)
    if state in (FINAL, PUBLISHED):
        scoring.agree(made.code, UNIT, actor=world.leader)
        publishing.finish(made.code, UNIT, actor=world.control)
    if state == PUBLISHED:
        publishing.publish(made.code, actor=world.control)
    return made


ACTIONS = {
    "score": lambda code, actor: scoring.score(code, UNIT, {"2.1": Entry(value=Decimal(7))}, actor=actor),
    "add_evidence": lambda code, actor: evidence.add_evidence(
        code, UNIT, "2.1", NewEvidence(link="https://example.vn/a"), actor=actor
    ),
    "measure": lambda code, actor: measures.measure_again(code, UNIT, actor=actor),
    "send": lambda code, actor: scoring.send(code, UNIT, actor=actor),
    "judge": lambda code, actor: verifying.judge(code, UNIT, {"2.1": Judgement(Decimal(4))}, actor=actor),
    "judge_survey": lambda code, actor: verifying.judge(code, UNIT, {"2.2": Judgement(Decimal(4))}, actor=actor),
    "send_back": lambda code, actor: verifying.send_back(code, UNIT, reason="Thiếu", actor=actor),
    "explain": lambda code, actor: scoring.explain(code, UNIT, {"1.1": "Đúng hạn"}, actor=actor),
    "agree": lambda code, actor: scoring.agree(code, UNIT, actor=actor),
    "reopen": lambda code, actor: publishing.reopen(code, UNIT, reason="Sai số", actor=actor),
    "leave_out": lambda code, actor: rounds.leave_out(code, UNIT, reason="Sáp nhập", actor=actor),
    "take_back_in": lambda code, actor: rounds.take_back_in(code, UNIT, actor=actor),
}
OFFICIALS, HEADS, CONTROL, SURVEY = {"specialist", "head", "leader"}, {"head", "leader"}, {"control"}, {"verifier"}
# action -> the states in which it is possible -> who may then
ALLOWED = {
    "score": {OPEN: OFFICIALS},
    "add_evidence": {OPEN: OFFICIALS, VERIFIED: OFFICIALS},
    "measure": {OPEN: OFFICIALS, SELF_SCORED: CONTROL | SURVEY, EXPLAINED: CONTROL | SURVEY},
    "send": {OPEN: HEADS},
    "judge": {SELF_SCORED: CONTROL, EXPLAINED: CONTROL},
    "judge_survey": {SELF_SCORED: SURVEY, EXPLAINED: SURVEY},
    "send_back": {SELF_SCORED: CONTROL},
    "explain": {VERIFIED: HEADS},
    "agree": {VERIFIED: HEADS},
    "reopen": {FINAL: CONTROL, PUBLISHED: CONTROL},
    "leave_out": {OPEN: CONTROL, SELF_SCORED: CONTROL, VERIFIED: CONTROL, EXPLAINED: CONTROL},
    "take_back_in": {LEFT_OUT: CONTROL},
}
PEOPLE = ["specialist", "head", "leader", "counter", "neighbour", "verifier", "control", "chairman", "outsider"]


class _Undo(Exception):
    """Takes back what was tried."""


def _days():
    return days_from(today())


@pytest.mark.parametrize("state", list(NEXT))
def test_who_may_do_what_in_a_state(world, state):
    made = _at(world, state)
    done = set()
    for action, act in ACTIONS.items():
        for person in PEOPLE:
            try:
                with transaction.atomic():
                    act(made.code, world.people[person])
                    done.add((action, person))
                    raise _Undo
            except (Refused, _Undo):
                pass
    assert done == {(action, person) for action, states in ALLOWED.items() for person in states.get(state, ())}


def test_a_unit_goes_from_open_to_published(world):
    made = world.open(codes=(UNIT,))
    world.finish(made, survey="5")
    published = publishing.publish(made.code, actor=world.chairman)
    [unit] = published.content["units"]
    # 1.2 does not apply: 11 of 12, compared as 13.75 of 15
    assert (unit["points"], unit["most"], unit["scaled"], unit["rank"], unit["band"]) == (
        "11.00", "12.00", "13.75", 1, "Xuất sắc",
    )  # fmt: skip
    verbs = Fact.objects.filter(subject=f"{made.code}.{UNIT}").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        f"assessment.{verb}"
        for verb in ("scored", "evidence_added", "sent", "judged", "judged", "verified", "agreed", "finished")
    ]


def test_nothing_is_sent_while_a_criterion_is_open_or_lacks_evidence(world):
    made = world.open(codes=(UNIT,))
    with pytest.raises(Refused, match="Chưa gửi được: 1.1 chưa chấm; 2.1 chưa chấm; 2.3 chưa chấm."):
        scoring.send(made.code, UNIT, actor=world.leader)
    entries = {code: Entry(value=Decimal(1)) for code in ("2.1", "2.3")} | {"1.1": Entry(choice="a")}
    scoring.score(made.code, UNIT, entries | {"1.2": Entry(value=Decimal(95))}, actor=world.leader)
    with pytest.raises(Refused, match="Chưa gửi được: 1.1 thiếu minh chứng."):
        scoring.send(made.code, UNIT, actor=world.leader)
    scoring.score(made.code, UNIT, {"1.1": Entry(choice="c")}, actor=world.leader)  # claims nothing: owes nothing
    assert scoring.send(made.code, UNIT, actor=world.leader).state == SELF_SCORED


@pytest.mark.parametrize(
    ("criterion", "entry", "told"),
    [
        ("1.1", Entry(choice="z"), "không có mức này"),
        ("2.1", Entry(value=Decimal(-1)), "số phải từ 0"),
        ("2.1", Entry(is_not_applicable=True, note="x"), "áp dụng cho mọi đơn vị"),
        ("1.2", Entry(is_not_applicable=True), "ghi rõ vì sao không áp dụng"),
        ("2.2", Entry(value=Decimal(1)), "không tự chấm"),
        ("9", Entry(), "không tự chấm"),
        ("1.1", Entry(note="a" * 2001), "quá dài"),
    ],
)
def test_entry_that_does_not_fit_is_refused_with_its_criterion(world, criterion, entry, told):
    made = world.open(codes=(UNIT,))
    if criterion == "1.2":
        made.assessments.get().scores.filter(criterion="1.2").update(lineage={})
    with pytest.raises(Refused, match=told) as refused:
        scoring.score(made.code, UNIT, {"2.3": Entry(value=Decimal(1)), criterion: entry}, actor=world.leader)
    assert refused.value.field == criterion
    assert not made.assessments.get().scores.filter(self_points__isnull=False).exists()  # all or nothing


def test_nothing_happened_in_the_period_does_not_apply_by_itself(world):
    made = world.open(codes=(UNIT,))
    row = made.assessments.get().scores.get(criterion="1.2")
    assert (row.is_not_applicable, row.lineage["note"], row.measured) == (True, "không phát sinh", None)


def test_typed_number_stands_beside_the_measured_one_and_says_why(world):
    made = world.open(codes=(UNIT,))
    lineage = {"measure": "dossiers.on_time_rate", "part": 9, "whole": 10}
    made.assessments.get().scores.filter(criterion="1.2").update(measured=Decimal(90), lineage=lineage)
    with pytest.raises(Refused, match="vì sao số nhập khác số đo"):
        scoring.score(made.code, UNIT, {"1.2": Entry(value=Decimal(95))}, actor=world.leader)
    scoring.score(made.code, UNIT, {"1.2": Entry(value=Decimal(95), note="Sót 5 hồ sơ")}, actor=world.leader)
    row = made.assessments.get().scores.get(criterion="1.2")
    assert (row.measured, row.value, row.is_override, row.self_points) == (90, 95, True, 3)
    scoring.score(made.code, UNIT, {"1.2": Entry(value=Decimal(90))}, actor=world.leader)
    row.refresh_from_db()
    assert (row.is_override, row.self_points) == (False, Decimal("2.84"))


def test_points_of_a_measure_are_not_rounded_up_to_its_target(world):
    made = world.open(codes=(UNIT,))
    lineage = {"measure": "dossiers.on_time_rate", "part": 9499999, "whole": 10000000}
    row = made.assessments.get().scores.get(criterion="1.2")
    row.measured, row.lineage = Decimal("95.0000"), lineage
    assert row.exact_value < 95


def test_verifier_who_differs_says_why(world):
    made = world.open(codes=(UNIT,))
    world.send(made)
    with pytest.raises(Refused, match="1.1: ghi rõ vì sao khác điểm tự chấm"):
        verifying.judge(made.code, UNIT, {"1.1": Judgement(Decimal(1))}, actor=world.control)
    with pytest.raises(Refused, match="một trong các mức"):
        verifying.judge(made.code, UNIT, {"1.1": Judgement(Decimal("1.5"), reason="x")}, actor=world.control)
    verifying.judge(made.code, UNIT, {"1.1": Judgement(Decimal(1), reason="Ký ngày 20/02")}, actor=world.control)
    row = made.assessments.get().scores.get(criterion="1.1")
    assert (row.verified_points, row.verified_reason, row.self_points) == (1, "Ký ngày 20/02", 2)


def test_verification_ends_only_when_all_is_judged(world):
    made = world.open(codes=(UNIT,))
    world.send(made)
    verifying.accept_rest(made.code, UNIT, actor=world.control)
    with pytest.raises(Refused, match=r"chưa trả lời: 2\.2\."):
        verifying.finish_judging(made.code, UNIT, actor=world.control)
    assert made.assessments.get().state == SELF_SCORED


def test_explanation_is_answered_before_the_verification_ends_again(world):
    made = _at(world, EXPLAINED)
    with pytest.raises(Refused, match=r"chưa trả lời: 1\.1\."):
        verifying.finish_judging(made.code, UNIT, actor=world.control)
    verifying.accept_rest(made.code, UNIT, actor=world.control)  # what is judged already is not swept along
    with pytest.raises(Refused, match=r"chưa trả lời: 1\.1\."):
        verifying.finish_judging(made.code, UNIT, actor=world.control)
    verifying.judge(made.code, UNIT, {"1.1": Judgement(Decimal(1), reason="Không có số văn bản")}, actor=world.control)
    assert verifying.finish_judging(made.code, UNIT, actor=world.control).state == VERIFIED
    kept = Verdict.objects.filter(score__criterion="1.1").values_list("points", flat=True)
    assert [int(points) for points in kept] == [2, 1]


def test_sent_back_and_changed_is_judged_anew(world):
    made = world.open(codes=(UNIT,))
    world.send(made)
    verifying.accept_rest(made.code, UNIT, actor=world.control)
    verifying.send_back(made.code, UNIT, reason="Chưa đúng năm", actor=world.control)
    scoring.score(made.code, UNIT, {"2.1": Entry(value=Decimal(6))}, actor=world.leader)
    rows = made.assessments.get().scores
    assert (rows.get(criterion="2.1").is_judged, rows.get(criterion="1.1").is_judged) == (False, True)


def test_nobody_verifies_the_unit_they_work_in(world):
    made = rounds.open_round(
        world.version, title="Tự xem", period=PERIOD, days=_days(), units=[world.units["T.03"]],
        actor=world.control,
    )  # fmt: skip
    world.people["theirs"] = world.verifier
    world.score(made, "T.03", "theirs")
    Assessment.objects.filter(round=made).update(state=SELF_SCORED)
    with pytest.raises(Refused, match="không thẩm định"):
        verifying.judge(made.code, "T.03", {"2.2": Judgement(Decimal(6))}, actor=world.verifier)
    verifying.judge(made.code, "T.03", {"2.2": Judgement(Decimal(6))}, actor=world.control)


def test_result_is_not_closed_while_the_unit_may_explain(world):
    made = _at(world, VERIFIED)
    with pytest.raises(Refused, match="còn được giải trình đến hết ngày"):
        publishing.finish(made.code, UNIT, actor=world.control)
    assert publishing.finish_ready(made.code, actor=world.control) == 0
    over = today() - timedelta(days=1)
    rounds.change_days(made.code, days=Days(over, over, over, today()), actor=world.control)
    assert publishing.finish_ready(made.code, actor=world.control) == 1


def test_days_out_of_order_are_refused(world):
    with pytest.raises(Refused, match="theo thứ tự") as refused:
        world.open(days=Days(today(), today(), today() - timedelta(days=1), today()))
    assert refused.value.field == "explain_by"


@pytest.mark.parametrize(("codes", "told"), [(("T.X",), "không dùng để đánh giá"), ((), "ít nhất một đơn vị")])
def test_round_takes_only_units_of_its_set(world, codes, told):
    with pytest.raises(Refused, match=told):
        world.open(codes=codes)


def test_unit_is_added_once_and_left_out_keeps_its_scores(world):
    made = world.open(codes=(UNIT,))
    world.score(made)
    both = [world.units["T.01"], world.units["T.02"]]
    assert [rounds.add_units(made.code, units=both, actor=world.control) for _again in range(2)] == [1, 0]
    rounds.leave_out(made.code, UNIT, reason="Sáp nhập", actor=world.control)
    rounds.take_back_in(made.code, UNIT, actor=world.control)
    assert made.assessments.get(unit=both[0]).scores.get(criterion="2.1").self_points == 4


def test_code_is_the_next_of_the_year(world):
    year = today().year
    assert [world.open().code for _number in range(2)] == [f"DG-{year}-1", f"DG-{year}-2"]
