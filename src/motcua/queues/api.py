"""Operations of halls: the same actions and queries as the pages. Kiosks and screens need no key."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from ninja import Router, Status

from motcua.base.clock import now, today
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.queues.access import hall_for_figures, may_call_in, may_see_some_figures, may_use_windows
from motcua.queues.actions import calling, taking
from motcua.queues.actions import windows as window_actions
from motcua.queues.addresses import page_of
from motcua.queues.ahead import GroupLine, look_ahead, standing_of
from motcua.queues.figures import Figures, figures_of
from motcua.queues.forms import EARLIEST, LATEST, MOST_DAYS
from motcua.queues.models import Hall, Ticket
from motcua.queues.opening import opening_of, slots_for
from motcua.queues.queries import (
    desk_of,
    groups_of,
    hall_of,
    halls_open_to_all,
    screen_of,
    ticket_of,
    window_of,
)
from motcua.queues.rules.priorities import Priority, priorities_on
from motcua.queues.schemas import (
    ActIn,
    BookingIn,
    DeskOut,
    FiguresOut,
    HallOut,
    NumberIn,
    PassIn,
    PriorityOut,
    ScreenOut,
    SlotOut,
    TicketOut,
)
from motcua.queues.states import KIOSK, PHONE
from motcua.queues.web.answers import address_of

router = Router(tags=["halls"])
DEEDS: dict[str, Callable[..., Any]] = {
    "call-next": calling.call_next,
    "recall": calling.recall,
    "serve": calling.serve,
    "finish": calling.finish,
    "miss": calling.miss,
    "open": window_actions.open_window,
    "pause": window_actions.pause_window,
    "resume": window_actions.resume_window,
    "close": window_actions.close_window,
}
ON_WINDOW = frozenset({"open", "pause", "resume", "close"})


@router.get("/halls", response=list[HallOut], auth=None, operation_id="list_halls")
@opens_to(everyone)
def list_halls(request: SignedInRequest) -> list[dict[str, Any]]:
    """The halls in use, with their lines."""
    return [_hall(hall) for hall in halls_open_to_all()]


@router.get("/hall-priorities", response=list[PriorityOut], auth=None, operation_id="list_hall_priorities")
@opens_to(everyone)
def list_priorities(request: SignedInRequest) -> list[Priority]:
    """Who is called before others today."""
    return priorities_on(today())


@router.get("/halls/{code}", response=ScreenOut, auth=None, operation_id="get_hall_screen")
@opens_to(everyone)
def get_screen(request: SignedInRequest, code: str) -> dict[str, Any]:
    """What the hall's screen shows now."""
    screen = screen_of(hall_of(code))
    return {"hall": _hall(screen.hall), "waiting": screen.waiting, "calls": screen.calls, "version": screen.version}


@router.post("/halls/{code}/tickets", response={201: TicketOut}, auth=None, operation_id="take_number")
@opens_to(everyone)
def take_number(request: SignedInRequest, code: str, form: NumberIn) -> Status:
    """Take the next number of a group; a few a minute from one address."""
    ticket = taking.take_number(
        code,
        group=form.group,
        priority=form.priority,
        channel=KIOSK if form.is_kiosk else PHONE,
        address=address_of(request),
    )
    return Status(201, _ticket(ticket))


@router.get("/halls/{code}/slots", response=list[SlotOut], auth=None, operation_id="list_hall_slots")
@opens_to(everyone)
def list_slots(request: SignedInRequest, code: str, group: str) -> list[Any]:
    """The times for which an appointment can be booked."""
    hall = hall_of(code)
    found = next((each for each in groups_of(hall) if each.letter == group), None)
    if found is None:
        raise Http404
    found.hall = hall
    return slots_for(found, now())


@router.post("/halls/{code}/appointments", response={201: TicketOut}, auth=None, operation_id="book_appointment")
@opens_to(everyone)
def book_appointment(request: SignedInRequest, code: str, form: BookingIn) -> Status:
    """Book one of the slots; nothing is asked about the person."""
    if form.at.tzinfo is None:
        raise Refused(gettext("Hãy chọn một giờ hẹn."), field="at")
    return Status(201, _ticket(taking.book(code, group=form.group, appointed_at=form.at, address=address_of(request))))


@router.get("/tickets/{code}", response=TicketOut, auth=None, operation_id="get_ticket")
@opens_to(everyone)
def get_ticket(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Where a number stands."""
    return _ticket(ticket_of(code))


@router.post("/tickets/{code}/arrive", response=TicketOut, auth=None, operation_id="arrive_with_ticket")
@opens_to(everyone)
def arrive(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Come to an appointment."""
    return _ticket(taking.arrive(code))


@router.post("/tickets/{code}/cancel", response=TicketOut, auth=None, operation_id="cancel_ticket")
@opens_to(everyone)
def cancel(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Give a number up."""
    return _ticket(taking.cancel(code))


@router.post("/tickets/{code}/bring-back", response=TicketOut, operation_id="bring_ticket_back")
@opens_to(may_use_windows)
def bring_back(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Let somebody who was away when called into the line again."""
    return _ticket(calling.bring_back(code, actor=request.user))


@router.post("/halls/{code}/windows/{number}/pass-on", response=DeskOut, operation_id="pass_ticket_on")
@opens_to(may_use_windows)
def pass_on(request: SignedInRequest, code: str, number: int, form: PassIn) -> dict[str, Any]:
    """Send the person at the window to another line or window."""
    calling.pass_on(
        code,
        number,
        actor=request.user,
        to_group=form.to_group,
        to_window=form.to_window,
        at_ticket=form.at_ticket,
    )
    return _desk(code, number, request)


@router.post("/halls/{code}/windows/{number}/{deed}", response=DeskOut, operation_id="act_at_window")
@opens_to(may_use_windows)
def act(request: SignedInRequest, code: str, number: int, deed: str, form: ActIn) -> dict[str, Any]:
    """Do one of call-next, recall, serve, finish, miss, open, pause, resume, close."""
    if deed not in DEEDS:
        raise Http404
    more = {} if deed in ON_WINDOW else {"at_ticket": form.at_ticket}
    DEEDS[deed](code, number, actor=request.user, **more)
    return _desk(code, number, request)


@router.get("/halls/{code}/figures", response=FiguresOut, operation_id="get_hall_figures")
@opens_to(may_see_some_figures)
def get_figures(request: SignedInRequest, code: str, first: date, last: date) -> Figures:
    """How long people waited and were served, both days included."""
    hall = hall_for_figures(request.user, code)
    if not EARLIEST <= first <= last <= LATEST:
        raise Refused(gettext("Ngày cuối phải sau ngày đầu."), field="last")
    if (last - first).days > MOST_DAYS:
        raise Refused(gettext("Xem được nhiều nhất %(most)s ngày một lần.") % {"most": MOST_DAYS}, field="first")
    return figures_of(hall, first, last)


def _hall(hall: Hall) -> dict[str, Any]:
    at = now()
    opening = opening_of(hall, at)
    return {
        "code": hall.code,
        "name": hall.name,
        "unit": hall.unit.code,
        "unit_name": hall.unit.name,
        "is_open": opening.is_open,
        "opens_at": opening.opens_at,
        "groups": [_line(line) for line in look_ahead(hall, at).lines()],
    }


def _line(line: GroupLine) -> dict[str, Any]:
    low, high = line.minutes or (None, None)
    return {
        "letter": line.group.letter,
        "name": line.group.shown_name,
        "waiting": line.waiting,
        "windows": line.windows,
        "minutes_from": low,
        "minutes_to": high,
    }


def _ticket(ticket: Ticket) -> dict[str, Any]:
    standing = standing_of(ticket)
    low, high = (standing.minutes if standing else None) or (None, None)
    return {
        "code": ticket.code,
        "label": ticket.label,
        "hall": ticket.hall.code,
        "group": ticket.group.letter,
        "state": ticket.state,
        "window": ticket.window.number if ticket.window else None,
        "appointed_at": ticket.appointed_at,
        "taken_at": ticket.taken_at,
        "before": standing.before if standing else None,
        "minutes_from": low,
        "minutes_to": high,
        "address": page_of(ticket.code),
    }


def _desk(code: str, number: int, request: SignedInRequest) -> dict[str, Any]:
    window = window_of(hall_of(code), number)
    if not may_call_in(request.user, window.hall):
        raise Http404
    desk = desk_of(window)
    call = None
    if desk.ticket and desk.turn:
        call = {
            "label": desk.ticket.label,
            "window": number,
            "times": desk.turn.calls,
            "is_serving": desk.turn.started_at is not None,
        }
    return {
        "window": number,
        "state": window.state,
        "ticket": call,
        "ticket_code": desk.ticket.code if desk.ticket else "",
        "waiting": desk.waiting,
    }
