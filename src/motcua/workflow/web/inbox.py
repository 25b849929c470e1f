"""The inbox of heads and leaders: what every module puts before them, one list with kinds and numbers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.workflow.access import may_see_inbox
from motcua.workflow.trays import FEW, MANY, TrayShown, read_trays


@never_cache
@require_GET
@opens_to(may_see_inbox)
def inbox(request: SignedInRequest) -> HttpResponse:
    """Every tray with its first lines; with ``loai`` one of them at length."""
    wanted = request.GET.get("loai", "")
    found = read_trays(request.user, wanted=wanted)
    one = next((each for each in found if each.tray.code == wanted), None)
    shown = [one] if one else [each for each in found if each.page.entries]
    page = {
        "tabs": _tabs(found, wanted if one else ""),
        "trays": [_tray(request.user, each, is_alone=one is not None) for each in shown],
    }
    return render(request, "workflow/inbox.html", page)


def _tabs(found: list[TrayShown], wanted: str) -> list[dict[str, Any]]:
    here = reverse("workflow:inbox")
    every = {"label": None, "url": here, "active": not wanted, "count": sum(each.page.count for each in found)}
    return [every, *(
        {
            "label": str(each.tray.label),
            "url": f"{here}?loai={each.tray.code}",
            "active": each.tray.code == wanted,
            "count": each.page.count,
        }
        for each in found
        if each.page.count or each.tray.code == wanted
    )]  # fmt: skip


def _tray(account: Any, shown: TrayShown, *, is_alone: bool) -> dict[str, Any]:
    most = MANY if is_alone else FEW
    return {
        "code": shown.tray.code,
        "label": str(shown.tray.label),
        "count": shown.page.count,
        "entries": shown.page.entries[:most],
        "more": max(0, shown.page.count - most),
        "url": shown.page.url,
        "together": [
            {"label": each.label, "url": reverse(each.url_name), "key": each.key}
            for each in shown.tray.together
            if each.opens_to(account)
        ],
    }
