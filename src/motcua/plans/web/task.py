"""One task: where it comes from, who has it, how far it is, and what may be done now."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans.access import may_accept, may_assign, may_report, may_see_evidence, may_see_plans
from motcua.plans.closing_facts import offered_verbs, page_of_subject
from motcua.plans.models import Assignment, Extension, FactBinding, Progress, Task
from motcua.plans.queries import TurnRow, groups_of, strips_of
from motcua.plans.queries.turns import periods_of
from motcua.plans.states import APPROVED, ASKED
from motcua.plans.web.finding import task_for
from motcua.plans.web.giving import giving_page
from motcua.plans.web.task_verbs import VERBS, form_of
from motcua.plans.working_forms import (
    AcceptForm,
    AskExtensionForm,
    CompletionForm,
    CycleForm,
    EventForm,
    ExtendForm,
    GrantForm,
    ProgressForm,
)

FEW = 6  # units whose periods are shown one by one at once


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
    for part in parts:
        part.task = found
    is_followed = found.plan.state == APPROVED
    is_acceptor = is_followed and may_accept(request.user, found.plan)
    strips = strips_of(parts, today())
    may_work = [part for part in parts if is_followed and may_report(request.user, part.unit)]
    refused = _Refused(verb, unit, form)
    page = {
        "task": found,
        "plan": found.plan,
        "status": found.status(today()),
        "lines": found.plan.lines[max(0, found.line_start - 1) : found.line_end],
        "groups": groups_of([found]).get(found.pk, []),
        "parts": parts,
        "mine": [_mine(part, strips.get(part.pk, []), refused) for part in may_work],
        "strips": [{"part": part, "turns": strips[part.pk]} for part in parts if strips.get(part.pk)],
        "periods": periods_of(strips.values()) if len(strips) > FEW else [],
        "reported": _reported(parts, strips, refused) if is_acceptor else [],
        "asked": _asked(found, refused) if is_acceptor else [],
        "extend_form": refused.or_new("gia-han", "", ExtendForm, auto_id="extend_%s"),
        "cycle_form": form if verb == "chu-ky" and form else CycleForm.of(found),
        "may_extend": is_acceptor and found.done_on is None,
        "may_set_cycle": is_acceptor and found.deadline_kind in ("recurring", "ongoing"),
        "may_give": may_assign(request.user, found.plan) or bool(may_work),
        "opened": verb,
        "history": _history(found),
        "sees_evidence": may_see_evidence(request.user, found),
        "targets": found.targets.filter(duplicate_of=""),
        "day": today(),
        "message": message or _unplaced(form, verb),
        **_bindings(found, verb, unit, form, is_acceptor=is_acceptor),
    }
    return render(request, "plans/task.html", page, status=422 if message or form else 200)


class _Refused:
    """The form that was refused, so that it is shown again where it stood, with what was typed."""

    def __init__(self, verb: str, unit: str, form: forms.Form | None) -> None:
        self.verb, self.unit, self.form = verb, unit, form

    def or_new(self, verb: str, unit: str, shape: Any, **options: Any) -> forms.Form:
        """Return it if it is the one of ``verb`` for ``unit``, else a new one."""
        if self.form is not None and (self.verb, self.unit if unit else "") == (verb, unit):
            turns = options.get("turns")
            if turns is not None:
                self.form.fields["turn"].widget.choices = shape(turns=turns).fields["turn"].widget.choices
            return self.form
        return shape(**options)


def _unplaced(form: forms.Form | None, verb: str) -> str:
    """Return the words of a refused form that stands on the page without room for its errors."""
    if form is None or verb not in ("xac-nhan", "tra-lai", "dong-y-gia-han", "khong-gia-han"):
        return ""
    return " ".join(str(words) for errors in form.errors.values() for words in errors)


def _mine(part: Assignment, turns: list[TurnRow], refused: _Refused) -> dict[str, Any]:
    """One of my units' parts with its forms; the one that was refused shows what was typed."""
    unit = part.unit.code
    open_now = [row.turn for row in turns if row.turn.done_on is None and row.turn.reported_on is None]
    told = {"turns": open_now}
    begun = next((row.turn.key for row in turns if row.turn in open_now and not row.is_to_come), "")
    number = part.pk
    return {
        "part": part,
        "status": part.task.status(today(), part.done_on),
        "has_turns": bool(open_now),
        "progress": refused.or_new(
            "tien-do", unit, ProgressForm, auto_id=f"p{number}_%s", initial={"turn": begun}, **told
        ),
        "completion": refused.or_new(
            "hoan-thanh",
            unit,
            CompletionForm,
            auto_id=f"c{number}_%s",
            initial={"on_day": today(), "turn": begun},
            **told,
        ),
        "extension": refused.or_new(
            "xin-gia-han", unit, AskExtensionForm, auto_id=f"e{number}_%s", initial={"turn": begun}, **told
        ),
        "event": refused.or_new(
            "phat-sinh", unit, EventForm, auto_id=f"v{number}_%s", initial={"starts_on": today()}
        ),
        "may_open": part.is_lead and part.task.deadline_kind == "event",
        "asked": next((each for each in part.task.extensions.filter(state=ASKED, unit=part.unit)), None),
    }  # fmt: skip


def _reported(parts: list[Assignment], strips: dict[int, list[TurnRow]], refused: _Refused) -> list[dict[str, Any]]:
    """Return completions that wait: of parts, and of turns."""
    found = []
    for part in parts:
        waiting = [(part.reported_on, None)] if part.reported_on and not part.done_on else []
        rows = [row.turn for row in strips.get(part.pk, [])]
        waiting += [(turn.reported_on, turn) for turn in rows if turn.reported_on and not turn.done_on]  # type: ignore[misc]
        for on_day, turn in waiting:
            key = turn.key if turn else ""
            accept = AcceptForm(auto_id=f"a{part.pk}_{key}_%s", initial={"turn": key})
            found.append({"part": part, "turn": turn, "on_day": on_day, "form": accept})
    return found


def _asked(task: Task, refused: _Refused) -> list[dict[str, Any]]:
    waiting: list[Extension] = list(
        task.extensions.filter(state=ASKED).select_related("unit", "asked_by", "occurrence", "evidence")
    )
    return [
        {"asked": each, "grant": GrantForm(auto_id=f"g{each.pk}_%s", initial={"due_on": each.new_due_on})}
        for each in waiting
    ]


def _history(task: Task) -> list[Progress]:
    lines = list(task.history.select_related("unit", "by", "evidence", "occurrence").order_by("-id")[:200])
    for line in lines:
        line.fact_page = page_of_subject(line.fact) if line.fact else ""  # type: ignore[attr-defined]
    return lines


def _bindings(task: Task, verb: str, unit: str, form: forms.Form | None, *, is_acceptor: bool) -> dict[str, Any]:
    found: list[FactBinding] = list(task.fact_bindings.select_related("unit", "by").order_by("pk"))
    words = dict(offered_verbs())
    rows = [{"binding": each, "words": words.get(each.verb, each.verb)} for each in found]
    shown = form if verb == "su-kien" else form_of(VERBS["su-kien"], task, unit, auto_id="fact_%s")
    return {"bindings": rows, "binding_form": shown, "may_bind": is_acceptor and task.done_on is None}


@require_POST
@opens_to(may_see_plans)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Report, accept, give back, ask for a later day and answer, open a turn, assign: see ``task_verbs``."""
    found = task_for(request, code)
    if verb not in VERBS:
        raise Http404
    told = VERBS[verb]
    unit_code = request.POST.get("unit", "")[:40].replace("\0", "")
    form = form_of(told, found, unit_code, request.POST, request.FILES)
    again = giving_page if told.page == "giving" else _page
    if form is not None and not form.is_valid():
        return again(request, found, verb=verb, unit=unit_code, form=form)
    try:
        unit = unit_at(unit_code) if told.needs_unit else found.plan.holder
        told.act(request, found, unit, form.cleaned_data if form else {}, form)
    except Refused as refusal:
        if form is None:
            return again(request, found, message=refusal.message)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return again(request, found, verb=verb, unit=unit_code, form=form)
    messages.success(request, str(told.words))
    return redirect("plans:give" if told.page == "giving" else "plans:task", code)


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


@require_GET
@opens_to(may_see_plans)
def extension_file(request: SignedInRequest, code: str, asked: int) -> HttpResponseBase:
    """The document that came with a request for a later day."""
    found = task_for(request, code)
    entry = found.extensions.select_related("evidence").filter(pk=min(asked, 2**63 - 1)).first()
    if entry is None or entry.evidence is None or not may_see_evidence(request.user, found):
        raise Http404
    return FileResponse(
        open_stored(entry.evidence.sha256),
        as_attachment=True,
        filename=entry.evidence.name,
        content_type=entry.evidence.media_type,
    )
