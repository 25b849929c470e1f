"""A document on its way in: how far the reading is, what it found, why it failed, once more or off the list."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_see_plans, visible_to
from motcua.plans.actions.intake import drop, read_again
from motcua.plans.models import Intake
from motcua.plans.queries.beginning import intakes_of
from motcua.plans.queries.finding import twins
from motcua.plans.states import IN_READING, WAITING

NOTE = "note"  # what the reader says of the file itself: it holds macros, an old font was turned into Unicode


def _intake(request: SignedInRequest, code: str) -> Intake:
    found = intakes_of(request.user).select_related("plan", "unit").filter(code=code[:40].replace("\0", "")).first()
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(may_see_plans)
def intake(request: SignedInRequest, code: str) -> HttpResponse:
    """How far the reading is; asks for itself again until it is over, with and without JavaScript."""
    found = _intake(request, code)
    reading = found.plan.reading if found.plan else {}
    warnings = reading.get("warnings", [])
    page = {
        "intake": found,
        "is_waiting": found.state in (WAITING, IN_READING),
        "rows": found.plan.tasks.filter(is_dropped=False).count() if found.plan else 0,
        "warnings": [each for each in warnings if each["severity"] != "info" or each["code"] == NOTE][:20],
        "twins": twins(found.plan, visible_to(request.user)) if found.plan else [],
        "missing": len(reading.get("missing_rows", [])),
    }
    return render(request, "plans/intake.html", page)


@require_GET
@opens_to(may_see_plans)
def file(request: SignedInRequest, code: str) -> FileResponse:
    """The file as it was kept, for the person who sent it to look at; never shown in a page."""
    kept = _intake(request, code).file
    return FileResponse(open_stored(kept.sha256), as_attachment=True, filename=kept.name, content_type=kept.media_type)


@require_POST
@opens_to(may_see_plans)
def again(request: SignedInRequest, code: str) -> HttpResponse:
    """Read a document that failed once more."""
    found = _intake(request, code)
    try:
        read_again(found.code, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:intake", found.code)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def leave_out(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask first, then take a document that failed off the list."""
    found = _intake(request, code)
    if request.method == "GET":
        return render(request, "plans/intake_drop.html", {"intake": found})
    try:
        drop(found.code, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("plans:intake", found.code)
    messages.success(request, gettext("Đã bỏ tệp khỏi danh sách; tệp vẫn được lưu."))
    return redirect("plans:plans")
