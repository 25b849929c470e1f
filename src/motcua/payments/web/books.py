"""The books: fees asked and taken, for counters and whoever looks over them; the accounts they are paid to."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import VIETNAM, today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.payments.access import may_reconcile, may_see_fees
from motcua.payments.actions.accounts import NewAccount, end_account, name_account
from motcua.payments.forms import FEE_STATES, AccountForm, FeeFilterForm
from motcua.payments.gateways import connected
from motcua.payments.models import CollectingAccount, Fee, Receipt
from motcua.payments.queries import FeeFilter, fees_seen, taken_by_method
from motcua.payments.states import METHODS
from motcua.payments.web.csv_file import as_csv

PAGE = 50
MOST_ROWS = 20_000
USUAL_DAYS = 7


def tabs(account: Any, active: str) -> list[dict[str, Any]]:
    """Return the tabs of the books that ``account`` may open."""
    found = [("payments:fees", gettext("Khoản thu")), ("payments:refunds", gettext("Hoàn tiền"))]
    if may_reconcile(account):
        found += [("payments:statements", gettext("Đối soát")), ("payments:accounts", gettext("Tài khoản"))]
    return [{"label": label, "url": reverse(name), "active": name == active} for name, label in found]


def _wanted(request: SignedInRequest) -> tuple[FeeFilterForm, FeeFilter]:
    form = FeeFilterForm(request.GET if request.GET else None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    last: date = told.get("den") or today()
    first: date = told.get("tu") or last - timedelta(days=USUAL_DAYS)
    return form, FeeFilter(min(first, last), last, told.get("tinh_trang", ""), told.get("cach_nop", ""))


def _with_receipts(fees: QuerySet[Fee]) -> QuerySet[Fee]:
    return fees.prefetch_related(Prefetch("receipts", Receipt.objects.filter(cancelled_at=None), to_attr="in_force"))


@never_cache
@require_GET
@opens_to(may_see_fees)
def fees(request: SignedInRequest) -> HttpResponse:
    """Fees of the reader's counters and units over some days, with what was taken by each way of paying."""
    form, wanted = _wanted(request)
    found = fees_seen(request.user, wanted)
    taken = taken_by_method(found)
    page = {
        "form": form,
        "wanted": wanted,
        "page": Paginator(_with_receipts(found), PAGE).get_page(request.GET.get("page")),
        "taken": taken,
        "sum": sum(amount for _label, _n, amount in taken),
        "tabs": tabs(request.user, "payments:fees"),
        "is_connected": connected() is not None,
    }
    return render(request, "payments/fees.html", page)


@never_cache
@require_GET
@opens_to(may_see_fees)
def fees_file(request: SignedInRequest) -> HttpResponse:
    """The same fees as CSV, up to MOST_ROWS."""
    _form, wanted = _wanted(request)
    found = _with_receipts(fees_seen(request.user, wanted))[:MOST_ROWS]
    head = [
        gettext("Mã hồ sơ"), gettext("Đơn vị"), gettext("Nơi thu"), gettext("Số tiền"), gettext("Căn cứ thu"),
        gettext("Yêu cầu lúc"), gettext("Nộp lúc"), gettext("Hình thức"), gettext("Số giao dịch"),
        gettext("Số biên lai"), gettext("Tình trạng"),
    ]  # fmt: skip
    name = f"phi-le-phi-{wanted.first:%Y%m%d}-{wanted.last:%Y%m%d}"
    return as_csv(head, (_line(fee) for fee in found), name)


def _line(fee: Any) -> list[Any]:
    state = "paid" if fee.paid_at else "cancelled" if fee.cancelled_at else "unpaid"
    return [
        fee.subject, fee.unit.name if fee.unit else "", fee.counter.name if fee.counter else "", fee.amount, fee.basis,
        *(f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else "" for at in (fee.asked_at, fee.paid_at)),
        str(METHODS.get(fee.method, "")), fee.reference, fee.in_force[0].number if fee.in_force else "",
        str(FEE_STATES[state]),
    ]  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_reconcile)
def accounts(request: SignedInRequest) -> HttpResponse:
    """The accounts to which fees are transferred; name a new one."""
    form = AccountForm(request.POST if request.method == "POST" else None, initial={"valid_from": today()})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            name_account(
                NewAccount(
                    bank_bin=told["bank_bin"], bank_name=told["bank_name"], account_number=told["account_number"],
                    account_name=told["account_name"], valid_from=told["valid_from"], source=told["source"],
                    unit_code=told["unit"],
                ),
                actor=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã ghi tài khoản."))
            return redirect("payments:accounts")
    page = {
        "accounts": CollectingAccount.objects.select_related("unit").order_by("unit__code", "-valid_from"),
        "form": form,
        "today": today(),
        "tabs": tabs(request.user, "payments:accounts"),
    }
    return render(request, "payments/accounts.html", page, status=422 if form.errors else 200)


@require_POST
@opens_to(may_reconcile)
def stop_account(request: SignedInRequest, number: int) -> HttpResponse:
    """End an account from today on."""
    end_account(min(number, 2**63 - 1), on=today(), actor=request.user)
    messages.success(request, gettext("Tài khoản được dùng đến hết hôm nay."))
    return redirect("payments:accounts")
