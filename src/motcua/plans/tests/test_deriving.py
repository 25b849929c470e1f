"""Plans below a plan: asked for, drafted from it, sent up in time or late, beside their parent."""

from datetime import date, timedelta

import pytest

from motcua.base.clock import today
from motcua.base.facts.delivering import deliver_due
from motcua.base.refusal import Refused
from motcua.notifications.models import Notice
from motcua.plans.actions.approving import approve
from motcua.plans.actions.assigning import name_person
from motcua.plans.actions.correcting import check_task, correct_task
from motcua.plans.actions.deriving import ask_for_children, choose_parent, derive, send_up, working_days_before
from motcua.plans.actions.drafting import NewPlan, start_draft
from motcua.plans.actions.reshaping import drop_task
from motcua.plans.factories import plan_text
from motcua.plans.models import Plan, PlanTarget
from motcua.plans.queries.beginning import children_of, plans_above
from motcua.plans.queries.relating import alignment_of

pytestmark = pytest.mark.django_db
ROWS = [
    ("1", "Ban hành kế hoạch rà soát thủ tục hành chính của đơn vị", "Các sở, ban, ngành; UBND cấp xã",
     "Văn phòng UBND tỉnh", "Kế hoạch", "Trước ngày 01/4/2026"),
    ("2", "Số hóa hồ sơ tiếp nhận: cấp tỉnh tối thiểu 60%, cấp xã tối thiểu 40%", "UBND cấp xã", "Sở Phối Hợp",
     "Hồ sơ được số hóa", "Tháng 12/2026"),
    ("3", "Tổng hợp kết quả rà soát của toàn tỉnh", "Văn phòng UBND tỉnh", "Sở Thử Nghiệm", "Báo cáo", "Quý IV/2026"),
]  # fmt: skip


@pytest.fixture
def parent(world):
    draft = world.read(plan_text(ROWS))
    for task in draft.tasks.all():
        check_task(task.code, actor=world.control)
    return approve(draft.code, actor=world.control)


def test_child_has_the_tasks_given_to_the_unit_and_its_own_tier(world, parent):
    child = derive(parent.code, unit=world.units["T.10"], actor=world.commune)
    rows = list(child.tasks.order_by("position"))
    assert (child.parent, child.holder, child.state, child.assigner) == (parent, world.units["T.10"], "draft", "unit")
    assert [(row.number, row.parent.code) for row in rows] == [("1", f"{parent.code}.1"), ("2", f"{parent.code}.2")]
    assert {part.unit.code for row in rows for part in row.assignments.filter(is_lead=True)} == {"T.10"}
    assert [row.unresolved for row in rows] == [[], []]
    values = PlanTarget.objects.filter(task__plan=child).values_list("value", "tier")
    assert all(tier in ("", "xã") for _value, tier in values)
    assert derive(parent.code, unit=world.units["T.10"], actor=world.commune).pk == child.pk


def test_department_gets_its_own(world, parent):
    child = derive(parent.code, unit=world.units["T.01"], actor=world.specialist)
    assert list(child.tasks.order_by("position").values_list("number", flat=True)) == ["1", "3"]


@pytest.mark.parametrize(
    ("unit", "who"), [("T", "control"), ("T.MC", "control"), ("T.10", "outsider"), ("T.11", "commune")]
)
def test_deriving_is_refused(world, parent, unit, who):
    with pytest.raises(Refused):
        derive(parent.code, unit=world.units[unit], actor=getattr(world, who))


def test_deadlines_come_earlier_by_working_days(world, parent):
    ask_for_children(parent.code, due_on=date(2026, 2, 20), lead_days=5, actor=world.control)
    child = derive(parent.code, unit=world.units["T.10"], actor=world.commune)
    # The last day is 31/3/2026, a Tuesday; five working days before it is the Tuesday of the week before.
    assert child.tasks.get(number="1").due_on == date(2026, 3, 24)
    assert working_days_before(date(2026, 3, 24), 1, world.units["T.10"]) == date(2026, 3, 23)


def test_who_did_it_last_year_does_it_again(world, parent):
    last = start_draft(
        NewPlan(unit=world.units["T.01"], title="Kế hoạch năm 2025", year=2025), actor=world.specialist, like=parent
    )
    row = last.tasks.get(number="1")
    correct_task(row.code, {"lead_text": "Sở Thử Nghiệm", "coordinating_text": "Sở Phối Hợp"}, actor=world.specialist)
    for task in last.tasks.all():
        check_task(task.code, actor=world.specialist)
    approve(last.code, actor=world.leader)
    name_person(row.code, unit=world.units["T.01"], person=world.specialist, actor=world.head)
    child = derive(parent.code, unit=world.units["T.01"], actor=world.specialist)
    mine = child.tasks.get(number="1")
    assert mine.coordinating_text == "Sở Phối Hợp"
    assert mine.assignments.get(is_lead=True).person == world.specialist
    assert child.tasks.get(number="3").assignments.get(is_lead=True, unit=world.units["T.01"]).person is not None


@pytest.mark.parametrize(
    ("due_on", "lead_days", "who"),
    [(date(2028, 1, 1), 0, "control"), (date(2026, 2, 1), 99, "control"), (date(2026, 2, 1), 0, "commune")],
)
def test_asking_is_refused(world, parent, due_on, lead_days, who):
    with pytest.raises(Refused):
        ask_for_children(parent.code, due_on=due_on, lead_days=lead_days, actor=getattr(world, who))


def _states(parent, day=None):
    parent.refresh_from_db()
    return {row.unit.code: row.state for row in children_of(parent, day)}


def test_holder_sees_who_sent_and_who_is_late(world, parent):
    due_on = date(2026, 2, 20)
    ask_for_children(parent.code, due_on=due_on, lead_days=0, actor=world.control)
    assert set(_states(parent, due_on).values()) == {"none"}
    child = derive(parent.code, unit=world.units["T.10"], actor=world.commune)
    assert (_states(parent, due_on)["T.10"], _states(parent, due_on + timedelta(days=1))["T.10"]) == (
        "drafting", "overdue",
    )  # fmt: skip
    with pytest.raises(Refused):
        send_up(child.code, actor=world.control)  # still a draft
    approve(child.code, actor=world.control)
    assert _states(parent, due_on)["T.10"] == "approved"
    send_up(child.code, actor=world.control)
    sent = Plan.objects.get(pk=child.pk)
    expected = "sent_late" if today() > due_on else "sent"
    assert _states(parent)["T.10"] == expected
    assert send_up(child.code, actor=world.control).sent_at == sent.sent_at


def test_units_are_told_until_when_and_the_holder_that_a_plan_came(world, parent):
    ask_for_children(parent.code, due_on=date(2026, 2, 20), lead_days=0, actor=world.control)
    child = approve(derive(parent.code, unit=world.units["T.10"], actor=world.commune).code, actor=world.control)
    send_up(child.code, actor=world.control)
    while deliver_due():
        pass
    assert Notice.objects.filter(account=world.head, text__contains="20/02/2026").count() == 1
    assert Notice.objects.filter(account=world.control, subject=child.code, text__contains="đã gửi").exists()


def test_draft_that_came_by_itself_gets_its_parent_chosen_and_is_matched_by_text(world, parent):
    child = start_draft(
        NewPlan(unit=world.units["T.10"], title="Kế hoạch của xã năm 2026", year=2026), actor=world.commune, like=parent
    )
    assert parent in plans_above(child)
    choose_parent(child.code, parent=parent, actor=world.commune)
    child.refresh_from_db()
    found = alignment_of(child)
    assert len(found.matched) == 3 and not any(pair.is_linked for pair in found.matched)
    choose_parent(child.code, parent=None, actor=world.commune)
    assert alignment_of(Plan.objects.get(pk=child.pk)) is None


def test_plan_beside_its_parent_names_what_is_missing_and_later(world, parent):
    child = derive(parent.code, unit=world.units["T.10"], actor=world.commune)
    drop_task(child.tasks.get(number="2").code, actor=world.commune)
    correct_task(child.tasks.get(number="1").code, {"deadline_text": "Tháng 6/2026"}, actor=world.commune)
    found = alignment_of(Plan.objects.get(pk=child.pk))
    kinds = {(each.kind, each.child != "") for each in found.every_finding}
    assert {("missing", False), ("later", True)} <= kinds
    assert all(pair.is_linked for pair in found.matched)


def test_parent_of_a_lower_unit_or_a_draft_is_refused(world, parent, draft):
    child = derive(parent.code, unit=world.units["T.10"], actor=world.commune)
    for wrong in (draft, child):
        with pytest.raises(Refused):
            choose_parent(child.code, parent=wrong, actor=world.commune)
