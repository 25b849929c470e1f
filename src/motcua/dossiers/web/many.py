"""Many dossiers on one page: forwarded together with a preview and an undo, and the board of a unit's head."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access import may_see_registers
from motcua.dossiers.actions import bulk, handling
from motcua.dossiers.forecast import forecast_of, late_soon
from motcua.dossiers.late_access import may_assign, may_lead_or_control
from motcua.dossiers.lateness import board_of
from motcua.dossiers.why import as_time
from motcua.organizations.access import SignedInRequest, has_role_in, scope_of
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import LEADER, QCVN_102, UNIT_HEAD
from motcua.workflow.my_work import my_work

MOST = bulk.MOST_AT_ONCE
UNDO_FOR = 3600  # seconds for which the button to take back is good
_SALT = "dossiers.bulk"


@never_cache
@require_GET
@opens_to(may_see_registers)
def choose(request: SignedInRequest) -> HttpResponse:
    """The dossiers that the reader may forward now, to be ticked; then a preview."""
    work = my_work(request.user, limit=MOST).runs
    codes = [run.subject for run in work if run.kind == "dossier"]
    moves = [move for move in bulk.preview(codes, actor=request.user) if not move.refusal]
    return render(request, "dossiers/bulk.html", {"moves": moves, "stage": "choose"})


@never_cache
@require_POST
@opens_to(may_see_registers)
def preview(request: SignedInRequest) -> HttpResponse:
    """Say where each ticked dossier would go; nothing has moved yet."""
    moves = bulk.preview(request.POST.getlist("ma")[:MOST], actor=request.user)
    going = [move for move in moves if not move.refusal]
    if not going:
        messages.error(request, gettext("Chưa chọn hồ sơ nào chuyển được."))
        return redirect("dossiers:bulk")
    sealed = signing.dumps([[move.code, move.position] for move in going], salt=_SALT)
    page = {"moves": moves, "going": len(going), "sealed": sealed, "stage": "preview"}
    return render(request, "dossiers/bulk.html", page)


@never_cache
@require_POST
@opens_to(may_see_registers)
def forward(request: SignedInRequest) -> HttpResponse:
    """Forward what was previewed; what moved meanwhile is told, the rest goes."""
    moves = [(code, position) for code, position in _unsealed(request)]
    done, refused = bulk.forward_many(moves, actor=request.user)
    page = {
        "stage": "done",
        "done": done,
        "refused": refused,
        "sealed": signing.dumps([[code, 0] for code in done], salt=_SALT),
        "summary": ngettext("Đã chuyển %(count)s hồ sơ.", "Đã chuyển %(count)s hồ sơ.", len(done))
        % {"count": len(done)},
    }
    return render(request, "dossiers/bulk.html", page)


@never_cache
@require_POST
@opens_to(may_see_registers)
def undo(request: SignedInRequest) -> HttpResponse:
    """Take back what was just forwarded, as far as nobody has claimed it."""
    codes = [code for code, _position in _unsealed(request)]
    done, refused = bulk.take_back_many(codes, actor=request.user)
    page = {
        "stage": "undone",
        "done": done,
        "refused": refused,
        "summary": ngettext("Đã thu hồi %(count)s hồ sơ.", "Đã thu hồi %(count)s hồ sơ.", len(done))
        % {"count": len(done)},
    }
    return render(request, "dossiers/bulk.html", page)


def _unsealed(request: HttpRequest) -> list[list[Any]]:
    try:
        found: list[list[Any]] = signing.loads(request.POST.get("moves", ""), salt=_SALT, max_age=UNDO_FOR)
    except signing.BadSignature as error:
        raise Http404 from error
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_assign)
def board(request: SignedInRequest) -> HttpResponse:
    """Who has how much in hand at a unit of the reader; ticked dossiers are given to somebody else."""
    units = list({unit.pk: unit for unit in request.user.units_as(UNIT_HEAD, LEADER)}.values())
    unit = next((each for each in units if each.code == request.GET.get("don_vi")), units[0])
    message = ""
    if request.method == "POST":
        message = _reassign(request)
        if not message:
            return redirect(f"{request.path}?don_vi={unit.code}")
    loads = board_of(unit)
    page = {
        "unit": unit,
        "units": units,
        "loads": [{"load": load, "hours": as_time(load.minutes)} for load in loads],
        "people": [load.account for load in loads if load.account],
        "message": message,
        "late": len(late_soon(unit)),
    }
    return render(request, "dossiers/board.html", page, status=422 if message else 200)


def _reassign(request: SignedInRequest) -> str:
    """Give what was ticked to whoever was chosen; return why not, "" if all went."""
    to = Account.objects.filter(code=request.POST.get("giao_cho", "")[:40]).first()
    codes = request.POST.getlist("ma")[:MOST]
    if to is None or not codes:
        return gettext("Hãy chọn ít nhất một hồ sơ và người nhận.")
    refused, done = [], 0
    for code in codes:
        try:
            handling.assign(code, to=to, actor=request.user)
            done += 1
        except Refused as refusal:
            refused.append(refusal.message)
    if done:
        messages.success(
            request, gettext("Đã giao %(count)s hồ sơ cho %(name)s.") % {"count": done, "name": to.full_name}
        )
    return " ".join(refused)


@never_cache
@require_GET
@opens_to(may_lead_or_control)
def forecast(request: HttpRequest) -> HttpResponse:
    """Which open dossiers of a unit will be late at the present load, and which stand still."""
    units = _units(request.user)
    unit = next((each for each in units if each.code == request.GET.get("don_vi")), None)
    unit = unit or next((each for each in units if has_role_in(request.user, each, UNIT_HEAD, LEADER)), None)
    found = forecast_of(unit) if unit else []
    is_all = "tat_ca" in request.GET
    page = {
        "units": units,
        "unit": unit,
        "rows": [
            {"each": each, "late": as_time(each.minutes_late), "held": as_time(each.held)}
            for each in found
            if is_all or each.is_late or each.is_stuck
        ][:500],
        "open": len(found),
        "late": sum(each.is_late for each in found),
        "stuck": sum(each.is_stuck for each in found),
        "is_all": is_all,
    }
    return render(request, "dossiers/forecast.html", page)


def _units(account: Any) -> list[Unit]:
    """Return the competent units that the account looks over, in dictionary order."""
    paths = {scope_of(post).path for post in account.posts_now}
    found: dict[int, Unit] = {}
    for path in paths:
        found |= {
            unit.pk: unit for unit in Unit.objects.in_force().filter(path__startswith=path, codes__scheme=QCVN_102)
        }
    return sorted(found.values(), key=lambda unit: unit.sort_key)
