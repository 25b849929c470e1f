"""Money to give back: what strayed, what was asked, approving, sending, noting that it is done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.payments.access import (
    may_approve_for,
    may_approve_refunds,
    may_ask_refunds,
    may_see_refunds,
)
from motcua.payments.actions import refunding
from motcua.payments.forms import RefundActForm, RefundForm
from motcua.payments.models import APPROVED, ASKED, ONLINE, REFUND_FAILED, SENT, Refund
from motcua.payments.queries import refunds_seen, stray_money
from motcua.payments.states import MONEY_VERDICTS, REFUND_STATES, REFUND_TONES
from motcua.payments.web.books import tabs

PAGE = 50


@never_cache
@require_GET
@opens_to(may_see_refunds)
def refunds(request: SignedInRequest) -> HttpResponse:
    """Money that paid nothing and waits for somebody to ask, then all refunds by state."""
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in REFUND_STATES else ""
    page = Paginator(refunds_seen(request.user, state), PAGE).get_page(request.GET.get("page"))
    context = {
        "stray": [(one, MONEY_VERDICTS[one.verdict]) for one in stray_money(request.user)[:PAGE]],
        "page": page,
        "rows": [(one, REFUND_STATES[one.state], REFUND_TONES[one.state]) for one in page],
        "states": [{"label": gettext("Tất cả"), "url": "?", "active": not state}]
        + [
            {"label": label, "url": f"?trang-thai={name}", "active": name == state}
            for name, label in REFUND_STATES.items()
        ],
        "may_ask": may_ask_refunds(request.user),
        "tabs": tabs(request.user, "payments:refunds"),
    }
    return render(request, "payments/refunds.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_ask_refunds)
def ask_stray(request: SignedInRequest, number: int) -> HttpResponse:
    """Ask that money which paid nothing be given back."""
    money = get_object_or_404(stray_money(request.user), pk=min(number, 2**63 - 1))
    form = RefundForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            refund = refunding.ask_for_stray(
                money.pk, cause=told["cause"], method=told["method"], actor=request.user
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã đề nghị hoàn tiền; cần người khác duyệt."))
            return redirect("payments:refund", refund.number)
    page = {"money": money, "verdict": MONEY_VERDICTS[money.verdict], "form": form}
    return render(request, "payments/refund_ask.html", page, status=422 if form.errors else 200)


@never_cache
@require_GET
@opens_to(may_see_refunds)
def refund(request: SignedInRequest, number: str) -> HttpResponse:
    """One refund with what may be done to it now."""
    return _show(request, _seen(request, number), RefundActForm())


@never_cache
@require_POST
@opens_to(may_see_refunds)
def refund_act(request: SignedInRequest, number: str, verb: str) -> HttpResponse:
    """Approve, turn down, send or finish a refund."""
    found = _seen(request, number)
    form = RefundActForm(request.POST)
    if verb not in _may(request, found) or not form.is_valid():
        raise Http404
    told = form.cleaned_data
    try:
        if verb == "duyet":
            refunding.approve(found.number, actor=request.user)
        elif verb == "khong-duyet":
            refunding.turn_down(found.number, note=told["note"], actor=request.user)
        elif verb == "gui":
            refunding.send(found.number, actor_code=request.user.code)
        else:
            refunding.finish(found.number, reference=told["reference"], actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _show(request, found, form, status=422)
    messages.success(request, gettext("Đã ghi."))
    return redirect("payments:refund", found.number)


def _seen(request: SignedInRequest, number: str) -> Refund:
    return get_object_or_404(refunds_seen(request.user), number=number[:30].replace("\0", ""))


def _may(request: SignedInRequest, found: Refund) -> set[str]:
    """Return the verbs that the reader may do to a refund now; the action has the last word."""
    account = request.user
    verbs: set[str] = set()
    decides = may_approve_refunds(account) and may_approve_for(account, found.unit)
    if found.state == ASKED and decides and found.asked_by != account.code:
        verbs |= {"duyet", "khong-duyet"}
    if found.method == ONLINE and found.state in (APPROVED, REFUND_FAILED) and (decides or may_ask_refunds(account)):
        verbs.add("gui")
    by_hand = (SENT, REFUND_FAILED) if found.method == ONLINE else (APPROVED,)
    if found.state in by_hand and may_ask_refunds(account):
        verbs.add("xong")
    return verbs


def _show(request: SignedInRequest, found: Refund, form: RefundActForm, *, status: int = 200) -> HttpResponse:
    page = {
        "refund": found,
        "state": REFUND_STATES[found.state],
        "tone": REFUND_TONES[found.state],
        "may": _may(request, found),
        "form": form,
        "is_mine": found.state == ASKED and found.asked_by == request.user.code,
    }
    return render(request, "payments/refund.html", page, status=status)
