"""Saving, renaming and dropping the filters of a list, for every module's lists alike."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.actions.saved_views import forget_view, rename_view, save_view


def _back(request: SignedInRequest) -> HttpResponse:
    address = request.POST.get("back", "")
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if is_ours else "/")


@require_POST
@opens_to(signed_in)
def save(request: SignedInRequest) -> HttpResponse:
    """Keep the filters ``query`` of the list ``page`` under ``name``; leads back to where the person was."""
    told = request.POST
    try:
        save_view(
            page=told.get("page", "")[:60].replace("\0", ""), name=told.get("name", ""), query=told.get("query", ""),
            actor=request.user,
        )  # fmt: skip
        messages.success(request, gettext("Đã lưu bộ lọc."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(request)


@require_POST
@opens_to(signed_in)
def change(request: SignedInRequest, view: int) -> HttpResponse:
    """Rename a saved view, or drop it (``do=drop``)."""
    try:
        if request.POST.get("do") == "drop":
            forget_view(view, actor=request.user)
            messages.success(request, gettext("Đã bỏ bộ lọc."))
        else:
            rename_view(view, name=request.POST.get("name", ""), actor=request.user)
            messages.success(request, gettext("Đã đổi tên bộ lọc."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(request)
