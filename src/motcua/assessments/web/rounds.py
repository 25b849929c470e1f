"""Rounds: the list, opening one, the board of who is how far, what runs a round."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.assessments.access import (
    assessments_for,
    may_grade,
    may_make_sets,
    may_manage,
    may_publish,
    may_see_assessments,
    rounds_for,
    sees_whole,
)
from motcua.assessments.actions import publishing
from motcua.assessments.actions import rounds as actions
from motcua.assessments.actions.rounds import Days
from motcua.assessments.desk import to_verify
from motcua.assessments.forms import DaysForm, ReasonForm, RoundForm, UnitsForm
from motcua.assessments.models import CriteriaSetVersion, Round
from motcua.assessments.queries import BoardLine, assessable_units, board_of, is_over, open_for
from motcua.assessments.states import CLOSED, LEFT_OUT, OPEN
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at

MOST_SHOWN = 50


def round_for(request: SignedInRequest, code: str) -> Round:
    """Return a round that the account sees, or raise Http404."""
    found = rounds_for(request.user).select_related("unit__parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@opens_to(may_see_assessments)
def rounds(request: SignedInRequest) -> HttpResponse:
    """The rounds that the account sees, its own unit's open sheets first; who may opens another."""
    form = None
    if may_make_sets(request.user):
        form = RoundForm(request.POST or None, versions=_versions(request))
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := _open(request, form)):
            messages.success(request, gettext("Đã mở đợt đánh giá %(code)s.") % {"code": made.code})
            return redirect("assessments:round", made.code)
    page = {
        "rounds": rounds_for(request.user)[:MOST_SHOWN],
        "mine": open_for({post.unit_id for post in request.user.posts_now}),
        "to_verify": to_verify(request.user, MOST_SHOWN).entries,
        "form": form,
        "may_make_sets": form is not None,
        "may_grade": may_grade(request.user),
    }
    return render(request, "assessments/rounds.html", page, status=422 if form and form.errors else 200)


def _versions(request: SignedInRequest) -> list[CriteriaSetVersion]:
    published = CriteriaSetVersion.objects.filter(published_at__isnull=False).select_related("set__unit__parent")
    return [each for each in published.order_by("set__title", "-number") if may_manage(request.user, each.set.unit)]


def _open(request: SignedInRequest, form: RoundForm) -> Round | None:
    """Open what the form asks for; a refusal stands in the form."""
    data = form.cleaned_data
    version = CriteriaSetVersion.objects.select_related("set__unit__parent").get(pk=data["version"])
    try:
        units = _named(data["units"]) if data["units"].strip() else assessable_units(version)
        return actions.open_round(
            version,
            title=data["title"],
            period=data["period"],
            days=_days(data),
            units=units,
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _named(codes: str) -> list[Unit]:
    return [unit_at(code.strip()) for code in codes.replace("\0", "").split(",") if code.strip()]


def _days(data: dict[str, Any]) -> Days:
    return Days(*(data[name] for name in ("self_score_by", "verify_by", "explain_by", "publish_by")))


@require_GET
@opens_to(may_see_assessments)
def round_page(request: SignedInRequest, code: str) -> HttpResponse:
    """The board of one round."""
    return _board(request, round_for(request, code))


def _board(
    request: SignedInRequest, found: Round, forms: dict[str, Any] | None = None, message: str = ""
) -> HttpResponse:
    lines = board_of(assessments_for(request.user, found))
    may_run = may_manage(request.user, found.unit)
    days = {name: getattr(found, name) for name in ("self_score_by", "verify_by", "explain_by", "publish_by")}
    page = {
        "round": found,
        "tree": found.tree,
        "lines": lines,
        "counts": _counts(lines),
        "whole": sees_whole(request.user, found),
        "may_run": may_run,
        "may_publish": may_publish(request.user, found.unit) and is_over(found),
        "publication": found.publications.first(),
        "message": message,
        "days_form": DaysForm(initial=days),
        "units_form": UnitsForm(),
        "reason_form": ReasonForm(),
        **(forms or {}),
    }
    return render(request, "assessments/round.html", page, status=422 if message or forms else 200)


def _counts(lines: list[BoardLine]) -> dict[str, int]:
    standing = [line for line in lines if line.assessment.state != LEFT_OUT]
    return {
        "all": len(standing),
        "sent": sum(line.assessment.state != OPEN for line in standing),
        "late": sum(line.assessment.state == OPEN and line.is_late for line in standing),
        "closed": sum(line.assessment.state in CLOSED for line in standing),
    }


@require_POST
@opens_to(may_see_assessments)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Change the days, add units, leave one out or take it back, close what is ready, publish."""
    found = round_for(request, code)
    unit, reason = request.POST.get("unit", "")[:40], request.POST.get("reason", "")
    try:
        if verb == "thoi-han":
            form = DaysForm(request.POST)
            if not form.is_valid():
                return _board(request, found, {"days_form": form})
            actions.change_days(code, days=_days(form.cleaned_data), actor=request.user)
            words = gettext("Đã đổi thời hạn.")
        elif verb == "them-don-vi":
            count = actions.add_units(code, units=_named(request.POST.get("units", "")), actor=request.user)
            words = gettext("Đã thêm %(count)s đơn vị.") % {"count": count}
        elif verb == "bo-don-vi":
            actions.leave_out(code, unit, reason=reason, actor=request.user)
            words = gettext("Đã đưa đơn vị ra khỏi đợt đánh giá.")
        elif verb == "lay-lai":
            actions.take_back_in(code, unit, actor=request.user)
            words = gettext("Đã đưa đơn vị lại vào đợt đánh giá.")
        else:
            words = _close(request, code, verb, reason)
    except Refused as refusal:
        return _board(request, found, message=refusal.message)
    messages.success(request, words)
    return redirect("assessments:results" if verb == "cong-bo" else "assessments:round", code)


def _close(request: SignedInRequest, code: str, verb: str, reason: str) -> str:
    if verb == "chot":
        count = publishing.finish_ready(code, actor=request.user)
        return gettext("Đã chốt điểm của %(count)s đơn vị.") % {"count": count}
    if verb == "cong-bo":
        publishing.publish(code, reason=reason, actor=request.user)
        return gettext("Đã công bố kết quả.")
    raise Http404
