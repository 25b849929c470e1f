"""What of plans waits in the inbox: requests for later days and completions, for who may answer them only."""

from datetime import date, timedelta

from motcua.base.clock import today
from motcua.plans.actions import following
from motcua.plans.actions.extending import ask_extension
from motcua.plans.actions.following import Evidence
from motcua.plans.desk import TRAYS, completions, extensions

LINK = Evidence(link="https://example.org/ket-qua")


def test_request_for_a_later_day_waits_for_who_answers_it(world, plan):
    task = world.row(plan, "2")
    later = max(task.due_on or today(), today()) + timedelta(days=30)
    ask_extension(task.code, unit=world.units["T.01"], new_due_on=later, reason="Chờ vốn", actor=world.specialist)
    page = extensions(world.control, 10)
    assert (page.count, page.entries[0].url) == (1, f"/nhiem-vu/{task.code}")
    assert f"{later:%d/%m/%Y}" in page.entries[0].note
    assert extensions(world.outsider, 10).count == 0


def test_completion_waits_for_who_accepts_it(world, plan):
    task = world.row(plan, "2")
    following.report_completion(
        task.code, unit=world.units["T.01"], on_day=date(2026, 3, 1), note="", evidence=LINK, actor=world.specialist
    )
    page = completions(world.control, 10)
    assert page.count == 1 and "báo hoàn thành" in page.entries[0].note
    assert completions(world.outsider, 10).count == 0


def test_trays_open_to_leaders_and_control_alone(world):
    assert [tray.opens_to(world.control) for tray in TRAYS] == [True, True]
    assert not any(tray.opens_to(world.specialist) for tray in TRAYS)
