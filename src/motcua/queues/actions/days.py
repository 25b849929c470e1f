"""The night between two days: every day begins with empty lines, closed windows and number 1."""

from datetime import date, timedelta

from django.db import transaction

from motcua.base.clock import now, start_of
from motcua.queues import events
from motcua.queues.actions.limiting import forget_old_requests
from motcua.queues.actions.telling import tell, tell_of_window
from motcua.queues.models import Ticket, Turn, Window
from motcua.queues.states import CLOSED, LAPSED, LEFT_OVER, SERVED, SERVING


@transaction.atomic
def end_days_before(day: date, *, hall_code: str = "") -> int:
    """End what the days before ``day`` left open, in one hall or in all; return how many tickets that were.

    Whoever was being served counts as served, with no end of service: nobody noted it. Done by the night's task, and
    again by the first who opens a window, so that a worker which stood still blocks nobody.
    """
    tickets = Ticket.objects.select_for_update(of=("self",)).select_related("hall__unit", "unit").order_by("pk")
    windows = Window.objects.select_for_update(of=("self",)).select_related("hall__unit").order_by("pk")
    if hall_code:
        tickets, windows = tickets.filter(hall__code=hall_code), windows.filter(hall__code=hall_code)
    for window in windows.filter(opened_at__lt=start_of(day)).exclude(state=CLOSED):
        ended_at = start_of(day) - timedelta(seconds=1)
        window.state, window.officer, window.opened_at = CLOSED, None, None
        window.save(update_fields=["state", "officer", "opened_at"])
        tell_of_window(events.WINDOW_CLOSED, window, actor=None, at=ended_at)
    ended = 0
    for ticket in tickets.filter(day__lt=day, state__in=LEFT_OVER):
        _end(ticket)
        ended += 1
    return ended


def _end(ticket: Ticket) -> None:
    ended_at = start_of(ticket.day + timedelta(days=1)) - timedelta(seconds=1)
    outcome, event = (SERVED, events.SERVED) if ticket.state == SERVING else (LAPSED, events.LAPSED)
    ticket.enter(outcome)
    ticket.ended_at = ended_at
    ticket.save(update_fields=["state", "ended_at"])
    Turn.objects.filter(ticket=ticket, ended_at__isnull=True, outcome="").update(outcome=outcome)
    tell(event, ticket, actor=None, at=ended_at)


def make_night() -> int:
    """End the days before today everywhere and forget old counts of requests; return how many tickets were open."""
    at = now()
    forget_old_requests(at=at)
    return end_days_before(at.date())
