"""One action on a dossier: done, then back to its page or on to the next work; or refused in place."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.dossiers.addresses import page_of
from motcua.dossiers.queries.dossier import dossier_page
from motcua.dossiers.web.acts import ACTS, Act
from motcua.dossiers.web.at_work import at_work
from motcua.dossiers.web.dossier import show
from motcua.dossiers.web.uploads import seal
from motcua.organizations.access import SignedInRequest


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(signed_in)
def act(request: SignedInRequest, code: str, action: str) -> HttpResponse:
    """Do what the form asks; a GET asks the question first, or goes to the form on the page."""
    wanted = ACTS.get(action)
    if wanted is None or "\0" in code:
        raise Http404
    if request.method == "GET":
        return _ask(request, code, action, wanted)
    form = wanted.form(request.POST, request.FILES)
    if form.is_valid():
        try:
            wanted.do(code, form, request)
            messages.success(request, str(wanted.done))
            kept = at_work(request)
            return redirect(kept.next_address if "ke" in request.POST and kept.place else kept.address(code))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = dossier_page(code, account=request.user)
    form.show(page)
    if not wanted.is_button:  # who has read the refusal may send the same text again at the present step
        data = request.POST.copy()
        data["at_step"] = str(page.run.position)
        form.data = data
    if wanted.question:
        return render(
            request, "dossiers/question.html", {"page": page, "act": wanted, "slug": action, "form": form}, status=422
        )
    files = getattr(form, "kept", [])
    return show(request, page, failed=(action, form), kept=files, sealed=seal(files, request.user), status=422)


def _ask(request: SignedInRequest, code: str, action: str, wanted: Act) -> HttpResponse:
    page = dossier_page(code, account=request.user)
    if not wanted.question or wanted.name not in page.actions:
        return redirect(f"{page_of(code)}#{action}")
    form = wanted.form(page=page)
    return render(request, "dossiers/question.html", {"page": page, "act": wanted, "slug": action, "form": form})
