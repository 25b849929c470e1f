"""A new version takes the place of the old one with all that was reported; an approval is taken back on its day."""

import io
from datetime import date, timedelta

import pikepdf
import pytest

from motcua.base.clock import now
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.indicators.models import Target
from motcua.plans.actions import following
from motcua.plans.actions.amending import amend, attach_signed, take_back_approval
from motcua.plans.actions.approving import approve, close
from motcua.plans.actions.correcting import correct_task
from motcua.plans.actions.reshaping import add_task, drop_task
from motcua.plans.models import Occurrence, Plan, PlanTarget
from motcua.plans.queries import count_tasks
from motcua.plans.queries.relating import changes_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


def signed_pdf():
    out, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.save(out)
    out.seek(0)
    return out


def _amended(world, plan):
    return amend(plan.code, reason="Theo Quyết định 15/QĐ-UBND", actor=world.control)


def _approve(world, fresh):
    attach_signed(fresh.code, signed_pdf(), name="quyet-dinh.pdf", actor=world.control)
    return approve(fresh.code, actor=world.control)


def _done(world, plan, number="2"):
    code = world.row(plan, number).code
    following.report_completion(
        code, unit=world.units["T.01"], on_day=date(2026, 3, 1), note="", actor=world.specialist,
        evidence=following.Evidence(link="https://example.org/x"),
    )  # fmt: skip
    following.accept(code, unit=world.units["T.01"], actor=world.control)


def test_version_is_a_draft_with_every_row_and_there_is_one_at_a_time(world, plan):
    fresh = _amended(world, plan)
    assert (fresh.version, fresh.amends, fresh.state, fresh.code) == (2, plan, "draft", f"{plan.code}-B2")
    assert [(row.previous.code, row.text, row.is_checked) for row in fresh.tasks.order_by("position")] == [
        (row.code, row.text, True) for row in plan.tasks.order_by("position")
    ]
    assert _amended(world, plan).pk == fresh.pk
    assert PlanTarget.objects.filter(task__plan=fresh).count() == 1


@pytest.mark.parametrize(("who", "reason"), [("outsider", "x"), ("control", " ")])
def test_amending_is_refused(world, plan, who, reason):
    with pytest.raises(Refused):
        amend(plan.code, reason=reason, actor=getattr(world, who))


def test_draft_is_not_amended(world, draft):
    with pytest.raises(Refused, match="đang thực hiện"):
        _amended(world, draft)


def test_version_needs_its_signed_decision(world, plan):
    fresh = _amended(world, plan)
    with pytest.raises(Refused, match="quyết định sửa đổi đã ký"):
        approve(fresh.code, actor=world.control)
    assert _approve(world, fresh).state == "approved"
    plan.refresh_from_db()
    assert plan.state == "superseded"


def test_what_was_reported_follows_the_task(world, plan):
    _done(world, plan)
    old = world.row(plan, "2")
    turn = Occurrence.objects.create(
        assignment=old.assignments.get(unit=world.units["T.02"]), key="2026-Q1", starts_on=date(2026, 1, 1),
        due_on=date(2026, 3, 31),
    )  # fmt: skip
    fresh = _amended(world, plan)
    following.extend(old.code, due_on=date(2027, 1, 15), note="Theo công văn", actor=world.control)
    _approve(world, fresh)
    task = world.row(fresh, "2")
    parts = {part.unit.code: part.done_on for part in task.assignments.filter(is_lead=True)}
    assert parts == {"T.01": date(2026, 3, 1), "T.02": None}
    assert [line.kind for line in task.history.order_by("pk")] == ["completed", "accepted", "extended"]
    assert (task.due_on, task.done_on) == (date(2027, 1, 15), None)  # extended while the version was drafted
    turn.refresh_from_db()
    assert turn.assignment.task == task


def test_day_that_the_version_sets_goes_before_an_extension(world, plan):
    fresh = _amended(world, plan)
    following.extend(world.row(plan, "2").code, due_on=date(2027, 1, 15), note="x", actor=world.control)
    correct_task(world.row(fresh, "2").code, {"deadline_text": "Tháng 10/2026"}, actor=world.control)
    _approve(world, fresh)
    assert world.row(fresh, "2").due_on == date(2026, 10, 31)


def test_superseded_version_counts_no_more(world, plan):
    before = count_tasks(world.units["T"], DAY)
    _approve(world, _amended(world, plan))
    assert count_tasks(world.units["T"], DAY) == before


def test_changes_are_told_field_by_field_and_word_by_word(world, plan):
    fresh = _amended(world, plan)
    correct_task(
        world.row(fresh, "2").code,
        {"text": "Số hóa tối thiểu 60% hồ sơ tiếp nhận tại các cơ quan"},
        actor=world.control,
    )
    drop_task(world.row(fresh, "4").code, actor=world.control)
    add_task(fresh.code, {"text": "Việc mới"}, actor=world.control)
    found = changes_of(Plan.objects.get(pk=fresh.pk))
    assert [(each.kind, each.text[:8]) for each in found] == [
        ("changed", "Số hóa t"), ("added", "Việc mới"), ("removed", "Thực hiệ"),
    ]  # fmt: skip
    assert [field.name for field in found[0].fields] == ["text"]
    assert found[0].fields[0].words[1:3] == (("deleted", "50%"), ("inserted", "60%"))


def test_numbers_are_measured_by_the_new_version(world, plan):
    from motcua.indicators.seed import load  # only this test

    load(progress=lambda *_told: None, dossiers=0)
    from motcua.indicators.models import Indicator
    from motcua.plans.actions.binding import bind_target

    indicator = Indicator.objects.filter(code="digitised").first()
    bind_target(PlanTarget.objects.get().code, indicator=indicator, actor=world.control)
    fresh = _approve(world, _amended(world, plan))
    standing = Target.objects.filter(withdrawn_at__isnull=True).values_list("set_by", flat=True)
    assert list(standing) == [PlanTarget.objects.get(task__plan=fresh).code]


def test_signed_document_of_an_approved_plan_stays(world, plan):
    attach_signed(plan.code, signed_pdf(), name="a.pdf", actor=world.control)
    with pytest.raises(Refused, match="không thay được"):
        attach_signed(plan.code, signed_pdf(), name="b.pdf", actor=world.control)
    with pytest.raises(Refused):
        attach_signed(plan.code, io.BytesIO(b"MZ"), name="b.pdf", actor=world.control)


def test_approval_is_taken_back_on_its_day(world, plan):
    with pytest.raises(Refused):
        take_back_approval(plan.code, actor=world.specialist)
    assert take_back_approval(plan.code, actor=world.control).state == "draft"
    assert Fact.objects.filter(verb="plan.approval_taken_back").exists()


@pytest.mark.parametrize("what", ["reported", "another day", "amended", "closed"])
def test_approval_is_not_taken_back_after_something_happened(world, plan, what):
    if what == "reported":
        _done(world, plan)
    elif what == "another day":
        Plan.objects.update(approved_at=now() - timedelta(days=1))
    elif what == "amended":
        plan = _approve(world, _amended(world, plan))
    else:
        close(plan.code, actor=world.control)
    with pytest.raises(Refused):
        take_back_approval(plan.code, actor=world.control)


def test_plan_with_a_drafted_version_is_not_closed(world, plan):
    _amended(world, plan)
    with pytest.raises(Refused, match="bản sửa đổi"):
        close(plan.code, actor=world.control)
