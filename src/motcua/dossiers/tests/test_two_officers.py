"""Every action done by two people at the same instant, on two connections: it happens once, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.http import Http404

from motcua.base.models import Delivery, Fact
from motcua.base.refusal import Refused
from motcua.dossiers.factories import SINCE, make_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_history import act
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.models import Account
from motcua.payments.models import Fee
from motcua.workflow.models import Run

pytestmark = pytest.mark.django_db(transaction=True)

RECEIVED = [("receive", "counter")]
HANDLED = [*RECEIVED, ("forward", "counter")]
PROPOSED = [*HANDLED, ("propose", "specialist")]
REVIEWED = [*PROPOSED, ("propose", "head")]
DECIDED = [*REVIEWED, ("approve", "leader")]
OWING = [*HANDLED, ("ask_obligation", "specialist")]
PAID = [*DECIDED, ("take_payment", "counter")]
RETURNED = [*PAID, ("return", "counter")]
WITHDRAWAL = [*HANDLED, ("ask_withdrawal", "citizen")]
# What came before, then the two deeds of the same instant.
TURNS = [
    ([], ("receive", "counter"), ("receive", "counter_2")),
    ([], ("receive", "counter"), ("refuse", "counter_2")),
    ([], ("receive", "counter"), ("withdraw", "citizen")),
    (RECEIVED, ("forward", "counter"), ("forward", "counter_2")),
    (HANDLED, ("propose", "specialist"), ("propose", "specialist_2")),
    (HANDLED, ("propose", "specialist"), ("request_supplement", "specialist_2")),
    (HANDLED, ("request_supplement", "specialist"), ("request_supplement", "specialist_2")),
    (HANDLED, ("stop", "leader"), ("stop", "leader_2")),
    (HANDLED, ("ask_obligation", "specialist"), ("ask_obligation", "specialist_2")),
    ([*HANDLED, ("request_supplement", "specialist")], ("supply", "citizen"), ("supply", "counter")),
    (OWING, ("settle_obligation", "counter"), ("settle_obligation", "counter_2")),
    (PROPOSED, ("propose", "head"), ("send_back", "head_2")),
    (REVIEWED, ("approve", "leader"), ("approve", "leader_2")),
    (REVIEWED, ("approve", "leader"), ("send_back", "leader_2")),
    (HANDLED, ("ask_withdrawal", "citizen"), ("ask_withdrawal", "counter")),
    (WITHDRAWAL, ("confirm_withdrawal", "specialist"), ("turn_down_withdrawal", "specialist_2")),
    (WITHDRAWAL, ("confirm_withdrawal", "specialist"), ("take_back_withdrawal", "citizen")),
    (DECIDED, ("take_payment", "counter"), ("take_payment", "counter_2")),
    (PAID, ("return", "counter"), ("return", "counter_2")),
    (RETURNED, ("rate", "citizen"), ("rate", "citizen")),
    (RETURNED, ("give_back_papers", "counter"), ("give_back_papers", "counter_2")),
]  # fmt: skip
METHODS = {"take_payment": "cash", "return": "in_person", "rate": "yes"}


@pytest.fixture
def world(transactional_db):
    made = make_world()
    for name in ("counter", "specialist", "head", "leader"):
        account = open_account(username=f"{name}_2", full_name=f"Người Thử {name} hai", password=None, actor="")
        post = made.people[name].posts_now[0]
        give_post(account, unit=post.unit, role=post.role, valid_from=SINCE, actor="")
        made.people[f"{name}_2"] = Account.objects.get(pk=account.pk)
    return made


def do(world, code, action, who, hours):
    return act(world, code, action, hours, who, "Nội dung để thử", METHODS.get(action, ""))


def together(world, code, deeds, hours):
    """Do both deeds at once; return what each came to: "" or the words of its refusal."""
    barrier = Barrier(len(deeds))

    def one(deed):
        try:
            barrier.wait(timeout=60)
            do(world, code, *deed, hours)
            return ""
        except Refused as refusal:
            return refusal.message
        except Http404:
            return "404"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_every_action_of_two_at_once_happens_once(world):
    for before, first, second in TURNS:
        code = world.file().code
        for hours, (action, who) in enumerate(before, start=1):
            do(world, code, action, who, hours)
        facts = Fact.objects.filter(subject=code).count()
        answers = together(world, code, [first, second], len(before) + 1)
        assert answers.count("") == 1, (first, second, answers)
        assert all(answers.count(answer) == 1 for answer in answers)
        assert whole(code), (first, second)
        assert Fact.objects.filter(subject=code).count() - facts in (1, 2), (first, second)


def whole(code):
    """Whether run, holdings and pauses of a dossier agree, and every fact has its delivery."""
    dossier, run = Dossier.objects.get(code=code), Run.objects.get(subject=code)
    is_over = dossier.ended_at is not None
    return (
        (run.state == "closed") == is_over
        and run.holdings.filter(ended_at__isnull=True).count() == (0 if is_over else 1)
        and run.pauses.filter(ended_at__isnull=True).count() == (1 if run.state == "paused" else 0)
        and Fee.objects.filter(subject=code).count() <= 1
        and Fact.objects.filter(subject=code).count() == Delivery.objects.filter(subject=code).count()
    )
