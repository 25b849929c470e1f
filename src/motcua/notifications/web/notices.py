"""One's own notices, newest first; opening one marks it read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.notifications.access import may_read_notices
from motcua.notifications.actions.notices import mark_all_read, mark_read
from motcua.notifications.models import Notice
from motcua.notifications.queries import PAGE, notices_of, unread_count
from motcua.organizations.access import SignedInRequest

LARGEST = 2**63 - 1


@never_cache
@require_GET
@opens_to(may_read_notices)
def notices(request: SignedInRequest) -> HttpResponse:
    """The notices of the reader, newest first, page by page."""
    asked = request.GET.get("after", "")
    before = min(int(asked), LARGEST) if asked.isascii() and asked.isdigit() else None
    found = notices_of(request.user, limit=PAGE + 1, before=before)
    page = {
        "notices": found[:PAGE],
        "unread": unread_count(request.user),
        "after": str(found[PAGE - 1].pk) if len(found) > PAGE else "",
    }
    return render(request, "notifications/notices.html", page)


@require_POST
@opens_to(may_read_notices)
def open_notice(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """Mark a notice of the reader as read and go where it leads."""
    notice = get_object_or_404(Notice, pk=min(notice_id, LARGEST), account=request.user)
    mark_read(request.user, notice_id=notice.pk)
    return redirect(notice.link or "notifications:notices")


@require_POST
@opens_to(may_read_notices)
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark all notices of the reader as read."""
    mark_all_read(request.user)
    return redirect("notifications:notices")
