"""One task: where it comes from, who has it, how far it is, and what may be done now."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.plans.access import may_accept, may_report, may_see_evidence, may_see_plans
from motcua.plans.actions import following
from motcua.plans.forms import CompletionForm, ExtendForm, NoteForm, ProgressForm
from motcua.plans.models import Assignment, Task
from motcua.plans.queries import groups_of
from motcua.plans.states import APPROVED
from motcua.plans.web.finding import task_for


@require_GET
@opens_to(may_see_plans)
def task(request: SignedInRequest, code: str) -> HttpResponse:
    """One task of a published plan."""
    return _page(request, task_for(request, code))


def _page(
    request: SignedInRequest, found: Task, *, verb: str = "", unit: str = "", form: forms.Form | None = None,
    message: str = "",
) -> HttpResponse:  # fmt: skip
    parts = list(found.assignments.select_related("unit", "person").order_by("-is_lead", "unit__kind", "unit__name"))
    is_followed = found.plan.state == APPROVED
    is_acceptor = is_followed and may_accept(request.user, found.plan)
    sees_evidence = may_see_evidence(request.user, found)
    page = {
        "task": found,
        "plan": found.plan,
        "status": found.status(today()),
        "lines": found.plan.lines[max(0, found.line_start - 1) : found.line_end],
        "groups": groups_of([found]).get(found.pk, []),
        "parts": parts,
        "mine": [
            _mine(part, verb, unit, form) for part in parts if is_followed and may_report(request.user, part.unit)
        ],
        "reported": [part for part in parts if is_acceptor and part.reported_on and not part.done_on],
        "note_form": form if verb == "tra-lai" and form else NoteForm(auto_id="note_%s"),
        "extend_form": form if verb == "gia-han" and form else ExtendForm(auto_id="extend_%s"),
        "may_extend": is_acceptor and found.done_on is None,
        "opened": verb,
        "history": found.history.select_related("unit", "by", "evidence").order_by("-id")[:200],
        "sees_evidence": sees_evidence,
        "targets": found.targets.filter(duplicate_of=""),
        "day": today(),
        "message": message,
    }
    return render(request, "plans/task.html", page, status=422 if message or form else 200)


def _mine(part: Assignment, verb: str, unit: str, form: forms.Form | None) -> dict[str, Any]:
    """One of my units' parts with its forms; the one that was refused shows what was typed."""
    is_here = unit == part.unit.code
    return {
        "part": part,
        "status": part.task.status(today(), part.done_on),
        "progress": form if is_here and verb == "tien-do" and form else ProgressForm(auto_id=f"p{part.pk}_%s"),
        "completion": form
        if is_here and verb == "hoan-thanh" and form
        else CompletionForm(auto_id=f"c{part.pk}_%s", initial={"on_day": today()}),
    }


def _progress(request: SignedInRequest, code: str, unit: Unit, form: Any) -> None:
    told = form.cleaned_data
    following.report_progress(
        code, unit=unit, percent=told["percent"], note=told["note"], evidence=form.evidence(), actor=request.user
    )


def _completion(request: SignedInRequest, code: str, unit: Unit, form: Any) -> None:
    told = form.cleaned_data
    following.report_completion(
        code, unit=unit, on_day=told["on_day"], note=told["note"], evidence=form.evidence(), actor=request.user
    )


def _accept(request: SignedInRequest, code: str, unit: Unit, _form: Any) -> None:
    following.accept(code, unit=unit, actor=request.user)


def _send_back(request: SignedInRequest, code: str, unit: Unit, form: Any) -> None:
    following.send_back(code, unit=unit, note=form.cleaned_data["note"], actor=request.user)


def _extend(request: SignedInRequest, code: str, _unit: Unit, form: Any) -> None:
    following.extend(code, due_on=form.cleaned_data["due_on"], note=form.cleaned_data["note"], actor=request.user)


Verb = Callable[[SignedInRequest, str, Unit, Any], None]
VERBS: dict[str, tuple[Verb, type[forms.Form] | None, Any]] = {
    "tien-do": (_progress, ProgressForm, _("Đã ghi tiến độ.")),
    "hoan-thanh": (_completion, CompletionForm, _("Đã báo cáo hoàn thành, chờ xác nhận.")),
    "xac-nhan": (_accept, None, _("Đã chấp nhận hoàn thành.")),
    "tra-lai": (_send_back, NoteForm, _("Đã trả lại đơn vị.")),
    "gia-han": (_extend, ExtendForm, _("Đã đặt lại thời hạn.")),
}


@require_POST
@opens_to(may_see_plans)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Report progress or completion, accept it or give it back, set a new last day."""
    found = task_for(request, code)
    if verb not in VERBS:
        raise Http404
    action, shape, words = VERBS[verb]
    unit_code = request.POST.get("unit", "")[:40].replace("\0", "")
    form = shape(request.POST, request.FILES) if shape else None
    if form is not None and not form.is_valid():
        return _page(request, found, verb=verb, unit=unit_code, form=form)
    try:
        unit = found.plan.holder if verb == "gia-han" else unit_at(unit_code)
        action(request, found.code, unit, form)
    except Refused as refusal:
        if form is None:
            return _page(request, found, message=refusal.message)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, found, verb=verb, unit=unit_code, form=form)
    messages.success(request, str(words))
    return redirect("plans:task", code)


@require_GET
@opens_to(may_see_plans)
def evidence(request: SignedInRequest, code: str, line: int) -> HttpResponseBase:
    """A file that shows what was done; for the units concerned and those above them."""
    found = task_for(request, code)
    entry = found.history.select_related("evidence").filter(pk=min(line, 2**63 - 1), evidence__isnull=False).first()
    if entry is None or entry.evidence is None or not may_see_evidence(request.user, found):
        raise Http404
    return FileResponse(
        open_stored(entry.evidence.sha256),
        as_attachment=True,
        filename=entry.evidence.name,
        content_type=entry.evidence.media_type,
    )
