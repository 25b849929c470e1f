"""Two at the same time, on two connections: one wins, the other is told."""

from uuid import uuid4

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.base.tests.at_once import at_once
from motcua.dossiers.actions import filing, handling, reception
from motcua.dossiers.factories import APPLICANT, make_world
from motcua.dossiers.models import Dossier
from motcua.workflow.models import Holding, Run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


def test_two_officers_cannot_receive_the_same_dossier(world):
    code = world.file().code
    answers = at_once(*[lambda: reception.receive(code, actor=world.counter)] * 2)
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refusals) == 1
    assert "Đã tiếp nhận" in refusals[0].message
    assert Fact.objects.filter(subject=code, verb="dossier.received").count() == 1


def test_two_clicks_move_a_dossier_once(world):
    code = world.file(unit="T.10").code
    everybody = world.commune_all
    reception.receive(code, actor=everybody)
    answers = at_once(*[lambda: handling.forward(code, actor=everybody, at_step=1)] * 2)
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Run.objects.get(subject=code).position == 2
    assert Holding.objects.filter(run__subject=code, ended_at__isnull=True).count() == 1


def test_one_form_sent_twice_at_once_is_one_dossier(world):
    key = uuid4()
    answers = at_once(
        *[
            lambda: filing.file_online(
                world.procedure, unit_code="T.01", applicant=APPLICANT, submission_key=key, actor=world.citizen
            )
        ]
        * 2
    )
    assert len({answer.code for answer in answers}) == Dossier.objects.count() == 1


def test_many_filings_at_once_leave_no_gap_and_no_double(world):
    answers = at_once(*[lambda: world.file()] * 8)
    numbers = sorted(int(answer.code.rpartition("-")[2]) for answer in answers)
    assert numbers == list(range(1, 9))
