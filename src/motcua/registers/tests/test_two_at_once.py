"""Two people at the same instant: numbers are given once, and nobody's change is lost."""

import pytest

from motcua.base.refusal import Refused
from motcua.base.tests.at_once import at_once
from motcua.registers.actions.keeping import amend, keep, move
from motcua.registers.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_entries_get_two_numbers(transactional_db, cast, talks):
    values = {"held_on": "2026-03-05", "subject": "Thử"}
    written = at_once(*[lambda: keep(talks, unit=cast.department, actor=cast.keeper, values=values)] * 4)
    assert sorted(each.entry.code for each in written) == [f"DT-2026-000{number}" for number in (1, 2, 3, 4)]


def test_of_two_changes_of_one_page_one_is_refused(transactional_db, cast, talk):
    answers = at_once(
        lambda: amend(talk.code, values={"people": 20}, actor=cast.keeper, seen_number=1),
        lambda: amend(talk.code, values={"people": 30}, actor=cast.leader, seen_number=1),
    )
    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert Entry.objects.get().versions.count() == 2


def test_one_move_is_made_once(transactional_db, cast, talk):
    answers = at_once(*[lambda: move(talk.code, "answer", values={"outcome": "Xong"}, actor=cast.keeper)] * 3)
    assert sum(isinstance(each, Refused) for each in answers) == 2
