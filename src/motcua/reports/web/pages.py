"""The reports of a unit, one report, and its grid."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account
from motcua.organizations.queries import unit_at
from motcua.reports.access import may_accept, may_acknowledge, may_see_reports, may_submit, may_write, visible_to
from motcua.reports.actions import rounds, sending, writing
from motcua.reports.forms import OpenForm, ReturnForm
from motcua.reports.forms_in_use import newer_forms
from motcua.reports.measures import DUE, LATE, MEASURES
from motcua.reports.models import Report
from motcua.reports.obligations import dissolved_below, send_by, unsent
from motcua.reports.queries import checked, in_words
from motcua.reports.rendering.official import MEDIA_TYPES
from motcua.reports.rendering.official import render as render_file
from motcua.reports.rules.due_periods import last_due
from motcua.reports.states import NEXT, RETURNED

REGIME = "cchc"
PAGE = 100


def find_report(request: SignedInRequest, code: str) -> Report:
    found = visible_to(request.user).select_related("unit__parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@opens_to(may_see_reports)
def reports(request: SignedInRequest) -> HttpResponse:
    """The reports that the account sees, newest first; open a new one."""
    if request.method == "POST":
        form = OpenForm(request.POST)
        if form.is_valid():
            try:
                report = writing.open_report(
                    unit=unit_at(form.cleaned_data["unit"]),
                    period=form.cleaned_data["period"],
                    regime=form.cleaned_data["regime"],
                    actor=request.user,
                )
                return redirect("reports:report", report.code)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    else:
        unit = next((post.unit.code for post in request.user.posts_now), "")
        form = OpenForm(initial={"unit": unit, "period": last_due(REGIME, today()).code})
    shown = next((each.label for each in MEASURES if each.code == request.GET.get("so")), "")
    page = {"form": form, "shown": shown, "reports": _asked_for(request).order_by("-opened_at")[:PAGE]}
    return render(request, "reports/reports.html", page, status=422 if form.errors else 200)


def _asked_for(request: SignedInRequest) -> QuerySet[Report]:
    """Return the reports that the account sees, or those of them that a number of ``measures`` counts for a unit."""
    seen = visible_to(request.user)
    number, unit_code = request.GET.get("so", ""), request.GET.get("don-vi", "")
    if number not in (LATE, DUE):
        return seen
    try:
        counted = unsent(unit_at(unit_code), today(), late=number == LATE)
    except Refused:
        return seen.none()
    return seen.filter(pk__in=[each.pk for each in counted])


@require_GET
@opens_to(may_see_reports)
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """One report: its appendices, what the checker says, what may be done now, what happened."""
    found = find_report(request, code)
    return _report_page(request, found, ReturnForm())


def _report_page(request: SignedInRequest, found: Report, form: ReturnForm, message: str = "") -> HttpResponse:
    seen = checked(found, is_final=True)
    facts = list(Fact.objects.filter(subject=found.code).order_by("-id")[:50])
    names = dict(Account.objects.filter(code__in={fact.actor for fact in facts}).values_list("code", "full_name"))
    page = {
        "report": found,
        "seen": seen,
        "findings": in_words(seen.findings),
        "may_write": found.is_open and may_write(request.user, found.unit),
        "may_submit": found.is_open and may_submit(request.user, found.unit),
        "may_accept": not found.is_open and may_accept(request.user, found.unit),
        "may_return": RETURNED in NEXT[found.state] and may_accept(request.user, found.unit),
        "form": form,
        "message": message,
        "formats": MEDIA_TYPES,
        "window": found.report_period.window(found.regime),
        "send_by": send_by(found.regime, found.report_period, found.unit.kind),
        "has_children": found.is_open and found.unit.children.exists(),
        "newer_forms": newer_forms(found),
        "dissolved": dissolved_below(found),
        "versions": found.versions.order_by("-number"),
        "receipts": found.receipts.select_related("unit").order_by("-version", "unit__name"),
        "may_acknowledge": may_acknowledge(request.user, found),
        "cell_returns": found.cell_returns.filter(answered_at__isnull=True).order_by("appendix", "pk"),
        "timeline": [
            {"what": fact.label, "when": fact.at, "who": names.get(fact.actor, ""), "note": ""} for fact in facts
        ],
    }
    return render(request, "reports/report.html", page, status=422 if message or form.errors else 200)


@require_POST
@opens_to(may_see_reports)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Measure again, add up, send, say it is received, send back or accept."""
    found = find_report(request, code)
    form = ReturnForm(request.POST or None)
    try:
        if verb == "do-lai":
            writing.measure_again(code, actor=request.user)
            messages.success(request, gettext("Đã lấy lại số đo."))
        elif verb == "gui":
            sending.submit(code, actor=request.user)
            messages.success(request, gettext("Đã gửi báo cáo."))
        elif verb == "tong-hop":
            gathered = rounds.consolidate(code, actor=request.user)
            messages.success(
                request,
                gettext("Đã cộng báo cáo của %(count)s đơn vị.") % {"count": len(gathered.children)},
            )
        elif verb == "da-nhan":
            sending.acknowledge(code, actor=request.user)
            messages.success(request, gettext("Đã xác nhận nhận báo cáo."))
        elif verb == "duyet":
            sending.accept(code, actor=request.user)
            messages.success(request, gettext("Đã duyệt báo cáo."))
        elif verb == "tra-lai":
            if not form.is_valid():
                return _report_page(request, found, form)
            sending.send_back(code, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, gettext("Đã trả lại báo cáo."))
        else:
            raise Http404
    except Refused as refusal:
        return _report_page(request, found, ReturnForm(), refusal.message)
    return redirect("reports:report", code)


@require_GET
@opens_to(may_see_reports)
def export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The report as PDF, DOCX or XLSX."""
    if file_format not in MEDIA_TYPES:
        raise Http404
    found = find_report(request, code)
    response = HttpResponse(render_file(checked(found), file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{found.code}.{file_format}"'
    return response
