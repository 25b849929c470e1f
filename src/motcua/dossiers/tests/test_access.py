"""Who may do what: state x action x role, as one table to read."""

import pytest

from motcua.base.clock import today
from motcua.dossiers.access.dossier import TABLE, allowed, visible_to
from motcua.dossiers.actions import (
    ending,
    handling,
    obligations,
    payment,
    reception,
    returning,
    supplementing,
    withdrawing,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import run_of
from motcua.dossiers.tests.test_history import NOTICE
from motcua.organizations.actions.delegating import delegate
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.models import Account
from motcua.organizations.states import ADMINISTRATOR, SPECIALIST

# "delegate" acts by the specialist's post, "substitute" (a specialist) by the head's while the head is on leave.
PEOPLE = (
    "citizen", "other_citizen", "counter", "specialist", "colleague", "head", "leader", "partner", "outsider",
    "control", "administrator", "delegate", "substitute",
)  # fmt: skip


@pytest.fixture
def world(world):
    """The small province with an administrator, a delegate and a substitute."""
    day = today()
    for name, posts in (("administrator", [("T.00", ADMINISTRATOR)]), ("delegate", []), ("substitute", [])):
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        for unit, role in posts:
            give_post(account, unit=world.units[unit], role=role, valid_from=day, actor="")
        world.people[name] = account
    give_post(world.substitute, unit=world.units["T.01"], role=SPECIALIST, valid_from=day, actor="")
    for lender, borrower in (("specialist", "delegate"), ("head", "substitute")):
        post = getattr(world, lender).posts.get()
        delegate(post, to_account=getattr(world, borrower), valid_from=day, valid_to=day, actor="")
    return world


def filed(world):
    return world.file().code


def guided(world):
    code = filed(world)
    reception.guide(code, items="Bản vẽ", reason="Thiếu", actor=world.counter)
    return code


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


def owing(world):
    code = handled(world)
    obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist)
    return code


def claimed(world):
    code = handled(world)
    handling.claim(code, actor=world.specialist)
    return code


def asked_back(world):
    code = handled(world)
    withdrawing.ask_withdrawal(code, reason="Thôi", actor=world.citizen)
    return code


def withdrawn(world):
    code = filed(world)
    ending.withdraw(code, reason="Thôi", actor=world.citizen)
    return code


def stopped(world):
    code = handled(world)
    ending.stop(code, reason="Không đủ điều kiện", actor=world.leader)
    return code


# Where the dossier is -> who may do what; whoever is not named may do nothing.
_SPECIALISTS = "claim assign propose request_supplement ask_obligation link"
_COUNTER_BESIDE = "ask_withdrawal link open_linked take_payment"
MAY = {
    filed: {"citizen": "withdraw", "counter": "receive guide refuse claim assign withdraw take_payment"},
    guided: {"citizen": "complete withdraw", "counter": "complete refuse withdraw take_payment"},
    received: {"citizen": "ask_withdrawal", "counter": f"claim assign forward {_COUNTER_BESIDE}"},
    handled: {
        "citizen": "ask_withdrawal",
        "counter": _COUNTER_BESIDE,
        "specialist": _SPECIALISTS,
        "colleague": _SPECIALISTS,
        "delegate": _SPECIALISTS,
        "substitute": f"{_SPECIALISTS} stop",
        "head": "assign stop link",
        "leader": "assign stop link",
    },
    claimed: {  # by the specialist: colleagues may only give it to somebody else, the delegate goes on with it
        "citizen": "ask_withdrawal",
        "counter": _COUNTER_BESIDE,
        "specialist": _SPECIALISTS,
        "colleague": "assign link",
        "delegate": _SPECIALISTS,
        "substitute": "assign stop link",
        "head": "assign stop link",
        "leader": "assign stop link",
    },
    waiting: {
        "citizen": "supply ask_withdrawal",
        "counter": f"supply {_COUNTER_BESIDE}",
        "specialist": "assign link",
        "colleague": "assign link",
        "delegate": "assign link",
        "substitute": "assign stop link",
        "head": "assign stop link",
        "leader": "assign stop link",
    },
    owing: {
        "citizen": "settle_obligation ask_withdrawal",
        "counter": f"settle_obligation {_COUNTER_BESIDE}",
        "specialist": "assign settle_obligation link",
        "colleague": "assign settle_obligation link",
        "delegate": "assign settle_obligation link",
        "substitute": "assign settle_obligation stop link",
        "head": "assign settle_obligation stop link",
        "leader": "assign settle_obligation stop link",
    },
    asked_back: {
        "citizen": "take_back_withdrawal",
        "counter": "take_back_withdrawal link open_linked take_payment",
        "specialist": "claim assign confirm_withdrawal turn_down_withdrawal link",
        "colleague": "claim assign confirm_withdrawal turn_down_withdrawal link",
        "delegate": "claim assign confirm_withdrawal turn_down_withdrawal link",
        "substitute": "claim assign confirm_withdrawal turn_down_withdrawal link",
        "head": "assign confirm_withdrawal turn_down_withdrawal link",
        "leader": "assign confirm_withdrawal turn_down_withdrawal link",
    },
    reviewed: {
        "citizen": "ask_withdrawal",
        "counter": _COUNTER_BESIDE,
        "head": "claim assign propose send_back stop link",
        "substitute": "claim assign propose send_back stop link",
        "leader": "assign stop link",
    },
    signed: {
        "citizen": "ask_withdrawal",
        "counter": _COUNTER_BESIDE,
        "head": "assign stop link",
        "substitute": "assign stop link",
        "leader": "claim assign send_back approve stop link",
    },
    decided: {"counter": "claim assign return take_payment"},
    returned: {"citizen": "rate", "counter": "give_back_papers"},
    refused: {"counter": "give_back_papers"},
    withdrawn: {"counter": "give_back_papers"},
    stopped: {"counter": "give_back_papers"},
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
        "colleague": 1,
        "head": 1,
        "leader": 1,
        "partner": 0,
        "outsider": 0,
        "control": 1,
        "administrator": 1,
        "delegate": 1,
        "substitute": 1,
    }


def test_partner_keeps_seeing_what_it_held(world):
    code = world.file_at_counter(procedure=world.inter_agency).code
    assert not visible_to(world.partner).exists()
    handling.forward(code, actor=world.counter)
    handling.forward(code, actor=world.partner)
    assert visible_to(world.partner).count() == 1
