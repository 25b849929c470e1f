"""Every step of review can be taken back, last first, and leaves the plan as it stood."""

import contextlib

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.plans.actions import approving, assigning, correcting, reshaping, reviewing
from motcua.plans.actions.undoing import undo
from motcua.plans.models import Assignment, Plan, PlanTarget, ReviewStep, Task

UNLIKE = ("changed_at", "changed_by")


def picture(plan):
    """Everything that review can change, apart from who changed it when."""
    rows = {
        task.code: {
            field.attname: getattr(task, field.attname)
            for field in Task._meta.concrete_fields
            if field.attname not in UNLIKE
        }
        for task in plan.tasks.order_by("position")
    }
    units = sorted(Assignment.objects.filter(task__plan=plan).values_list("task__code", "unit__code", "is_lead"))
    targets = sorted(PlanTarget.objects.filter(task__plan=plan).values_list("task__code", "code", "position", "value"))
    told = Plan.objects.values("title", "year", "last_day", "acknowledged").get(pk=plan.pk)
    return rows, units, targets, told


STEPS = {
    "correct": lambda w, p: correcting.correct_task(
        w.row(p, "1").code, {"text": "Khác", "lead_text": "Sở Phối Hợp", "deadline_text": "Quý I/2026"}, actor=w.control
    ),
    "check": lambda w, p: correcting.check_task(w.row(p, "1").code, actor=w.control),
    "split": lambda w, p: reshaping.split_task(
        w.row(p, "2").code, first="Số hóa tối thiểu 50%", second="hồ sơ tiếp nhận tại các cơ quan", actor=w.control
    ),
    "merge": lambda w, p: reshaping.merge_with_next(w.row(p, "1").code, actor=w.control),
    "move": lambda w, p: reshaping.move_task(w.row(p, "3").code, up=True, actor=w.control),
    "drop": lambda w, p: reshaping.drop_task(w.row(p, "4").code, actor=w.control),
    "add": lambda w, p: reshaping.add_task(p.code, {"text": "Mới"}, after=w.row(p, "1").code, actor=w.control),
    "assign": lambda w, p: assigning.assign(w.row(p, "1").code, unit=w.units["T.02"], actor=w.control),
    "describe": lambda w, p: correcting.describe(p.code, {"title": "Tên", "year": 2025}, actor=w.control),
    "accept_sure": lambda w, p: reviewing.accept_sure(p.code, actor=w.control),
    "name_unit": lambda w, p: reviewing.name_unit(
        p.code, name="Báo Thử Nghiệm", unit=w.units["T.00"], actor=w.control
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", STEPS)
def test_undone_step_leaves_the_plan_as_it_stood(world, draft, verb):
    Task.objects.filter(plan=draft).update(confidence=0.99)
    before = picture(draft)
    STEPS[verb](world, draft)
    assert picture(draft) != before
    step = undo(draft.code, actor=world.control)
    assert (step.verb, picture(draft), ReviewStep.objects.count()) == (verb, before, 0)
    assert Fact.objects.filter(verb="plan.step_undone").count() == 1


def test_all_steps_are_undone_one_after_the_other(world, draft):
    Task.objects.filter(plan=draft).update(confidence=0.99)
    pictures = []
    for step in STEPS.values():
        pictures.append(picture(draft))
        count = draft.steps.count()
        with contextlib.suppress(Refused):
            step(world, draft)
        if draft.steps.count() == count:  # an earlier step left nothing to do, so it keeps nothing
            pictures.pop()
    assert len(pictures) == draft.steps.count() > 6
    for before in reversed(pictures):
        undo(draft.code, actor=world.control)
        assert picture(draft) == before
    with pytest.raises(Refused, match="Không còn bước"):
        undo(draft.code, actor=world.control)


def test_one_undoable_action_is_one_step(world, draft):
    reviewing.name_unit(draft.code, name="Báo Thử Nghiệm", unit=world.units["T.00"], actor=world.control)
    assert list(draft.steps.values_list("verb", flat=True)) == ["name_unit"]


def test_step_that_changed_nothing_is_no_step(world, draft):
    correcting.correct_task(world.row(draft, "1").code, {"text": world.row(draft, "1").text}, actor=world.control)
    assert draft.steps.count() == 0


def test_row_changed_otherwise_since_is_not_overwritten(world, draft):
    code = world.row(draft, "1").code
    correcting.correct_task(code, {"text": "Một"}, actor=world.control)
    task = Task.objects.get(code=code)
    Task.objects.filter(code=code).update(text="Hai", changed_at=draft.opened_at)
    with pytest.raises(Refused, match="theo cách khác"):
        undo(draft.code, actor=world.control)
    assert Task.objects.get(pk=task.pk).text == "Hai"


def test_nobody_else_undoes_and_nothing_is_undone_after_approval(world, draft):
    correcting.check_task(world.row(draft, "3").code, actor=world.control)
    with pytest.raises(Refused):
        undo(draft.code, actor=world.outsider)
    approving.approve(draft.code, actor=world.control)
    with pytest.raises(Refused):
        undo(draft.code, actor=world.control)


def test_sure_rows_are_taken_at_once_and_doubtful_ones_stay(world, draft):
    Task.objects.filter(plan=draft).update(confidence=0.99)
    Task.objects.filter(plan=draft, number="4").update(confidence=0.5)
    taken = reviewing.accept_sure(draft.code, actor=world.control)
    assert {task.number for task in taken} == {"1", "2"}  # 3 has an unknown lead
    with pytest.raises(Refused):
        reviewing.accept_sure(draft.code, actor=world.control)


def test_task_of_the_body_becomes_a_row_once(world, draft):
    body = {
        "id": "b1", "section_path": [], "number": "2", "text": "Giao Sở Thử Nghiệm báo cáo trước ngày 15/6/2026.",
        "lead": ["Sở Thử Nghiệm"], "deadline_text": "trước ngày 15/6/2026", "deadline": None,
        "source": {"line_start": 6, "line_end": 6},
    }  # fmt: skip
    Plan.objects.filter(pk=draft.pk).update(reading=draft.reading | {"body_tasks": [body]})
    made = reviewing.take_body_task(draft.code, "b1", actor=world.control)
    assert (made.lead, made.due_on.isoformat(), made.line_start) == (["Sở Thử Nghiệm"], "2026-06-14", 6)
    with pytest.raises(Refused, match="đã là một dòng"):
        reviewing.take_body_task(draft.code, "b1", actor=world.control)
    undo(draft.code, actor=world.control)
    assert not draft.tasks.filter(pk=made.pk).exists()


def test_row_moves_behind_its_new_section(world, draft):
    draft.tasks.filter(number__in=("1", "2")).update(section_path=["A"])
    draft.tasks.filter(number__in=("3", "4")).update(section_path=["B"])
    reviewing.move_into_section(world.row(draft, "4").code, section_path=["A"], actor=world.control)
    assert list(draft.tasks.order_by("position").values_list("number", "section_path")) == [
        ("1", ["A"]), ("2", ["A"]), ("4", ["A"]), ("3", ["B"]),
    ]  # fmt: skip
    with pytest.raises(Refused):
        reviewing.move_into_section(world.row(draft, "4").code, section_path=["C"], actor=world.control)
