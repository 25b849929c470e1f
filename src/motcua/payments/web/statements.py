"""Comparing the books: statements by day, their differences with what to do, closing them with a note."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import VIETNAM, today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account
from motcua.payments.access import may_reconcile
from motcua.payments.actions import statements as books
from motcua.payments.forms import NoteForm, StatementForm
from motcua.payments.gateways import connected
from motcua.payments.models import Difference, Statement
from motcua.payments.queries import differences_of, statements_loaded
from motcua.payments.states import DIFFERENCES, VERDICTS
from motcua.payments.web.books import tabs
from motcua.payments.web.csv_file import as_csv

SHOWN = 60
MOST_BYTES = 30 * 1024 * 1024


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_reconcile)
def statements(request: SignedInRequest) -> HttpResponse:
    """The days that were compared; fetch or upload the statement of another."""
    form = StatementForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        initial={"day": today() - timedelta(days=1)},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            statement = _load(request, form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã nạp và đối chiếu sao kê."))
            return redirect("payments:statement", statement.gateway, statement.day.isoformat())
    page = {
        "statements": statements_loaded(SHOWN),
        "form": form,
        "is_connected": connected() is not None,
        "tabs": tabs(request.user, "payments:statements"),
    }
    return render(request, "payments/statements.html", page, status=422 if form.errors else 200)


def _load(request: SignedInRequest, told: dict[str, Any]) -> Statement:
    file, gateway = told["file"], connected()
    if file is None:
        return books.fetch(told["day"], actor=request.user)
    if file.size > MOST_BYTES:
        raise Refused(gettext("Tệp sao kê quá lớn."), field="file")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(gettext("Tệp sao kê phải là CSV mã UTF-8."), field="file") from error
    return books.load(
        text, gateway=gateway.code if gateway else books.BY_HAND, day=told["day"], origin=books.UPLOADED,
        actor_code=request.user.code,
    )  # fmt: skip


@never_cache
@require_GET
@opens_to(may_reconcile)
def statement(request: SignedInRequest, gateway: str, day: str) -> HttpResponse:
    """One day: what does not agree, what to do about it, what was done."""
    return _show(request, _found(gateway, day))


@never_cache
@require_POST
@opens_to(may_reconcile)
def difference_act(request: SignedInRequest, gateway: str, day: str, number: int, verb: str) -> HttpResponse:
    """Close a difference with a note, or note the money as the statement has it."""
    found = _found(gateway, day)
    one = Difference.objects.filter(gateway=gateway, day=found.day, pk=min(number, 2**63 - 1)).first()
    if one is None or verb not in ("dong", "ghi-thu"):
        raise Http404
    try:
        if verb == "dong":
            books.close(one.pk, note=request.POST.get("note", ""), actor=request.user)
            messages.success(request, gettext("Đã đóng khoản chênh lệch."))
        else:
            verdict = books.book_line(one.pk, actor=request.user)
            messages.success(request, gettext("Đã ghi theo sao kê: %(verdict)s.") % {"verdict": VERDICTS[verdict]})
    except Refused as refusal:
        return _show(request, found, failed=(one.pk, refusal.message, request.POST.get("note", "")), status=422)
    return redirect("payments:statement", gateway, day)


@never_cache
@require_GET
@opens_to(may_reconcile)
def differences_file(request: SignedInRequest, gateway: str, day: str) -> HttpResponse:
    """The differences of a day as CSV."""
    found = _found(gateway, day)
    head = [
        gettext("Loại"), gettext("Số giao dịch"), gettext("Số lần thanh toán"), gettext("Sao kê (đồng)"),
        gettext("Sổ ta (đồng)"), gettext("Phát hiện lúc"), gettext("Đóng lúc"), gettext("Cách xử lý"),
    ]  # fmt: skip
    rows = [
        [
            str(DIFFERENCES[one.kind][0]), one.number, one.order_number, one.theirs, one.ours,
            *(f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else "" for at in (one.found_at, one.closed_at)),
            one.note or (gettext("Tự hết ở lần đối chiếu sau") if one.gone_at else ""),
        ]
        for one in differences_of(gateway, found.day)
    ]  # fmt: skip
    return as_csv(head, rows, f"doi-soat-{found.day:%Y%m%d}")


def _found(gateway: str, day: str) -> Statement:
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    name = gateway[:20].replace("\0", "")
    found = Statement.objects.filter(gateway=name, day=wanted, is_current=True).first()
    if found is None:
        raise Http404
    return found


def _show(
    request: SignedInRequest, found: Statement, *, failed: tuple[int, str, str] | None = None, status: int = 200
) -> HttpResponse:
    rows = list(differences_of(found.gateway, found.day))
    names = dict(
        Account.objects.filter(code__in={one.closed_by for one in rows}).values_list("code", "full_name")
    )  # fmt: skip
    shown: list[dict[str, Any]] = []
    for one in rows:
        form = NoteForm(auto_id=f"note-{one.pk}-%s")
        if failed and failed[0] == one.pk:
            form = NoteForm({"note": failed[2]}, auto_id=f"note-{one.pk}-%s")
            form.full_clean()
            if not form.errors:
                form.add_error("note", failed[1])
        what, to_do = DIFFERENCES[one.kind]
        shown.append({"one": one, "what": what, "to_do": to_do, "form": form, "by": names.get(one.closed_by, "")})
    page = {
        "statement": found,
        "open": [each for each in shown if each["one"].is_open],
        "closed": [each for each in shown if not each["one"].is_open],
        "earlier": Statement.objects.filter(gateway=found.gateway, day=found.day, is_current=False).count(),
    }
    return render(request, "payments/statement.html", page, status=status)
