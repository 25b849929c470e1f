"""Opening, resting and closing a window."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.queues import events
from motcua.queues.actions.days import end_days_before
from motcua.queues.actions.finding import is_of_today, lock_current, lock_own_window, lock_window
from motcua.queues.actions.telling import tell_of_window
from motcua.queues.models import Hall, Ticket, Window
from motcua.queues.states import CLOSED, OPEN, PAUSED, WAITING


@transaction.atomic
def open_window(hall_code: str, number: int, *, actor: Account, at: datetime | None = None) -> Window:
    """Sit down at a window. The first of the day ends what the days before left open; the actor's other window closes.

    Raises:
        Http404: no such window for the actor.
        Refused: a colleague sits there, or the actor's other window still has somebody.
    """
    at = (at or now()).astimezone(VIETNAM)
    # All who open windows of a hall in the morning queue here: the days before are ended once.
    Hall.objects.select_for_update().filter(code=hall_code).first()
    end_days_before(at.date(), hall_code=hall_code)
    window = lock_window(hall_code, number, actor=actor)
    if window.state != CLOSED and window.officer_id != actor.pk:
        raise Refused(gettext("%(window)s đang do người khác làm việc.") % {"window": window})
    for other in Window.objects.select_for_update(of=("self",)).select_related("hall__unit").filter(officer=actor):
        if other.pk != window.pk:
            _close(other, actor=actor, at=at)
    if window.state == OPEN:
        return window

    window.state, window.officer, window.opened_at = OPEN, actor, at
    window.save(update_fields=["state", "officer", "opened_at"])

    tell_of_window(events.WINDOW_OPENED, window, actor=actor, at=at)
    return window


@transaction.atomic
def pause_window(hall_code: str, number: int, *, actor: Account, at: datetime | None = None) -> Window:
    """Rest: nobody is called until work goes on. Refused while somebody is at the window."""
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    _refuse_if_busy(window)

    window.state = PAUSED
    window.save(update_fields=["state"])

    tell_of_window(events.WINDOW_PAUSED, window, actor=actor, at=at)
    return window


@transaction.atomic
def resume_window(hall_code: str, number: int, *, actor: Account, at: datetime | None = None) -> Window:
    """Go on after a rest."""
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)

    window.state = OPEN
    window.save(update_fields=["state"])

    tell_of_window(events.WINDOW_RESUMED, window, actor=actor, at=at)
    return window


@transaction.atomic
def close_window(hall_code: str, number: int, *, actor: Account, at: datetime | None = None) -> Window:
    """Leave the window; who was sent to it waits for any window of the group. Refused while somebody is there."""
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)

    _close(window, actor=actor, at=at)
    return window


def _close(window: Window, *, actor: Account, at: datetime) -> None:
    if is_of_today(window, at):
        _refuse_if_busy(window)
    window.state, window.officer, window.opened_at = CLOSED, None, None
    window.save(update_fields=["state", "officer", "opened_at"])
    Ticket.objects.filter(wanted_window=window, state=WAITING).update(wanted_window=None)
    tell_of_window(events.WINDOW_CLOSED, window, actor=actor, at=at)


def _refuse_if_busy(window: Window) -> None:
    if current := lock_current(window):
        raise Refused(
            gettext("%(window)s còn số %(label)s: xong hoặc ghi vắng trước đã.")
            % {"window": window, "label": current[0].label}
        )
