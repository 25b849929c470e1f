"""Random actions by random people never break what must always hold."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.base.models import Delivery, Fact
from motcua.base.refusal import Refused
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Dossier, Obligation, WithdrawalRequest
from motcua.dossiers.states import ENDED_STATES, NEXT, STANDING_STATES
from motcua.dossiers.tests.test_history import act
from motcua.payments.models import Fee
from motcua.workflow.models import CLOSED, PAUSED, Run

ACTIONS = (
    "receive",
    "refuse",
    "forward",
    "propose",
    "send_back",
    "approve",
    "request_supplement",
    "supply",
    "take_payment",
    "return",
    "rate",
    "withdraw",
    "ask_withdrawal",
    "confirm_withdrawal",
    "turn_down_withdrawal",
    "take_back_withdrawal",
    "ask_obligation",
    "settle_obligation",
    "give_back_papers",
    "stop",
)
PEOPLE = ("citizen", "counter", "specialist", "head", "leader", "partner", "outsider")
# Mostly the right person, sometimes anybody: else a dossier never leaves the counter.
RIGHT = {
    "receive": "counter",
    "refuse": "counter",
    "forward": "counter",
    "propose": "specialist",
    "send_back": "head",
    "approve": "leader",
    "request_supplement": "specialist",
    "supply": "citizen",
    "take_payment": "counter",
    "return": "counter",
    "rate": "citizen",
    "withdraw": "citizen",
    "ask_withdrawal": "citizen",
    "confirm_withdrawal": "specialist",
    "turn_down_withdrawal": "specialist",
    "take_back_withdrawal": "citizen",
    "ask_obligation": "specialist",
    "settle_obligation": "counter",
    "give_back_papers": "counter",
    "stop": "leader",
}
METHODS = {"take_payment": "cash", "return": "online", "rate": "yes"}


def moves():
    action = st.sampled_from(ACTIONS)
    who = st.one_of(st.none(), st.none(), st.sampled_from(PEOPLE))
    return st.lists(st.tuples(action, who, st.integers(1, 40)), max_size=25)


def check(code, before):
    """Assert what must hold for a dossier whatever happened to it."""
    dossier, run = Dossier.objects.get(code=code), Run.objects.get(subject=code)
    assert dossier.state == before or dossier.state in NEXT[before]
    open_holdings = run.holdings.filter(ended_at__isnull=True).count()
    open_pauses = run.pauses.filter(ended_at__isnull=True).count()
    asks = WithdrawalRequest.objects.filter(dossier=dossier, outcome="").first()
    is_ended = dossier.state in ENDED_STATES and dossier.state != "decided"
    assert (run.state == CLOSED) == is_ended == (dossier.ended_at is not None)
    assert open_holdings == (0 if is_ended else 1)
    assert open_pauses == (1 if run.state == PAUSED else 0)
    assert (run.state == PAUSED) == (dossier.state in STANDING_STATES)
    assert Obligation.objects.filter(dossier=dossier, settled_at=None, cancelled_at=None).exists() == (
        dossier.state == "awaiting_payment" or (asks is not None and asks.state_before == "awaiting_payment")
    )
    assert (asks is not None) == (dossier.state == "withdrawal_asked")
    if dossier.received_at and not is_ended:
        assert run.due_at == dossier.due_at >= dossier.first_due_at
    if dossier.decided_at:
        assert dossier.is_on_time == (dossier.decided_at <= dossier.due_at)
    fee = Fee.objects.filter(subject=code).first()
    assert bool(fee) == dossier.has_fee
    if dossier.state == "returned" and fee:
        assert fee.paid_at
    facts = Fact.objects.filter(subject=code)
    assert facts.count() == Delivery.objects.filter(subject=code).count() > 0
    return dossier.state


@pytest.mark.parametrize("procedure", ["1.000001", "1.000002"])
def test_random_lives_keep_every_invariant(world, procedure):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(moves())
    def live(chosen):
        with transaction.atomic():
            code, at = world.file(procedure=procedure).code, MONDAY
            state = check(code, "filed")
            for action, who, hours in chosen:
                at += timedelta(hours=hours)
                facts = Fact.objects.filter(subject=code).count()
                who = who or RIGHT[action]
                if who == "specialist" and action == "propose" and Run.objects.get(subject=code).role == "unit_head":
                    who = "head"
                try:
                    with transaction.atomic():
                        since = (at - MONDAY).total_seconds() / 3600
                        act(world, code, action, since, who, "Vì thế", METHODS.get(action, ""))
                except (Refused, Http404):
                    assert Fact.objects.filter(subject=code).count() == facts
                state = check(code, state)
            transaction.set_rollback(True)

    live()
