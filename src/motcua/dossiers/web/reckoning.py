"""The reckoning of a due instant, for whoever asks why (R4.03-R4.07, R4.10)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.rules.limits import REPLY_MINUTES
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.calendar_file import due_rule_on
from motcua.organizations.rules.ledger import Entry
from motcua.organizations.rules.pauses import Pause
from motcua.organizations.rules.time_limits import Due, Limit, LimitUnit, due
from motcua.workflow.models import Run


@dataclass(frozen=True)
class Line:
    """One stretch of the ledger, its reason in the reader's language."""

    start: datetime
    end: datetime
    minutes: int
    days: Decimal | None
    is_counted: bool
    words: str


@dataclass(frozen=True)
class Reckoning:
    """A due instant with its reasons, reckoned anew by today's calendar.

    ``is_reply``: nothing is promised yet, the counter has to answer. ``promised_at`` is before pauses moved it,
    ``due_at`` what the dossier bears; ``is_same`` is False when the calendar changed since.
    """

    is_reply: bool
    limit: str
    started_at: datetime
    promised_at: datetime
    due_at: datetime
    is_same: bool
    is_paused: bool
    pauses: tuple[Pause, ...]
    entries: list[Line]
    estimated_years: list[int]


def reckon(dossier: Dossier, run: Run) -> Reckoning:
    """Explain the due instant of ``dossier``: the promise with its pauses, or until when the counter must reply.

    Raises:
        CalendarRefused: the calendar does not cover it.
    """
    calendar = calendar_for(dossier.competent_unit.code)
    is_reply = dossier.received_at is None
    pauses: tuple[Pause, ...] = ()
    if is_reply:
        limit = Limit(Decimal(REPLY_MINUTES) / 60, LimitUnit.WORKING_HOUR)
    else:
        offering = offering_of(dossier.offering_id)
        limit = Limit(Decimal(offering.limit_value), LimitUnit(offering.limit_unit))
        counted = run.pauses.filter(started_at__gte=dossier.received_at).order_by("id")  # the clock had not begun
        pauses = tuple(Pause(each.started_at, each.ended_at, each.reason) for each in counted)
    received_at = dossier.received_at or dossier.filed_at
    promise = due(received_at, limit, calendar, due_rule_on(received_at.astimezone(VIETNAM).date()))
    ended = [pause for pause in pauses if pause.end is not None]
    found: Due = promise.moved_by(ended) or promise
    due_at = dossier.due_at or run.due_at
    return Reckoning(
        is_reply=is_reply,
        limit=str(limit),
        started_at=promise.received_at,
        promised_at=promise.promised_at,
        due_at=due_at,
        is_same=found.at == due_at,
        is_paused=any(pause.end is None for pause in pauses),
        pauses=pauses,
        entries=[_line(each) for each in found.ledger()],
        estimated_years=found.estimated_years,
    )


def _line(entry: Entry) -> Line:
    words = gettext(entry.reason) if entry.reason else ""
    return Line(entry.start, entry.end, entry.minutes, entry.days, entry.is_counted, words[:1].upper() + words[1:])
