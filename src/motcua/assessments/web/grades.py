"""Grades of units and heads: proposing from what was published, changing with a reason, approving, files."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.assessments.access import grade_lists_for, may_grade, may_manage, may_publish
from motcua.assessments.actions import grading
from motcua.assessments.forms import ProposeForm
from motcua.assessments.grading_models import GradeList, GradeScheme
from motcua.assessments.grading_sources import Source, in_words, sources_for
from motcua.assessments.rendering.grade_list import grade_file
from motcua.assessments.rendering.official import MEDIA_TYPES
from motcua.assessments.states import PROPOSED
from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, scope_of
from motcua.organizations.models import Unit, in_force
from motcua.organizations.states import CONTROL_OFFICER

FORMATS = ("pdf", "docx", "xlsx", "csv")


def _choices(request: SignedInRequest) -> dict[str, tuple[GradeScheme, Source]]:
    """Return what grades can be made from: "scheme key:publication" -> both."""
    units: dict[int, Unit] = {}
    for post in request.user.posts_now:
        if post.role == CONTROL_OFFICER:
            units[scope_of(post).pk] = scope_of(post)
    return {
        f"{scheme.pk}:{source.name}": (scheme, source)
        for scheme in GradeScheme.objects.filter(in_force(today())).order_by("code")
        for unit in units.values()
        for source in sources_for(scheme, unit)
    }


@require_http_methods(["GET", "POST"])
@opens_to(may_grade)
def grade_lists(request: SignedInRequest) -> HttpResponse:
    """The lists that the account sees; a control officer proposes another."""
    choices = _choices(request)
    words = gettext("%(name)s, %(period)s: %(scheme)s")
    labels = [
        (
            key,
            words % {"scheme": scheme.title, "name": source.title or source.name, "period": source.period.label},
        )
        for key, (scheme, source) in choices.items()
    ]
    form = ProposeForm(request.POST or None, sources=labels) if labels else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            scheme, source = choices[form.cleaned_data["source"]]
            try:
                made = grading.propose(scheme, source, actor=request.user)
            except Refused as refusal:
                form.add_error("source", refusal.message)
            else:
                return redirect("assessments:grade_list", made.code)
    page = {
        "lists": grade_lists_for(request.user),
        "form": form,
        "schemes": GradeScheme.objects.filter(in_force(today())).order_by("code"),
        "may_propose": request.user.has_role(CONTROL_OFFICER),
    }
    return render(request, "assessments/grade_lists.html", page, status=422 if form and form.errors else 200)


def list_for(request: SignedInRequest, code: str) -> GradeList:
    """Return a list that the account sees, or raise Http404."""
    found = grade_lists_for(request.user).select_related("unit__parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(may_grade)
def grade_list(request: SignedInRequest, code: str) -> HttpResponse:
    """One list: units and heads with what is proposed and why."""
    return _page(request, list_for(request, code))


def _page(request: SignedInRequest, found: GradeList, message: str = "", typed: Any = None) -> HttpResponse:
    rules = found.scheme.scheme
    rows = found.grades.select_related("unit", "head").order_by(
        F("share").desc(nulls_last=True), "unit__code", F("head").asc(nulls_first=True)
    )
    is_open = found.state == PROPOSED
    shown = [_shown(row, rules, typed) for row in rows]
    page = {
        "list": found,
        "scheme": rules,
        "units": [each for each in shown if each["row"].head_id is None],
        "heads": [each for each in shown if each["row"].head_id],
        "rewards": [each for each in shown if each["row"].reward],
        "counts": [
            (grade, sum(each["row"].grade == grade.code and not each["row"].head_id for each in shown))
            for grade in rules.grades
        ],
        "may_change": is_open and may_manage(request.user, found.unit),
        "may_approve": is_open and may_publish(request.user, found.unit),
        "obstacles": grading.obstacles(found) if is_open else [],
        "message": message,
        "formats": FORMATS,
    }
    return render(request, "assessments/grade_list.html", page, status=422 if message else 200)


def _shown(row: Any, rules: Any, typed: Any) -> dict[str, Any]:
    is_typed = typed is not None and typed.get("row") == str(row.pk)
    return {
        "row": row,
        "proposed": rules.name(row.proposed),
        "grade": rules.name(row.grade),
        "reasons": in_words(row.reasons),
        "typed_grade": typed.get("grade", "") if is_typed else row.grade,
        "typed_reason": typed.get("reason", "") if is_typed else row.override_reason,
        "typed_reward": typed.get("reward", "") if is_typed else row.reward,
        "is_open": is_typed,
    }


@require_POST
@opens_to(may_grade)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Change one grade, or approve the list."""
    found = list_for(request, code)
    try:
        if verb == "doi":
            row = request.POST.get("row", "")
            grading.change_grade(
                code,
                int(row[:18]) if row[:18].isdecimal() else 0,
                grade=request.POST.get("grade", ""),
                reason=request.POST.get("reason", ""),
                reward=request.POST.get("reward"),
                actor=request.user,
            )
            messages.success(request, gettext("Đã lưu mức xếp loại."))
        elif verb == "phe-duyet":
            grading.approve(code, actor=request.user)
            messages.success(request, gettext("Đã phê duyệt danh sách xếp loại."))
        else:
            raise Http404
    except Refused as refusal:
        return _page(request, found, refusal.message, request.POST if verb == "doi" else None)
    return redirect("assessments:grade_list", code)


@require_GET
@opens_to(may_grade)
def export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The list as a document or table."""
    if file_format not in FORMATS:
        raise Http404
    found = list_for(request, code)
    response = HttpResponse(grade_file(found, file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{found.code}.{file_format}"'
    return response
