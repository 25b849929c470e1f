"""The control office's room: decisions on their way, what is late, proposals, the national set."""

from datetime import date
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.states import PROVINCE
from motcua.procedures.access import may_publish, may_see_publication
from motcua.procedures.actions.deciding import upload_decision
from motcua.procedures.actions.drafting_decisions import draft_decision
from motcua.procedures.actions.national import propose_differences, take_national_file
from motcua.procedures.actions.publishing import publish_late, refuse_proposal
from motcua.procedures.models import NationalRecord, Proposal
from motcua.procedures.publication_forms import DraftForm, LateForm, NationalForm, RefuseForm, UploadForm
from motcua.procedures.publication_queries import decisions, lateness, national_texts, part_label, stuck_proposals
from motcua.procedures.publishing_states import BY_DECISION, OPEN, REASONS
from motcua.procedures.queries import version_at

PAGE = 50
STUCK = "vuong"  # in the address: proposals that did not fit on their day


@require_http_methods(["GET", "POST"])
@opens_to(may_see_publication)
def publication(request: SignedInRequest) -> HttpResponse:
    """Decisions on their way, what is late this year; upload one."""
    is_keeper = may_publish(request.user)
    form = UploadForm(request.POST or None, request.FILES or None) if is_keeper else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                made = upload_decision(file, name=file.name, actor=request.user)
            except Refused as refusal:
                form.add_error("file", refusal.message)
            else:
                return redirect("procedures:decision", made.code)
    day = today()
    late = lateness(date(day.year, 1, 1), day)
    page = {
        "form": form,
        "page": Paginator(decisions(), PAGE).get_page(request.GET.get("page")),
        "late": sum(one.is_signed_late or one.is_public_late for one in late),
        "stuck": stuck_proposals().count(),
        "open_proposals": Proposal.objects.filter(state=OPEN).count(),
        "national": NationalRecord.objects.count(),
        "is_keeper": is_keeper,
    }
    return render(request, "procedures/publication.html", page, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def proposals(request: SignedInRequest) -> HttpResponse:
    """Open proposals; choose some and draft a decision of them."""
    reason = request.GET.get("ly-do", "")
    found = Proposal.objects.filter(state=OPEN).order_by("procedure_code", "pk")
    if reason == STUCK:
        found = stuck_proposals().order_by("procedure_code", "pk")
    elif reason in REASONS:
        found = found.filter(reason=reason)
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_decision(
                request.POST.getlist("proposals"), unit=_issuer(), actor=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("procedures:decision", made.code)
    counts = {key: Proposal.objects.filter(state=OPEN, reason=key).count() for key in REASONS if key != BY_DECISION}
    page = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "form": form,
        "national_form": NationalForm(),
        "national": NationalRecord.objects.count(),
        "is_stuck": reason == STUCK,
        "tabs": [
            {"label": REASONS[key], "url": f"?ly-do={key}", "active": key == reason, "count": count}
            for key, count in counts.items()
        ]
        + [
            {
                "label": gettext("Chưa áp dụng được"),
                "url": f"?ly-do={STUCK}",
                "active": reason == STUCK,
                "count": stuck_proposals().count(),
            }
        ],
    }
    return render(request, "procedures/proposals.html", page, status=422 if form.errors else 200)


def _issuer() -> Unit:
    province = Unit.objects.in_force().filter(kind=PROVINCE).order_by("code").first()
    if province is None:
        raise Refused(gettext("Chưa có đơn vị cấp tỉnh ban hành quyết định."))
    return province


@require_POST
@opens_to(may_publish)
def compare_national(request: SignedInRequest) -> HttpResponse:
    """Compare with the national set; every difference becomes a proposal."""
    done = propose_differences(actor=request.user)
    messages.success(
        request,
        gettext("Đã đối chiếu: %(new)s đề xuất mới, %(settled)s không còn khác, %(open)s đang chờ.") % vars(done),
    )
    return redirect("procedures:proposals")


@require_POST
@opens_to(may_publish)
def load_national(request: SignedInRequest) -> HttpResponse:
    """Take over a file of the national set."""
    form = NationalForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, gettext("Chọn một tệp."))
        return redirect("procedures:proposals")
    file = form.cleaned_data["file"]
    try:
        done = take_national_file(
            file.chunks(), name=Path(file.name).name, size=file.size, actor=request.user, seen_on=today()
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            ngettext("Đã nạp %(rows)s thủ tục, %(changed)s mới hoặc thay đổi.",
                     "Đã nạp %(rows)s thủ tục, %(changed)s mới hoặc thay đổi.", done.rows) % vars(done),
        )  # fmt: skip
    return redirect("procedures:proposals")


@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def proposal(request: SignedInRequest, code: str) -> HttpResponse:
    """What a proposal would change, word by word; say no to it with a reason."""
    found = Proposal.objects.filter(code=code[:40].replace("\0", "")).select_related("decision").first()
    if found is None:
        raise Http404
    is_stuck = stuck_proposals().filter(pk=found.pk).exists()
    is_late = request.method == "POST" and is_stuck and "valid_from" in request.POST
    late_form = LateForm(request.POST if is_late else None, initial={"valid_from": today()})
    form = RefuseForm(request.POST if request.method == "POST" and not is_late else None)
    if is_late and late_form.is_valid():
        try:
            publish_late(found.code, actor=request.user, valid_from=late_form.cleaned_data["valid_from"])
        except Refused as refusal:
            late_form.add_error(refusal.field if refusal.field in late_form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã công khai phiên bản mới của thủ tục."))
            return redirect("procedures:proposals")
    if form.is_bound and form.is_valid():
        try:
            refuse_proposal(found.code, actor=request.user, note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã ghi nhận không chấp nhận đề xuất."))
            return redirect("procedures:proposals")
    record = NationalRecord.objects.filter(procedure_code=found.procedure_code).first()
    version = version_at(found.procedure_code)
    shown = national_texts(record, version) if record else []
    page = {
        "proposal": found,
        "form": form,
        "late_form": late_form if is_stuck else None,
        "version": version,
        "record": record,
        "differences": [{"label": part_label(one.part), "before": one.before, "after": one.after} for one in shown],
    }
    return render(request, "procedures/proposal.html", page, status=422 if form.errors or late_form.errors else 200)


@require_GET
@opens_to(may_see_publication)
def late(request: SignedInRequest) -> HttpResponse:
    """Every confirmed decision of a year with its last days, late ones marked."""
    given = request.GET.get("nam", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else today().year
    found = lateness(date(max(year, 1), 1, 1), date(max(year, 1), 12, 31))
    return render(request, "procedures/lateness.html", {"rows": found, "year": year})
