"""Closing assessments, opening them again, publishing a round: frozen with the data behind every point."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import may_manage, may_publish, works_in
from motcua.assessments.actions.frozen import canonical
from motcua.assessments.actions.locking import locked
from motcua.assessments.actions.rounds import reason_of
from motcua.assessments.events import FINISHED, REOPENED, ROUND_PUBLISHED
from motcua.assessments.models import Assessment, Publication, Round
from motcua.assessments.points import verified_total
from motcua.assessments.results import results_of
from motcua.assessments.states import CLOSED, FINAL, LEFT_OUT, PUBLISHED, VERIFIED
from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account

MOST_TOLD = 5


@transaction.atomic
def finish(code: str, unit_code: str, *, actor: Account) -> Assessment:
    """Close an assessment with what was recognised.

    Raises:
        Refused: the actor does not run the round or works in the unit, it is not verified, or the unit may still
            explain.
    """
    assessment = locked(code, unit_code)
    if not may_manage(actor, assessment.round.unit) or works_in(actor, assessment.unit):
        raise Refused(gettext("Bạn không chốt được điểm của %(unit)s.") % {"unit": assessment.unit.name})
    assessment.enter(FINAL)
    _check_may_end(assessment)
    _close(assessment, actor)
    return assessment


def may_end(assessment: Assessment) -> bool:
    """Whether the unit agreed, or may not explain any more."""
    return assessment.agreed_at is not None or today() > assessment.round.explain_by


def _check_may_end(assessment: Assessment) -> None:
    if not may_end(assessment):
        words = gettext("%(unit)s chưa đồng ý và còn được giải trình đến hết ngày %(day)s.")
        raise Refused(words % {"unit": assessment.unit.name, "day": f"{assessment.round.explain_by:%d/%m/%Y}"})


def _close(assessment: Assessment, actor: Account) -> None:
    found = verified_total(assessment.round.tree, assessment.scores.all())
    assessment.points, assessment.most = found.points, found.most
    assessment.scaled, assessment.share = found.scaled, found.share
    assessment.final_at = now()
    assessment.save(update_fields=["state", "points", "most", "scaled", "share", "final_at"])
    subject, unit = assessment.code, assessment.unit.code
    record(FINISHED, subject=subject, actor=actor.code, unit=unit, points=str(found.points), most=str(found.most))


@transaction.atomic
def finish_ready(code: str, *, actor: Account) -> int:
    """Close every verified assessment of a round whose unit agreed or may not explain any more; return how many.

    Raises:
        Refused: the actor does not run the round.
    """
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(
        "round__version__set", "round__unit__parent", "unit__parent"
    )
    made = Round.objects.select_related("unit__parent").filter(code=code).first()
    if made is None or not may_manage(actor, made.unit):
        raise Refused(gettext("Bạn không điều hành đợt đánh giá này."))
    count = 0
    for assessment in rows.filter(round=made, state=VERIFIED).order_by("unit__code"):
        if may_end(assessment) and not works_in(actor, assessment.unit):
            assessment.enter(FINAL)
            _close(assessment, actor)
            count += 1
    return count


@transaction.atomic
def reopen(code: str, unit_code: str, *, reason: str, actor: Account) -> Assessment:
    """Open a closed assessment again; what was published stands until a further edition takes its place.

    Raises:
        Refused: no reason, it is not closed, or the actor does not run the round.
    """
    assessment = locked(code, unit_code)
    if not may_manage(actor, assessment.round.unit):
        raise Refused(gettext("Bạn không mở lại được kết quả của %(unit)s.") % {"unit": assessment.unit.name})
    if assessment.state not in CLOSED:
        raise Refused(gettext("%(unit)s chưa chốt điểm.") % {"unit": assessment.unit.name})
    assessment.enter(VERIFIED)
    assessment.reason, assessment.agreed_at = reason_of(reason), None
    assessment.points = assessment.most = assessment.scaled = assessment.share = assessment.final_at = None
    assessment.save(update_fields=["state", "reason", "agreed_at", "points", "most", "scaled", "share", "final_at"])
    record(REOPENED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code)
    return assessment


@transaction.atomic
def publish(code: str, *, reason: str = "", actor: Account) -> Publication:
    """Publish a round; a correction is a further edition.

    Raises:
        Refused: the actor may not, an assessment is not closed (the first are named), nothing changed since the last
            edition, or a further edition has no reason.
    """
    found = (
        Round.objects.select_for_update(of=("self",))
        .select_related("version__set", "unit__parent")
        .filter(code=code)
        .first()
    )
    if found is None or not may_publish(actor, found.unit):
        raise Refused(gettext("Bạn không công bố được đợt đánh giá này."))
    standing = list(found.assessments.exclude(state=LEFT_OUT).select_related("unit"))
    open_ones = [each.unit.name for each in standing if each.state not in CLOSED]
    if open_ones or not standing:
        told = ", ".join(open_ones[:MOST_TOLD]) + ("…" if len(open_ones) > MOST_TOLD else "")
        raise Refused(gettext("Chưa công bố được, còn đơn vị chưa chốt điểm: %(units)s.") % {"units": told or "–"})
    before = found.publications.first()
    content = _content(found)
    digest = hashlib.sha256(canonical(content)).hexdigest()
    if before and before.digest == digest:
        raise Refused(gettext("Số liệu không khác lần công bố trước."))
    made = Publication.objects.create(
        round=found,
        edition=before.edition + 1 if before else 1,
        content=content,
        digest=digest,
        reason=reason_of(reason)[:500] if before else "",
        published_at=now(),
        published_by=actor.code,
    )
    found.assessments.filter(state=FINAL).update(state=PUBLISHED)
    unit, edition = found.unit.code, made.edition
    record(
        ROUND_PUBLISHED, subject=code, actor=actor.code, unit=unit, edition=edition, digest=digest, units=len(standing)
    )
    return made


def _content(found: Round) -> dict[str, Any]:
    """Return what is frozen: the set as it was, each unit's points, values and rank. Words of people are left out."""
    tree = found.tree
    return {
        "round": found.code,
        "title": found.title,
        "period": found.period,
        "unit": found.unit.code,
        "unit_name": found.unit.name,
        "set": found.version.set.code,
        "set_title": found.version.set.title,
        "set_version": found.version.number,
        "basis": found.version.set.basis,
        "source": found.version.source,
        "most": str(tree.most),
        "criteria": [
            {key: each.get(key, "") for key in ("code", "title", "most", "way", "parent", "measure")}
            for each in found.version.definition["criteria"]
        ],
        "units": [each.as_json() for each in results_of(found)],
        "left_out": sorted(found.assessments.filter(state=LEFT_OUT).values_list("unit__name", flat=True)),
    }
