"""Turns of a dossier's life: obligations, asked withdrawals, dossiers that go together, one visit, papers back."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import (
    ending,
    giving_back,
    handling,
    linking,
    obligations,
    one_visit,
    reception,
    supplementing,
)
from motcua.dossiers.actions import withdrawing as away
from motcua.dossiers.factories import MONDAY, PAPER
from motcua.dossiers.models import Dossier, DossierLink, Obligation, OneVisit, WithdrawalRequest
from motcua.dossiers.queries.dossier import Filters, register
from motcua.dossiers.queries.families import choices_beside, family_of, waited_for
from motcua.dossiers.queries.published import forget_marks
from motcua.dossiers.queries.timeline import official_timeline, public_timeline
from motcua.dossiers.queries.why import why_late
from motcua.dossiers.states import FOLLOWS, NATIONAL_STATUS, NEXT, SIDE_BY_SIDE
from motcua.dossiers.subscribers import tell_substitute
from motcua.dossiers.tests.test_history import NOTICE
from motcua.notifications.models import Notice
from motcua.organizations.actions.delegating import delegate
from motcua.organizations.models import Account
from motcua.payments.models import Fee
from motcua.procedures.models import Procedure, Trait
from motcua.workflow.models import Pause, Run
from motcua.workflow.my_work import SUBSTITUTE, Asked, is_substitute, my_work

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def code(world):
    """A dossier that the specialist handles since Monday nine o'clock."""
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    return code


def dossier_of(code):
    return Dossier.objects.get(code=code)


def mark(world, trait, procedure=None):
    forget_marks()
    Trait.objects.create(
        procedure=Procedure.objects.get(code=procedure or world.procedure),
        trait=trait,
        valid_from=date(2018, 1, 1),
        source="thử nghiệm",
    )


def test_every_state_has_a_national_status_and_a_way():
    assert set(NATIONAL_STATUS) == set(NEXT)
    assert (NATIONAL_STATUS["awaiting_payment"], NATIONAL_STATUS["withdrawal_asked"]) == (6, 7)


# Financial obligation


def test_obligation_stops_the_clock_until_it_is_settled(world, code):
    due_at = dossier_of(code).due_at
    obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + 2 * HOUR)
    assert dossier_of(code).state == "awaiting_payment"
    assert Pause.objects.get(run__subject=code).reason == "Chờ thực hiện nghĩa vụ tài chính"
    obligations.settle_obligation(code, reference="BL-7", actor=world.counter, at=MONDAY + 2 * HOUR + 2 * DAY)
    dossier = dossier_of(code)
    assert (dossier.state, dossier.due_at) == ("in_progress", due_at + 2 * DAY)
    assert dossier.first_due_at == due_at
    assert Obligation.objects.get(dossier=dossier).reference == "BL-7"


def test_obligation_is_no_lateness_and_says_why(world, code):
    obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + 2 * HOUR)
    long_after = MONDAY + 28 * DAY
    why = why_late(dossier_of(code), with_names=True, at=long_after)
    assert (why.is_late, why.minutes_late) == (False, 0)
    stood_still = next(line for line in why.lines if line.kind == "stood_still")
    assert "nghĩa vụ tài chính" in stood_still.words
    assert "một lần" not in stood_still.note
    assert register(world.leader, filters=Filters(is_overdue=True)).dossiers == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"amount": 0}, "amount"), ({"kind": " "}, "kind"), ({"basis": ""}, "basis"), ({"pay_to": ""}, "pay_to"),
     ({"amount": 10**14}, "amount"), ({"pay_by": date(2026, 3, 1)}, "pay_by")],
)  # fmt: skip
def test_obligation_must_say_what_how_much_why_and_where(world, code, changes, field):
    wanted = {**NOTICE.__dict__, **changes}
    with pytest.raises(Refused) as refusal:
        obligations.ask_obligation(
            code, notice=obligations.Notice(**wanted), actor=world.specialist, at=MONDAY + 2 * HOUR
        )
    assert refusal.value.field == field
    assert dossier_of(code).state == "in_progress"


def test_applicants_word_alone_settles_nothing(world):
    code = world.file().code
    reception.receive(code, actor=world.counter, at=MONDAY + HOUR)
    if Run.objects.get(subject=code).phase == "receive":
        handling.forward(code, actor=world.counter, at=MONDAY + 2 * HOUR)
    obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + 3 * HOUR)
    with pytest.raises(Refused):
        obligations.settle_obligation(code, reference="BL-1", actor=world.citizen)


def test_obligation_may_come_twice_but_not_at_once(world, code):
    for turn in (2, 4):
        obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + turn * HOUR)
        with pytest.raises(Refused):
            obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + turn * HOUR)
        obligations.settle_obligation(code, reference="B", actor=world.specialist, at=MONDAY + (turn + 1) * HOUR)
    assert Obligation.objects.filter(settled_at__isnull=False).count() == 2


def test_end_of_the_dossier_ends_what_is_owed(world, code):
    obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + 2 * HOUR)
    ending.stop(code, reason="Không nộp", actor=world.leader, at=MONDAY + 30 * DAY)
    assert Obligation.objects.get().cancelled_at is not None


# Withdrawal


def test_withdrawal_before_reception_just_ends(world):
    code = world.file().code
    ending.withdraw(code, reason="Thôi", actor=world.citizen, at=MONDAY + HOUR)
    assert dossier_of(code).state == "withdrawn"
    assert not WithdrawalRequest.objects.exists()


def test_withdrawal_after_reception_waits_for_an_answer(world, code):
    with pytest.raises(Refused):
        ending.withdraw(code, reason="Thôi", actor=world.counter, at=MONDAY + 2 * HOUR)
    away.ask_withdrawal(code, reason="Thôi", actor=world.counter, at=MONDAY + 2 * HOUR)
    asked = WithdrawalRequest.objects.get()
    assert asked.answer_by == MONDAY + 26 * HOUR  # eight working hours
    with pytest.raises(Refused):
        handling.propose(code, result_text="Được", actor=world.specialist, at=MONDAY + 3 * HOUR)
    away.confirm_withdrawal(code, actor=world.specialist, at=MONDAY + 3 * HOUR)
    dossier = dossier_of(code)
    assert (dossier.state, dossier.end_reason) == ("withdrawn", "Thôi")
    assert Fee.objects.get(subject=code).cancelled_at is not None


def test_withdrawal_turned_down_goes_on_where_it_was(world, code):
    due_at = dossier_of(code).due_at
    away.ask_withdrawal(code, reason="Thôi", actor=world.counter, at=MONDAY + 2 * HOUR)
    with pytest.raises(Refused) as refusal:
        away.turn_down_withdrawal(code, reason=" ", actor=world.specialist)
    assert refusal.value.field == "reason"
    away.turn_down_withdrawal(code, reason="Đã ký", actor=world.specialist, at=MONDAY + 4 * HOUR)
    dossier = dossier_of(code)
    assert (dossier.state, dossier.due_at) == ("in_progress", due_at)  # the agency's time counts
    away.ask_withdrawal(code, reason="Lần nữa", actor=world.counter, at=MONDAY + 5 * HOUR)
    away.take_back_withdrawal(code, actor=world.counter, at=MONDAY + 6 * HOUR)
    assert [each.outcome for each in WithdrawalRequest.objects.order_by("id")] == ["turned_down", "taken_back"]


@pytest.mark.parametrize("waits_for", ["awaiting_supplement", "awaiting_payment"])
def test_time_that_stood_still_stands_again_after_a_withdrawal_that_was_taken_back(world, code, waits_for):
    due_at = dossier_of(code).due_at
    if waits_for == "awaiting_payment":
        obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=MONDAY + 2 * HOUR)
    else:
        supplementing.request_supplement(code, items="A", reason="B", actor=world.specialist, at=MONDAY + 2 * HOUR)
    away.ask_withdrawal(code, reason="Thôi", actor=world.counter, at=MONDAY + DAY + 2 * HOUR)
    assert dossier_of(code).due_at == due_at + DAY  # one day of waiting, now the agency's clock runs
    away.take_back_withdrawal(code, actor=world.counter, at=MONDAY + 2 * DAY + 2 * HOUR)
    dossier, run = dossier_of(code), Run.objects.get(subject=code)
    assert (dossier.state, run.state, dossier.due_at) == (waits_for, "paused", due_at + DAY)
    if waits_for == "awaiting_payment":
        obligations.settle_obligation(code, reference="B", actor=world.counter, at=MONDAY + 3 * DAY + 2 * HOUR)
    else:
        supplementing.supply(code, papers=[PAPER], actor=world.counter, at=MONDAY + 3 * DAY + 2 * HOUR)
    assert dossier_of(code).due_at == due_at + 2 * DAY  # two days stood still in all


def test_why_late_tells_the_withdrawal_and_what_is_waited_for(world, code):
    away.ask_withdrawal(code, reason="Thôi", actor=world.counter, at=MONDAY + 2 * HOUR)
    linking.link(code, other="THUE-1", kind=FOLLOWS, actor=world.counter, at=MONDAY + 2 * HOUR)
    away.take_back_withdrawal(code, actor=world.counter, at=MONDAY + 3 * HOUR)
    words = [line.words for line in why_late(dossier_of(code), with_names=True, at=MONDAY + 4 * HOUR).lines]
    assert "Người nộp đề nghị rút hồ sơ: Người nộp thôi rút" in words
    assert "Chờ kết quả của hồ sơ THUE-1" in words
    public = [line.words for line in why_late(dossier_of(code), with_names=False, at=MONDAY + 4 * HOUR).lines]
    assert not any("THUE-1" in line for line in public)


# Dossiers that go together


def test_dossier_that_follows_another_is_not_decided_before_it(world, code):
    first = world.file_at_counter(procedure=world.inter_agency).code
    linking.link(code, other=first, kind=FOLLOWS, actor=world.counter)
    assert waited_for(code) == [first]
    handling.propose(code, result_text="Được", actor=world.specialist)
    handling.propose(code, actor=world.head)
    with pytest.raises(Refused, match=first):
        handling.approve(code, actor=world.leader)
    handling.forward(first, actor=world.counter)
    ending.stop(first, reason="Không đủ", actor=world.leader)
    handling.approve(code, actor=world.leader)
    assert dossier_of(code).state == "decided"


def test_links_are_told_from_both_sides_and_taken_away(world, code):
    other = world.file_at_counter().code
    linking.link(code, other=other.lower(), kind=FOLLOWS, actor=world.counter)
    assert [(kin.code, kin.relation) for kin in family_of(other)] == [(code, "Được chờ bởi")]
    with pytest.raises(Refused):
        linking.link(code, other=other, kind=SIDE_BY_SIDE, actor=world.counter)
    with pytest.raises(Refused):
        linking.link(other, other=code, kind=FOLLOWS, actor=world.counter)  # each would wait for the other
    with pytest.raises(Refused):
        linking.link(code, other=code, kind=SIDE_BY_SIDE, actor=world.counter)
    linking.unlink(code, other=other, actor=world.counter)
    assert family_of(code) == [] and not DossierLink.objects.exists()


def test_dossier_outside_the_system_is_named_but_not_waited_for(world, code):
    linking.link(code, other="THUE-2026-77", kind=FOLLOWS, actor=world.specialist)
    [kin] = family_of(code)
    assert (kin.code, kin.is_here, kin.is_waited_for, waited_for(code)) == ("THUE-2026-77", False, False, [])


def test_outsider_links_nothing(world, code):
    with pytest.raises(Http404):
        linking.link(code, other="X", kind=SIDE_BY_SIDE, actor=world.outsider)


def test_linked_procedures_open_from_one_filing(world):
    for procedure in (world.procedure, world.inter_agency):
        mark(world, "linked", procedure)
    first = world.file()
    reception.receive(first.code, actor=world.counter)
    first = dossier_of(first.code)
    counters = {world.units["T.MC"].pk}
    assert [(each.procedure, each.unit) for each in choices_beside(first, counters=counters)] == [
        (world.inter_agency, "T.01")
    ]
    opened = [
        linking.open_linked(
            first.code, procedure_code=world.inter_agency, unit_code="T.01", kind=FOLLOWS, actor=world.counter
        )
        for _ in range(2)
    ]
    assert opened[0].code == opened[1].code
    second = dossier_of(opened[0].code)
    assert (second.applicant_name, second.applicant, second.state) == (
        first.applicant_name, first.applicant, "received",
    )  # fmt: skip
    assert waited_for(second.code) == [first.code]
    assert second.papers.count() == first.papers.count()


# One visit


def test_one_person_with_every_role_handles_in_one_visit(world):
    mark(world, "five_on_the_spot")
    code = world.file(unit="T.10").code
    visit = one_visit.Visit(result_text="Cấp bản sao")
    dossier = one_visit.handle_in_one_visit(code, visit=visit, actor=world.commune_all, at=MONDAY + HOUR)
    assert (dossier.state, dossier.result_text, dossier.is_on_time) == ("returned", "Cấp bản sao", True)
    assert OneVisit.objects.get().kind == "five_on_the_spot"
    verbs = set(Fact.objects.filter(subject=code).values_list("verb", flat=True))
    assert {"dossier.received", "dossier.approved", "dossier.returned", "dossier.handled_in_one_visit"} <= verbs


def test_visit_stops_where_the_next_step_is_somebody_elses(world, code):
    mark(world, "on_the_spot")
    visit = one_visit.Visit(result_text="Được")
    dossier = one_visit.handle_in_one_visit(code, visit=visit, actor=world.specialist, at=MONDAY + 2 * HOUR)
    assert (dossier.state, Run.objects.get(subject=code).role) == ("in_progress", "unit_head")
    for who in ("head", "leader"):
        one_visit.handle_in_one_visit(code, visit=visit, actor=getattr(world, who), at=MONDAY + 2 * HOUR)
    with pytest.raises(Refused, match="phí"):
        one_visit.handle_in_one_visit(code, visit=visit, actor=world.counter, at=MONDAY + 3 * HOUR)
    assert not OneVisit.objects.exists()
    paid = one_visit.Visit(result_text="", payment_method="cash")
    one_visit.handle_in_one_visit(code, visit=paid, actor=world.counter, at=MONDAY + 3 * HOUR)
    assert OneVisit.objects.get().kind == "on_the_spot"


def test_visit_over_night_is_not_on_the_spot(world, code):
    mark(world, "on_the_spot")
    visit = one_visit.Visit(result_text="Được", payment_method="cash")
    for who in ("specialist", "head", "leader", "counter"):
        one_visit.handle_in_one_visit(code, visit=visit, actor=getattr(world, who), at=MONDAY + DAY)
    assert dossier_of(code).state == "returned"
    assert not OneVisit.objects.exists()


def test_visit_needs_the_mark_of_the_procedure(world, code):
    forget_marks()
    with pytest.raises(Refused, match="tại chỗ"):
        one_visit.handle_in_one_visit(code, visit=one_visit.Visit(result_text="Được"), actor=world.specialist)


# Papers back


def test_papers_are_given_back_once_after_the_end(world, code):
    with pytest.raises(Refused):
        giving_back.give_back_papers(code, method="in_person", actor=world.counter)
    ending.stop(code, reason="Không đủ", actor=world.leader)
    giving_back.give_back_papers(code, method="in_person", note="Sổ đỏ bản chính", actor=world.counter)
    with pytest.raises(Refused):
        giving_back.give_back_papers(code, method="post", actor=world.counter)
    assert Fact.objects.get(subject=code, verb="dossier.papers_given_back").data == {"method": "in_person"}


# Leave


def test_substitute_is_told_once_where_and_until_when(world):
    post = world.specialist.posts.get()
    delegate(post, to_account=world.colleague, valid_from=today(), valid_to=today(), actor="")
    fact = Fact.objects.get(verb="post.delegated")
    for _ in range(2):
        tell_substitute(fact)
    notice = Notice.objects.get(account=world.colleague)
    assert "Sở Thử Nghiệm" in notice.text and f"{today():%d/%m/%Y}" in notice.text
    assert world.specialist.full_name not in notice.text


def test_claimed_work_of_the_one_on_leave_is_told_apart(world, code):
    free = world.file_at_counter().code
    if Run.objects.get(subject=free).phase == "receive":
        handling.forward(free, actor=world.counter)
    handling.claim(code, actor=world.specialist)
    assert [run.subject for run in my_work(world.colleague).runs] == [free]
    delegate(world.specialist.posts.get(), to_account=world.colleague, valid_from=today(), valid_to=today(), actor="")
    colleague = Account.objects.get(pk=world.colleague.pk)
    assert {run.subject for run in my_work(colleague).runs} == {code, free}
    lent = my_work(colleague, Asked(whose=SUBSTITUTE)).runs
    assert [(run.subject, is_substitute(colleague, run)) for run in lent] == [(code, True)]


def test_timeline_says_in_whose_place(world, code):
    outsider = world.partner
    delegate(world.specialist.posts.get(), to_account=outsider, valid_from=today(), valid_to=today(), actor="")
    outsider = Account.objects.get(pk=outsider.pk)
    handling.claim(code, actor=outsider)
    entry = official_timeline(dossier_of(code))[-1]
    assert entry.who == f"{outsider.full_name}, làm thay {world.specialist.full_name}"
    assert "làm thay" not in public_timeline(dossier_of(code))[-1].who
