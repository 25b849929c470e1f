"""The filters that people keep of a list, for every module's lists alike: save, rename, share, open with, drop."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.actions.saved_views import forget_view, open_with, rename_view, save_view, share_view
from motcua.organizations.models import SavedView
from motcua.organizations.queries import usable_views
from motcua.organizations.states import LEADER, UNIT_HEAD


def _back(request: SignedInRequest) -> HttpResponse:
    return redirect(_inside(request.POST.get("back", "")))


def _inside(address: str) -> str:
    """Return ``address`` if it lies in this house, else the front page."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"


@never_cache
@require_GET
@opens_to(signed_in)
def kept(request: SignedInRequest) -> HttpResponse:
    """The filters kept of the list ``page``, of one's own and of one's units; ``query`` are those in use there."""
    told, account = request.GET, request.user
    page = told.get("page", "")[:60].replace("\0", "")
    back = _inside(told.get("back", ""))
    views = list(usable_views(account, page))
    shown = {
        "views": [view for view in views if view.account_id == account.pk],
        "shared": [view for view in views if view.account_id != account.pk],
        "page": page,
        "query": told.get("query", "")[:1000],
        "list": back.partition("?")[0],
        "back": f"{reverse('organizations:kept_views')}?{urlencode({'page': page, 'back': back})}",
        "opens_with": account.opens_with.get(page, {}).get("view"),
        "units": list({unit.pk: unit for unit in account.units_as(UNIT_HEAD, LEADER)}.values()),
    }
    return render(request, "organizations/kept_views.html", shown)


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
    """Do to a saved view what ``do`` says: rename (""), share, open, close, drop; dropping asks first."""
    do = request.POST.get("do", "")
    if do == "drop" and "sure" not in request.POST:
        found = SavedView.objects.filter(pk=min(view, 2**63 - 1), account=request.user).first()
        if found is not None:
            page = {"view": found, "back": _inside(request.POST.get("back", ""))}
            return render(request, "organizations/drop_view.html", page)
    try:
        messages.success(request, _changed(request, view, do))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(request)


def _changed(request: SignedInRequest, view: int, do: str) -> str:
    """Change the view; return the words for what was done."""
    told, actor = request.POST, request.user
    if do == "drop":
        forget_view(view, actor=actor)
        return gettext("Đã bỏ bộ lọc.")
    if do == "share":
        units = {unit.code: unit for unit in actor.units_as(UNIT_HEAD, LEADER)}
        unit = units.get(told.get("unit", ""))
        share_view(view, unit=unit, actor=actor)
        return gettext("Đã chia sẻ bộ lọc.") if unit else gettext("Bộ lọc nay chỉ của riêng bạn.")
    if do in ("open", "close"):
        open_with(told.get("page", "")[:60], view=view if do == "open" else None, actor=actor)
        return gettext("Đã đổi bộ lọc mở đầu.")
    rename_view(view, name=told.get("name", ""), actor=actor)
    return gettext("Đã đổi tên bộ lọc.")
