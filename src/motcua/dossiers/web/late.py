"""The pages of one dossier about its lateness: why, the explanation, the letter of apology; remarks and papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import VIETNAM
from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.access.late import LATE_TABLE
from motcua.dossiers.actions import lateness, papers, remarks
from motcua.dossiers.queries.dossier import dossier_of
from motcua.dossiers.queries.lateness import late_page
from motcua.dossiers.queries.why import Line, why_late_or_none
from motcua.dossiers.web import late_forms as shapes
from motcua.dossiers.web.uploads import keep
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused

TONES = {"held": "", "stood_still": "", "day_off": "", "law": "", "letter": "now"}


@dataclass(frozen=True)
class LateAct:
    """One action of ``late_access.LATE_TABLE`` as a form."""

    name: str
    form: type[shapes.LateForm]
    do: Callable[[str, Any, SignedInRequest], Any]
    done: str | Promise
    is_upload: bool = False

    @property
    def label(self) -> str:
        return str(LATE_TABLE[self.name].label)


def _explain(code: str, form: Any, request: SignedInRequest) -> None:
    lateness.explain(code, text=form.cleaned_data["text"], actor=request.user)


def _draft(code: str, form: Any, request: SignedInRequest) -> None:
    dossier, day = dossier_of(code, account=request.user), form.cleaned_data["new_due_on"]
    calendar = calendar_for(dossier.competent_unit.code)
    try:
        if not calendar.is_working_day(day):
            raise Refused(gettext("Ngày hẹn mới phải là ngày làm việc."), field="new_due_on")
        new_due_at = calendar.closing_of(day)
    except CalendarRefused as refusal:
        raise Refused(str(refusal), field="new_due_on") from refusal
    lateness.draft_apology(code, reason=form.cleaned_data["reason"], new_due_at=new_due_at, actor=request.user)


def _sign(code: str, form: Any, request: SignedInRequest) -> None:
    uploads = form.cleaned_data["signed_file"]
    file = StoredFile.objects.get(pk=keep(uploads[0], request.user)["id"]) if uploads else None
    with transaction.atomic():
        lateness.approve_apology(code, actor=request.user, signed_file=file)
        storing.claim([file.pk] if file else [], subject=code, actor=request.user)


def _send(code: str, form: Any, request: SignedInRequest) -> None:
    lateness.send_apology(code, actor=request.user)


LATE_ACTS = {
    "giai-trinh": LateAct("explain", shapes.ExplainForm, _explain, _("Đã giải trình.")),
    "soan-xin-loi": LateAct("draft_apology", shapes.ApologyForm, _draft, _("Đã lưu dự thảo văn bản xin lỗi.")),
    "ky-xin-loi": LateAct(
        "approve_apology", shapes.SignForm, _sign, _("Đã ghi nhận việc ký văn bản xin lỗi."), is_upload=True
    ),
    "gui-xin-loi": LateAct("send_apology", shapes.LateForm, _send, _("Đã gửi văn bản xin lỗi cho người nộp.")),
}


@never_cache
@require_GET
@opens_to(signed_in)
def late(request: HttpRequest, code: str) -> HttpResponse:
    """Why the dossier is late, in one timeline; officials explain and apologise here."""
    return _show(request, _known(code))


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def late_act(request: SignedInRequest, code: str, action: str) -> HttpResponse:
    """Do what the form asks, or show it again with why not; a GET goes to the page."""
    wanted = LATE_ACTS.get(action)
    if wanted is None:
        raise Http404
    if request.method == "GET":
        return redirect("dossiers:late", code)
    form = wanted.form(request.POST, request.FILES, auto_id=f"{action}-%s")
    if form.is_valid():
        try:
            wanted.do(_known(code), form, request)
            messages.success(request, str(wanted.done))
            return redirect("dossiers:late", code)
        except Refused as refusal:
            field = {"new_due_at": "new_due_on"}.get(refusal.field or "", refusal.field or "")
            form.add_error(field if field in form.fields else None, refusal.message)
    return _show(request, _known(code), failed=(action, form), status=422)


def _show(request: HttpRequest, code: str, *, failed: tuple[str, Any] | None = None, status: int = 200) -> HttpResponse:
    page, is_official = late_page(code, account=request.user), may_see_registers(request.user)
    found = page.late
    why = why_late_or_none(found.dossier, with_names=is_official)
    letter = found.apology if is_official or (found.apology and found.apology.sent_at) else None
    context = {
        "dossier": found.dossier,
        "is_official": is_official,
        "why": why,
        "items": why_items(why.lines) if why else [],
        "explanation": found.explanation if is_official else None,
        "letter": letter,
        "offers": _offers(page, failed) if is_official else [],
        "failed": failed[1] if failed else None,
    }
    return render(request, "dossiers/late.html", context, status=status)


def _offers(page: Any, failed: tuple[str, Any] | None) -> list[dict[str, Any]]:
    return [
        {
            "slug": slug,
            "act": act,
            "form": failed[1] if failed and failed[0] == slug else act.form(page=page, auto_id=f"{slug}-%s"),
        }
        for slug, act in LATE_ACTS.items()
        if act.name in page.actions or (failed and failed[0] == slug)
    ]


def why_items(lines: list[Line]) -> list[dict[str, Any]]:
    """Return the lines of “Vì sao trễ?” as ``<c-timeline>`` shows them, oldest first."""
    return [
        {
            "what": line.words,
            "when": line.at.astimezone(VIETNAM),
            "url": "",
            "who": "",
            "note": line.note,
            "tone": "danger" if line.over else TONES[line.kind],
        }
        for line in lines
    ]


@require_POST
@opens_to(may_see_registers)
def say(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a remark of officials to the dossier."""
    form = shapes.RemarkForm(request.POST)
    if form.is_valid():
        try:
            remarks.remark(_known(code), text=form.cleaned_data["text"], actor=request.user)
            return redirect(f"/ho-so/{code}#y-kien")
        except Refused as refusal:
            form.add_error("text", refusal.message)
    dossier = dossier_of(_known(code), account=request.user)
    page = {"dossier": dossier, "form": form, "title": gettext("Ý kiến trao đổi"), "submit": gettext("Gửi ý kiến")}
    return render(request, "dossiers/again.html", page, status=422)


@require_POST
@opens_to(may_see_registers)
def move_papers(request: SignedInRequest, code: str, way: str) -> HttpResponse:
    """Note that the papers were given (``giao``) or signed for (``nhan``)."""
    form = shapes.PapersForm(request.POST)
    try:
        if way == "nhan":
            papers.take_papers(_known(code), actor=request.user)
            messages.success(request, gettext("Đã ký nhận hồ sơ giấy."))
        elif form.is_valid():
            papers.give_papers(_known(code), actor=request.user, note=form.cleaned_data["note"])
            messages.success(request, gettext("Đã ghi việc giao hồ sơ giấy; nơi nhận sẽ ký nhận."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(f"/ho-so/{code}#ban-giay")


def _known(code: str) -> str:
    if "\0" in code:
        raise Http404
    return code
