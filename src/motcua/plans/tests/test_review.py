"""Correcting, reshaping, approving."""

from datetime import date, timedelta

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.plans.actions import approving, assigning, correcting, reshaping
from motcua.plans.models import Plan, PlanTarget, Task
from motcua.plans.queries import targets_of
from motcua.plans.states import APPROVED


def test_corrected_row_understands_lead_and_deadline_anew(world, draft):
    row = world.row(draft, "3")
    done = correcting.correct_task(
        row.code, {"lead_text": "Sở Thử Nghiệm", "deadline_text": "Quý II/2026"}, actor=world.control
    )
    assert (done.lead, done.unresolved, done.due_on, done.deadline_kind) == (
        ["Sở Thử Nghiệm"], [], date(2026, 6, 30), "period",
    )  # fmt: skip
    assert [part.unit.code for part in done.assignments.filter(is_lead=True)] == ["T.01"]
    assert Fact.objects.get(verb="task.corrected").data == {
        "plan": draft.code, "fields": ["lead_text", "deadline_text"],
    }  # fmt: skip


def test_day_set_by_hand_goes_before_the_words(world, draft):
    row = world.row(draft, "4")
    done = correcting.correct_task(row.code, {}, actor=world.control, due_on=date(2026, 9, 30), is_due_set=True)
    assert (done.due_on, done.deadline_kind, done.deadline_text) == (
        date(2026, 9, 30), "date", "Theo tiến độ của Đề án 06",
    )  # fmt: skip


def test_restored_row_is_as_it_was_read(world, draft):
    row = world.row(draft, "3")
    before = (row.text, row.lead, row.unresolved, row.due_on, row.deadline_kind)
    correcting.correct_task(row.code, {"text": "Khác", "lead_text": "Sở Tư pháp"}, actor=world.control)
    assigning.assign(row.code, unit=world.units["T.01"], actor=world.control)
    correcting.restore_task(row.code, actor=world.control)
    row.refresh_from_db()
    assert (row.text, row.lead, row.unresolved, row.due_on, row.deadline_kind) == before
    assert (row.is_checked, row.is_edited, row.assignments.filter(is_lead=True).count()) == (False, False, 0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 8001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"lead_text": "x" * 2001}, "lead_text"),
    ],
)
def test_bad_text_is_refused_in_place(world, draft, fields, field):
    with pytest.raises(Refused) as refused:
        correcting.correct_task(world.row(draft, "1").code, fields, actor=world.control)
    assert refused.value.field == field


def test_unknown_field_is_refused(world, draft):
    with pytest.raises(Refused, match="position"):
        correcting.correct_task(world.row(draft, "1").code, {"position": "9"}, actor=world.control)


def test_somebody_elses_change_is_not_overwritten(world, draft):
    row = world.row(draft, "1")
    correcting.correct_task(row.code, {"text": "Của người thứ nhất"}, actor=world.control, seen=row.changed_at)
    with pytest.raises(Refused, match="vừa được"):
        correcting.correct_task(row.code, {"text": "Của người thứ hai"}, actor=world.control, seen=row.changed_at)
    assert Task.objects.get(pk=row.pk).text == "Của người thứ nhất"


def test_split_shares_out_the_words_and_only_them(world, draft):
    row = world.row(draft, "2")
    with pytest.raises(Refused, match="đúng bằng"):
        reshaping.split_task(row.code, first="Số hóa", second="khác", actor=world.control)
    first, second = reshaping.split_task(
        row.code, first="Số hóa tối thiểu 50%", second="hồ sơ tiếp nhận tại các cơ quan", actor=world.control
    )
    assert [task.text for task in draft.tasks.order_by("position")][1:3] == [first.text, second.text]
    assert second.short_code == "2~2"
    assert second.assignments.count() == first.assignments.count()
    assert len(set(draft.tasks.values_list("position", flat=True))) == 5


def test_merge_joins_the_next_row_which_can_come_back(world, draft):
    number = PlanTarget.objects.filter(task__plan=draft, task__number__in=("1", "2"), duplicate_of="").count()
    assert number > 0
    merged = reshaping.merge_with_next(world.row(draft, "1").code, actor=world.control)
    assert merged.text.startswith("Ban hành") and "Số hóa" in merged.text
    dropped = draft.tasks.get(is_dropped=True)
    assert [target.task.code for target in targets_of(draft)].count(merged.code) == number
    assert dropped.targets.count() == 0
    reshaping.bring_back_task(dropped.code, actor=world.control)
    assert draft.tasks.filter(is_dropped=True).count() == 0


def test_move_swaps_with_the_neighbour_and_stops_at_the_end(world, draft):
    reshaping.move_task(world.row(draft, "2").code, up=True, actor=world.control)
    assert [task.number for task in draft.tasks.order_by("position")] == ["2", "1", "3", "4"]
    with pytest.raises(Refused):
        reshaping.move_task(world.row(draft, "2").code, up=True, actor=world.control)


def test_added_row_stands_behind_the_one_named(world, draft):
    made = reshaping.add_task(
        draft.code, {"text": "Việc mới", "lead_text": "Sở Thử Nghiệm", "deadline_text": "31/12/2026"},
        after=world.row(draft, "1").code, actor=world.control,
    )  # fmt: skip
    assert [task.text for task in draft.tasks.order_by("position")][1] == "Việc mới"
    assert (made.due_on, made.is_added) == (date(2026, 12, 31), True)


def test_unknown_lead_stops_the_approval_till_somebody_looked(world, draft):
    with pytest.raises(Refused, match="Báo Thử Nghiệm"):
        approving.approve(draft.code, actor=world.control)
    assigning.assign(
        world.row(draft, "3").code, unit=world.units["T.00"], named_as="Báo Thử Nghiệm", actor=world.control
    )
    assert approving.approve(draft.code, actor=world.control).state == APPROVED


def test_lost_row_stops_the_approval_till_acknowledged(world, draft):
    correcting.check_task(world.row(draft, "3").code, actor=world.control)
    lost = {"section_path": [], "number": "5", "evidence": "số 5 thiếu", "line": 11}
    Plan.objects.filter(pk=draft.pk).update(reading=draft.reading | {"missing_rows": [lost]})
    with pytest.raises(Refused, match="Mất dòng số 5"):
        approving.approve(draft.code, actor=world.control)
    with pytest.raises(Refused):
        correcting.acknowledge(draft.code, "missing:0:9", actor=world.control)
    correcting.acknowledge(draft.code, "missing:11:5", actor=world.control)
    assert approving.approve(draft.code, actor=world.control).state == APPROVED


def test_approved_plan_is_not_edited(world, plan):
    code = world.row(plan, "1").code
    for change in (
        lambda: correcting.correct_task(code, {"text": "x"}, actor=world.control),
        lambda: correcting.restore_task(code, actor=world.control),
        lambda: reshaping.drop_task(code, actor=world.control),
        lambda: reshaping.add_task(plan.code, {"text": "x"}, actor=world.control),
        lambda: correcting.describe(plan.code, {"title": "x"}, actor=world.control),
        lambda: approving.approve(plan.code, actor=world.control),
    ):
        with pytest.raises(Refused):
            change()


def test_approval_of_what_was_not_seen_is_refused(world, draft):
    seen = draft.changed_at
    correcting.check_task(world.row(draft, "3").code, actor=world.control)
    with pytest.raises(Refused, match="vừa được sửa"):
        approving.approve(draft.code, actor=world.control, seen=seen)


@pytest.mark.parametrize("name", ["specialist", "outsider", "commune", "office", "citizen"])
def test_others_change_and_approve_nothing(world, draft, name):
    account = getattr(world, name)
    with pytest.raises(Refused):
        correcting.correct_task(world.row(draft, "1").code, {"text": "x"}, actor=account)
    with pytest.raises(Refused):
        approving.approve(draft.code, actor=account)


def test_describe_moves_the_plan_to_another_year(world, draft):
    done = correcting.describe(draft.code, {"year": 2025, "is_reform": True}, actor=world.control)
    assert (done.first_day, done.last_day, done.is_reform) == (date(2025, 1, 1), date(2025, 12, 31), True)
    with pytest.raises(Refused):
        correcting.describe(draft.code, {"assigner": "nobody"}, actor=world.control)


def test_deadline_before_its_start_is_refused(world, draft):
    row = world.row(draft, "2")
    with pytest.raises(Refused) as refused:
        correcting.correct_task(row.code, {}, actor=world.control, due_on=row.starts_on - timedelta(1), is_due_set=True)
    assert refused.value.field == "due_on"
