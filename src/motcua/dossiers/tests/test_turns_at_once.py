"""Two officers at the same turn of a dossier, on two connections: one wins, the other is told."""

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import bulk, ending, giving_back, handling, obligations, posting, withdrawing
from motcua.dossiers.actions.posting import Thing
from motcua.dossiers.factories import make_world
from motcua.dossiers.models import Dossier, Obligation, PostList, WithdrawalRequest
from motcua.dossiers.tests.test_history import NOTICE
from motcua.dossiers.tests.test_two_at_once import at_once
from motcua.workflow.models import Pause, Run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def code(world):
    code = world.file_at_counter().code
    if Run.objects.get(subject=code).phase == "receive":
        handling.forward(code, actor=world.counter)
    return code


def refused(answers):
    return sum(isinstance(answer, Refused) for answer in answers)


def test_one_obligation_is_notified(world, code):
    deeds = [
        lambda who=who: obligations.ask_obligation(code, notice=NOTICE, actor=who)
        for who in (world.specialist, world.colleague)
    ]
    assert refused(at_once(*deeds)) == 1
    assert (Obligation.objects.count(), Pause.objects.count()) == (1, 1)


def test_obligation_settled_at_two_counters_counts_once(world, code):
    obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist)
    settle = [lambda: obligations.settle_obligation(code, reference="B", actor=world.counter)] * 2
    assert refused(at_once(*settle)) == 1
    assert Fact.objects.filter(verb="dossier.obligation_settled").count() == 1


def test_withdrawal_confirmed_and_taken_back_at_once_has_one_outcome(world, code):
    withdrawing.ask_withdrawal(code, reason="Thôi", actor=world.counter)
    answers = at_once(
        lambda: withdrawing.confirm_withdrawal(code, actor=world.specialist),
        lambda: withdrawing.take_back_withdrawal(code, actor=world.counter),
    )
    assert refused(answers) == 1
    outcome = WithdrawalRequest.objects.get().outcome
    assert (Dossier.objects.get().state, outcome) in {("withdrawn", "confirmed"), ("in_progress", "taken_back")}


def test_work_handed_on_to_two_people_goes_to_one(world, code):
    handling.claim(code, actor=world.specialist)
    answers = at_once(
        lambda: bulk.hand_on(code, of=world.specialist, to=world.colleague, actor=world.head),
        lambda: bulk.hand_on(code, of=world.specialist, to=world.colleague, actor=world.leader),
    )
    assert refused(answers) == 1
    assert Fact.objects.filter(subject=code, verb="dossier.assigned").count() == 1


def test_papers_are_given_back_once(world):
    code = world.file().code
    ending.withdraw(code, reason="Thôi", actor=world.citizen)
    give = [lambda: giving_back.give_back_papers(code, method="in_person", actor=world.counter)] * 2
    assert refused(at_once(*give)) == 1


def test_lists_for_the_post_drawn_up_at_once_have_two_numbers(world, code):
    counter = world.units["T.MC"]
    draw = [lambda: posting.make_list(counter, things=[Thing(code, "papers")], actor=world.counter)] * 2
    assert refused(at_once(*draw)) == 0
    assert sorted(PostList.objects.values_list("number", flat=True)) == [1, 2]
