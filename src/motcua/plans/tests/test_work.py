"""Assignment with shares and people, later days that units ask for, facts that complete, reminders as a digest."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from motcua.base.clock import today
from motcua.base.facts.delivering import deliver_due
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.notifications.models import Notice
from motcua.organizations.models import Succession, Unit
from motcua.plans.actions import following
from motcua.plans.actions.approving import approve
from motcua.plans.actions.assigning import assign, name_person, set_source, unassign
from motcua.plans.actions.closing_by_fact import bind_to_fact, close_by_fact, unbind_from_fact
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.evidence import Evidence
from motcua.plans.actions.extending import ask_extension, grant_extension, refuse_extension
from motcua.plans.actions.reminding import remind
from motcua.plans.factories import make_world
from motcua.plans.models import Assignment, Extension, Plan, Progress
from motcua.plans.queries import count_tasks
from motcua.plans.rules.dated_settings import rule_on
from motcua.plans.rules.following.reminding import ReminderRule, stage_on

LINK = Evidence(link="https://example.org/ket-qua")
SOON = today() + timedelta(days=400)


def done(world, task, unit, who, day=date(2026, 3, 1)):
    following.report_completion(
        task.code, unit=world.units[unit], on_day=day, note="", evidence=LINK, actor=getattr(world, who)
    )
    following.accept(task.code, unit=world.units[unit], actor=world.control, grade="excellent", note="Sớm, đủ")


def test_last_open_lead_that_is_demoted_lets_the_task_be_done(world, plan):
    task = world.row(plan, "2")  # led by the two departments
    done(world, task, "T.01", "specialist")
    task.refresh_from_db()
    assert task.done_on is None
    assign(task.code, unit=world.units["T.02"], is_lead=False, actor=world.control)
    task.refresh_from_db()
    assert task.done_on == date(2026, 3, 1)
    assign(task.code, unit=world.units["T.02"], is_lead=True, actor=world.control)
    task.refresh_from_db()
    assert task.done_on is None
    unassign(task.code, unit=world.units["T.02"], actor=world.control)
    task.refresh_from_db()
    assert task.done_on == date(2026, 3, 1)


def test_shares_of_leading_units_do_not_pass_the_whole(world, plan):
    task = world.row(plan, "2")
    assign(task.code, unit=world.units["T.01"], actor=world.control, share=70)
    with pytest.raises(Refused) as refused:
        assign(task.code, unit=world.units["T.02"], actor=world.control, share=40)
    assert refused.value.field == "share"
    assert assign(task.code, unit=world.units["T.02"], actor=world.control, share=30).share == 30
    assert Assignment.objects.get(task=task, unit=world.units["T.01"]).named_as  # a share changes nothing else


def test_only_people_of_the_unit_look_after_its_part_and_are_told(world, plan):
    task, unit = world.row(plan, "2"), world.units["T.01"]
    with pytest.raises(Refused) as refused:
        name_person(task.code, unit=unit, person=world.partner, actor=world.head)
    assert refused.value.field == "person"
    name_person(task.code, unit=unit, person=world.specialist, actor=world.head)
    while deliver_due():
        pass
    assert Notice.objects.filter(account=world.specialist, subject=task.code).count() == 1
    assert Fact.objects.get(verb="task.person_named").data["person"] == world.specialist.code


def test_task_knows_who_set_it_and_where(world, plan):
    task = world.row(plan, "2")
    province, day = world.units["T"], date(2026, 2, 1)
    before = count_tasks(province, day, assigner="province"), count_tasks(province, day, assigner="government")
    set_source(task.code, assigner="prime_minister", assigned_in="Chỉ thị 05/CT-TTg, mục 3", actor=world.control)
    after = count_tasks(province, day, assigner="province"), count_tasks(province, day, assigner="government")
    assert (before, after) == ((2, 0), (1, 1))  # the Prime Minister's count with the Government's
    with pytest.raises(Refused):
        set_source(task.code, assigner="nobody", assigned_in="", actor=world.control)
    with pytest.raises(Refused):
        set_source(task.code, assigner="", assigned_in="", actor=world.leader)


def test_extension_is_asked_once_granted_with_another_day_or_refused(world, plan):
    task, unit = world.row(plan, "2"), world.units["T.01"]

    def ask(day=date(2027, 1, 31)):
        return ask_extension(task.code, unit=unit, new_due_on=day, reason="Chờ hướng dẫn", actor=world.specialist)

    with pytest.raises(Refused) as refused:
        ask(task.due_on)
    assert refused.value.field == "new_due_on"
    ask()
    with pytest.raises(Refused, match="đang chờ"):
        ask()
    with pytest.raises(Refused):
        grant_extension(task.code, unit=unit, actor=world.leader)
    with pytest.raises(Refused) as refused:
        refuse_extension(task.code, unit=unit, actor=world.control, answer=" ")
    assert refused.value.field == "answer"
    refuse_extension(task.code, unit=unit, actor=world.control, answer="Chưa đủ lý do")
    ask()
    grant_extension(task.code, unit=unit, actor=world.control, due_on=date(2027, 1, 15))
    task.refresh_from_db()
    assert task.due_on == date(2027, 1, 15)
    assert [line.kind for line in task.history.order_by("pk")] == ["asked", "refused", "asked", "extended"]
    while deliver_due():
        pass
    assert Notice.objects.filter(account=world.specialist, subject=task.code).count() == 2
    assert Notice.objects.filter(account=world.control, subject=task.code).count() == 2


@pytest.mark.parametrize(("unit", "who"), [("T.01", "partner"), ("T.10", "commune"), ("T.00", "office")])
def test_only_a_leading_unit_asks_for_a_later_day(world, plan, unit, who):
    with pytest.raises(Refused):
        ask_extension(
            world.row(plan, "2").code, unit=world.units[unit], new_due_on=SOON, reason="x", actor=getattr(world, who)
        )  # fmt: skip


def heard(verb="report.accepted", subject="BC-1", unit="T.01", at="2026-03-02T09:00:00+07:00"):
    return Fact.objects.create(at=at, actor="A1", verb=verb, subject=subject, unit=unit, data={})


def test_fact_completes_a_part_once_with_the_binder_named(world, plan):
    task, unit = world.row(plan, "2"), world.units["T.01"]
    bind_to_fact(task.code, unit=unit, verb="report.accepted", subject="", actor=world.control)
    assert close_by_fact(heard(unit="T.02")) == 0
    fact = heard()
    fact.refresh_from_db()
    assert (close_by_fact(fact), close_by_fact(fact)) == (1, 0)
    part = task.assignments.get(unit=unit)
    assert part.done_on == date(2026, 3, 2)
    lines = Progress.objects.filter(task=task).order_by("pk")
    assert [(line.kind, line.by_id, line.fact) for line in lines] == [
        ("completed", world.control.pk, "report.accepted BC-1"),
        ("accepted", world.control.pk, "report.accepted BC-1"),
    ]


def test_fact_of_a_certain_subject_completes_whatever_unit_it_is_of(world, plan):
    task, unit = world.row(plan, "2"), world.units["T.01"]
    bind_to_fact(task.code, unit=unit, verb="plan.approved", subject="KH-9", actor=world.control)
    other, right = heard("plan.approved", "KH-8"), heard("plan.approved", "KH-9", "T.10")
    for fact in (other, right):
        fact.refresh_from_db()
    assert (close_by_fact(other), close_by_fact(right)) == (0, 1)
    unbind_from_fact(task.code, unit=unit, verb="plan.approved", subject="KH-9", actor=world.control)
    assert task.fact_bindings.count() == 0


@pytest.mark.parametrize(
    ("who", "verb", "unit", "subject"),
    [
        ("specialist", "report.accepted", "T.01", ""),
        ("control", "no.such_fact", "T.01", ""),
        ("control", "report.accepted", "T.00", ""),
        ("control", "report.accepted", "T.01", "hai chữ"),
    ],
)
def test_bad_binding_is_refused(world, plan, who, verb, unit, subject):
    with pytest.raises(Refused):
        bind_to_fact(
            world.row(plan, "2").code, unit=world.units[unit], verb=verb, subject=subject, actor=getattr(world, who)
        )  # fmt: skip


RULE = ReminderRule(date(2018, 1, 1), None, (1, 3), (1,), 7, "")


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 3, 2), ""),
        (date(2026, 3, 3), "before3"),  # Tuesday: three working days to Friday
        (date(2026, 3, 5), "before1"),
        (date(2026, 3, 6), "on"),  # Friday: the last day is Sunday (R10.2)
        (date(2026, 3, 8), "on"),
        (date(2026, 3, 9), "late1"),
        (date(2026, 3, 15), "late1"),
        (date(2026, 3, 16), "late8"),
        (date(2026, 3, 30), "late22"),
    ],
)
def test_stage_goes_by_the_last_working_day(day, stage):
    found = stage_on(
        RULE,
        due_on=date(2026, 3, 8),
        shown_on=date(2026, 3, 6),
        day=day,
        reach=lambda count: day + timedelta(days=count),
    )
    assert found == stage


def test_stages_are_dated_and_have_a_source():
    assert rule_on(date(2026, 1, 1)).source
    with pytest.raises(LookupError):
        rule_on(date(2000, 1, 1))


def test_reminders_come_as_one_digest_also_after_days_without_a_worker(world, plan):
    for number in ("1", "2"):
        task = world.row(plan, number)
        assign(task.code, unit=world.units["T.01"], is_lead=True, actor=world.control)
    name_person(world.row(plan, "2").code, unit=world.units["T.01"], person=world.specialist, actor=world.head)
    Notice.objects.all().delete()
    assert remind(date(2027, 2, 1)) == 3  # head and leader of both, the specialist of one: weeks of silence, one notice
    assert remind(date(2027, 2, 1)) == 0
    assert "2 nhiệm vụ quá hạn" in Notice.objects.filter(account=world.head).get().text
    assert Notice.objects.filter(account=world.specialist).get().subject == world.row(plan, "2").code


def test_number_of_statements_of_reminders_does_not_grow_with_tasks(world, plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        remind(date(2027, 2, 1))


def test_work_of_a_dissolved_unit_counts_for_its_successor(world, plan):
    day = date(2026, 6, 1)
    old, new = world.units["T.02"], world.units["T.11"]
    before = count_tasks(new, day), count_tasks(world.units["T"], day)
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2026, 5, 31))
    Succession.objects.create(old=old, new=new, on_day=date(2026, 6, 1))
    assert before[0] == 0
    assert count_tasks(new, day) == 1  # row 2; row 4 has no day
    assert count_tasks(world.units["T"], day) == before[1]
    assert count_tasks(new, date(2026, 5, 1)) == 0  # it was not dissolved then


def test_superseded_version_counts_no_more(world, plan):
    day = date(2026, 6, 1)
    assert count_tasks(world.units["T"], day) == 2
    Plan.objects.filter(pk=plan.pk).update(state="superseded")
    assert count_tasks(world.units["T"], day) == 0


@pytest.mark.django_db(transaction=True)
def test_two_people_of_a_unit_ask_at_once_and_one_request_stands(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    draft = world.read()
    check_task(world.row(draft, "3").code, actor=world.control)
    plan = approve(draft.code, actor=world.control)
    code, outcomes, barrier = world.row(plan, "2").code, [], threading.Barrier(2)

    def ask(who):
        barrier.wait()
        try:
            ask_extension(code, unit=world.units["T.01"], new_due_on=SOON, reason="Chờ", actor=who)
            outcomes.append("asked")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[who]) for who in (world.specialist, world.head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["asked", "refused"]
    assert Extension.objects.count() == 1
