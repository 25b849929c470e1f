"""The papers themselves on their way from unit to unit: given, and signed for on arrival."""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import sees
from motcua.dossiers.events import PAPERS_GIVEN, PAPERS_TAKEN
from motcua.dossiers.models import Dossier, PaperHandOver
from motcua.dossiers.rules import wording
from motcua.organizations.models import Account, Unit
from motcua.workflow.actions import runs
from motcua.workflow.models import Run


@transaction.atomic
def give_papers(code: str, *, actor: Account, note: str = "", at: datetime | None = None) -> PaperHandOver:
    """Note that the papers leave the actor's unit for the unit where the dossier lies now.

    The electronic hand-over comes first: it decides where the papers belong.

    Raises:
        Http404: no such dossier for the actor.
        Refused: they are on their way already, or the dossier lies in the actor's own unit.
    """
    note = wording.line(note, field="note", label=gettext("ghi chú"), longest=300)
    dossier, run, given_at = *_locked(code, actor), at or now()
    open_one = PaperHandOver.objects.filter(dossier=dossier, received_at__isnull=True).exists()
    if open_one:
        raise Refused(gettext("Hồ sơ giấy đang trên đường, nơi nhận chưa ký nhận."))
    from_unit = _giving_unit(dossier, actor)
    if from_unit is None or from_unit.pk == run.unit_id:
        raise Refused(gettext("Hồ sơ đang ở đơn vị của bạn: hãy chuyển bước trước, rồi giao bản giấy."))

    given = PaperHandOver.objects.create(
        dossier=dossier, position=run.position, from_unit=from_unit, to_unit=run.unit, given_at=given_at,
        given_by=actor.code, note=note,
    )  # fmt: skip

    record(
        PAPERS_GIVEN, subject=code, actor=actor.code, unit=from_unit.code, at=given_at, step=run.step_name,
        to_unit=run.unit.code,
    )  # fmt: skip
    return given


@transaction.atomic
def take_papers(code: str, *, actor: Account, at: datetime | None = None) -> PaperHandOver:
    """Sign for the papers that were given to the actor's unit.

    Raises:
        Http404: no such dossier for the actor.
        Refused: none are on their way to a unit of the actor.
    """
    dossier, _run, taken_at = *_locked(code, actor), at or now()
    units = {post.unit_id for post in actor.posts_now}
    given = PaperHandOver.objects.filter(dossier=dossier, received_at__isnull=True, to_unit__in=units).first()
    if given is None:
        raise Refused(gettext("Không có hồ sơ giấy nào đang chờ đơn vị của bạn ký nhận."))

    given.received_at, given.received_by = taken_at, actor.code
    given.save(update_fields=["received_at", "received_by"])

    record(PAPERS_TAKEN, subject=code, actor=actor.code, unit=given.to_unit.code, at=taken_at)
    return given


def _locked(code: str, actor: Account) -> tuple[Dossier, Run]:
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit", "receiving_unit")
    dossier = dossiers.filter(code=code).first()
    if dossier is None or not actor.is_official:
        raise Http404
    run = runs.lock(code)
    if not sees(actor, dossier, run):
        raise Http404
    return dossier, run


def _giving_unit(dossier: Dossier, actor: Account) -> Unit | None:
    """Return the unit of the actor where the papers lie: where they came to last, else the counter."""
    last = PaperHandOver.objects.filter(dossier=dossier).order_by("-id").select_related("to_unit").first()
    lying = last.to_unit if last else dossier.receiving_unit
    return lying if any(post.unit_id == lying.pk for post in actor.posts_now) else None
