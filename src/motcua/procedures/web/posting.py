"""Lists to post: each unit's own, to print with a QR code, and the proof that it was posted."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.pdf import to_pdf
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.procedures.access import may_post_for, may_see_publication
from motcua.procedures.actions.marking import record_posting
from motcua.procedures.models import Posting
from motcua.procedures.posting_queries import coverage_of, list_digest, narrowed, posted_procedures, posting_states
from motcua.procedures.publication_forms import PostingForm
from motcua.procedures.publishing_states import POSTING_STATES
from motcua.procedures.rendering.posting_list import posting_list

PAGE = 50


def _unit(code: str) -> Unit:
    found = Unit.objects.in_force().filter(code=code[:40].replace("\0", "")).first()
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(may_see_publication)
def postings(request: SignedInRequest) -> HttpResponse:
    """Every unit that handles procedures: how many, when it last posted, whether its list changed since; coverage."""
    states = posting_states()
    asked, words = request.GET.get("trang-thai", ""), request.GET.get("q", "")[:80]
    counts = Counter(one.state for one in states)
    tabs = [{"label": gettext("Tất cả"), "url": "?", "active": asked not in POSTING_STATES, "count": len(states)}]
    tabs += [
        {"label": label, "url": f"?trang-thai={state}", "active": asked == state, "count": counts[state]}
        for state, label in POSTING_STATES.items()
    ]
    found = narrowed(states, state=asked if asked in POSTING_STATES else "", words=words)
    page = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "tabs": tabs,
        "coverage": coverage_of(states),
        "words": words,
        "asked": asked,
    }
    return render(request, "procedures/postings.html", page)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_publication)
def posting(request: SignedInRequest, code: str) -> HttpResponse:
    """One unit's list with its postings; record a new one with proof."""
    unit = _unit(code)
    is_mine = may_post_for(request.user, unit)
    is_sent = request.method == "POST" and is_mine
    form = PostingForm(request.POST if is_sent else None, request.FILES if is_sent else None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            record_posting(
                unit, place=told["place"], on=told["on"], address=told["address"], file=told["file"],
                name=told["file"].name if told["file"] else "", actor=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã ghi việc niêm yết."))
            return redirect("procedures:posting", unit.code)
    found = posted_procedures(unit)
    page = {
        "unit": unit,
        "procedures": found,
        "digest": list_digest(found),
        "postings": Posting.objects.filter(unit=unit).select_related("by", "proof"),
        "form": form if is_mine else None,
    }
    return render(request, "procedures/posting.html", page, status=422 if form.errors else 200)


@require_GET
@opens_to(everyone)
def posted_list(request: HttpRequest, code: str) -> HttpResponse:
    """What a unit handles, for whoever scans the code on its board."""
    unit = _unit(code)
    return render(request, "procedures/posted_list.html", {"unit": unit, "procedures": posted_procedures(unit)})


@require_GET
@opens_to(everyone)
def posting_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The list to print."""
    unit = _unit(code)
    address = request.build_absolute_uri(reverse("procedures:posted_list", args=[unit.code]))
    document = posting_list(unit, posted_procedures(unit), day=today(), url=address)
    response = HttpResponse(to_pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="niem-yet-{unit.code}.pdf"'
    return response
