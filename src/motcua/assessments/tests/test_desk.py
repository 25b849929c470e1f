"""What waits for whom, and who is reminded of which last day, once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.assessments.actions import scoring, verifying
from motcua.assessments.actions.reminding import remind
from motcua.assessments.desk import to_close, to_score, to_verify
from motcua.base.clock import today
from motcua.notifications.models import Notice

pytestmark = pytest.mark.django_db


def _waits(world, tray):
    return {name for name in world.people if tray(world.people[name], 10).count}


def test_each_state_waits_for_its_people(world):
    made = world.open(codes=("T.01",))
    assert _waits(world, to_score) == {"specialist", "head", "leader"}
    world.send(made)
    assert (_waits(world, to_score), _waits(world, to_verify)) == (set(), {"verifier", "control"})
    world.verify(made)
    assert (_waits(world, to_verify), _waits(world, to_close)) == (set(), set())
    scoring.agree(made.code, "T.01", actor=world.leader)
    assert (_waits(world, to_score), _waits(world, to_close)) == (set(), {"control"})


def test_verifier_who_has_judged_all_is_left_alone(world):
    made = world.open(codes=("T.01",))
    world.send(made)
    verifying.judge(made.code, "T.01", {"2.2": verifying.Judgement(Decimal(5))}, actor=world.verifier)
    assert _waits(world, to_verify) == {"control"}


def test_heads_are_reminded_ahead_on_the_day_and_after_it_once_each(world):
    made = world.open(codes=("T.01",))
    counts = [remind(made.self_score_by + timedelta(days=days)) for days in (-4, -3, -3, 0, 1, 2)]
    assert counts == [0, 2, 0, 2, 2, 0]  # head and leader of the unit
    assert set(Notice.objects.values_list("account__username", flat=True)) == {"head", "leader"}


def test_verifying_units_are_reminded_when_it_is_theirs(world):
    made = world.open(codes=("T.01",))
    world.send(made)
    assert remind(made.verify_by) == 0  # T.03 has nobody who leads it
    assert remind(today()) == 0
