"""Progress, completion, acceptance, extension; two people at once."""

import io
import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from motcua.base.clock import today
from motcua.base.facts.delivering import deliver_due
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.indicators.actions.targets import define
from motcua.indicators.models import Target
from motcua.indicators.queries import count, judge
from motcua.notifications.models import Notice
from motcua.plans.actions import following
from motcua.plans.actions.approving import approve, close
from motcua.plans.actions.binding import bind_target, leave_unbound
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.following import NO_EVIDENCE, Evidence
from motcua.plans.actions.reminding import remind, soon_after
from motcua.plans.factories import make_world
from motcua.plans.models import Assignment, PlanTarget, Progress, Task
from motcua.plans.subscribers import tell_units_of_plan

LINK = Evidence(link="https://example.org/ket-qua")
DAY = date(2026, 3, 1)


def complete(world, task, unit="T.01", who="specialist", day=DAY, evidence=LINK):
    return following.report_completion(
        task.code, unit=world.units[unit], on_day=day, note="", evidence=evidence, actor=getattr(world, who)
    )


def test_task_is_done_when_its_last_leading_unit_is(world, plan):
    task = world.row(plan, "2")
    complete(world, task)
    following.accept(task.code, unit=world.units["T.01"], actor=world.control)
    task.refresh_from_db()
    assert task.done_on is None
    complete(world, task, "T.02", "partner", date(2026, 4, 2))
    following.accept(task.code, unit=world.units["T.02"], actor=world.control)
    task.refresh_from_db()
    assert task.done_on == date(2026, 4, 2)


def test_returned_completion_can_be_reported_again(world, plan):
    task = world.row(plan, "2")
    complete(world, task)
    with pytest.raises(Refused) as refused:
        following.send_back(task.code, unit=world.units["T.01"], note=" ", actor=world.control)
    assert refused.value.field == "note"
    following.send_back(task.code, unit=world.units["T.01"], note="Thiếu phụ lục", actor=world.control)
    complete(world, task)
    assert [line.kind for line in task.history.order_by("id")] == ["completed", "returned", "completed"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"evidence": NO_EVIDENCE}, "evidence"),
        ({"day": date(2025, 12, 31)}, "on_day"),
        ({"evidence": Evidence(link="javascript:alert(1)")}, "link"),
        ({"evidence": Evidence(link="https://[")}, "link"),
        ({"unit": "T.10"}, "unit"),
    ],
)
def test_bad_completion_is_refused_in_place(world, plan, changed, field):
    with pytest.raises(Refused) as refused:
        complete(world, world.row(plan, "2"), **changed)
    assert (refused.value.field, Progress.objects.count()) == (field, 0)


def test_completion_to_come_is_refused(world, plan):
    with pytest.raises(Refused) as refused:
        complete(world, world.row(plan, "2"), day=today() + timedelta(1))
    assert refused.value.field == "on_day"


@pytest.mark.parametrize("name", ["partner", "outsider", "citizen", "control"])
def test_nobody_reports_for_another_unit(world, plan, name):
    with pytest.raises(Refused):
        complete(world, world.row(plan, "2"), who=name)


def test_coordinating_unit_reports_progress_but_not_completion(world, plan):
    task = world.row(plan, "1")
    following.report_progress(task.code, unit=world.units["T.01"], percent=40, note="Đã góp ý", actor=world.specialist)
    with pytest.raises(Refused, match="chỉ phối hợp"):
        complete(world, task)


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_out_of_range_is_refused(world, plan, percent):
    with pytest.raises(Refused) as refused:
        following.report_progress(
            world.row(plan, "2").code, unit=world.units["T.01"], percent=percent, note="x", actor=world.specialist
        )
    assert refused.value.field == "percent"


def test_evidence_file_is_checked_and_kept(world, plan):
    task = world.row(plan, "2")
    with pytest.raises(Refused):
        complete(world, task, evidence=Evidence(file=io.BytesIO(b"MZ"), name="a.exe"))
    assert Assignment.objects.filter(reported_on__isnull=False).count() == 0


def test_only_who_approves_accepts_and_extends(world, plan):
    task = world.row(plan, "2")
    complete(world, task)
    for name in ("leader", "specialist", "outsider"):
        with pytest.raises(Refused):
            following.accept(task.code, unit=world.units["T.01"], actor=getattr(world, name))
        with pytest.raises(Refused):
            following.extend(task.code, due_on=date(2027, 1, 31), note="x", actor=getattr(world, name))


def test_extension_gives_a_reference_its_day(world, plan):
    task = world.row(plan, "4")
    assert task.status(date(2026, 5, 1)).code == "undated"
    following.extend(task.code, due_on=date(2026, 4, 30), note="Theo Quyết định thử nghiệm", actor=world.control)
    task.refresh_from_db()
    assert (task.status(date(2026, 5, 1)).code, task.status(date(2026, 4, 30)).code) == ("open_late", "open_in_time")


def test_closed_plan_is_not_followed(world, plan):
    close(plan.code, actor=world.control)
    with pytest.raises(Refused, match="Đã đóng"):
        complete(world, world.row(plan, "2"))


def test_measures_count_by_unit_and_day(world, plan):
    province, department = world.units["T"], world.units["T.01"]
    first = date(2026, 1, 1)

    def measured(code, unit, day, **where):
        return count(f"tasks.{code}", unit, first, day, **where)

    task = world.row(plan, "2")
    complete(world, task)
    following.accept(task.code, unit=department, actor=world.control)
    day = date(2026, 4, 5)  # row 1 was due 31/3; row 2 is due 31/12; 3 is routine; 4 has no day
    assert measured("total", province, day, assigner="province") == 2
    assert (measured("open_late", province, day), measured("open_in_time", province, day)) == (1, 1)
    assert (measured("done_on_time", department, day), measured("open_in_time", department, day)) == (1, 0)
    assert measured("open_in_time", world.units["T.02"], day) == 1
    assert measured("total", province, day, assigner="government") == 0
    assert measured("total", province, day, plan="reform_of_year") == 0
    plan.is_reform = True
    plan.save(update_fields=["is_reform"])
    assert measured("total", province, day, plan="reform_of_year") == 3  # row 3 has no unit of the tree
    four = ("done_on_time", "done_late", "open_in_time", "open_late")
    assert measured("total", province, day) == sum(measured(code, province, day) for code in four)


def test_bound_target_is_judged(world, plan):
    indicator = define(
        code="digitised", name="Số hóa", measure="dossiers.digitised_rate", valid_from=date(2020, 1, 1), actor=""
    )
    target = PlanTarget.objects.get()
    bind_target(target.code, indicator=indicator, actor=world.control)
    bind_target(target.code, indicator=indicator, actor=world.control)
    standing = Target.objects.get(set_by=target.code, withdrawn_at__isnull=True)
    assert (standing.value, standing.comparator, standing.scope_unit.code) == (50, ">=", "T")
    assert judge(standing).outcome == "no_data"
    leave_unbound(target.code, remark="Chưa có số đo", actor=world.control)
    assert Target.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_target_of_a_draft_is_not_bound(world, draft):
    indicator = define(
        code="digitised", name="Số hóa", measure="dossiers.digitised_rate", valid_from=date(2020, 1, 1), actor=""
    )
    with pytest.raises(Refused, match="đã duyệt"):
        bind_target(PlanTarget.objects.get().code, indicator=indicator, actor=world.control)


def test_heads_are_told_once_however_often_the_fact_is_heard(world, plan):
    while deliver_due():
        pass
    told = Notice.objects.filter(subject=plan.code).exclude(account=world.control)  # who is told that it was read
    assert sorted(told.values_list("account__username", flat=True)) == ["head", "leader"]
    tell_units_of_plan(Fact.objects.get(verb="plan.approved"))
    assert told.count() == 2


def test_reminder_comes_three_working_days_before_and_when_late_and_only_once(world, plan):
    due = world.row(plan, "2").due_on
    before = next(day for n in range(20) if soon_after(day := due - timedelta(20 - n)) >= due)
    assert (remind(before - timedelta(1)), remind(before), remind(before)) == (0, 2, 0)  # head and leader
    assert (remind(due + timedelta(1)), remind(due + timedelta(2)), remind(due + timedelta(8))) == (2, 0, 2)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_approve_and_complete_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    draft = world.read()
    check_task(world.row(draft, "3").code, actor=world.control)

    def at_once(act):
        outcomes, barrier = [], threading.Barrier(2)

        def run():
            barrier.wait()
            try:
                act()
                outcomes.append("done")
            except Refused:
                outcomes.append("refused")
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(outcomes)

    assert at_once(lambda: approve(draft.code, actor=world.control)) == ["done", "refused"]
    task = world.row(draft, "2")
    assert at_once(lambda: complete(world, task)) == ["done", "refused"]
    assert at_once(lambda: following.accept(task.code, unit=world.units["T.01"], actor=world.control)) == [
        "done",
        "refused",
    ]
    assert Progress.objects.filter(task=task).count() == 2
    assert Task.objects.get(pk=task.pk).done_on is None
