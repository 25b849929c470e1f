"""A ticket's page, for whoever has its code: the place in the line, usual waiting, nothing about anybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.queues.actions import taking
from motcua.queues.addresses import page_of
from motcua.queues.ahead import standing_of
from motcua.queues.codes import picture_of
from motcua.queues.queries import ticket_of
from motcua.queues.states import BOOKED, TONES, WAITING
from motcua.queues.web.answers import is_unchanged, nothing_new, version_of, waiting_words


@never_cache
@require_GET
@opens_to(everyone)
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Where a number stands now."""
    found = ticket_of(code)
    standing = standing_of(found)
    version = version_of(found, standing)
    if is_unchanged(request, version):
        return nothing_new()
    page = {
        "ticket": found,
        "standing": standing,
        "words": waiting_words(standing.minutes) if standing else "",
        "version": version,
        "tone": TONES.get(found.state, "neutral"),
        "may_cancel": found.state in (BOOKED, WAITING),
        "is_booked": found.state == BOOKED,
        "picture": picture_of(page_of(found.code)) if found.state == BOOKED else "",
    }
    return render(request, "queues/ticket_now.html" if request.htmx else "queues/ticket.html", page)  # type: ignore[attr-defined]


@never_cache
@require_GET
@opens_to(everyone)
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """The slip of 80 mm; the hall's own machine prints it at once and goes back for the next person."""
    found = ticket_of(code)
    standing = standing_of(found)
    page = {
        "ticket": found,
        "hall": found.hall,
        "standing": standing,
        "words": waiting_words(standing.minutes) if standing else "",
        "picture": picture_of(page_of(found.code)),
        "is_device": bool(request.GET.get("may")),
    }
    return render(request, "queues/slip.html", page)


@require_POST
@opens_to(everyone)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give the number up."""
    try:
        taking.cancel(code)
        messages.success(request, gettext("Đã hủy số. Cảm ơn bạn đã báo."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("queues:ticket", code)


@require_POST
@opens_to(everyone)
def arrive(request: HttpRequest, code: str) -> HttpResponse:
    """Come to the appointment."""
    try:
        taking.arrive(code)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("queues:ticket", code)
