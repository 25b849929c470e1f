"""Typed and imported figures: entering, reading a file, verifying by a second person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.indicators.access import may_enter
from motcua.indicators.actions.figures import Entry, enter, refuse, verify
from motcua.indicators.figures import may_verify_for, questions, rows_of_file, visible_figures
from motcua.indicators.forms import FigureForm, ImportForm
from motcua.indicators.models import TypedFigure
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at

ASKED = ("what", "unit", "period")  # what a link from the index fills in


@require_http_methods(["GET", "POST"])
@opens_to(may_enter)
def figures(request: SignedInRequest) -> HttpResponse:
    """The figures of the account's units, those that wait for it first, and the forms to type or import more."""
    known = questions()
    is_file = request.method == "POST" and "import" in request.POST
    is_typed = request.method == "POST" and not is_file
    given = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
    form = FigureForm(request.POST if is_typed else None, questions=known, initial=given)
    file_form = ImportForm(request.POST if is_file else None, request.FILES if is_file else None)
    sent = file_form if is_file else form
    if request.method == "POST" and sent.is_valid():
        try:
            made = _import(request, file_form) if is_file else _enter(request, form)
        except Refused as refusal:
            sent.add_error(refusal.field if refusal.field in sent.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã nhập %(n)s số liệu, chờ người thứ hai xác minh.") % {"n": len(made)})
            return redirect("indicators:figures")
    rows = [
        {
            "figure": each,
            "name": known.get(each.what, each.what),
            "may_verify": each.is_waiting
            and each.entered_by != request.user.code
            and may_verify_for(request.user, each.unit),
        }
        for each in visible_figures(request.user)
    ]
    page: dict[str, Any] = {"rows": rows, "form": form, "file_form": file_form}
    return render(request, "indicators/figures.html", page, status=422 if sent.errors else 200)


def _enter(request: SignedInRequest, form: FigureForm) -> list[TypedFigure]:
    data = form.cleaned_data
    period = IndexPeriod.parse(data["period"])
    entry = Entry(
        data["what"], unit_at(data["unit"]), period.first, period.last, data["part"], data["whole"], data["source"]
    )
    return enter([entry], actor=request.user)


def _import(request: SignedInRequest, form: ImportForm) -> list[TypedFigure]:
    file = form.cleaned_data["file"]
    rows = rows_of_file(file.name, file.read())
    entries = [
        Entry(row.what, row.unit, row.period.first, row.period.last, row.part, row.whole, row.source) for row in rows
    ]
    return enter(entries, actor=request.user)


@require_POST
@opens_to(may_enter)
def settle(request: SignedInRequest, figure_id: int, verb: str) -> HttpResponse:
    """Verify a figure, or leave it out with a reason."""
    if verb not in ("xac-minh", "khong-nhan"):
        raise Http404
    try:
        if verb == "xac-minh":
            verify(figure_id, actor=request.user)
            messages.success(request, gettext("Đã xác minh; số liệu được tính từ bây giờ."))
        else:
            refuse(figure_id, reason=request.POST.get("reason", ""), actor=request.user)
            messages.success(request, gettext("Đã ghi là không chấp nhận."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("indicators:figures")
