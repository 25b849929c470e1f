"""A dossier's whole way through the actions, and the rows that it leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from motcua.base.clock import VIETNAM
from motcua.base.models import Delivery, Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import filing, handling, payment, reception, returning, supplementing, withdrawing
from motcua.dossiers.factories import APPLICANT, MONDAY, PAPER
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.payments.models import Fee
from motcua.workflow.models import Holding, Pause, Run

HOUR = timedelta(hours=1)


def verbs(code):
    return list(Fact.objects.filter(subject=code).order_by("id").values_list("verb", flat=True))


def test_filing_online_writes_dossier_run_holding_papers_and_fact(world):
    dossier = world.file()
    assert dossier.code == "000.00.01.T99-260302-0001"
    run = Run.objects.get(subject=dossier.code)
    assert (run.phase, run.role, run.unit.code, run.state) == ("receive", "reception", "T.MC", "open")
    assert run.due_at == MONDAY + 24 * HOUR + timedelta(minutes=0)  # 8 working hours: Tuesday 08:00
    assert Holding.objects.filter(run=run, ended_at__isnull=True).count() == 1
    assert DossierPaper.objects.filter(dossier=dossier).count() == 1
    assert verbs(dossier.code) == ["dossier.filed"]
    assert Delivery.objects.filter(subject=dossier.code).count() == 1


def test_filing_the_same_form_twice_makes_one_dossier(world):
    key = uuid4()
    sent = [
        filing.file_online(
            world.procedure,
            unit_code="T.01",
            applicant=APPLICANT,
            submission_key=key,
            actor=world.citizen,
            papers=[PAPER],
        )
        for _ in range(2)
    ]
    assert sent[0].code == sent[1].code
    assert Dossier.objects.count() == 1


def test_filing_with_somebody_elses_key_is_refused(world):
    key = uuid4()
    common = {"unit_code": "T.01", "applicant": APPLICANT, "submission_key": key}
    filing.file_online(world.procedure, actor=world.citizen, **common)
    with pytest.raises(Refused) as refusal:
        filing.file_online(world.procedure, actor=world.other_citizen, **common)
    assert refusal.value.field == "submission_key"


def test_codes_count_daily_per_agency(world):
    codes = [
        world.file().code,
        world.file().code,
        world.file(unit="T.10").code,
        world.file(at=MONDAY + timedelta(days=1)).code,
    ]
    assert codes == [
        "000.00.01.T99-260302-0001",
        "000.00.01.T99-260302-0002",
        "001.00.10.T99-260302-0001",
        "000.00.01.T99-260303-0001",
    ]


def test_dossier_goes_its_whole_way(world):
    code = world.file().code
    reception.receive(code, actor=world.counter, at=MONDAY + HOUR)
    handling.forward(code, actor=world.counter, at=MONDAY + 2 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Giấy phép số 1", at=MONDAY + 24 * HOUR)
    handling.send_back(code, actor=world.head, reason="Thiếu căn cứ", at=MONDAY + 25 * HOUR)
    handling.propose(code, actor=world.specialist, at=MONDAY + 26 * HOUR)
    handling.propose(code, actor=world.head, at=MONDAY + 27 * HOUR)
    handling.approve(code, actor=world.leader, at=MONDAY + 48 * HOUR)
    payment.take_payment(code, method="online", reference="GD-1", actor=world.counter, at=MONDAY + 48 * HOUR)
    returning.return_result(code, method="in_person", actor=world.counter, at=MONDAY + 49 * HOUR)
    returning.rate(code, is_satisfied=True, actor=world.citizen, at=MONDAY + 50 * HOUR)
    dossier = Dossier.objects.get(code=code)
    assert (dossier.state, dossier.is_on_time, dossier.is_satisfied, dossier.is_paid_online) == (
        "returned",
        True,
        True,
        True,
    )
    assert verbs(code) == [
        f"dossier.{verb}"
        for verb in (
            "filed",
            "received",
            "forwarded",
            "proposed",
            "sent_back",
            "proposed",
            "proposed",
            "approved",
            "fee_paid",
            "returned",
            "rated",
        )
    ]
    run = Run.objects.get(subject=code)
    assert run.state == "closed"
    assert list(run.holdings.order_by("id").values_list("position", flat=True)) == [1, 1, 2, 3, 2, 3, 4, 5]
    assert not run.holdings.filter(ended_at__isnull=True).exists()
    assert Fee.objects.get(subject=code).paid_at is not None


def test_receiving_promises_the_limit_of_the_offering(world):
    code = world.file().code
    dossier = reception.receive(code, actor=world.counter, at=MONDAY + HOUR)
    assert dossier.due_at.astimezone(VIETNAM).isoformat() == "2026-03-09T17:00:00+07:00"  # 5 working days, R4.04
    assert dossier.first_due_at == dossier.due_at
    run = Run.objects.get(subject=code)
    assert (run.due_at, run.legal_minutes) == (dossier.due_at, 390 + 5 * 480)


def test_supplement_stops_the_clock_once(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=MONDAY + 2 * HOUR)
    promised = Dossier.objects.get(code=code).due_at
    dossier = supplementing.supply(code, note="Đã gửi", actor=world.counter, at=MONDAY + 50 * HOUR)
    assert dossier.due_at.astimezone(VIETNAM).isoformat() == "2026-03-11T17:00:00+07:00"  # two working days later
    assert dossier.first_due_at == promised
    assert Pause.objects.get().ended_at is not None
    with pytest.raises(Refused, match="R4.12"):
        supplementing.request_supplement(code, items="Nữa", reason="Nữa", actor=world.specialist)


def test_decision_a_second_late_is_late(world):
    for seconds, is_on_time in ((0, True), (1, False)):
        code = world.file_at_counter().code
        handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
        handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 2 * HOUR)
        handling.propose(code, actor=world.head, at=MONDAY + 3 * HOUR)
        due = Dossier.objects.get(code=code).due_at
        dossier = handling.approve(code, actor=world.leader, at=due + timedelta(seconds=seconds))
        assert dossier.is_on_time is is_on_time


def test_return_waits_for_the_fee(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    handling.propose(code, actor=world.specialist, result_text="Được")
    handling.propose(code, actor=world.head)
    handling.approve(code, actor=world.leader)
    with pytest.raises(Refused, match="chưa nộp phí"):
        returning.return_result(code, method="in_person", actor=world.counter)


def test_withdrawing_cancels_the_unpaid_fee(world):
    code = world.file().code
    reception.receive(code, actor=world.counter)
    withdrawing.ask_withdrawal(code, reason="Không còn nhu cầu", actor=world.citizen)
    withdrawing.confirm_withdrawal(code, actor=world.counter)
    assert Fee.objects.get(subject=code).cancelled_at is not None
    assert Run.objects.get(subject=code).state == "closed"


def test_inter_agency_route_visits_the_partner(world):
    code = world.file_at_counter(procedure=world.inter_agency).code
    handling.forward(code, actor=world.counter)
    assert Run.objects.get(subject=code).unit.code == "T.02"
    handling.forward(code, actor=world.partner)
    assert Run.objects.get(subject=code).unit.code == "T.01"


def test_second_click_is_refused_even_where_one_person_holds_both_steps(world):
    code = world.file(unit="T.10").code
    everybody = world.commune_all
    reception.receive(code, actor=everybody)
    handling.forward(code, actor=everybody, at_step=1)
    with pytest.raises(Refused, match="trước khi bạn bấm"):
        handling.forward(code, actor=everybody, at_step=1)
    assert Run.objects.get(subject=code).position == 2


def test_outsider_is_told_that_there_is_no_dossier(world):
    code = world.file_at_counter().code
    for actor in (world.outsider, world.other_citizen):
        with pytest.raises(Http404):
            handling.forward(code, actor=actor)


def test_colleague_cannot_take_what_is_claimed(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    handling.claim(code, actor=world.specialist)
    with pytest.raises(Refused):
        handling.claim(code, actor=world.colleague)
    handling.assign(code, to=world.colleague, actor=world.head)
    fact = Fact.objects.get(subject=code, verb="dossier.assigned")
    assert (fact.actor, fact.data) == (world.head.code, {"to": world.colleague.code})
    handling.propose(code, result_text="Được", actor=world.colleague)
