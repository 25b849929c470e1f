"""Turns of recurring tasks, turns that an event opens, cycles that the holder sets."""

from datetime import date, timedelta

import pytest

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.plans.actions import following
from motcua.plans.actions.approving import approve
from motcua.plans.actions.evidence import Evidence
from motcua.plans.actions.extending import ask_extension, grant_extension
from motcua.plans.actions.recurring import make_past_turns, make_turns, open_turn, set_cycle
from motcua.plans.factories import plan_text
from motcua.plans.models import Occurrence, Plan
from motcua.plans.queries import count_tasks, standing
from motcua.plans.rules.dated_settings import window_cited_in
from motcua.plans.rules.following.turning import recurrence_from, turns_by
from motcua.plans.rules.times.periods import period_in_words, quarter_days, quarter_of
from motcua.plans.rules.times.recurrence import Recurrence

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LINK = Evidence(link="https://example.org/bao-cao")
ROWS = [
    ("1", "Báo cáo kết quả kiểm soát thủ tục", "Sở Thử Nghiệm; Sở Phối Hợp", "", "Báo cáo", "Hằng quý"),
    ("2", "Trả lời phản ánh, kiến nghị của người dân", "Sở Thử Nghiệm", "", "Văn bản trả lời",
     "Trong 05 ngày làm việc kể từ khi nhận phản ánh"),
    ("3", "Tuyên truyền cải cách hành chính", "Sở Thử Nghiệm", "", "Tin bài", "Thường xuyên"),
    ("4", "Ban hành quy chế phối hợp", "Sở Phối Hợp", "", "Quy chế", "31/12/2026"),
]  # fmt: skip


@pytest.fixture
def plan(world):
    made = approve(world.read(plan_text(ROWS)).code, actor=world.control)
    # Approved in the spring: the machine's own clock decides nothing here.
    Plan.objects.filter(pk=made.pk).update(approved_at="2026-04-10T08:00:00+07:00")
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("every", "day", "expected"),
    [
        ("quarter", None, [("2026-Q2", (2026, 4, 1), (2026, 6, 30)), ("2026-Q3", (2026, 7, 1), (2026, 9, 30))]),
        ("month", 15, [("2026-05", (2026, 5, 1), (2026, 5, 15)), ("2026-06", (2026, 6, 1), (2026, 6, 15))]),
        ("half", None, [("2026-H1", (2026, 1, 1), (2026, 6, 30)), ("2026-H2", (2026, 7, 1), (2026, 12, 31))]),
        ("year", None, [("2026", (2026, 1, 1), (2026, 12, 31))]),
        ("week", None, [("2026-W20", (2026, 5, 11), (2026, 5, 15)), ("2026-W21", (2026, 5, 18), (2026, 5, 22))]),
        ("day", None, []),
    ],
)
def test_turns_are_made_for_this_period_and_the_next(every, day, expected):
    today = date(2026, 5, 12)
    cycle = recurrence_from({"kind": "recurring", "every": every, "day": day})
    found = turns_by(cycle, first=YEAR[0], last=YEAR[1], since=today, day=today) if cycle else []
    assert [(turn.key, turn.starts_on, turn.due_on) for turn in found] == [
        (key, date(*start), date(*due)) for key, start, due in expected
    ]


def test_turns_stay_inside_the_plan_and_make_up_for_days_without_a_worker():
    cycle = Recurrence("quarter", 18)
    found = turns_by(cycle, first=date(2026, 3, 20), last=YEAR[1], since=date(2026, 1, 1), day=date(2026, 11, 30))
    # The first quarter's day, 18/3, was over before the plan; no turn reaches beyond it.
    assert [(turn.key, turn.starts_on) for turn in found] == [
        ("2026-Q2", date(2026, 4, 1)),
        ("2026-Q3", date(2026, 7, 1)),
        ("2026-Q4", date(2026, 10, 1)),
    ]


def test_report_of_a_cited_regime_follows_its_windows():
    window = window_cited_in("Báo cáo quý theo Nghị định số 09/2019/NĐ-CP", date(2026, 5, 1))
    found = turns_by(
        Recurrence("quarter"), first=YEAR[0], last=YEAR[1], since=YEAR[0], day=date(2026, 2, 1), window=window
    )
    assert [(turn.key, turn.starts_on, turn.due_on) for turn in found] == [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 25)),  # 15/12 lies before the plan
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 25)),
    ]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2026-Q3", "quý III/2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-11", "tháng 11/2026"),
        ("2026-W07", "tuần 07/2026"),
        ("2026-03-05", "từ 05/03/2026"),
        ("2026", "năm 2026"),
        ("lạ", "lạ"),
    ],
)
def test_period_has_words(key, words):
    assert period_in_words(key) == words


def test_quarter_knows_its_days():
    assert quarter_of(date(2026, 11, 21)) == "2026-Q4"
    assert quarter_days("2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    with pytest.raises(ValueError, match="2026-Q5"):
        quarter_days("2026-Q5")


def test_turns_are_made_once_for_every_leading_unit(world, plan):
    assert make_turns(date(2026, 5, 12)) == 4  # two units, two quarters
    assert make_turns(date(2026, 5, 12)) == 0
    assert make_turns(date(2026, 12, 1)) == 2  # the fourth quarter; no year after the plan's
    assert Fact.objects.filter(verb="plan.turns_made", subject=plan.code).count() == 2


def test_turn_is_reported_returned_and_accepted_by_itself(world, plan):
    make_turns(date(2026, 5, 12))
    task, unit = world.row(plan, "1"), world.units["T.01"]

    def complete():
        following.report_completion(
            task.code,
            unit=unit,
            on_day=date(2026, 6, 30),
            note="",
            evidence=LINK,
            actor=world.specialist,
            turn="2026-Q2",
        )

    complete()
    following.send_back(task.code, unit=unit, note="Thiếu biểu", actor=world.control, turn="2026-Q2")
    complete()
    with pytest.raises(Refused):
        complete()
    following.accept(task.code, unit=unit, actor=world.control, grade="good", turn="2026-Q2")
    turn = Occurrence.objects.get(assignment__unit=unit, key="2026-Q2")
    assert (turn.done_on, turn.grade, turn.status(date(2026, 7, 5)).code) == (date(2026, 6, 30), "good", "done_on_time")
    task.refresh_from_db()
    assert (task.done_on, task.history.filter(occurrence=turn).count()) == (None, 4)
    with pytest.raises(Refused, match="không có kỳ"):
        following.report_progress(
            task.code, unit=unit, percent=5, note="x", actor=world.specialist, turn="2031-Q1"
        )  # fmt: skip


def test_turns_count_in_the_four_states_and_the_routine_task_in_none(world, plan):
    make_turns(date(2026, 5, 12))
    province = world.units["T"]
    day = date(2026, 7, 5)
    task, unit = world.row(plan, "1"), world.units["T.01"]
    following.report_completion(
        task.code, unit=unit, on_day=date(2026, 6, 30), note="", evidence=LINK, actor=world.specialist, turn="2026-Q2"
    )
    following.accept(task.code, unit=unit, actor=world.control, turn="2026-Q2")
    # Row 4 in time, quarter 2 late since one of two units has not reported, quarter 3 in time.
    found = {(each.turn, each.status.code) for each in standing(province, day)}
    assert found == {
        ("", "routine"), ("", "undated"), ("", "open_in_time"), ("2026-Q2", "open_late"), ("2026-Q3", "open_in_time"),
    }  # fmt: skip
    four = [
        count_tasks(province, day, codes=[code]) for code in ("done_on_time", "done_late", "open_in_time", "open_late")
    ]
    assert (count_tasks(province, day), four) == (3, [0, 0, 2, 1])
    assert count_tasks(unit, day, codes=["done_on_time"]) == 1
    assert count_tasks(province, date(2026, 3, 1)) == 1  # no turn has begun


def test_event_opens_a_turn_counted_in_working_days(world, plan):
    task, unit = world.row(plan, "2"), world.units["T.01"]
    # From Thursday 5/3/2026 over a weekend: five working days end on Thursday 12/3.
    turn = open_turn(task.code, unit=unit, starts_on=date(2026, 3, 5), note="Phiếu 12", actor=world.specialist)
    assert (turn.key, turn.due_on) == ("2026-03-05", date(2026, 3, 12))
    with pytest.raises(Refused, match="đã được ghi"):
        open_turn(task.code, unit=unit, starts_on=date(2026, 3, 5), note="", actor=world.specialist)
    assert count_tasks(unit, date(2026, 3, 13), codes=["open_late"]) == 1


@pytest.mark.parametrize(
    ("number", "unit", "who", "day"),
    [
        ("4", "T.02", "partner", date(2026, 3, 5)),
        ("2", "T.02", "partner", date(2026, 3, 5)),
        ("2", "T.01", "outsider", date(2026, 3, 5)),
        ("2", "T.01", "specialist", date(2025, 3, 5)),
        ("2", "T.01", "specialist", date(2126, 3, 5)),
    ],
)
def test_turn_that_cannot_be_opened_is_refused(world, plan, number, unit, who, day):
    with pytest.raises(Refused):
        open_turn(
            world.row(plan, number).code, unit=world.units[unit], starts_on=day, note="", actor=getattr(world, who)
        )  # fmt: skip


def test_holder_says_how_often_a_continuous_task_is_reported(world, plan):
    task = world.row(plan, "3")
    with pytest.raises(Refused):
        set_cycle(task.code, every="month", day=25, actor=world.specialist)
    Plan.objects.filter(pk=plan.pk).update(last_day=today() + timedelta(400))
    set_cycle(task.code, every="month", day=25, actor=world.control)
    turns = Occurrence.objects.filter(assignment__task=task)
    assert turns.filter(starts_on__gt=today()).count() == 1
    assert {turn.due_on.day for turn in turns} == {25}
    set_cycle(task.code, every="", day=None, actor=world.control)
    assert not turns.filter(due_on__gte=today()).exists()
    task.refresh_from_db()
    assert task.deadline_kind == "ongoing"


def test_periods_before_the_approval_are_made_when_asked_for(world, plan):
    make_turns(date(2026, 5, 12))
    assert not Occurrence.objects.filter(key="2026-Q1").exists()
    make_past_turns(world.row(plan, "1").code, actor=world.control)
    assert Occurrence.objects.filter(key="2026-Q1").count() == 2


def test_turn_is_extended_alone(world, plan):
    make_turns(date(2026, 5, 12))
    task, unit = world.row(plan, "1"), world.units["T.01"]
    ask_extension(
        task.code, unit=unit, new_due_on=date(2026, 7, 10), reason="Chờ số liệu", actor=world.specialist, turn="2026-Q2"
    )
    grant_extension(task.code, unit=unit, actor=world.control)
    moved = Occurrence.objects.get(assignment__unit=unit, key="2026-Q2")
    others = Occurrence.objects.exclude(pk=moved.pk).filter(key="2026-Q2")
    assert (moved.due_on, others.get().due_on) == (date(2026, 7, 10), date(2026, 6, 30))
