"""Results on their way: that one arrived, and reminders to collect those that lie (R4.22)."""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.events import COLLECTION_REMINDED, RESULT_ARRIVED, RESULT_OPENED
from motcua.dossiers.models import CollectionReminder, Dossier, ResultReturn
from motcua.dossiers.queries.collection import due_reminders, is_waiting
from motcua.dossiers.rules import wording
from motcua.dossiers.states import IN_PERSON, ONLINE, POST
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account
from motcua.organizations.states import RECEPTION

MOST_AT_ONCE = 2_000


@transaction.atomic
def note_opened(dossier: Dossier, *, actor: Account, at: datetime | None = None) -> bool:
    """Note that the applicant opened a result that was returned electronically: it is received; return if it is news.

    Opened by anybody else, or returned otherwise, it changes nothing.
    """
    if dossier.applicant_id != actor.pk:
        return False
    opened_at = at or now()
    mine = ResultReturn.objects.filter(dossier=dossier, method=ONLINE, arrived_at__isnull=True)
    if not mine.update(arrived_at=opened_at):
        return False
    record(RESULT_OPENED, subject=dossier.code, actor=actor.code, at=opened_at)
    return True


@transaction.atomic
def note_delivered(code: str, *, actor: Account, item_number: str = "", at: datetime | None = None) -> ResultReturn:
    """Note that the post handed a result out; ``item_number`` replaces the one noted before where it is given.

    Raises:
        Http404: no such dossier at the actor's counter.
        Refused: it was not posted, or is noted as delivered already.
    """
    sent = ResultReturn.objects.select_for_update(of=("self",)).select_related("dossier", "unit")
    found = sent.filter(dossier__code=code).first()
    if found is None or not has_role_in(actor, found.unit, RECEPTION):
        raise Http404
    if found.method != POST or found.arrived_at is not None:
        raise Refused(
            gettext("Kết quả hồ sơ %(code)s không đi đường bưu chính, hoặc đã ghi là đã phát.") % {"code": code}
        )
    item = wording.line(item_number, field="item_number", label=gettext("số hiệu bưu gửi"), longest=40)

    found.arrived_at, found.item_number = at or now(), item or found.item_number
    found.save(update_fields=["arrived_at", "item_number"])

    record(RESULT_ARRIVED, subject=code, actor=actor.code, unit=found.unit.code, at=found.arrived_at)
    return found


@transaction.atomic
def remind(code: str, *, actor: Account | None, at: datetime | None = None) -> CollectionReminder:
    """Remind the applicant that the result waits; ``actor`` None is the daily round.

    Raises:
        Http404: no such dossier, or the actor does not return results there.
        Refused: nothing waits to be collected, or a reminder went the same day.
    """
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("receiving_unit", "competent_unit")
    dossier = dossiers.filter(code=code).first()
    if dossier is None or actor is not None and not has_role_in(actor, dossier.receiving_unit, RECEPTION):
        raise Http404
    reminded_at = at or now()
    if not is_waiting(dossier):
        raise Refused(gettext("Kết quả hồ sơ %(code)s không còn chờ người nộp nhận.") % {"code": code})
    last = CollectionReminder.objects.filter(dossier=dossier).order_by("-at").first()
    if last is not None and (reminded_at - last.at).days < 1:
        raise Refused(gettext("Hồ sơ %(code)s đã được nhắc trong ngày.") % {"code": code})

    reminder = CollectionReminder.objects.create(dossier=dossier, at=reminded_at, by=actor.code if actor else "")

    record(
        COLLECTION_REMINDED,
        subject=code,
        actor=actor.code if actor else "",
        unit=dossier.receiving_unit.code,
        at=reminded_at,
        method=ONLINE if dossier.returned_at else IN_PERSON,
    )
    return reminder


def remind_due(*, at: datetime | None = None) -> int:
    """Remind of every result whose days are over, each in its own transaction; return how many."""
    reminded_at, count = at or now(), 0
    for code in due_reminders(reminded_at, most=MOST_AT_ONCE):
        try:
            remind(code, actor=None, at=reminded_at)
            count += 1
        except (Refused, Http404):
            continue  # it was collected a moment ago
    return count
