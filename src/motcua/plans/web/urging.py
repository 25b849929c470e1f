"""Urging: who has what late or due soon, letters in bulk with a look before, their register."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.plans.access import may_approve, may_see_plans, may_urge
from motcua.plans.actions.urging import drop_urging, mark_sent, urge
from motcua.plans.models import Task, Urging
from motcua.plans.queries.urging import UrgedTask, plans_acceptable_by, urgent_tasks, urgings_seen_by
from motcua.plans.working_forms import SentForm, UrgeForm

PAGE = 50
SOON = 7  # days, where the person says nothing else


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def urgings(request: SignedInRequest) -> HttpResponse:
    """What units are late with, letters to those chosen, and the register of letters."""
    may = may_urge(request.user)
    if request.method == "POST" and not may:
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    plans = [(plan.code, plan.name) for plan in plans_acceptable_by(request.user)] if may else []
    form = UrgeForm(told, plans=plans)
    plan, soon = _asked(form)
    message = ""
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        chosen = [code[:40].replace("\0", "") for code in request.POST.getlist("unit")[:500]]
        try:
            if not chosen and "all" not in request.POST:
                raise Refused(gettext("Hãy chọn ít nhất một đơn vị."))
            made = urge(units=chosen, actor=request.user, soon=soon, plan=plan)
        except Refused as refusal:
            message = refusal.message
        else:
            count = len(made)
            messages.success(
                request,
                ngettext("Đã lập %(n)s văn bản đôn đốc.", "Đã lập %(n)s văn bản đôn đốc.", count) % {"n": count},
            )
            return redirect("plans:urging", made[0].code) if count == 1 else redirect("plans:urgings")
    waiting = urgent_tasks(request.user, today(), soon=soon, plan=plan) if may else {}
    page = {
        "may_urge": may,
        "form": form,
        "rows": [_row(unit, tasks) for unit, tasks in waiting.items()],
        "shown": request.GET.get("xem", ""),
        "plan": plan,
        "soon": soon,
        "page": Paginator(urgings_seen_by(request.user), PAGE).get_page(request.GET.get("page")),
        "message": message,
    }
    return render(request, "plans/urgings.html", page, status=422 if message else 200)


def _row(unit: Unit, tasks: list[UrgedTask]) -> dict[str, Any]:
    late = sum(each.days_late > 0 for each in tasks)
    # The earliest last day stands first.
    return {"unit": unit, "tasks": tasks, "late": late, "soon": len(tasks) - late, "most": tasks[0].days_late}


def _asked(form: UrgeForm) -> tuple[str, int]:
    if not form.is_bound or not form.is_valid():
        return "", SOON
    soon = form.cleaned_data["soon"]
    return form.cleaned_data["plan"], SOON if soon is None else soon


def _found(request: SignedInRequest, code: str) -> Urging:
    found = urgings_seen_by(request.user).select_related("file", "word_file").filter(code=code[:40].replace("\0", ""))
    if (urging := found.first()) is None:
        raise Http404
    return urging


@require_GET
@opens_to(may_see_plans)
def urging(request: SignedInRequest, code: str) -> HttpResponse:
    """A letter with the tasks it lists, as they stood and as they stand."""
    return _page(request, _found(request, code))


def _page(request: SignedInRequest, found: Urging, form: SentForm | None = None, message: str = "") -> HttpResponse:
    codes = [each["code"] for each in found.tasks]
    tasks = {task.code: task for task in Task.objects.filter(code__in=codes).select_related("plan")}
    page = {
        "urging": found,
        "rows": [
            {
                **each,
                "task": tasks.get(each["code"]),
                "late": each["days_late"],
                "due_on": date.fromisoformat(each["due_on"]),
            }
            for each in found.tasks
        ],
        "may_send": may_approve(request.user, found.holder) and found.sent_at is None,
        "form": form or SentForm(initial={"sent_on": today()}),
        "message": message,
    }
    return render(request, "plans/urging.html", page, status=422 if form or message else 200)


@require_POST
@opens_to(may_see_plans)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Say that the letter was sent (``gui``), or drop it (``bo``)."""
    found = _found(request, code)
    form = SentForm(request.POST) if verb == "gui" else None
    if verb not in ("gui", "bo"):
        raise Http404
    if form is not None and not form.is_valid():
        return _page(request, found, form)
    try:
        if form is None:
            drop_urging(found.code, actor=request.user)
            messages.success(request, gettext("Đã bỏ văn bản đôn đốc."))
            return redirect("plans:urgings")
        told: dict[str, Any] = form.cleaned_data
        mark_sent(found.code, number=told["number"], sent_on=told["sent_on"], actor=request.user)
        messages.success(request, gettext("Đã ghi văn bản đã gửi."))
    except Refused as refusal:
        if form is None:
            return _page(request, found, message=refusal.message)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, found, form)
    return redirect("plans:urging", code)


@require_GET
@opens_to(may_see_plans)
def file(request: SignedInRequest, code: str, file_format: str) -> HttpResponseBase:
    """The letter as PDF or DOCX."""
    found = _found(request, code)
    if file_format not in ("pdf", "docx"):
        raise Http404
    kept = found.file if file_format == "pdf" else found.word_file
    return FileResponse(
        open_stored(kept.sha256), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )  # fmt: skip
