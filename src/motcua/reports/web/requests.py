"""Reports asked for once: asking, the board of who answered, answering, sending back, taking back."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.reports.access import may_ask, may_make_requests, may_see_reports, may_write
from motcua.reports.actions import requests as actions
from motcua.reports.forms import RequestForm
from motcua.reports.request_models import ReportRequest
from motcua.reports.requests import Board, board_of, seen_by

MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
@opens_to(may_see_reports)
def requests_page(request: SignedInRequest) -> HttpResponse:
    """The requests that the account sees; who may asks for another."""
    may = may_make_requests(request.user)
    form = RequestForm(request.POST or None) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := _ask(request, form)):
            messages.success(request, gettext("Đã gửi yêu cầu báo cáo."))
            return redirect("reports:request", made.code)
    page = {"rows": seen_by(request.user)[:MOST_SHOWN], "form": form}
    return render(request, "reports/requests.html", page, status=422 if form and form.errors else 200)


def _ask(request: SignedInRequest, form: RequestForm) -> ReportRequest | None:
    """Ask as the form says; a refusal stands in the form."""
    data = form.cleaned_data
    try:
        units = _units(request, data["kinds"], data["units"])
        return actions.ask(
            title=data["title"],
            words=data["words"],
            items=data["items"],
            due_on=data["due_on"],
            units=units,
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _units(request: SignedInRequest, kinds: list[str], codes: str) -> list[Unit]:
    named = [unit_at(code.strip()) for code in codes.split(",") if code.strip()]
    scopes = [scope_of(post) for post in request.user.posts_now]
    of_kinds = Unit.objects.in_force().below(*scopes).filter(kind__in=kinds).select_related("parent") if kinds else []
    return [*of_kinds, *named]


def _find(request: SignedInRequest, code: str) -> ReportRequest:
    found = seen_by(request.user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(may_see_reports)
def request_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One request: what is asked, who answered what, the sums; a unit's own answer form."""
    found = _find(request, code)
    if request.GET.get("format") == "csv":
        return _as_csv(board_of(found, request.user))
    return _page(request, found)


def _page(
    request: SignedInRequest, found: ReportRequest, *, unit: str = "", refusal: Refused | None = None
) -> HttpResponse:
    board = board_of(found, request.user)
    unit = unit or request.GET.get("unit", "")
    own = {post.unit_id for post in request.user.posts_now}
    writable = [line for line in board.lines if not found.withdrawn_at and may_write(request.user, line.asked.unit)]
    # Who looks over a hundred units answers for one of them at a time.
    mine = [line for line in writable if line.asked.unit_id in own or line.asked.unit.code == unit]
    posted = request.POST if refusal else {}
    page = {
        "board": board,
        "request_": found,
        "may_withdraw": not found.withdrawn_at and may_ask(request.user, found.unit),
        "mine": [_answer_form(line, board, posted if line.asked.unit.code == unit else {}) for line in mine],
        "unit": unit,
        "for_others": {line.asked.unit.code for line in writable if line not in mine},
        "message": refusal.message if refusal else "",
        "field": (refusal.field or "") if refusal else "",
    }
    return render(request, "reports/request.html", page, status=422 if refusal else 200)


def _answer_form(line: Any, board: Board, posted: Any) -> dict[str, Any]:
    cells = [
        {"name": f"value-{at}", "item": item, "value": posted.get(f"value-{at}", line.values[at])}
        for at, item in enumerate(board.items)
    ]
    words = posted.get("words", line.words)
    return {"line": line, "cells": cells, "words": words}


@require_POST
@opens_to(may_see_reports)
def request_act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Answer, send an answer back, or take the request back."""
    found = _find(request, code)
    data, unit = request.POST, request.POST.get("unit", "")
    try:
        if verb == "tra-loi":
            values = [data.get(f"value-{at}", "") for at in range(len(found.items))]
            actions.answer(code, unit, values=values, words=data.get("words", ""), actor=request.user)
            messages.success(request, gettext("Đã gửi trả lời."))
        elif verb == "tra-lai":
            actions.send_back(code, unit, reason=data.get("reason", ""), actor=request.user)
            messages.success(request, gettext("Đã trả lại."))
        elif verb == "rut":
            actions.withdraw(code, reason=data.get("reason", ""), actor=request.user)
            messages.success(request, gettext("Đã rút yêu cầu."))
        else:
            raise Http404
    except Refused as refusal:
        return _page(request, found, unit=unit, refusal=refusal)
    return redirect("reports:request", code)


def _as_csv(board: Board) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{board.request.code}.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    names = [harmless(f"{item.name} ({item.unit})" if item.unit else item.name) for item in board.items]
    writer.writerow([gettext("Mã đơn vị"), gettext("Đơn vị"), gettext("Tình trạng"), *names, gettext("Nội dung")])
    for line in board.lines:
        unit = line.asked.unit
        writer.writerow([harmless(each) for each in (unit.code, unit.name, line.label, *line.values, line.words)])
    writer.writerow(["", gettext("Cộng"), "", *map(harmless, board.sums), ""])
    return response
