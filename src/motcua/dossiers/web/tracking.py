"""What anybody may follow with a code: nothing of the applicant, no name of an official."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.guard import everyone, opens_to
from motcua.base.text import squash
from motcua.dossiers.queries.dossier import track
from motcua.dossiers.queries.why import why_of_tracked
from motcua.dossiers.rules.code import is_dossier_code
from motcua.dossiers.web.late import why_items
from motcua.dossiers.web.showing import timeline_items, tone_of


@require_GET
@opens_to(everyone)
def track_form(request: HttpRequest) -> HttpResponse:
    """Ask for the code; go to its page where there is such a dossier."""
    typed = request.GET.get("ma")
    code = squash(typed or "").upper()[:60]
    message = ""
    if typed is not None:
        if is_dossier_code(code):
            return redirect("dossiers:tracking", code)
        message = (
            gettext("“%(code)s” không phải là mã hồ sơ. Mã có dạng 000.00.04.H27-261121-0001, in trên giấy tiếp nhận.")
            % {"code": code}
            if code
            else gettext("Cần ghi mã hồ sơ.")
        )
    page = {"code": code, "message": message}
    return render(request, "dossiers/track.html", page, status=422 if message else 200)


@never_cache
@require_GET
@opens_to(everyone)
def tracking(request: HttpRequest, code: str) -> HttpResponse:
    """Where a dossier stands, for whoever knows its code."""
    try:
        found = track(code.replace("\0", ""))
    except Http404:
        message = gettext("Không có hồ sơ nào mang mã “%(code)s”. Hãy xem lại mã trên giấy tiếp nhận.") % {
            "code": code[:60]
        }
        return render(request, "dossiers/track.html", {"code": code[:60], "message": message}, status=404)
    why = why_of_tracked(found)
    page = {
        "why": why,
        "why_items": why_items(why.lines) if why else [],
        "tracking": found,
        "tone": tone_of(found.state, is_late=found.is_overdue),
        "items": timeline_items(found.timeline),
    }
    return render(request, "dossiers/tracking.html", page)
