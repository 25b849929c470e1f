"""A decision drafted here: from open proposals, through opinions, to its number and signature (DOMAIN 5.3)."""

from collections.abc import Sequence
from datetime import date
from typing import IO

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.documents.actions.storing import keep
from motcua.documents.uploads import PDF, UploadPolicy
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import COMMUNE, PROVINCE
from motcua.procedures import publication_events as events
from motcua.procedures.access import may_speak_for
from motcua.procedures.actions.deciding import check_may, confirm_decision, locked, new_code
from motcua.procedures.models import Decision, DecisionRow, Opinion, Proposal
from motcua.procedures.publishing_states import DRAFT, DRAFTED, IN_OPINIONS, OPEN, TAKEN, VERDICTS
from motcua.procedures.rules.decisions.changes import OF_CHANGE, in_order

SIGNED_POLICY = UploadPolicy(kinds=frozenset({PDF}), most_bytes=40 * 1024 * 1024, most_unpacked=40 * 1024 * 1024)
_WORDS = {
    "announce_new": "mới ban hành",
    "announce_modified": "được sửa đổi, bổ sung",
    "announce_replaced": "được thay thế",
    "announce_abolished": "bị bãi bỏ",
}


@transaction.atomic
def draft_decision(
    proposals: Sequence[str], *, unit: Unit, actor: Account, valid_from: date | None = None, title: str = ""
) -> Decision:
    """Draft a decision of ``unit`` (who issues it) that carries out open proposals; their codes in ``proposals``.

    Raises:
        Refused: the actor does not keep the catalogue, none was chosen, or one is no longer open.
    """
    check_may(actor)
    chosen = list(
        Proposal.objects.select_for_update(of=("self",)).filter(code__in=proposals, state=OPEN).order_by("name", "pk")
    )
    if not chosen or len(chosen) != len(set(proposals)):
        raise Refused(gettext("Chọn các đề xuất đang chờ xử lý."), field="proposals")
    kinds = in_order({OF_CHANGE[one.change] for one in chosen})
    at = now()
    decision = Decision.objects.create(
        code=new_code("QDTT"), origin=DRAFTED, state=DRAFT, unit=unit, by=actor, issuer=_issuer(unit),
        kinds=list(kinds), title=squash(title) or _title(kinds), valid_from=valid_from, at=at, changed_at=at,
    )  # fmt: skip
    DecisionRow.objects.bulk_create(
        DecisionRow(
            decision=decision, position=position, procedure_code=one.procedure_code, name=one.name, change=one.change,
            proposal=one,
        )
        for position, one in enumerate(chosen, start=1)
    )  # fmt: skip
    for one in chosen:
        one.state, one.decision = TAKEN, decision
    Proposal.objects.bulk_update(chosen, ["state", "decision"])
    record(
        events.DECISION_DRAFTED, subject=decision.code, actor=actor.code, proposals=len(chosen),
        valid_from=valid_from.isoformat() if valid_from else "",
    )  # fmt: skip
    return decision


def _issuer(unit: Unit) -> str:
    """Return who issues decisions of ``unit``: the people's committee of a province or commune, else the body."""
    if unit.kind in (PROVINCE, COMMUNE):
        return f"Ủy ban nhân dân {unit.name[:1].lower()}{unit.name[1:]}"
    return unit.name


def _title(kinds: tuple[str, ...]) -> str:
    changes = ", ".join(_WORDS[kind] for kind in kinds)
    return f"Về việc công bố danh mục thủ tục hành chính {changes}"


@transaction.atomic
def ask_opinions(code: str, units: Sequence[Unit], *, due_on: date, actor: Account) -> Decision:
    """Ask units for their opinion on a draft, by a day; asked again, a unit's old opinion is kept.

    Raises:
        Refused: nobody is asked, the day is past, or the decision is no draft.
    """
    decision = locked(code, actor, DRAFT, IN_OPINIONS)
    if not units:
        raise Refused(gettext("Chọn đơn vị được lấy ý kiến."), field="units")
    if due_on < today():
        raise Refused(gettext("Hạn trả lời phải từ hôm nay."), field="due_on")
    for unit in units:
        Opinion.objects.get_or_create(decision=decision, unit=unit, defaults={"asked_on": today(), "due_on": due_on})
    decision.state, decision.changed_at = IN_OPINIONS, now()
    decision.save(update_fields=["state", "changed_at"])
    record(
        events.OPINIONS_ASKED, subject=code, actor=actor.code, units=[unit.code for unit in units],
        due_on=due_on.isoformat(),
    )  # fmt: skip
    return decision


@transaction.atomic
def give_opinion(code: str, *, unit: Unit, verdict: str, text: str, actor: Account) -> Opinion:
    """Give the opinion of ``unit``; it may be changed while the draft is still open to opinions.

    Raises:
        Refused: the unit was not asked, the actor does not speak for it, or a reason is missing.
    """
    decision = Decision.objects.select_for_update(of=("self",)).filter(code=code, state=IN_OPINIONS).first()
    opinion = Opinion.objects.filter(decision=decision, unit=unit).first() if decision else None
    if opinion is None or not may_speak_for(actor, unit):
        raise Refused(gettext("Dự thảo này không lấy ý kiến của đơn vị bạn."))
    if verdict not in VERDICTS or not verdict:
        raise Refused(gettext("Chọn ý kiến."), field="verdict")
    if verdict != "agree" and not text.strip():
        raise Refused(gettext("Nêu nội dung đề nghị sửa hoặc lý do."), field="text")
    opinion.verdict, opinion.text, opinion.by, opinion.given_at = verdict, text.strip(), actor, now()
    opinion.save(update_fields=["verdict", "text", "by", "given_at"])
    record(events.OPINION_GIVEN, subject=code, actor=actor.code, unit=unit.code, verdict=verdict)
    return opinion


@transaction.atomic
def back_to_draft(code: str, *, actor: Account) -> Decision:
    """Take a draft back from opinions to mend it; the opinions stay with it."""
    decision = locked(code, actor, IN_OPINIONS)
    decision.state, decision.changed_at = DRAFT, now()
    decision.save(update_fields=["state", "changed_at"])
    record(events.DECISION_CORRECTED, subject=code, actor=actor.code, fields=["state"])
    return decision


@transaction.atomic
def sign_decision(
    code: str, *, number: str, signed_on: date, actor: Account, file: IO[bytes] | None = None, name: str = ""
) -> Decision:
    """Record number and day of a signed draft, with its signed file, and confirm it for its day of effect.

    Raises:
        Refused: somebody asked has neither answered nor let the day pass, somebody disagrees, number or day are
            missing or in the future, or something is wrong with its rows.
    """
    decision = locked(code, actor, DRAFT, IN_OPINIONS)
    _check_opinions(decision)
    if not squash(number):
        raise Refused(gettext("Nhập số quyết định."), field="number")
    if signed_on > today():
        raise Refused(gettext("Ngày ký không thể sau hôm nay."), field="signed_on")
    decision.number, decision.signed_on = squash(number)[:60], signed_on
    decision.state = DRAFT
    if file is not None:
        decision.file = keep(file, name=name, subject=code, actor=actor, policy=SIGNED_POLICY)
        decision.name = decision.file.name
    decision.save(update_fields=["number", "signed_on", "file", "name", "state"])
    record(
        events.DECISION_SIGNED, subject=code, actor=actor.code, number=decision.number,
        signed_on=signed_on.isoformat(), sha256=decision.file.sha256 if decision.file else "",
    )  # fmt: skip
    return confirm_decision(code, actor=actor)


def _check_opinions(decision: Decision) -> None:
    opinions = list(decision.opinions.select_related("unit"))
    if not opinions:
        raise Refused(gettext("Dự thảo chưa được lấy ý kiến."))
    waiting = [one.unit.name for one in opinions if not one.verdict and one.due_on >= today()]
    if waiting:
        raise Refused(gettext("Còn chờ ý kiến của %(units)s.") % {"units": ", ".join(waiting)})
    against = [one.unit.name for one in opinions if one.verdict == "disagree"]
    if against:
        raise Refused(gettext("%(units)s không nhất trí với dự thảo.") % {"units": ", ".join(against)})
