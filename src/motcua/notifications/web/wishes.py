"""What the reader wants to be told through which channel, and the addresses that were proved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.notifications.access import may_read_notices
from motcua.notifications.actions import contacts
from motcua.notifications.gateways.ways import is_open
from motcua.notifications.queries import contact_points_of, wishes_of
from motcua.notifications.states import CHANNELS, EMAIL, MEDIA, SMS
from motcua.organizations.access import SignedInRequest


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_read_notices)
def wishes(request: SignedInRequest) -> HttpResponse:
    """Show and keep what the reader wants."""
    if request.method == "POST":
        ticked = (value.partition("/") for value in request.POST.getlist("muon"))
        contacts.prefer(request.user, wanted={(kind, channel) for kind, _slash, channel in ticked})
        messages.success(request, gettext("Đã lưu cách nhận thông báo."))
        return redirect("notifications:wishes")
    return _show(request)


@sensitive_post_parameters()
@require_POST
@opens_to(may_read_notices)
def ask_code(request: SignedInRequest, medium: str) -> HttpResponse:
    """Send a code to the address typed."""
    address = request.POST.get("address", "")
    try:
        contacts.send_code(request.user, medium=_known(medium), address=address[:254])
    except Refused as refusal:
        return _show(request, failed=medium, message=refusal.message, typed=address[:254], status=422)
    messages.success(request, gettext("Đã gửi mã xác nhận. Mã có hiệu lực 10 phút."))
    return redirect("notifications:wishes")


@sensitive_post_parameters()
@require_POST
@opens_to(may_read_notices)
def confirm(request: SignedInRequest, medium: str) -> HttpResponse:
    """Take the code that the reader got."""
    try:
        contacts.verify(request.user, medium=_known(medium), code=request.POST.get("code", "")[:20])
    except Refused as refusal:
        return _show(request, failed=medium, message=refusal.message, status=422)
    messages.success(request, gettext("Đã xác nhận địa chỉ nhận tin."))
    return redirect("notifications:wishes")


@require_POST
@opens_to(may_read_notices)
def forget(request: SignedInRequest, medium: str) -> HttpResponse:
    """Forget an address."""
    contacts.remove_contact(request.user, medium=_known(medium))
    messages.success(request, gettext("Đã bỏ địa chỉ nhận tin."))
    return redirect("notifications:wishes")


def _known(medium: str) -> str:
    if medium not in MEDIA:
        raise Http404
    return medium


def _show(
    request: SignedInRequest, *, failed: str = "", message: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    points = contact_points_of(request.user)
    page: dict[str, Any] = {
        "kinds": wishes_of(request.user),
        "channels": [{"code": code, "label": label, "is_open": is_open(code)} for code, label in CHANNELS.items()],
        "media": [
            {
                "code": medium,
                "label": label,
                "point": points.get(medium),
                "waits": bool(points.get(medium) and points[medium].code_digest),
                "is_open": is_open(EMAIL if medium == EMAIL else SMS),
                "own": request.user.email if medium == EMAIL else "",
                "message": message if medium == failed else "",
                "typed": typed if medium == failed else "",
            }
            for medium, label in MEDIA.items()
        ],
        "message": message,
    }
    return render(request, "notifications/wishes.html", page, status=status)
