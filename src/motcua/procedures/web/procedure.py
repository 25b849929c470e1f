"""One procedure: who may, what papers, how long, how much, where, in which steps, on which law."""

import re
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.procedures.eforms import form_in_force
from motcua.procedures.fee_rates import fees_shown
from motcua.procedures.models import Component, FilingChannel, Offering, ProcedureVersion
from motcua.procedures.queries import offerings_of, version_at, versions_of
from motcua.procedures.usual_time import usual_time_of

_LOCAL_COPY = re.compile(r"(\d\.\d{6})\.[A-Z0-9.]+")  # 1.000948.H38, 3.000181.000.00.00.H22 (DOMAIN 4.9)


@require_GET
@opens_to(everyone)
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """A procedure as it is in force today, or as it was on ``?day=``; a local copy's code leads to the national one."""
    if local := _LOCAL_COPY.fullmatch(code):
        return redirect("procedures:procedure", local[1])
    if not re.fullmatch(r"\d\.\d{6}", code):
        raise Http404
    versions = versions_of(code)
    shown = _shown(code, versions, _day(request))
    if shown is None:
        raise Http404
    offerings = offerings_of(shown.procedure)
    page = {
        "version": shown,
        "in_force": next((one for one in versions if _is_in_force(one)), None),
        "cases": _by_case(list(shown.components.all())),
        "notes": _notes(list(shown.channels.all())),
        "offerings": offerings,
        "is_taken_online": any(one.is_online for one in offerings),
        "start_url": _start_url(code, offerings),
        "others": [one for one in versions if one.pk != shown.pk],
        "fees_here": fees_shown(offerings, today()),
        "short": _in_short(shown, offerings),
        "usual": usual_time_of(code),
        "form": form_in_force(code),
    }
    return render(request, "procedures/procedure.html", page)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()


def _is_in_force(version: ProcedureVersion) -> bool:
    return version.valid_from <= today() and (version.valid_to is None or version.valid_to >= today())


def _shown(code: str, versions: list[ProcedureVersion], day: date) -> ProcedureVersion | None:
    """Return the version of the day; where the procedure was not in force then, its newest."""
    if not versions:
        return None
    return version_at(code, day) or version_at(code, versions[0].valid_from)


def _by_case(components: list[Component]) -> list[dict[str, Any]]:
    """Return the papers under the case they are needed in; those of every case first."""
    ordered = sorted(components, key=lambda paper: (paper.case != "", _first_place(components, paper.case)))
    return [{"case": case, "papers": list(papers)} for case, papers in groupby(ordered, key=lambda paper: paper.case)]


def _first_place(components: list[Component], case: str) -> int:
    return next(place for place, paper in enumerate(components) if paper.case == case)


def _in_short(version: ProcedureVersion, offerings: list[Offering]) -> dict[str, Any]:
    """Return what people ask first: how many papers, the times and fees stated, whatever the way of filing."""
    papers, channels = list(version.components.all()), list(version.channels.all())
    limits = {(one.limit_value, one.unit_label): None for one in channels if one.limit_value is not None}
    if not limits:
        limits = {(Decimal(one.limit_value), one.unit_label): None for one in offerings}
    fees = sorted({one.fee for one in channels if one.fee is not None})
    return {
        "papers": sum(not paper.case for paper in papers),
        "papers_in_cases": sum(bool(paper.case) for paper in papers),
        "limits": [{"value": value.normalize(), "unit": unit} for value, unit in limits],
        "fees": fees,
        "is_fee_open": any(one.fee is None for one in channels),
        "methods": list(dict.fromkeys(one.method_label for one in channels)),
        "results": list(version.results.all())[:3],
    }


def _notes(channels: list[FilingChannel]) -> list[dict[str, Any]]:
    """Return each note once, with the ways to file that it belongs to."""
    methods: dict[str, dict[str, None]] = {}
    for channel in channels:
        if channel.note:
            methods.setdefault(channel.note, {})[channel.method_label] = None
    return [{"text": text, "methods": list(names)} for text, names in methods.items()]


def _start_url(code: str, offerings: list[Offering]) -> str:
    """Return where one files online: "" when nobody here takes it so, or the house runs without dossiers."""
    if not any(offering.is_online for offering in offerings):
        return ""
    try:
        return reverse("dossiers:start", args=[code])
    except NoReverseMatch:
        return ""
