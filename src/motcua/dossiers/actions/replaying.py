"""One life of the past, replayed in memory: the same rules as the actions, nothing saved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from motcua.base.clock import VIETNAM
from motcua.base.facts import Event
from motcua.base.facts.recording import NewFact
from motcua.base.refusal import Refused
from motcua.dossiers import events, states
from motcua.dossiers.access.dossier import misfit
from motcua.dossiers.actions.filing import KIND
from motcua.dossiers.actions.past import Moment, PastDossier
from motcua.dossiers.actions.withdrawing import answer_by
from motcua.dossiers.addresses import page_of
from motcua.dossiers.models import Dossier, DossierPaper, ResultReturn, SupplementRequest, WithdrawalRequest
from motcua.dossiers.queries.places import FilingPlace
from motcua.dossiers.rules.limits import promised_due, reply_due
from motcua.organizations.models import Unit
from motcua.organizations.queries import calendar_for
from motcua.payments.models import ONLINE as PAID_ONLINE
from motcua.payments.models import Fee
from motcua.procedures.fee_rates import fee_for
from motcua.workflow.actions import runs
from motcua.workflow.models import Holding, Pause, RouteStep, Run
from motcua.workflow.queries import place_of, route_plan

ENDINGS = {
    "refuse": (states.REFUSED, events.REFUSED),
    "withdraw": (states.WITHDRAWN, events.WITHDRAWN),
    "stop": (states.STOPPED, events.STOPPED),
}
MOVES = {"forward": events.FORWARDED, "propose": events.PROPOSED, "send_back": events.SENT_BACK}


@dataclass
class Replay:
    """A dossier with all rows that its life has left so far."""

    dossier: Dossier
    run: Run
    holdings: list[Holding]
    place: FilingPlace
    papers: list[DossierPaper]
    facts: list[NewFact] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    fee: Fee | None = None
    supplement: SupplementRequest | None = None
    withdrawals: list[WithdrawalRequest] = field(default_factory=list)
    sent: ResultReturn | None = None

    @classmethod
    def begin(cls, past: PastDossier, code: str) -> Replay:
        """Return the dossier as it was filed; at a counter it is received in the same breath."""
        place, filed_at = past.place, past.filed_at
        dossier = _drafted(past, code)
        is_online = past.channel == states.ONLINE
        calendar = calendar_for(place.competent_unit.code)
        due_at, legal_minutes = reply_due(calendar, filed_at), 0
        if not is_online:
            due_at, legal_minutes = _promise(place, filed_at)
            dossier.receive(at=filed_at, due_at=due_at)
        plan = route_plan(place.offering.route_id)
        run, holding = runs.draft(
            code,
            kind=KIND,
            title=place.version.name,
            link=page_of(code),
            plan=plan,
            unit=_unit_of(plan.first, place.competent_unit),
            competent_unit=place.competent_unit,
            at=filed_at,
            due_at=due_at,
            legal_minutes=legal_minutes,
        )
        papers = [
            DossierPaper(
                dossier=dossier,
                component_name=paper.component_name,
                file_id=paper.file_id,
                is_original=paper.is_original,
                quantity=paper.quantity,
                added_at=filed_at,
            )
            for paper in past.papers
        ]
        replay = cls(dossier, run, [holding], place, papers)
        replay._note(events.FILED, filed_at, past.actor, place.receiving_unit.code, **replay._about)
        if not is_online:
            replay._received(filed_at, past.actor)
        return replay

    def play(self, moment: Moment) -> None:
        """Let ``moment`` happen.

        Raises:
            Refused: it does not fit the state or the step.
        """
        if reason := misfit(moment.action, self.dossier, self.run):
            raise Refused(reason)
        if moment.action in MOVES:
            self._move(moment)
        elif moment.action in ENDINGS:
            self._end(moment)
        else:
            getattr(self, f"_{moment.action}")(moment)

    @property
    def _about(self) -> dict[str, str]:
        return {"channel": self.dossier.channel, "procedure": self.place.version.procedure.code}

    def _note(self, event: Event, at: datetime, actor: str, unit: str, **data: Any) -> None:
        self.facts.append(NewFact(event, self.dossier.code, actor, unit, data, at))

    def _hand_over(self, step: RouteStep, at: datetime, actor: str) -> Holding:
        self.holdings[-1].end(at=at, account_code=actor)
        unit = _unit_of(step, self.run.competent_unit)
        holding = self.run.enter(step, unit=unit, at=at, due_at=runs.step_due_at(self.run, step, at=at))
        self.holdings.append(holding)
        return holding

    def _received(self, at: datetime, actor: str) -> None:
        place, due_at = self.place, self.dossier.due_at
        assert due_at is not None
        day = at.astimezone(VIETNAM).date()
        asked = fee_for(place.offering, self.dossier.channel, day, unit=place.competent_unit)
        self.dossier.has_fee = bool(asked)
        if self.dossier.has_fee:
            self.fee = Fee(
                subject=self.dossier.code,
                amount=asked.amount,
                basis=asked.basis[:300],
                unit=place.competent_unit,
                counter=place.receiving_unit,
                link=page_of(self.dossier.code),
                asked_at=at,
            )
        self._note(
            events.RECEIVED, at, actor, self.place.receiving_unit.code, due_at=events.as_text(due_at), **self._about
        )

    def _receive(self, moment: Moment) -> None:
        due_at, legal_minutes = _promise(self.place, moment.at)
        self.dossier.receive(at=moment.at, due_at=due_at)
        self.run.due_at, self.run.legal_minutes = due_at, legal_minutes
        self._hand_over(route_plan(self.run.route_id).step(self.run.position), moment.at, moment.actor)
        self._received(moment.at, moment.actor)

    def _move(self, moment: Moment) -> None:
        plan, unit = route_plan(self.run.route_id), self.run.unit.code
        if self.dossier.state == states.RECEIVED:
            self.dossier.enter(states.IN_PROGRESS)
        if moment.action == "send_back":
            self.dossier.review_note = moment.words
            step = plan.before(self.run)
        else:
            self.dossier.result_text = moment.words or self.dossier.result_text
            step = _following(self.run)
        assert step is not None  # misfit() looked at the phases
        holding = self._hand_over(step, moment.at, moment.actor)
        self._note(
            MOVES[moment.action],
            moment.at,
            moment.actor,
            unit,
            step=holding.step_name,
            to_unit=self.run.unit.code,
            due_at=events.as_text(holding.due_at),
        )

    def _approve(self, moment: Moment) -> None:
        unit, step = self.run.unit.code, _following(self.run)
        assert step is not None
        self.dossier.decide(at=moment.at)
        self.dossier.result_text = moment.words or self.dossier.result_text
        self._hand_over(step, moment.at, moment.actor)
        self._note(
            events.APPROVED,
            moment.at,
            moment.actor,
            unit,
            is_on_time=self.dossier.is_on_time,
            to_unit=self.run.unit.code,
        )

    def _request_supplement(self, moment: Moment) -> None:
        if self.supplement:
            raise Refused(f"{self.dossier.code}: R4.12")
        self.supplement = SupplementRequest(
            dossier=self.dossier,
            items=moment.words,
            reason=moment.words,
            requested_at=moment.at,
            requested_by=moment.actor,
        )
        self.dossier.enter(states.AWAITING_SUPPLEMENT)
        self.pauses.append(self.run.pause(at=moment.at, reason=runs.WAITING_FOR_SUPPLEMENT))
        assert self.dossier.due_at is not None
        self._note(
            events.SUPPLEMENT_REQUESTED,
            moment.at,
            moment.actor,
            self.run.unit.code,
            due_at=events.as_text(self.dossier.due_at),
        )

    def _supply(self, moment: Moment) -> None:
        assert self.supplement is not None
        self.supplement.supplied_at, self.supplement.note = moment.at, moment.words
        self._resume(moment.at)
        self.dossier.enter(states.IN_PROGRESS)
        self._note(
            events.SUPPLEMENTED, moment.at, moment.actor, self.run.unit.code, due_at=events.as_text(self.run.due_at)
        )

    def _take_payment(self, moment: Moment) -> None:
        if self.fee is None or self.fee.paid_at or self.fee.cancelled_at:
            raise Refused(f"{self.dossier.code}: không có khoản phải nộp")
        self.fee.paid_at, self.fee.method = moment.at, moment.method
        self.fee.reference, self.fee.taken_by = moment.words, moment.actor
        self.dossier.is_paid_online = moment.method == PAID_ONLINE
        self._note(
            events.PAID, moment.at, moment.actor, self.run.unit.code, amount=self.fee.amount, method=moment.method
        )

    def _return(self, moment: Moment) -> None:
        if self.fee and not self.fee.paid_at:
            raise Refused(f"{self.dossier.code}: chưa nộp phí, lệ phí")
        self.dossier.hand_over(at=moment.at)
        self.sent = ResultReturn(
            dossier=self.dossier,
            method=moment.method,
            at=moment.at,
            by=moment.actor,
            unit_id=self.run.unit_id,
            collector=states.APPLICANT if moment.method == states.IN_PERSON else "",
            arrived_at=moment.at,  # what is past has arrived: nobody is reminded of it
        )
        self._close(moment)
        self._note(events.RETURNED, moment.at, moment.actor, self.run.unit.code, method=moment.method)

    def _rate(self, moment: Moment) -> None:
        self.dossier.is_satisfied = moment.method == "yes"
        self._note(events.RATED, moment.at, moment.actor, "", is_satisfied=self.dossier.is_satisfied)

    def _end(self, moment: Moment) -> None:
        state, event = ENDINGS[moment.action]
        self.dossier.end(state, at=moment.at, reason=moment.words)
        self._close(moment)
        if self.fee and not self.fee.paid_at:
            self.fee.cancelled_at = moment.at
        self._note(event, moment.at, moment.actor, self.run.unit.code)

    def _ask_withdrawal(self, moment: Moment) -> None:
        until = answer_by(self.dossier, moment.at)
        self.withdrawals.append(
            WithdrawalRequest(
                dossier=self.dossier,
                reason=moment.words,
                state_before=self.dossier.state,
                asked_at=moment.at,
                asked_by=moment.actor,
                answer_by=until,
            )
        )
        if self.run.paused_at:
            self._resume(moment.at)
        self.dossier.enter(states.WITHDRAWAL_ASKED)
        self._note(
            events.WITHDRAWAL_ASKED, moment.at, moment.actor, self.run.unit.code, answer_by=events.as_text(until)
        )

    def _confirm_withdrawal(self, moment: Moment) -> None:
        asked = self.withdrawals[-1]
        asked.outcome, asked.answered_at, asked.answered_by = states.CONFIRMED, moment.at, moment.actor
        self._end(replace(moment, action="withdraw", words=asked.reason))

    def _resume(self, at: datetime) -> None:
        runs.resume_in_memory(self.run, at=at)
        self.pauses[-1].ended_at, self.holdings[-1].due_at = at, self.run.step_due_at
        self.dossier.due_at = self.run.due_at

    def _close(self, moment: Moment) -> None:
        if self.run.paused_at:
            self.pauses[-1].ended_at = moment.at
        self.run.close(at=moment.at)
        self.holdings[-1].end(at=moment.at, account_code=moment.actor)


def _drafted(past: PastDossier, code: str) -> Dossier:
    place, who = past.place, past.applicant
    return Dossier(
        code=code,
        submission_key=past.submission_key,
        version=place.version,
        offering=place.offering,
        competent_unit=place.competent_unit,
        receiving_unit=place.receiving_unit,
        channel=past.channel,
        state=states.FILED,
        applicant=past.account,
        applicant_name=who.name,
        identity_number=who.identity_number,
        phone=who.phone,
        email=who.email,
        address=who.address,
        filed_at=past.filed_at,
        is_digitised=past.is_digitised,
    )


def _promise(place: FilingPlace, at: datetime) -> tuple[datetime, int]:
    """Return the promised due instant and the working minutes until then."""
    calendar, offering = calendar_for(place.competent_unit.code), place.offering
    due_at = promised_due(calendar, at, offering.limit_value, offering.limit_unit)
    return due_at, calendar.working_minutes_between(at, due_at)


def _following(run: Run) -> RouteStep | None:
    """Return the next step on the trunk's own way: what ran beside it in the past is not told by moments."""
    steps: Any = route_plan(run.route_id).onward(run).steps
    return steps[0] if steps else None


@lru_cache(maxsize=4096)
def _unit_of(step: RouteStep, competent_unit: Unit) -> Unit:
    # One load asks this hundreds of thousands of times, of steps that are published and units of that moment.
    return place_of(step, competent_unit)
