"""Publishing on its day what decisions have confirmed: new versions begin, old ones end; none is ever edited."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.procedures import publication_events as events
from motcua.procedures.actions.catalogue import digest_of, write_versions
from motcua.procedures.actions.deciding import check_may
from motcua.procedures.models import Decision, DecisionRow, NationalRecord, Procedure, ProcedureVersion, Proposal, Trait
from motcua.procedures.publication_queries import content_for, stuck_proposals
from motcua.procedures.publishing_states import ACTIVE, CONFIRMED, OPEN, PUBLISHED, REFUSED, TAKEN, TRAIT_OF_KIND
from motcua.procedures.queries import forget_catalogue
from motcua.procedures.rules.cells import Parts
from motcua.procedures.rules.decisions.values import ABOLISHED


def publish_due(day: date | None = None) -> list[str]:
    """Publish every proposal whose day has come, each decision in one transaction; return the decisions' codes.

    Killed at it, it goes on with what is left; a proposal that no longer fits (another version began meanwhile) stays
    where it is with a note, and a fact says so.
    """
    on = day or today()
    due = Decision.objects.filter(state=CONFIRMED, valid_from__lte=on).order_by("valid_from", "signed_on", "pk")
    codes = list(due.values_list("code", flat=True))
    done = [code for code in codes if activate(code)]
    if done:
        forget_catalogue()
    return done


@transaction.atomic
def activate(code: str) -> bool:
    """Publish what one confirmed decision does; False where somebody else did it meanwhile."""
    decision = Decision.objects.select_for_update(of=("self",)).get(code=code)
    if decision.state != CONFIRMED:
        return False
    published = sum(_publish(one, decision) for one in decision.proposals.filter(state=TAKEN).order_by("pk"))
    marked = _mark_listed(decision)
    decision.state, decision.changed_at = ACTIVE, now()
    decision.save(update_fields=["state", "changed_at"])
    record(events.DECISION_ACTIVE, subject=code, actor="", published=published, marked=marked)
    return True


def _publish(proposal: Proposal, decision: Decision) -> bool:
    assert proposal.valid_from is not None
    procedure, _ = Procedure.objects.get_or_create(code=proposal.procedure_code)
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    before = procedure.versions.order_by("-valid_from").first()
    problem = _problem(proposal, before)
    parts: Parts | None = None
    row: DecisionRow | None = None
    if not problem and proposal.change != ABOLISHED:
        row = decision.rows.filter(proposal=proposal).first()
        parts = content_for(row, decision) if row is not None else None
        problem = "" if parts else gettext("Chưa có nội dung của thủ tục.")
    if problem:
        proposal.note = problem
        proposal.save(update_fields=["note"])
        record(events.PROPOSAL_STUCK, subject=proposal.procedure_code, actor="", reason=problem)
        return False
    if before is not None and before.valid_to is None:
        before.valid_to = proposal.valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    if parts is not None:
        digest = _digest(parts, is_typed=bool(row and row.content))
        proposal.version = write_versions([(procedure, parts, digest)], proposal.valid_from)[0]
    proposal.state, proposal.closed_at, proposal.note = PUBLISHED, now(), ""
    proposal.save(update_fields=["state", "closed_at", "note", "version"])
    record(
        events.PROCEDURE_PUBLISHED, subject=proposal.procedure_code, actor="", change=proposal.change,
        valid_from=proposal.valid_from.isoformat(), decision=decision.number, proposal=proposal.code,
    )  # fmt: skip
    return True


def _problem(proposal: Proposal, before: ProcedureVersion | None) -> str:
    assert proposal.valid_from is not None
    if before is not None and before.valid_from >= proposal.valid_from:
        return gettext("Đã có phiên bản từ ngày %(day)s.") % {"day": f"{before.valid_from:%d/%m/%Y}"}
    if proposal.change == ABOLISHED and (before is None or before.valid_to is not None):
        return gettext("Thủ tục không còn hiệu lực để bãi bỏ.")
    return ""


def _digest(parts: Parts, *, is_typed: bool) -> str:
    """Return the digest of the national record where the content is its own, so that comparing stays quick."""
    record_now = None if is_typed else NationalRecord.objects.filter(procedure_code=parts.code, is_list=False).first()
    if record_now is not None:
        return record_now.digest
    return digest_of({"columns": parts.columns, "papers": [vars(paper) for paper in parts.papers]})


def _mark_listed(decision: Decision) -> int:
    """Mark what a decision lists without changing it: internal procedures, those free of territory."""
    assert decision.valid_from is not None
    traits = [TRAIT_OF_KIND[kind] for kind in decision.kinds if kind in TRAIT_OF_KIND]
    rows = decision.rows.filter(is_dropped=False).exclude(change=ABOLISHED)
    codes = list(rows.values_list("procedure_code", flat=True))
    marks = [
        Trait(procedure=procedure, trait=trait, valid_from=decision.valid_from, source=decision.number)
        for procedure in Procedure.objects.filter(code__in=codes).exclude(versions__isnull=True).distinct()
        for trait in traits
        if not procedure.traits.filter(trait=trait, valid_to__isnull=True).exists()
    ]
    Trait.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks)


@transaction.atomic
def publish_late(code: str, *, actor: Account, valid_from: date) -> Proposal:
    """Publish what did not fit on its day, from a later day on that is not to come.

    Raises:
        Refused: no such proposal is left behind, the day is before the decision's or in the future, or it still does
            not fit.
    """
    check_may(actor)
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(code=code).first()
    if proposal is None or not stuck_proposals().filter(pk=proposal.pk).exists():
        raise Refused(gettext("Không có đề xuất nào còn vướng mang mã này."))
    decision = proposal.decision
    assert decision is not None and decision.valid_from is not None
    if not decision.valid_from <= valid_from <= today():
        raise Refused(
            gettext("Ngày áp dụng phải từ ngày %(day)s đến hôm nay.") % {"day": f"{decision.valid_from:%d/%m/%Y}"},
            field="valid_from",
        )
    proposal.valid_from = valid_from
    proposal.save(update_fields=["valid_from"])
    if not _publish(proposal, decision):
        raise Refused(proposal.note, field="valid_from")
    forget_catalogue()
    return proposal


@transaction.atomic
def refuse_proposal(code: str, *, actor: Account, note: str) -> Proposal:
    """Say no, with the reason, to a proposal that is open or could not be published on its day."""
    check_may(actor)
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(code=code).first()
    if proposal is None or (proposal.state != OPEN and not stuck_proposals().filter(pk=proposal.pk).exists()):
        raise Refused(gettext("Không có đề xuất nào đang chờ mang mã này."))
    if not note.strip():
        raise Refused(gettext("Nêu lý do không chấp nhận."), field="note")
    proposal.state, proposal.note, proposal.closed_at = REFUSED, note.strip(), now()
    proposal.save(update_fields=["state", "note", "closed_at"])
    record(events.PROPOSAL_REFUSED, subject=proposal.procedure_code, actor=actor.code)
    return proposal
