"""Taking a number: on the kiosk's touch screen, or on one's own phone in the hall. No account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import now
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.queues.access import may_call_in
from motcua.queues.actions import taking
from motcua.queues.ahead import look_ahead
from motcua.queues.models import Hall, Ticket
from motcua.queues.opening import opening_of
from motcua.queues.queries import hall_of, halls_open_to_all, ticket_of
from motcua.queues.rules.priorities import priorities_on
from motcua.queues.states import DESK, KIOSK, PHONE
from motcua.queues.web.answers import address_of, said, waiting_words

DEVICE = "may"  # ?may=1: the hall's own machine, which prints a slip and is ready for the next person


@never_cache
@require_GET
@opens_to(everyone)
def halls(request: HttpRequest) -> HttpResponse:
    """The halls where numbers can be taken, with who waits."""
    at = now()
    rows = [
        {
            "hall": hall,
            "opening": opening_of(hall, at),
            "waiting": sum(line.waiting for line in look_ahead(hall, at).lines()),
            "books": hall.groups.filter(is_in_use=True, appointments__gt=0).exists(),
        }
        for hall in halls_open_to_all()
    ]
    return render(request, "queues/halls.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(everyone)
def kiosk(request: HttpRequest, hall: str) -> HttpResponse:
    """Choose a group of services and take its next number; an officer of the hall takes it for somebody else."""
    found = hall_of(hall)
    is_device = bool((request.POST or request.GET).get(DEVICE))
    if request.method == "POST":
        officer = request.user if request.user.is_authenticated and may_call_in(request.user, found) else None
        try:
            ticket = taking.take_number(
                hall,
                group=said(request, "group", 2),
                priority=said(request, "priority"),
                channel=KIOSK if is_device else DESK if officer else PHONE,
                address="" if officer else address_of(request),
                actor=officer,
            )
        except Refused as refusal:
            return _show(request, found, is_device=is_device, message=refusal.message)
        if officer and not is_device:
            return redirect("queues:slip", ticket.code)
        return _to_ticket(ticket, is_device=is_device)
    return _show(request, found, is_device=is_device)


@never_cache
@require_POST
@opens_to(everyone)
def arrive(request: HttpRequest, hall: str) -> HttpResponse:
    """Come to an appointment by the code on its page."""
    found, is_device = hall_of(hall), bool(request.POST.get(DEVICE))
    code = said(request, "code", 200).strip().lower().rpartition("/")[2][:20]
    if not Ticket.objects.filter(code=code, hall=found).exists():
        message = gettext("Không có lịch hẹn nào mang mã này. Hãy xem lại mã trên trang đặt hẹn.")
        return _show(request, found, is_device=is_device, message=message)
    try:
        taking.arrive(code)
    except Refused as refusal:
        return _show(request, found, is_device=is_device, message=refusal.message)
    return _to_ticket(ticket_of(code), is_device=is_device)


def _to_ticket(ticket: Ticket, *, is_device: bool) -> HttpResponse:
    if is_device:
        return redirect(f"{reverse('queues:slip', args=[ticket.code])}?{DEVICE}=1")
    return redirect("queues:ticket", ticket.code)


def _show(request: HttpRequest, hall: Hall, *, is_device: bool, message: str = "") -> HttpResponse:
    at = now()
    is_english = get_language() == "en"
    page: dict[str, Any] = {
        "hall": hall,
        "opening": opening_of(hall, at),
        "lines": [{"line": line, "words": waiting_words(line.minutes)} for line in look_ahead(hall, at).lines()],
        "priorities": [
            {"code": each.code, "name": each.name_en if is_english else each.name} for each in priorities_on(at.date())
        ],  # fmt: skip
        "books": hall.groups.filter(is_in_use=True, appointments__gt=0).exists(),
        "is_device": is_device,
        "message": message,
    }
    return render(request, "queues/kiosk.html", page, status=422 if message else 200)
