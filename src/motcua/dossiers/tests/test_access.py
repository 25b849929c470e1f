"""Who may do what: state x action x role, as one table to read."""

import pytest

from motcua.dossiers.access import TABLE, allowed, visible_to
from motcua.dossiers.actions import ending, handling, payment, reception, returning, supplementing
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import run_of
from motcua.organizations.models import Account

PEOPLE = ("citizen", "other_citizen", "counter", "specialist", "head", "leader", "partner", "outsider", "control")


def filed(world):
    return world.file().code


def received(world):
    code = filed(world)
    reception.receive(code, actor=world.counter)
    return code


def handled(world):
    code = received(world)
    handling.forward(code, actor=world.counter)
    return code


def waiting(world):
    code = handled(world)
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist)
    return code


def reviewed(world):
    code = handled(world)
    handling.propose(code, result_text="Được", actor=world.specialist)
    return code


def signed(world):
    code = reviewed(world)
    handling.propose(code, actor=world.head)
    return code


def decided(world):
    code = signed(world)
    handling.approve(code, actor=world.leader)
    return code


def returned(world):
    code = decided(world)
    payment.take_payment(code, method="cash", reference="", actor=world.counter)
    returning.return_result(code, method="in_person", actor=world.counter)
    return code


def refused(world):
    code = filed(world)
    reception.refuse(code, reason="Sai thẩm quyền", actor=world.counter)
    return code


def withdrawn(world):
    code = received(world)
    ending.withdraw(code, reason="Thôi", actor=world.citizen)
    return code


def stopped(world):
    code = handled(world)
    ending.stop(code, reason="Không đủ điều kiện", actor=world.leader)
    return code


# Where the dossier is -> who may do what; whoever is not named may do nothing.
MAY = {
    filed: {"citizen": "withdraw", "counter": "receive refuse claim assign withdraw take_payment"},
    received: {"citizen": "withdraw", "counter": "claim assign forward withdraw take_payment"},
    handled: {
        "citizen": "withdraw",
        "counter": "withdraw take_payment",
        "specialist": "claim assign propose request_supplement",
        "head": "assign stop",
        "leader": "assign stop",
    },
    waiting: {
        "citizen": "supply withdraw",
        "counter": "supply withdraw take_payment",
        "head": "stop",
        "leader": "stop",
    },
    reviewed: {
        "citizen": "withdraw",
        "counter": "withdraw take_payment",
        "head": "claim assign propose send_back stop",
        "leader": "assign stop",
    },
    signed: {
        "citizen": "withdraw",
        "counter": "withdraw take_payment",
        "head": "assign stop",
        "leader": "claim assign send_back approve stop",
    },
    decided: {"counter": "claim assign return take_payment"},
    returned: {"citizen": "rate"},
    refused: {},
    withdrawn: {},
    stopped: {},
}


@pytest.mark.parametrize("where", MAY, ids=lambda where: where.__name__)
def test_table_of_state_action_and_role(world, where):
    code = where(world)
    dossier, run = Dossier.objects.get(code=code), run_of(code)
    found = {who: allowed(Account.objects.get(pk=getattr(world, who).pk), dossier, run) for who in PEOPLE}
    expected = {who: MAY[where].get(who, "").split() for who in PEOPLE}
    assert found == {who: [action for action in TABLE if action in expected[who]] for who in PEOPLE}


def test_visibility_by_unit_and_role(world):
    world.file()
    seen = {who: visible_to(getattr(world, who)).count() for who in PEOPLE}
    assert seen == {
        "citizen": 1,
        "other_citizen": 0,
        "counter": 1,
        "specialist": 1,
        "head": 1,
        "leader": 1,
        "partner": 0,
        "outsider": 0,
        "control": 1,
    }


def test_partner_keeps_seeing_what_it_held(world):
    code = world.file_at_counter(procedure=world.inter_agency).code
    assert not visible_to(world.partner).exists()
    handling.forward(code, actor=world.counter)
    handling.forward(code, actor=world.partner)
    assert visible_to(world.partner).count() == 1
