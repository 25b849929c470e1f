"""Booking an appointment: a group, a day, a time. Nothing is asked about the person."""

from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.base.clock import VIETNAM, now
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.queues.actions import taking
from motcua.queues.opening import slots_for
from motcua.queues.queries import groups_of, hall_of
from motcua.queues.web.answers import address_of, said


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(everyone)
def book(request: HttpRequest, hall: str) -> HttpResponse:
    """Choose a group, then one of its free times; leads to the page of the booked number."""
    found, message = hall_of(hall), ""
    groups = [group for group in groups_of(found) if group.appointments]
    if request.method == "POST":
        try:
            ticket = taking.book(
                hall,
                group=said(request, "group", 2),
                appointed_at=_instant(said(request, "appointed_at", 40)),
                address=address_of(request),
            )
            return redirect("queues:ticket", ticket.code)
        except Refused as refusal:
            message = refusal.message
    letter = (request.POST or request.GET).get("group", "")[:2]
    chosen = next((group for group in groups if group.letter == letter), groups[0] if len(groups) == 1 else None)
    if chosen is not None:
        chosen.hall = found
    slots = slots_for(chosen, now()) if chosen else []
    days = [
        {"day": day, "slots": [slot.at.astimezone(VIETNAM) for slot in same_day]}
        for day, same_day in groupby(slots, key=lambda slot: slot.at.astimezone(VIETNAM).date())
    ]
    page = {"hall": found, "groups": groups, "chosen": chosen, "days": days, "message": message}
    return render(request, "queues/book.html", page, status=422 if message else 200)


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found
    except ValueError:
        pass
    raise Refused(gettext("Hãy chọn một giờ hẹn."), field="appointed_at")
