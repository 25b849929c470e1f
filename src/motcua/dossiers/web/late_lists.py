"""Lateness of many: the public list by month, counts per unit and official with what looks like gaming, exports."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.beside import beginnings
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access.late import may_control_dossiers, may_lead_or_control
from motcua.dossiers.actions.late_lists import publish_late_list
from motcua.dossiers.queries.late_lists import (
    explanations_open,
    flags,
    late_list_of,
    months_published,
    official_counts,
    unit_counts,
)
from motcua.dossiers.web.late_forms import CountedForm
from motcua.organizations.access import SignedInRequest


@require_GET
@opens_to(everyone)
def public_list(request: HttpRequest, month: str = "") -> HttpResponse:
    """The published list of a month, the newest where none is named: codes and offices, nobody's name."""
    months = months_published()
    if not month and not months:
        return render(request, "dossiers/late_list.html", {"months": [], "rows": [], "list": None})
    wanted = _month(month) if month else months[0]
    found = late_list_of(wanted)
    rows = [
        row | {"due_at": parse_datetime(row["due_at"]), "decided_at": parse_datetime(row["decided_at"] or "")}
        for row in found.rows
    ]
    page = {"months": months, "rows": rows, "list": found, "beginnings": beginnings("dossier", request.user)}
    return render(request, "dossiers/late_list.html", page)


@never_cache
@require_GET
@opens_to(may_lead_or_control)
def counts(request: HttpRequest) -> HttpResponse:
    """Lateness by unit and official in a period, explanations owed, and the flagged list for the control office."""
    form = CountedForm.asked(request.GET)
    page: dict[str, Any] = {"form": form, "may_publish": may_control_dossiers(request.user)}
    if not form.is_valid():
        return render(request, "dossiers/late_counts.html", page, status=422)
    first, after = form.cleaned_data["tu"], form.cleaned_data["den"] + timedelta(days=1)
    page |= {
        "units": unit_counts(request.user, first, after),
        "officials": official_counts(request.user, first, after),
        "owed": explanations_open(request.user),
        "flags": flags(request.user, first, after) if may_control_dossiers(request.user) else None,
        "months": months_published()[:12],
        "beginnings": beginnings("dossier", request.user),
    }
    return render(request, "dossiers/late_counts.html", page)


@require_POST
@opens_to(may_control_dossiers)
def publish(request: SignedInRequest) -> HttpResponse:
    """Publish the list of the month named; once."""
    try:
        found = publish_late_list(_month(request.POST.get("thang", "")), actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("dossiers:late_counts")
    messages.success(request, gettext("Đã công khai danh sách hồ sơ trễ hạn."))
    return redirect("dossiers:late_list_of", f"{found.month:%Y-%m}")


def _month(text: str) -> date:
    """Return the first day of ``2026-10``; Http404 where it is no month."""
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError as error:
        raise Http404 from error
