"""Plans by hand: from nothing, like another plan, with a corrected year, given up."""

from datetime import date

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.plans.actions.approving import approve
from motcua.plans.actions.correcting import check_task, correct_task, describe
from motcua.plans.actions.drafting import NewPlan, abandon, in_year, start_draft
from motcua.plans.actions.reshaping import add_task
from motcua.plans.models import Intake, Plan, PlanTarget

pytestmark = pytest.mark.django_db


def _told(world, unit="T", **told):
    return NewPlan(**{"unit": world.units[unit], "title": "Kế hoạch kiểm soát năm 2027", "year": 2027, **told})


def test_plan_from_nothing_is_written_row_by_row_and_approved(world):
    plan = start_draft(_told(world), actor=world.control)
    assert (plan.code, plan.state, plan.holder, plan.assigner, plan.source) == (
        "KH-T-2027", "draft", world.units["T"], "province", None,
    )  # fmt: skip
    fields = {"text": "Ban hành quy chế", "lead_text": "Sở Thử Nghiệm", "deadline_text": "Quý II"}
    task = add_task(plan.code, fields, actor=world.control, section_path=["Nhóm một"])
    assert (task.due_on, task.section, [part.unit.code for part in task.assignments.all()]) == (
        date(2027, 6, 30), "Nhóm một", ["T.01"],
    )  # fmt: skip
    assert approve(plan.code, actor=world.control).state == "approved"


def test_plan_like_last_years_has_its_rows_and_numbers_in_the_new_year(world, plan):
    fresh = start_draft(_told(world), actor=world.control, like=plan)
    rows = list(fresh.tasks.order_by("position"))
    assert [row.text for row in rows] == list(plan.tasks.order_by("position").values_list("text", flat=True))
    assert [row.deadline_text for row in rows] == [
        "Trước ngày 01/4/2027", "Tháng 12/2027", "Thường xuyên trong năm 2027", "Theo tiến độ của Đề án 06",
    ]  # fmt: skip
    assert [row.due_on for row in rows[:2]] == [date(2027, 3, 31), date(2027, 12, 31)]
    assert PlanTarget.objects.filter(task__plan=fresh).count() == 1
    assert {row.previous_id for row in rows} == {None}
    assert sorted(part.unit.code for part in rows[1].assignments.filter(is_lead=True)) == ["T.01", "T.02"]


@pytest.mark.parametrize("told", [{"title": " "}, {"year": 1800}])
def test_draft_without_title_or_year_is_refused(world, told):
    with pytest.raises(Refused):
        start_draft(_told(world, **told), actor=world.control)


def test_draft_for_another_unit_is_refused(world):
    with pytest.raises(Refused, match="không lập kế hoạch"):
        start_draft(_told(world), actor=world.commune)


def test_draft_that_is_given_up_leaves_the_upload(world, draft):
    with pytest.raises(Refused):
        abandon(draft.code, actor=world.outsider)
    abandon(draft.code, actor=world.control)
    assert not Plan.objects.exists() and Intake.objects.get().plan is None
    assert Fact.objects.filter(verb="plan.abandoned", subject=draft.code).exists()


def test_published_plan_is_not_given_up(world, plan):
    with pytest.raises(Refused, match="Đã duyệt"):
        abandon(plan.code, actor=world.control)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Tháng 12/2026", "Tháng 12/2027"),
        ("Trước 15/01/2027", "Trước 15/01/2028"),
        ("Theo Nghị định 61/2018/NĐ-CP", "Theo Nghị định 61/2018/NĐ-CP"),
    ],
)
def test_years_around_the_plans_move_along(text, moved):
    assert in_year(text, 2026, 2027) == moved


def test_corrected_year_reads_deadlines_without_a_year_again(world, draft):
    row = world.row(draft, "4")
    correct_task(row.code, {"deadline_text": "Tháng 6"}, actor=world.control)
    correct_task(world.row(draft, "3").code, {}, due_on=date(2026, 5, 5), is_due_set=True, actor=world.control)
    describe(draft.code, {"year": 2025}, actor=world.control)
    days = dict(draft.tasks.values_list("number", "due_on"))
    assert (days["4"], days["3"], days["2"]) == (date(2025, 6, 30), date(2026, 5, 5), date(2026, 12, 31))


def test_corrected_unit_looks_the_agencies_up_again(world, draft):
    describe(draft.code, {}, unit_code="T.10", actor=world.control)
    draft.refresh_from_db()
    assert draft.holder == world.units["T.10"]
    check_task(world.row(draft, "1").code, actor=world.control)
