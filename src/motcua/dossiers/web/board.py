"""The board of a unit's head: give by dragging, by keys or by a choice, take it back; and what stands still."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import now
from motcua.base.guard import opens_to
from motcua.dossiers.access.late import may_assign, may_lead_or_control
from motcua.dossiers.actions.giving import give_back_many, give_many
from motcua.dossiers.queries.board import MOST_STUCK, Load, Stuck, board_of, stuck_for
from motcua.dossiers.queries.forecast import late_soon
from motcua.dossiers.queries.why import as_time
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import LEADER, UNIT_HEAD

SHOWN = 60  # cards of one column; the rest is counted
UNDO_FOR = 3600  # seconds for which the button to take back is good
_KEPT, _SALT = "board_undo", "dossiers.board"


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_assign)
def board(request: SignedInRequest) -> HttpResponse:
    """Who has how much in hand at a unit of the reader; ticked dossiers are given to somebody else."""
    unit = _unit(request)
    message = ""
    if request.method == "POST":
        message = _give(request, unit)
        if not message:
            return redirect(f"{request.path}?don_vi={unit.code}")
    return _shown(request, unit, message)


@never_cache
@require_POST
@opens_to(may_assign)
def take_back(request: SignedInRequest) -> HttpResponse:
    """Give what was just given back to whoever held it before."""
    unit = _unit(request)
    held_by, moves = _undo_of(request, unit)
    account = Account.objects.filter(code=held_by).first() if moves else None
    if account is None:
        raise Http404
    given = give_back_many([(code, who) for code, who in moves], held_by=account, actor=request.user)
    request.session.pop(_KEPT, None)
    if given.moves:
        told = ngettext("Đã thu hồi %(count)s hồ sơ.", "Đã thu hồi %(count)s hồ sơ.", len(given.moves))
        messages.success(request, told % {"count": len(given.moves)})
    for reason in given.refused.values():
        messages.error(request, reason)
    return redirect(f"{request.path.rpartition('/')[0]}?don_vi={unit.code}")


@never_cache
@require_GET
@opens_to(may_lead_or_control)
def stuck(request: HttpRequest) -> HttpResponse:
    """What has not moved for days in the units that the reader looks over, unit by unit."""
    found = stuck_for(request.user)
    units: dict[Unit, list[Stuck]] = defaultdict(list)
    for each in found:
        units[each.run.unit].append(each)
    page = {
        "units": [
            (unit, [{"each": each, "held": as_time(each.held)} for each in rows])
            for unit, rows in sorted(units.items(), key=lambda pair: pair[0].sort_key)
        ],
        "count": len(found),
        "is_cut": len(found) >= MOST_STUCK,
        "days": control_rules_on(now().date()).stuck_after_days,
    }
    return render(request, "dossiers/stuck.html", page)


def _unit(request: SignedInRequest) -> Unit:
    units = _units(request)
    asked = request.GET.get("don_vi")
    return next((each for each in units if each.code == asked), units[0])


def _units(request: SignedInRequest) -> list[Unit]:
    return list({unit.pk: unit for unit in request.user.units_as(UNIT_HEAD, LEADER)}.values())


def _shown(request: SignedInRequest, unit: Unit, message: str) -> HttpResponse:
    loads = board_of(unit)
    page = {
        "unit": unit,
        "units": _units(request),
        "columns": [_column(load) for load in loads],
        "people": [load.account for load in loads if load.account],
        "message": message,
        "late": len(late_soon(unit)),
        "days": control_rules_on(now().date()).forecast_ahead_days,
        "undo": len(_undo_of(request, unit)[1]),
    }
    return render(request, "dossiers/board.html", page, status=422 if message else 200)


def _column(load: Load) -> dict[str, Any]:
    return {
        "load": load,
        "hours": round(load.minutes / 60, 1),
        "capacity": round(load.capacity / 60, 1),
        "runs": load.runs[:SHOWN],
        "more": max(0, load.count - SHOWN),
    }


def _give(request: SignedInRequest, unit: Unit) -> str:
    """Give what was ticked to whoever was chosen; return why not, "" if all went."""
    to = Account.objects.filter(code=request.POST.get("giao_cho", "")[:40]).first()
    codes = request.POST.getlist("ma")
    if to is None or not codes:
        return gettext("Hãy chọn ít nhất một hồ sơ và người nhận.")
    given = give_many(codes, to=to, actor=request.user)
    if given.moves:
        request.session[_KEPT] = signing.dumps([unit.code, to.code, given.moves], salt=_SALT)
        messages.success(
            request,
            gettext("Đã giao %(count)s hồ sơ cho %(name)s.") % {"count": len(given.moves), "name": to.full_name},
        )
    return " ".join(given.refused.values())


def _undo_of(request: SignedInRequest, unit: Unit) -> tuple[str, list[list[str]]]:
    """Return to whom the last giving at ``unit`` went, and its [code, who had it], while it may be taken back."""
    try:
        code, held_by, moves = signing.loads(request.session.get(_KEPT, ""), salt=_SALT, max_age=UNDO_FOR)
    except signing.BadSignature:
        return "", []
    return (held_by, list(moves)) if code == unit.code else ("", [])
