"""Drafting a route: as a table of steps, as a drawing, from a BPMN file; publishing or dropping the draft."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.states import ROLES
from motcua.workflow.access import may_draw_routes
from motcua.workflow.actions.drafts import drop_draft, keep_draft, keep_drawing, publish_draft
from motcua.workflow.forms import DrawingForm, NameForm, NewRouteForm, PublishForm, place_choices, step_table
from motcua.workflow.life import phases
from motcua.workflow.models import Route, RouteDraft
from motcua.workflow.queries import drawing_of, steps_of
from motcua.workflow.rules.bpmn.reading import MOST_BYTES
from motcua.workflow.rules.steps import AT_ONE_STOP, Fault, NewStep, from_data
from motcua.workflow.web.routes import shown


@require_http_methods(["GET", "POST"])
@opens_to(may_draw_routes)
def new(request: SignedInRequest) -> HttpResponse:
    """A route that there is not yet: its code and name, begun with the steps that every dossier takes."""
    form = NewRouteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip()
        try:
            if Route.objects.filter(code=code).exists() or RouteDraft.objects.filter(code=code).exists():
                raise Refused(gettext("Đã có quy trình mang mã “%(code)s”.") % {"code": code}, field="code")
            keep_draft(code=code, name=form.cleaned_data["name"], steps=_first_steps(), actor=request.user)
            return redirect("workflow:route_draft", code)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return render(request, "workflow/route_new.html", {"form": form}, status=422 if form.errors else 200)


def _first_steps() -> list[NewStep]:
    return [
        NewStep(gettext("Tiếp nhận hồ sơ"), "receive", "reception", AT_ONE_STOP, 5),
        NewStep(gettext("Thụ lý hồ sơ"), "handle", "specialist", share=60),
        NewStep(gettext("Phê duyệt"), "approve", "leader", share=30, signs=True),
        NewStep(gettext("Trả kết quả"), "return", "reception", AT_ONE_STOP, 5),
    ]


@require_http_methods(["GET", "POST"])
@opens_to(may_draw_routes)
def draft(request: SignedInRequest, code: str) -> HttpResponse:
    """The steps as a table that is edited like a form, with picture and checks of what is kept."""
    kept = _draft(code)
    steps = from_data(kept.steps)
    if request.method != "POST":
        return _draft_page(request, kept, steps, step_table(steps))
    table, name = step_table(steps, request.POST), NameForm(request.POST)
    if table.is_valid() and name.is_valid():
        try:
            keep_draft(code=code, name=name.cleaned_data["name"], steps=table.steps, actor=request.user)
            messages.success(request, gettext("Đã lưu bản soạn."))
            return redirect("workflow:route_draft", code)
        except Refused as refusal:
            name.add_error(None, refusal.message)
    return _draft_page(request, kept, steps, table, name=name, status=422)


@require_http_methods(["GET", "POST"])
@opens_to(may_draw_routes)
def draw(request: SignedInRequest, code: str) -> HttpResponse:
    """The drawing: with JavaScript it is edited in place; without, it is shown and a file can be sent."""
    kept = _draft(code)
    if request.method != "POST":
        return _drawing_page(request, kept)
    text = request.POST.get("drawing", "")
    form = DrawingForm(request.POST, request.FILES)
    if not text and not form.is_valid():
        return _drawing_page(request, kept, form=form, status=422)
    content = text.encode() if text else form.cleaned_data["file"].read(MOST_BYTES + 1)
    try:
        draft_kept, found = keep_drawing(code=code, name=kept.name, content=content, actor=request.user)
    except Refused as refusal:
        return _drawing_page(request, kept, faults=[Fault(refusal.message)], text=text, status=422)
    if draft_kept is None or found.faults:
        shown_draft = draft_kept or kept
        return _drawing_page(request, shown_draft, faults=found.faults, text=text, kept=bool(draft_kept), status=422)
    messages.success(request, gettext("Đã lưu bản vẽ; các bước đã được đọc từ bản vẽ."))
    return redirect("workflow:route_draft", code)


@require_http_methods(["GET", "POST"])
@opens_to(may_draw_routes)
def publish(request: SignedInRequest, code: str) -> HttpResponse:
    """From which day the draft is in force."""
    kept = _draft(code)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publish_draft(code, valid_from=form.cleaned_data["valid_from"], actor=request.user)
            messages.success(request, gettext("Đã ban hành quy trình."))
            return redirect("workflow:route", code)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {"draft": kept, "form": form, **shown(from_data(kept.steps), code, kept.name)}
    return render(request, "workflow/route_publish.html", page, status=422 if form.errors else 200)


@require_POST
@opens_to(may_draw_routes)
def begin(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin the next version with the steps of the newest."""
    newest = Route.objects.filter(code=code).order_by("-version").first()
    if newest is None:
        raise Http404
    if not RouteDraft.objects.filter(code=code).exists():
        keep_draft(
            code=code, name=newest.name, steps=steps_of(newest.steps.all()), actor=request.user, drawing=newest.drawing
        )
    return redirect("workflow:route_draft", code)


@require_http_methods(["GET", "POST"])
@opens_to(may_draw_routes)
def drop(request: SignedInRequest, code: str) -> HttpResponse:
    """Asked first: a draft that is dropped is gone."""
    kept = _draft(code)
    if request.method != "POST":
        return render(request, "workflow/route_drop.html", {"draft": kept})
    drop_draft(code, actor=request.user)
    messages.success(request, gettext("Đã bỏ bản soạn."))
    return redirect("workflow:routes")


def _draft(code: str) -> RouteDraft:
    found = RouteDraft.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _draft_page(
    request: SignedInRequest, kept: RouteDraft, steps: list[NewStep], table: Any, *, name: NameForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    page = {
        "draft": kept,
        "table": table,
        "name_form": name or NameForm(initial={"name": kept.name}),
        "is_published": Route.objects.filter(code=kept.code).exists(),
        **shown(steps, kept.code, kept.name),
    }
    return render(request, "workflow/route_draft.html", page, status=status)


def _drawing_page(
    request: SignedInRequest, draft: RouteDraft, *, form: DrawingForm | None = None, faults: Sequence[Fault] = (),
    text: str = "", kept: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    steps = from_data(draft.steps)
    page = {
        "draft": draft,
        "form": form or DrawingForm(),
        "text": text or drawing_of(draft.code, draft.name, steps, draft.drawing).decode(),
        "drawing_faults": faults,
        "was_kept": kept,
        "phases": phases().values(),
        "roles": ROLES.items(),
        "places": place_choices(steps),
        **shown(steps, draft.code, draft.name),
    }
    return render(request, "workflow/route_draw.html", page, status=status)
