"""Shapes of input: the filter of fees, refunds, statements, accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.payments.models import ONLINE
from motcua.payments.states import METHODS
from motcua.ui.forms import DayField

FEE_STATES = {"": _("Tất cả"), "unpaid": _("Chưa nộp"), "paid": _("Đã nộp"), "cancelled": _("Đã hủy")}


def _words(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 2, "maxlength": most}), **options
    )


class FeeFilterForm(forms.Form):
    """Which fees are listed."""

    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), choices=list(FEE_STATES.items()), required=False)
    cach_nop = forms.ChoiceField(
        label=_("Hình thức"), choices=[("", _("Tất cả")), *METHODS.items()], required=False
    )  # fmt: skip


class RefundForm(forms.Form):
    """Why money goes back, and how."""

    cause = _words(_("Lý do hoàn tiền"), 500)
    method = forms.ChoiceField(
        label=_("Hoàn bằng"), choices=list(METHODS.items()), widget=forms.RadioSelect, initial=ONLINE
    )


class ReasonForm(forms.Form):
    reason = _words(_("Lý do"), 300)


class RefundActForm(forms.Form):
    """What is said when a refund is turned down or done."""

    note = _words(_("Lý do không duyệt"), 300, required=False)
    reference = forms.CharField(label=_("Số chứng từ hoàn tiền"), max_length=80, required=False)


class StatementForm(forms.Form):
    """A day, with its statement as a file or to be fetched."""

    day = DayField(label=_("Ngày của sao kê"))
    file = forms.FileField(
        label=_("Tệp sao kê (CSV)"),
        required=False,
        help_text=_("Cột: mã giao dịch, mã đơn hàng, loại, số tiền, thời gian. Để trống để lấy từ cổng thanh toán."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )


class NoteForm(forms.Form):
    note = _words(_("Đã xử lý thế nào"), 500)


class AccountForm(forms.Form):
    """A bank account for fees."""

    unit = forms.CharField(
        label=_("Mã đơn vị"), max_length=40, required=False, help_text=_("Để trống: mọi đơn vị của tỉnh.")
    )
    bank_bin = forms.RegexField(label=_("Mã ngân hàng (BIN)"), regex=r"^\d{6}$")
    bank_name = forms.CharField(label=_("Ngân hàng"), max_length=100)
    account_number = forms.RegexField(label=_("Số tài khoản"), regex=r"^[0-9A-Za-z]{4,19}$")
    account_name = forms.CharField(label=_("Tên tài khoản"), max_length=100)
    valid_from = DayField(label=_("Dùng từ ngày"))
    source = forms.CharField(label=_("Theo văn bản"), max_length=200)
