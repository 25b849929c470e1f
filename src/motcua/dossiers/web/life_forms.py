"""Shapes of input of the turns of a dossier's life: obligation, withdrawal, papers back, links, one visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms import FilesField
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.queries.families import choices_beside
from motcua.dossiers.states import IN_PERSON, LINK_KINDS, POST, RETURN_METHODS, SIDE_BY_SIDE
from motcua.dossiers.web.action_forms import StepForm, words_field
from motcua.payments.models import CASH
from motcua.payments.states import METHODS


class ObligationForm(StepForm):
    kind = forms.CharField(label=_("Khoản phải nộp"), max_length=200, help_text=_("Ví dụ: lệ phí trước bạ."))
    amount = forms.IntegerField(label=_("Số tiền (đồng)"), min_value=1, max_value=10**13)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Văn bản hoặc thông báo của cơ quan thuế."))
    pay_to = forms.CharField(label=_("Nộp tại đâu"), max_length=300)
    notice_number = forms.CharField(label=_("Số thông báo"), max_length=80, required=False)
    pay_by = forms.DateField(
        label=_("Hạn nộp"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SettlementForm(StepForm):
    reference = forms.CharField(label=_("Số biên lai, chứng từ"), max_length=80, required=False)
    proof = FilesField(label=_("Ảnh hoặc tệp chứng từ nộp tiền"), help_text=_("Người nộp gửi chứng từ tại đây."))


class TurnDownForm(StepForm):
    reason = words_field(_("Vì sao không cho rút"), 1000)


class GiveBackForm(StepForm):
    method = forms.ChoiceField(
        label=_("Trả giấy tờ bằng cách nào"),
        choices=[(IN_PERSON, RETURN_METHODS[IN_PERSON]), (POST, RETURN_METHODS[POST])],
        widget=forms.RadioSelect,
        initial=IN_PERSON,
    )
    note = forms.CharField(
        label=_("Những giấy tờ nào"), max_length=300, required=False, help_text=_("Không ghi tên người nhận.")
    )


class LinkForm(StepForm):
    other = forms.CharField(label=_("Mã hồ sơ liên quan"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Liên quan thế nào"), choices=list(LINK_KINDS.items()), widget=forms.RadioSelect, initial=SIDE_BY_SIDE
    )


class OpenLinkedForm(StepForm):
    """Which procedures may be opened beside the dossier; "" where there is none."""

    beside = forms.CharField(label=_("Thủ tục liên thông"), max_length=80, widget=forms.Select)
    kind = forms.ChoiceField(
        label=_("Hồ sơ mới"), choices=list(LINK_KINDS.items()), widget=forms.RadioSelect, initial=SIDE_BY_SIDE
    )

    def show(self, page: DossierPage) -> None:
        found = choices_beside(page.dossier, counters={page.dossier.receiving_unit_id})
        choices = [(f"{each.procedure}@{each.unit}", f"{each.name[:120]} – {each.unit_name}") for each in found]
        self.fields["beside"].widget.choices = choices
        self.has_choice = bool(choices)


class OneVisitForm(StepForm):
    result_text = words_field(_("Kết quả giải quyết"), 1000, required=False)
    result_file = FilesField(label=_("Tệp kết quả đã ký"))
    method = forms.ChoiceField(
        label=_("Hình thức trả kết quả"),
        choices=list(RETURN_METHODS.items()),
        widget=forms.RadioSelect,
        initial=IN_PERSON,
    )
    payment_method = forms.ChoiceField(
        label=_("Đã thu phí, lệ phí bằng"),
        choices=[("", _("Không thu hoặc đã thu")), *METHODS.items()],
        widget=forms.RadioSelect,
        required=False,
        initial=CASH,
    )
    payment_reference = forms.CharField(label=_("Số biên lai hoặc số giao dịch"), max_length=80, required=False)

    def show(self, page: DossierPage) -> None:
        self.initial["result_text"] = page.dossier.result_text
        if page.fee is not None and page.fee.paid_at:
            for name in ("payment_method", "payment_reference"):
                del self.fields[name]

    def value(self, name: str) -> Any:
        """Return what was given for a field; "" where the form does not ask it."""
        return self.cleaned_data.get(name, "")
