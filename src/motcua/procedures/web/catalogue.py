"""The list of procedures: words, filters, pages, and the same list as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.guard import everyone, opens_to
from motcua.procedures.explaining import reasons_of
from motcua.procedures.forms import Asked, CatalogueForm, shown_value
from motcua.procedures.life_events import LIFE_EVENTS
from motcua.procedures.queries import choices, search
from motcua.procedures.rendering.spreadsheet import catalogue_csv
from motcua.procedures.rules.search import Entry, Hit
from motcua.procedures.states import LEVELS, ONLINE_KINDS

PAGE = 20


@require_GET
@opens_to(everyone)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Procedures in force that fit what was asked, best first, or all by name."""
    asked = Asked.of(request.GET)
    found = search(asked.query, asked.filters, limit=None)
    page = Paginator(found.hits, PAGE).get_page(request.GET.get("page"))
    offered = choices()
    context = {
        "form": CatalogueForm(asked, offered),
        "asked": asked,
        "chips": _chips(request, asked),
        "page": page,
        "rows": _rows(asked.query, list(page.object_list)),
        "life_events": LIFE_EVENTS if not any(asked.values().values()) or not found.total else (),
        "fields": offered.fields if asked.query and not found.total else (),
    }
    return render(request, "procedures/catalogue.html", context)


@require_GET
@opens_to(everyone)
def catalogue_file(request: HttpRequest) -> HttpResponse:
    """What the list shows over all its pages, as CSV."""
    asked = Asked.of(request.GET)
    found = search(asked.query, asked.filters, limit=None)
    response = HttpResponse(catalogue_csv(found.hits), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="thu-tuc.csv"'
    return response


def _rows(query: str, hits: list[Hit]) -> list[dict[str, Any]]:
    return [{**row_of(hit.entry), "why": why} for hit, why in zip(hits, reasons_of(query, hits), strict=True)]


def row_of(entry: Entry) -> dict[str, Any]:
    """Return a procedure as a row of a list shows it."""
    return {
        "code": entry.code,
        "name": entry.name,
        "field": entry.field,
        "levels": ", ".join(str(LEVELS.get(level, level)) for level in entry.levels),
        "online": ONLINE_KINDS[entry.online_kind],
        "is_filed_here": entry.is_filed_here,
    }


def _chips(request: HttpRequest, asked: Asked) -> list[dict[str, str]]:
    """Return each filter in force with the address of the list without it."""
    chips = []
    for name, value in asked.values().items():
        if value:
            kept = request.GET.copy()
            for key in (name, "page"):
                kept.pop(key, None)
            label = f"“{value}”" if name == "q" else shown_value(name, value)
            chips.append({"label": label, "url": f"?{kept.urlencode()}"})
    return chips
