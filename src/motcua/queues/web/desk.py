"""The officer's page at a window, and the small part of it that other pages may carry."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.clock import now, start_of
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.queues.access import halls_of, may_call_in, may_use_windows
from motcua.queues.actions import calling
from motcua.queues.actions import windows as window_actions
from motcua.queues.models import Window
from motcua.queues.queries import Desk, desk_of, hall_of, own_window, window_of
from motcua.queues.states import CALLED, CLOSED, OPEN, PAUSED, SERVING
from motcua.queues.web.answers import desk_version_of, is_unchanged, nothing_new, said, waiting_words

ON_TICKET: dict[str, Callable[..., Any]] = {
    "goi": calling.call_next,
    "goi-lai": calling.recall,
    "phuc-vu": calling.serve,
    "xong": calling.finish,
    "vang": calling.miss,
}
ON_WINDOW: dict[str, Callable[..., Any]] = {
    "mo": window_actions.open_window,
    "nghi": window_actions.pause_window,
    "lam-lai": window_actions.resume_window,
    "dong": window_actions.close_window,
}


@never_cache
@require_GET
@opens_to(may_use_windows)
def windows(request: SignedInRequest) -> HttpResponse:
    """Choose a window to sit at."""
    halls = list(halls_of(request.user))
    rows = Window.objects.filter(hall__in=halls, is_in_use=True).select_related("hall__unit", "officer")
    morning = start_of(now().date())
    page = {
        "halls": [
            {
                "hall": hall,
                "windows": [
                    {
                        "window": window,
                        "is_taken": window.state != CLOSED
                        and window.officer_id != request.user.pk
                        and window.opened_at is not None
                        and window.opened_at >= morning,
                    }
                    for window in rows.filter(hall=hall).prefetch_related("groups").order_by("number")
                ],
            }
            for hall in halls
        ],
        "own": own_window(request.user),
    }
    return render(request, "queues/windows.html", page)


@never_cache
@require_GET
@opens_to(may_use_windows)
def window(request: SignedInRequest, hall: str, number: int) -> HttpResponse:
    """The desk: the number at the window, what can be done with it, who waits."""
    found = _window(request, hall, number)
    own = own_window(request.user)
    if own is None or own.pk != found.pk:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Refresh": "true"})  # the whole page has to go, not its waiting part
        return redirect("queues:windows")
    desk = desk_of(found)
    version = desk_version_of(desk)
    if is_unchanged(request, version):
        return nothing_new()
    page = {**_page(desk), "version": version}
    return render(request, "queues/waiting.html" if request.htmx else "queues/window.html", page)  # type: ignore[attr-defined]


@require_POST
@opens_to(may_use_windows)
def act(request: SignedInRequest, hall: str, number: int, action: str) -> HttpResponse:
    """Do one thing at the window. Carried by another page, the answer is the small part alone."""
    _window(request, hall, number)
    try:
        message, tell = _do(request, hall, number, action), messages.info
    except Refused as refusal:
        message, tell = refusal.message, messages.error
    if request.htmx:  # type: ignore[attr-defined]
        return _fragment(request, message)
    if message:
        tell(request, message)
    return redirect("queues:windows") if action == "dong" else redirect("queues:window", hall, number)


def _do(request: SignedInRequest, hall: str, number: int, action: str) -> str:
    """Do what ``action`` names; return words where it had no visible outcome."""
    seen = said(request, "so", 20)
    if action in ON_WINDOW:
        ON_WINDOW[action](hall, number, actor=request.user)
        return ""
    if action == "cho-lai":
        calling.bring_back(seen, actor=request.user)
        return ""
    if action == "chuyen":
        _pass_on(request, hall, number, seen)
        return ""
    if action not in ON_TICKET:
        raise Http404
    if ON_TICKET[action](hall, number, actor=request.user, at_ticket=seen) is None:
        return gettext("Không còn ai chờ quầy này.")
    return ""


def _pass_on(request: SignedInRequest, hall: str, number: int, seen: str) -> None:
    """Read the goal: ``nhom-B`` a group's line, ``quay-3`` one window."""
    kind, _dash, goal = said(request, "den", 10).partition("-")
    calling.pass_on(
        hall,
        number,
        actor=request.user,
        to_group=goal if kind == "nhom" else "",
        to_window=int(goal) if kind == "quay" and goal.isdecimal() else None,
        at_ticket=seen,
    )


@never_cache
@require_GET
@opens_to(may_use_windows)
def next_fragment(request: SignedInRequest) -> HttpResponse:
    """The number at the reader's window with its buttons, for pages of other modules; 204 where there is no hall."""
    return _fragment(request, "")


def _fragment(request: SignedInRequest, message: str) -> HttpResponse:
    found = own_window(request.user)
    if found is None and not halls_of(request.user).exists():
        return HttpResponse(status=204)
    page: dict[str, Any] = _page(desk_of(found)) if found else {"desk": None}
    return render(request, "queues/next.html", {**page, "message": message})


def _window(request: SignedInRequest, hall: str, number: int) -> Window:
    found = window_of(hall_of(hall), number)
    if not may_call_in(request.user, found.hall):
        raise Http404
    return found


def _page(desk: Desk) -> dict[str, Any]:
    state = desk.ticket.state if desk.ticket else ""
    is_open = desk.window.state == OPEN
    return {
        "desk": desk,
        "seen": desk.ticket.code if desk.ticket else "",
        "is_called": state == CALLED,
        "is_serving": state == SERVING,
        "is_paused": desk.window.state == PAUSED,
        "may_call": is_open and state != CALLED,
        "lines": [{"line": line, "words": waiting_words(line.minutes)} for line in desk.lines],
    }
