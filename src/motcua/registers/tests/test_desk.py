"""What waits on desks, and who is told."""

from datetime import timedelta

from motcua.base.clock import today
from motcua.notifications.models import Notice
from motcua.registers.actions.keeping import amend, keep, move
from motcua.registers.actions.reminding import remind
from motcua.registers.completeness import missing_now
from motcua.registers.desk import due, missing, to_check
from motcua.registers.queries import version_in_use
from motcua.registers.rules.expecting import owed_on
from motcua.registers.rules.periods import period_at


def _due(entry, cast, days):
    return amend(entry.code, values={"answer_by": (today() + timedelta(days=days)).isoformat()}, actor=cast.keeper)


def test_entries_of_own_units_wait_once_their_day_is_near(cast, talk):
    assert due(cast.keeper, 5).count == 0
    _due(talk, cast, 30)
    assert due(cast.keeper, 5).count == 0
    _due(talk, cast, 3)
    assert [entry.code for entry in due(cast.keeper, 5).entries] == [talk.code]
    assert due(cast.colleague, 5).count == 0
    move(talk.code, "answer", values={"outcome": "Xong"}, actor=cast.keeper)
    assert due(cast.keeper, 5).count == 0


def test_what_was_not_written_waits_with_its_unit(cast, talks):
    owed = owed_on(version_in_use(talks).definition.expected, today())
    assert owed.period == period_at(today(), "quarter").previous()
    assert [entry.url.endswith("don-vi=P.1") for entry in missing(cast.keeper, 5).entries] == [True]
    assert len(missing_now(cast.control, version_in_use(talks))) == 3
    keep(
        talks, unit=cast.department, actor=cast.keeper, values={"held_on": owed.period.last.isoformat(), "subject": "x"}
    )
    assert missing(cast.keeper, 5).count == 0
    assert len(missing_now(cast.control, version_in_use(talks))) == 2


def test_only_moves_of_checkers_wait_with_checkers(cast, talk):
    assert to_check(cast.control, 5).count == 0  # done, or the keeper's to take on


def test_the_writer_is_reminded_once(cast, talk):
    _due(talk, cast, 0)
    assert remind(today()) == 2  # the writer and the head of the unit
    assert remind(today()) == 0
    assert set(Notice.objects.values_list("account__username", "subject")) == {
        ("keeper", talk.code), ("leader", talk.code),
    }  # fmt: skip


def test_units_are_reminded_of_what_they_have_not_written(cast, talks):
    owed = owed_on(version_in_use(talks).definition.expected, today())
    assert remind(owed.due_on + timedelta(days=1)) == 1  # only the department has a head
    assert Notice.objects.get().account.username == "leader"


def test_a_stage_that_was_missed_is_told_on_the_next_run(cast, talk):
    _due(talk, cast, -4)
    assert remind(today()) == 2
    assert remind(today() + timedelta(days=1)) == 0
