"""Redesigns: all of them with what they save together, one of them before and after, writing one down."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.procedures.access import may_publish
from motcua.procedures.actions.reengineering import NUMBERS, record_reengineering
from motcua.procedures.models import Offering, Reengineering
from motcua.procedures.models.reengineering import counting
from motcua.procedures.queries import offerings_in_force, version_at
from motcua.procedures.reengineering_forms import ActivityTable, ReengineeringForm, activities_of, rows_of
from motcua.procedures.rules.compliance_cost import total

PAGE = 200
CUT_TARGET = 0.1  # of the yearly cost, DOMAIN R6.3 [seed target]


@require_GET
@opens_to(everyone)
def reengineerings(request: HttpRequest) -> HttpResponse:
    """The newest first, and which part of the yearly cost they save together."""
    found = list(counting().order_by("-decided_on", "-id")[:PAGE])
    rows = [{"record": one, "saving": one.saving} for one in found]
    page = {
        "rows": rows,
        "total": total(row["saving"] for row in rows),  # type: ignore[misc]
        "target": CUT_TARGET,
        "may_write": may_publish(request.user),
    }
    return render(request, "procedures/reengineerings.html", page)


@require_GET
@opens_to(everyone)
def reengineering(request: HttpRequest, number: int) -> HttpResponse:
    """One redesign, before and after."""
    records = Reengineering.objects.select_related("procedure", "route_before", "route_after", "replaced_by")
    found = records.filter(pk=number).first()
    if found is None:
        raise Http404
    page = {
        "record": found,
        "version": version_at(found.procedure.code),
        "saving": found.saving,
        "may_write": may_publish(request.user),
    }
    return render(request, "procedures/reengineering.html", page)


@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def new(request: SignedInRequest) -> HttpResponse:
    """Write one down; for a procedure named in the address the numbers of today are filled in."""
    return _write(request, _known(request.GET.get("thu-tuc", "")))


@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def correct(request: SignedInRequest, number: int) -> HttpResponse:
    """Write a record anew in the place of one that is wrong; the old one stays to be read."""
    old = counting().filter(pk=number).first()
    if old is None:
        raise Http404
    known = {name: getattr(old, name) for name in ReengineeringForm.base_fields if name != "procedure"}
    return _write(request, {**known, "procedure": old.procedure.code}, old)


def _write(request: SignedInRequest, known: dict[str, Any], old: Reengineering | None = None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ReengineeringForm(data, initial=known)
    before = ActivityTable(data, prefix="truoc", initial=rows_of(old.before) if old else None)
    after = ActivityTable(data, prefix="sau", initial=rows_of(old.after) if old else None)
    if data is not None and form.is_valid() and before.is_valid() and after.is_valid():
        asked = dict(form.cleaned_data)
        try:
            written = record_reengineering(
                asked.pop("procedure").strip(), numbers={name: asked.pop(name) for name in NUMBERS},
                before=activities_of(before), after=activities_of(after), actor=request.user,
                corrects=old.pk if old else None, **asked,
            )  # fmt: skip
            messages.success(request, gettext("Đã ghi kết quả tái cấu trúc."))
            return redirect("procedures:reengineering", written.pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    tables = ((gettext("Hoạt động trước khi tái cấu trúc"), before), (gettext("Hoạt động sau khi tái cấu trúc"), after))
    page = {"form": form, "tables": tables, "old": old}
    return render(request, "procedures/reengineering_new.html", page, status=200 if data is None else 422)


def _known(code: str) -> dict[str, Any]:
    version = version_at(code) if code and "\0" not in code else None
    if version is None:
        return {}
    known: dict[str, Any] = {"procedure": code, "papers_before": version.components.count()}
    offering: Offering | None = offerings_in_force().filter(procedure__code=code).select_related("route").first()
    if offering is not None:
        known |= {
            "route_before": offering.route, "steps_before": offering.route.steps.count(),
            "limit_before": offering.limit_value, "limit_unit": offering.limit_unit,
        }  # fmt: skip
    return known
