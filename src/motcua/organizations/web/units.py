"""The tree of units on any day, and one unit with its people, codes and successors."""

from datetime import date

from django.db.models import Func, Q, TextField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.text import fold, sort_key
from motcua.organizations.access import official
from motcua.organizations.models import Post, Unit, in_force
from motcua.organizations.queries import successors_of

LIST_LIMIT = 200


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()


@require_GET
@opens_to(official)
def units(request: HttpRequest) -> HttpResponse:
    """The units at the top of the tree on a day, or those whose name or code matches what was typed."""
    day, wanted = _day(request), request.GET.get("q", "").replace("\0", "").strip()
    found = Unit.objects.in_force(day).select_related("parent")
    if wanted:
        folded_name = Func("name", function="motcua_fold", output_field=TextField())
        found = found.alias(folded=folded_name).filter(Q(folded__contains=fold(wanted)) | Q(code=wanted))[:LIST_LIMIT]
    else:
        found = found.filter(parent__isnull=True)
    page = {"day": day, "q": wanted, "units": sorted(found, key=lambda unit: sort_key(unit.name))}
    return render(request, "organizations/units.html", page)


@require_GET
@opens_to(official)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: what stands under it, its codes, who holds posts in it, what it came from and went into."""
    day = _day(request)
    found = Unit.objects.filter(code=code).select_related("parent").order_by("-valid_from")
    shown = next((each for each in found if each.valid_from <= day and (each.valid_to or day) >= day), found.first())
    if shown is None:
        raise Http404
    children = Unit.objects.in_force(day).filter(parent=shown)
    page = {
        "day": day,
        "unit": shown,
        "children": sorted(children, key=lambda each: each.sort_key),
        "posts": Post.objects.filter(in_force(day), unit=shown).select_related("account").order_by("role"),
        "codes": shown.codes.order_by("scheme"),
        "origins": shown.origins.select_related("old"),
        "successors": successors_of(shown) if shown.valid_to else [],
    }
    return render(request, "organizations/unit.html", page)
