"""What a dossier's page shows of the turns of its life: what is owed, a withdrawal asked, its family, papers back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.dossiers.actions import linking
from motcua.dossiers.models import Obligation, OneVisit, PapersGivenBack, WithdrawalRequest
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.queries.families import family_of
from motcua.dossiers.queries.published import marks_of
from motcua.dossiers.states import WITHDRAWAL_ASKED
from motcua.organizations.access import SignedInRequest
from motcua.procedures.publishing_states import TRAITS, VERTICAL

SHOWN_MARKS = (VERTICAL, "on_the_spot", "five_on_the_spot")


def life_of(page: DossierPage, *, is_official: bool) -> dict[str, Any]:
    """Return what the page shows beside states and actions; a constant number of statements."""
    dossier = page.dossier
    asked = list(WithdrawalRequest.objects.filter(dossier=dossier).order_by("-id")[:1])
    marks = marks_of(dossier.version.procedure_id, today()) if is_official else frozenset()
    return {
        "obligations": list(Obligation.objects.filter(dossier=dossier).order_by("-id")),
        "withdrawal": asked[0] if asked else None,
        "is_withdrawal_asked": dossier.state == WITHDRAWAL_ASKED,
        "family": family_of(dossier.code),
        "papers_given_back": PapersGivenBack.objects.filter(dossier=dossier).first() if dossier.ended_at else None,
        "one_visit": OneVisit.objects.filter(dossier=dossier).first() if dossier.ended_at else None,
        "one_visit_label": gettext("Giải quyết tại chỗ"),
        "marks": [str(TRAITS[mark]) for mark in SHOWN_MARKS if mark in marks],
    }


@never_cache
@require_POST
@opens_to(signed_in)
def unlink(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a link away, and go back to the family."""
    if "\0" in code:
        raise Http404
    try:
        linking.unlink(code, other=request.POST.get("other", "")[:60], actor=request.user)
        messages.success(request, gettext("Đã bỏ gắn hồ sơ liên quan."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("dossiers:dossier", code)
