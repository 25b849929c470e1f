"""The first paragraph of every action here: find and lock the rows that it is about."""

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.queues.access import may_call_in
from motcua.queues.models import Hall, ServiceGroup, Ticket, Turn, Window
from motcua.queues.states import AT_WINDOW, CLOSED


def hall_in_use(code: str) -> Hall:
    """Return the hall.

    Raises:
        Http404: there is none in use with this code.
    """
    hall = Hall.objects.select_related("unit").filter(code=code, is_in_use=True).first()
    if hall is None:
        raise Http404
    return hall


def group_in_use(hall: Hall, letter: str) -> ServiceGroup:
    """Return a group of the hall.

    Raises:
        Refused: the hall has no such group now.
    """
    group = hall.groups.filter(letter=letter, is_in_use=True).first()
    if group is None:
        raise Refused(gettext("Hãy chọn một nhóm dịch vụ."), field="group")
    group.hall = hall
    return group


def lock_ticket(code: str) -> Ticket:
    """Lock a ticket by the code in its address.

    Raises:
        Http404: there is none.
    """
    tickets = Ticket.objects.select_for_update(of=("self",)).select_related("hall__unit", "group", "unit")
    ticket = tickets.filter(code=code).first()
    if ticket is None:
        raise Http404
    return ticket


def lock_window(hall_code: str, number: int, *, actor: Account) -> Window:
    """Lock a window for an officer of its hall.

    Raises:
        Http404: there is none in use, or the actor does not work in this hall.
    """
    windows = Window.objects.select_for_update(of=("self",)).select_related("hall__unit", "officer")
    window = windows.filter(hall__code=hall_code, hall__is_in_use=True, number=number, is_in_use=True).first()
    if window is None or not may_call_in(actor, window.hall):
        raise Http404
    return window


def lock_own_window(hall_code: str, number: int, *, actor: Account, at: datetime) -> Window:
    """Lock the window at which the actor sits today.

    Raises:
        Http404: there is none, or the actor does not work in this hall.
        Refused: it is not open, was opened on another day, or somebody else sits there.
    """
    window = lock_window(hall_code, number, actor=actor)
    if window.state == CLOSED or not is_of_today(window, at):
        raise Refused(gettext("%(window)s chưa mở. Hãy mở quầy trước.") % {"window": window})
    if window.officer_id != actor.pk:
        raise Refused(gettext("%(window)s đang do người khác làm việc.") % {"window": window})
    return window


def is_of_today(window: Window, at: datetime) -> bool:
    """Whether the window was opened on the day of ``at``: what was left open yesterday counts as closed."""
    return window.opened_at is not None and window.opened_at.astimezone(VIETNAM).date() == at.astimezone(VIETNAM).date()


def lock_current(window: Window) -> tuple[Ticket, Turn] | None:
    """Lock the ticket at a locked window with its turn; None while nobody is there."""
    tickets = Ticket.objects.select_for_update(of=("self",)).select_related("group", "unit")
    ticket = tickets.filter(window=window, state__in=AT_WINDOW).first()
    if ticket is None:
        return None
    ticket.hall = window.hall
    return ticket, ticket.turns.filter(ended_at__isnull=True).latest("id")
