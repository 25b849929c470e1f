"""A procedure through time: two versions side by side, its marks and who has authority over it."""

import re
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE, DEPARTMENT, OFFICE, PROVINCE, VERTICAL_AGENCY
from motcua.procedures.access import may_publish
from motcua.procedures.actions.marking import mark, set_authority
from motcua.procedures.models import Procedure
from motcua.procedures.publication_forms import AuthorityForm, MarkForm
from motcua.procedures.publication_queries import compare, part_label, version_of_day
from motcua.procedures.queries import versions_of


def _procedure(code: str) -> Procedure:
    found = Procedure.objects.filter(code=code).first() if re.fullmatch(r"\d\.\d{6}", code) else None
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(everyone)
def compared(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions part by part, what differs marked word by word; without days, the last two."""
    versions = versions_of(_procedure(code).code)
    days = [one.valid_from for one in versions]
    if not days:
        raise Http404
    after = _day(request, "den", days, days[0])
    earlier = [day for day in days if day < after]
    before = _day(request, "tu", days, earlier[0] if earlier else after)
    old, new = version_of_day(code, before), version_of_day(code, after)
    assert old is not None and new is not None
    found = compare(old, new)
    page = {
        "code": code,
        "versions": versions,
        "old": old,
        "new": new,
        "differences": [{"label": part_label(one.part), "before": one.before, "after": one.after} for one in found],
    }
    return render(request, "procedures/compared.html", page)


def _day(request: HttpRequest, key: str, days: list[date], default: date) -> date:
    try:
        wanted = date.fromisoformat(request.GET.get(key, ""))
    except ValueError:
        return default
    return wanted if wanted in days else default


@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def standing(request: SignedInRequest, code: str) -> HttpResponse:
    """Marks and authority of a procedure over time; give or end one."""
    procedure = _procedure(code)
    units = list(Unit.objects.in_force().filter(kind__in=[PROVINCE, OFFICE, DEPARTMENT, VERTICAL_AGENCY, COMMUNE]))
    units.sort(key=lambda unit: (unit.kind == COMMUNE, unit.sort_key))
    asked = request.POST.get("form", "")
    mark_form = MarkForm(request.POST if asked == "mark" else None)
    authority_form = AuthorityForm(request.POST if asked == "authority" else None, units=units)
    form = {"mark": mark_form, "authority": authority_form}.get(asked)
    if form is not None and form.is_valid():
        try:
            _do(asked, code, form.cleaned_data, units, request)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("procedures:standing", code)
    page = {
        "procedure": procedure,
        "traits": procedure.traits.order_by("-valid_from", "trait"),
        "authorities": procedure.authorities.select_related("unit").order_by("-valid_from", "role"),
        "mark_form": mark_form,
        "authority_form": authority_form,
    }
    return render(request, "procedures/standing.html", page, status=422 if form is not None and form.errors else 200)


def _do(asked: str, code: str, told: dict[str, Any], units: list[Unit], request: SignedInRequest) -> None:
    if asked == "mark":
        mark(
            code, told["trait"], on=told["on"] == "1", valid_from=told["valid_from"], source=told["source"],
            actor=request.user,
        )  # fmt: skip
        return
    unit = next((one for one in units if one.code == told["unit"]), None)
    set_authority(
        code, told["role"], unit=unit, unit_kind=told["unit_kind"], valid_from=told["valid_from"],
        source=told["source"], actor=request.user,
    )  # fmt: skip
