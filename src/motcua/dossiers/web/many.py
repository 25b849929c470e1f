"""Many dossiers on one page: forwarded together with a preview and an undo, and the forecast of a unit."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.access.late import may_lead_or_control
from motcua.dossiers.actions import bulk
from motcua.dossiers.queries.forecast import forecast_of
from motcua.dossiers.queries.why import as_time
from motcua.organizations.access import SignedInRequest, has_role_in, scope_of
from motcua.organizations.models import Unit
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
