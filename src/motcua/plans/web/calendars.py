"""One's tasks in one's own calendar program: a private address, made, replaced and ended by its owner."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.guard import everyone, opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.gateways.tokens import digest_of
from motcua.organizations.models import Account
from motcua.plans.access import may_see_plans
from motcua.plans.actions.calendars import end_calendar, make_calendar
from motcua.plans.models import CalendarFeed, Occurrence, Task
from motcua.plans.queries import assigned_to
from motcua.plans.rendering.task_calendar import MEDIA_TYPE, Entry, entry_of, task_calendar, turn_entry

MOST = 2000  # entries in one feed
ONLY_MINE = "toi"


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def calendar(request: SignedInRequest) -> HttpResponse:
    """Make the address, which is shown once, or end it."""
    address = ""
    if request.method == "POST" and request.POST.get("do") == "end":
        end_calendar(actor=request.user)
        messages.success(request, gettext("Địa chỉ lịch cũ không còn dùng được."))
        return redirect("plans:calendar")
    if request.method == "POST":
        token = make_calendar(actor=request.user)
        address = request.build_absolute_uri(reverse("plans:calendar_feed", args=[token]))
    known = CalendarFeed.objects.filter(account=request.user).first()
    answer = render(request, "plans/calendar.html", {"address": address, "known": known})
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@opens_to(everyone)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The open tasks of the units of whoever the address belongs to; with ``?cua=toi`` those in his own name."""
    found = CalendarFeed.objects.select_related("account").filter(digest=digest_of(token[:100])).first()
    if found is None or not found.account.is_active or not may_see_plans(found.account):
        raise Http404
    entries = _entries(found.account, is_mine=request.GET.get("cua") == ONLY_MINE)
    answer = HttpResponse(task_calendar(gettext("Nhiệm vụ"), entries), content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "private, max-age=900"
    return answer


def _entries(account: Account, *, is_mine: bool) -> list[Entry]:
    parts = assigned_to([post.unit for post in account.posts_now]).filter(done_on__isnull=True)
    if is_mine:
        parts = parts.filter(person=account)
    tasks = Task.objects.filter(pk__in=parts.values("task")).select_related("plan").order_by("due_on", "pk")
    turns = Occurrence.objects.filter(assignment__in=parts.values("pk"), done_on__isnull=True)
    turns = turns.select_related("assignment__task__plan").order_by("due_on", "pk")
    entries = [entry for task in tasks[:MOST] if (entry := entry_of(task))]
    return [*entries, *(turn_entry(turn) for turn in turns[:MOST])]
