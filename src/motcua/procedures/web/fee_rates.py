"""Fee rates: what is asked by place, channel and day; for control officers also setting, ending and loading them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES, list_file
from motcua.organizations.access import SignedInRequest
from motcua.procedures.access import may_publish, may_see_publication
from motcua.procedures.actions import fee_rates as acts
from motcua.procedures.fee_rate_forms import EndForm, FeeRateForm, RateFileForm
from motcua.procedures.fee_rates import rates
from motcua.procedures.states import FEE_CHANNELS

PAGE = 50
MOST_BYTES = 5 * 1024 * 1024


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_see_publication)
def fee_rates(request: SignedInRequest) -> HttpResponse:
    """Rates of today, or all of them; a control officer sets one here."""
    if request.method == "POST" and may_publish(request.user):
        form = FeeRateForm(request.POST)
        if form.is_valid() and _set(request, form):
            return redirect(f"{request.path}?q={form.cleaned_data['procedure']}&moi=1")
        return _show(request, form=form, status=422)
    return _show(request)


def _set(request: SignedInRequest, form: FeeRateForm) -> bool:
    told = form.cleaned_data
    line = acts.NewRate(
        procedure=told["procedure"], amount=0, basis=told["basis"], valid_from=told["valid_from"],
        valid_to=told["valid_to"], unit=told["unit"], unit_kind=told["unit_kind"],
    )  # fmt: skip
    try:
        acts.set_rates(acts.many(line, form.amounts()), actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    messages.success(request, gettext("Đã quy định mức phí."))
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_publish)
def end(request: SignedInRequest, number: int) -> HttpResponse:
    """Ask for the last day, then end a rate; one that has not begun is withdrawn."""
    number = min(number, 2**63 - 1)
    rate = rates().filter(pk=number).first()
    if rate is None:
        raise Refused(gettext("Không có mức phí này."))
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    has_begun = rate.valid_from <= today()
    if request.method == "POST" and (not has_begun or form.is_valid()):
        try:
            if has_begun:
                acts.end_rate(number, on=form.cleaned_data["on"], actor=request.user)
            else:
                acts.withdraw_rate(number, actor=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã ghi."))
            return redirect("procedures:fee_rates")
    page = {"rate": rate, "form": form, "has_begun": has_begun}
    status = 422 if request.method == "POST" else 200
    return render(request, "procedures/fee_rate_end.html", page, status=status)


@never_cache
@require_POST
@opens_to(may_publish)
def load(request: SignedInRequest) -> HttpResponse:
    """Set every rate of a CSV file, or none."""
    form = RateFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Refused(gettext("Tệp mức phí quá dài hoặc có ký tự không dùng được."), field="file")
            text = file.read().decode("utf-8-sig")
            written, known = acts.import_rates(text, actor=request.user)
        except UnicodeDecodeError:
            form.add_error("file", gettext("Tệp phải là CSV mã UTF-8."))
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            words = {"written": written, "known": known}
            messages.success(request, gettext("Đã nạp %(written)s mức phí; %(known)s mức đã có từ trước.") % words)
            return redirect("procedures:fee_rates")
    return _show(request, file_form=form, status=422)


@never_cache
@require_GET
@opens_to(may_see_publication)
def fee_rates_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """All rates as a file with the columns that ``load`` reads."""
    file_format = kind if kind in MEDIA_TYPES else "csv"
    head = ["procedure", "unit", "unit_kind", "channel", "amount", "basis", "valid_from", "valid_to"]
    lines: list[list[Any]] = [
        [
            one.procedure.code, one.unit.code if one.unit else "", one.unit_kind, one.channel, one.amount, one.basis,
            one.valid_from.isoformat(), one.valid_to.isoformat() if one.valid_to else "",
        ]
        for one in rates()[:20_000]
    ]  # fmt: skip
    content = list_file(head, lines, [12, 14, 14, 12, 14, 60, 12, 12], file_format, title=gettext("Mức phí, lệ phí"))
    response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="muc-phi.{file_format}"'
    return response


def _show(
    request: SignedInRequest, *, form: Any = None, file_form: Form | None = None, status: int = 200
) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:20]
    is_all = "moi" in request.GET
    found = rates(words=words, day=None if is_all else today())
    may_set = may_publish(request.user)
    page = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "words": words,
        "is_all": is_all,
        "today": today(),
        "channels": FEE_CHANNELS,
        "may_set": may_set,
        "form": (form or FeeRateForm(initial={"procedure": words, "valid_from": today()})) if may_set else None,
        "file_form": (file_form or RateFileForm()) if may_set else None,
    }
    return render(request, "procedures/fee_rates.html", page, status=status)
