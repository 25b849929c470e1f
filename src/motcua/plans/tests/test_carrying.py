"""The end of a year: what is open goes on with its age; who read a plan; units that are no more."""

from datetime import date, timedelta

import pytest

from motcua.base.clock import today
from motcua.base.facts.delivering import deliver_due
from motcua.base.refusal import Refused
from motcua.notifications.models import Notice
from motcua.organizations.models import Succession, Unit
from motcua.plans.actions import following
from motcua.plans.actions.approving import approve, close
from motcua.plans.actions.carrying import carry_over, read_by, remind_readers
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.handing_over import hand_over
from motcua.plans.models import Assignment, Plan
from motcua.plans.queries import count_tasks
from motcua.plans.queries.beginning import leftovers, open_tasks, readers_of

pytestmark = pytest.mark.django_db


def _complete(world, plan, number, unit, who):
    code = world.row(plan, number).code
    following.report_completion(
        code, unit=world.units[unit], on_day=date(2026, 3, 1), note="", actor=who,
        evidence=following.Evidence(link="https://example.org/x"),
    )  # fmt: skip
    following.accept(code, unit=world.units[unit], actor=world.control)


def test_open_tasks_leave_out_what_goes_on_all_the_time(world, plan):
    assert [task.number for task in open_tasks(plan)] == ["1", "2", "4"]


def test_open_tasks_go_on_with_their_age_and_open_units(world, plan):
    _complete(world, plan, "1", "T.00", world.office)
    _complete(world, plan, "2", "T.01", world.specialist)
    into = carry_over(plan.code, actor=world.control)
    rows = list(into.tasks.order_by("position"))
    assert (into.year, into.follows, into.state) == (2027, plan, "draft")
    assert [(row.number, row.previous.code, row.first_year, row.due_on) for row in rows] == [
        ("2", f"{plan.code}.2", 2026, date(2026, 12, 31)), ("4", f"{plan.code}.4", 2026, None),
    ]  # fmt: skip
    assert [part.unit.code for part in rows[0].assignments.filter(is_lead=True)] == ["T.02"]
    assert rows[0].age == 2


def test_age_grows_from_year_to_year(world, plan):
    into = carry_over(plan.code, actor=world.control, only=["2"])
    approve(into.code, actor=world.control)
    again = carry_over(into.code, actor=world.control)
    row = again.tasks.get()
    row.plan = again
    assert (again.year, row.first_year, row.age) == (2028, 2026, 3)


def test_carrying_twice_brings_only_what_is_not_there(world, plan):
    into = carry_over(plan.code, actor=world.control, only=["2"])
    assert carry_over(plan.code, actor=world.control).pk == into.pk
    assert into.tasks.count() == 3
    with pytest.raises(Refused, match="Không còn"):
        carry_over(plan.code, actor=world.control)


def test_task_that_went_on_is_counted_once(world, plan):
    province, day = world.units["T"], date(2027, 6, 30)
    assert count_tasks(province, day) == 2  # rows 1 and 2 of 2026 are open, row 4 has no day
    approve(carry_over(plan.code, actor=world.control, only=["2"]).code, actor=world.control)
    assert count_tasks(province, day) == 2
    assert count_tasks(province, date(2026, 12, 31)) == 2


@pytest.mark.parametrize("who", ["outsider", "specialist"])
def test_carrying_is_for_the_holder(world, plan, who):
    with pytest.raises(Refused):
        carry_over(plan.code, actor=getattr(world, who))


def test_closed_plan_stays_closed_and_may_still_be_carried_over(world, plan):
    close(plan.code, actor=world.control)
    with pytest.raises(Refused, match="Đã đóng"):
        approve(plan.code, actor=world.control)
    assert carry_over(plan.code, actor=world.control).tasks.count() == 3


def test_officials_of_assigned_units_say_that_they_read(world, plan):
    assert read_by(plan.code, actor=world.head).pk == read_by(plan.code, actor=world.head).pk
    with pytest.raises(Refused, match="không giao việc"):
        read_by(plan.code, actor=world.outsider)
    units = {each.unit.code: (each.read, len(each.people)) for each in readers_of(plan)}
    assert units == {"T.00": (0, 2), "T.01": (1, 3), "T.02": (0, 1)}


def test_heads_of_units_with_people_who_have_not_read_are_told(world, plan):
    with pytest.raises(Refused):
        remind_readers(plan.code, actor=world.head)
    assert remind_readers(plan.code, actor=world.control) == 3
    while deliver_due():
        pass
    assert Notice.objects.filter(account=world.head, text__contains="chưa đọc đủ").count() == 1
    for who in ("control", "office", "head", "leader", "specialist", "partner"):
        read_by(plan.code, actor=getattr(world, who))
    with pytest.raises(Refused, match="đều đã đọc"):
        remind_readers(plan.code, actor=world.control)


@pytest.fixture
def gone(world, plan):
    """T.02 was merged into T.01 yesterday."""
    yesterday = today() - timedelta(days=1)
    Unit.objects.filter(code="T.02").update(valid_to=yesterday)
    world.units["T.02"].refresh_from_db()
    Succession.objects.create(old=world.units["T.02"], new=world.units["T.01"], on_day=yesterday)
    return world.units["T.02"]


def test_work_of_a_merged_unit_goes_to_its_successor_once(world, plan, gone):
    [left] = leftovers(world.control)
    assert (left.unit, left.successors) == (gone, [world.units["T.01"]])
    assert hand_over(gone, to=world.units["T.01"], actor=world.control) == left.parts
    parts = Assignment.objects.filter(task=world.row(plan, "2"))
    assert [part.unit.code for part in parts.filter(is_lead=True)] == ["T.01"]  # it led already
    assert Assignment.objects.get(task=world.row(plan, "4"), is_lead=True).unit.code == "T.01"  # it helped before
    helps = Assignment.objects.get(task=world.row(plan, "3"))
    assert (helps.unit.code, helps.is_lead, helps.origin) == ("T.01", False, "successor")
    assert world.row(plan, "4").history.get().kind == "handed_over"
    assert leftovers(world.control) == []


def test_what_a_merged_unit_did_stays_with_it(world, plan):
    _complete(world, plan, "2", "T.02", world.partner)
    yesterday = today() - timedelta(days=1)
    Unit.objects.filter(code="T.02").update(valid_to=yesterday)
    world.units["T.02"].refresh_from_db()
    Succession.objects.create(old=world.units["T.02"], new=world.units["T.01"], on_day=yesterday)
    hand_over(world.units["T.02"], to=world.units["T.01"], actor=world.control)
    done = Assignment.objects.get(task=world.row(plan, "2"), unit=world.units["T.02"])
    assert done.done_on == date(2026, 3, 1)


def test_plan_of_a_merged_unit_goes_to_its_successor(world, plan, gone):
    Plan.objects.update(holder=gone)
    hand_over(gone, to=world.units["T.01"], actor=world.control)
    assert Plan.objects.get().holder == world.units["T.01"]


def test_handing_over_is_refused(world, plan, gone):
    for unit, to, who in (
        (world.units["T.01"], world.units["T.00"], "control"),  # still there
        (gone, world.units["T.00"], "control"),  # no successor
        (gone, world.units["T.01"], "head"),  # does not control it
    ):
        with pytest.raises(Refused):
            hand_over(unit, to=to, actor=getattr(world, who))


def test_row_that_was_checked_only_is_no_reading(world, draft):
    check_task(world.row(draft, "3").code, actor=world.control)
    with pytest.raises(Refused):
        read_by(draft.code, actor=world.head)
