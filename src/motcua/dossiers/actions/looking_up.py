"""Looking an applicant up at the counter: noted each time, and not without end."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.events import LOOKED_UP
from motcua.dossiers.queries.known_applicants import KnownApplicant, known_applicants
from motcua.dossiers.rules.reception_rules import reception_rules_on
from motcua.organizations.models import Account
from motcua.organizations.states import RECEPTION


@transaction.atomic
def look_up(number: str, *, actor: Account, at: datetime | None = None) -> list[KnownApplicant]:
    """Return who filed under ``number`` before, for an official who receives.

    That something was looked up is a fact, how much it found too; the number stands in no fact and no log.

    Raises:
        Refused: the actor does not receive, or has looked up more in an hour than the rules allow.
    """
    counters = list(actor.units_as(RECEPTION))
    if not counters:
        raise Refused(gettext("Chỉ công chức tiếp nhận được tra người nộp."), field="known_number")
    looked_at = at or now()
    most = reception_rules_on(looked_at.astimezone(VIETNAM).date()).look_ups_an_hour
    subject = f"look-ups:{actor.code}"
    one_too_many = Fact.objects.filter(subject=subject, verb=LOOKED_UP.verb).order_by("-id")[most - 1 : most].first()
    if one_too_many is not None and one_too_many.at >= looked_at - timedelta(hours=1):
        raise Refused(
            gettext("Bạn đã tra %(most)s lần trong một giờ. Hãy nhập tay, hoặc chờ.") % {"most": most},
            field="known_number",
        )
    found = known_applicants(number)
    record(LOOKED_UP, subject=subject, actor=actor.code, unit=counters[0].code, at=looked_at, found=len(found))
    return found
