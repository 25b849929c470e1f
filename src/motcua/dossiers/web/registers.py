"""Lists of dossiers: one's own, and the registers of officials."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import now
from motcua.base.guard import opens_to, signed_in
from motcua.base.paging import after_of, key_of
from motcua.dossiers.access import may_see_registers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Filters, drafts_of, register
from motcua.dossiers.web.export import as_csv
from motcua.dossiers.web.filters import RegisterForm, units_seen
from motcua.dossiers.web.showing import tone_of

PAGE = 50
CSV_PAGE = 1000


@never_cache
@require_GET
@opens_to(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """The dossiers that the reader filed, newest first."""
    after = request.GET.get("after")
    found = register(request.user, filters=Filters(is_mine=True), after=key_of(after) if after else None, limit=PAGE)
    drafts = [] if after else drafts_of(request.user)
    page = {"rows": rows_of(found.dossiers), "after": after_of(found.after), "drafts": drafts}
    return render(request, "dossiers/mine.html", page)


@never_cache
@require_GET
@opens_to(may_see_registers)
def register_page(request: HttpRequest) -> HttpResponseBase:
    """The register that the reader's posts open, narrowed by filters; as CSV with format=csv."""
    form = RegisterForm(request.GET, units=units_seen(request.user))
    if not form.is_valid():
        page = {"form": form, "rows": [], "after": "", "chips": []}
        return render(request, "dossiers/register.html", page, status=422)
    filters = form.filters()
    if request.GET.get("format") == "csv":

        def read(key: Any) -> tuple[list[Dossier], Any]:
            part = register(request.user, filters=filters, after=key, limit=CSV_PAGE)
            return part.dossiers, part.after

        return as_csv(read, "so-theo-doi-ho-so")
    after = request.GET.get("after")
    found = register(request.user, filters=filters, after=key_of(after) if after else None, limit=PAGE)
    page = {
        "form": form,
        "rows": rows_of(found.dossiers),
        "after": after_of(found.after),
        "chips": form.chips(request),
        "is_first": not after,
    }
    return render(request, "dossiers/register.html", page)


def rows_of(dossiers: list[Dossier]) -> list[dict[str, Any]]:
    """Return the dossiers as lists show them."""
    instant = now()
    return [
        {
            "dossier": each,
            "tone": tone_of(each.state, is_late=bool(each.is_clock_running and each.due_at and each.due_at < instant)),
        }
        for each in dossiers
    ]
