"""What the pages of this module share: where a request comes from, words for waiting, fragments that did not change."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from motcua.queues.ahead import Standing
from motcua.queues.models import Ticket
from motcua.queues.queries import Desk


def address_of(request: HttpRequest) -> str:
    """Return where the request comes from on the network; used for counting, kept as a digest only."""
    return str(request.META.get("REMOTE_ADDR", ""))


def said(request: HttpRequest, name: str, most: int = 30) -> str:
    """Return what a form said under ``name``, cut to ``most`` letters; no column keeps a NUL."""
    return request.POST.get(name, "")[:most].replace("\0", "")


def waiting_words(minutes: tuple[int, int] | None) -> str:
    """Return the usual waiting in words."""
    if minutes is None:
        return gettext("chưa có quầy nào mở")
    low, high = minutes
    if low == 0:
        return gettext("dưới %(high)s phút") % {"high": high}
    return gettext("khoảng %(low)s–%(high)s phút") % {"low": low, "high": high}


def version_of(ticket: Ticket, standing: Standing | None) -> str:
    """Return a sign that changes when anything that a ticket's page shows does."""
    shown = (ticket.state, ticket.window_id, ticket.group_id, ticket.wanted_window_id, standing)
    return sha256(repr(shown).encode()).hexdigest()[:16]


def desk_version_of(desk: Desk) -> str:
    """Return a sign that changes when anything in the waiting part of a window's page does."""
    lines = [(line.waiting, line.minutes, line.windows, line.since) for line in desk.lines]
    shown = (desk.waiting, lines, [each.pk for each in desk.next_up], [each.pk for each in desk.missed])
    return sha256(repr(shown).encode()).hexdigest()[:16]


def is_unchanged(request: HttpRequest, version: str) -> bool:
    """Whether the asking part of a page shows this version already: then 204 spares it the swap and its reader the
    announcement."""
    return bool(getattr(request, "htmx", False)) and request.GET.get("v") == version


def nothing_new() -> HttpResponse:
    """Return the answer to a part of a page that is up to date."""
    return HttpResponse(status=204)
