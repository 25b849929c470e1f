"""Shapes of input about results: what a template asks, files, how a result is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms import FilesField
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.rules.result_templates import ResultTemplate
from motcua.dossiers.states import APPLICANT, COLLECTORS, IN_PERSON, RETURN_METHODS
from motcua.dossiers.web.action_forms import StepForm


class DraftForm(forms.Form):
    """What one template asks; the labels are the template's own words."""

    def __init__(self, *args: Any, template: ResultTemplate, **options: Any) -> None:
        super().__init__(*args, **options)
        for ask in template.asks:
            attrs = {"rows": ask.rows, "maxlength": ask.most} if ask.rows > 1 else {"maxlength": ask.most}
            widget = forms.Textarea(attrs=attrs) if ask.rows > 1 else forms.TextInput(attrs=attrs)
            self.fields[ask.name] = forms.CharField(
                label=ask.label, max_length=ask.most, required=ask.is_required, widget=widget
            )


class ResultFileForm(forms.Form):
    file = FilesField(label=_("Tệp kết quả"), help_text=_("Bản đã ký: PDF hoặc ảnh chụp, tối đa 20 MB."))


class ReturnForm(StepForm):
    """How the result goes out; what the chosen way does not need is left alone."""

    method = forms.ChoiceField(
        label=_("Hình thức trả kết quả"),
        choices=list(RETURN_METHODS.items()),
        widget=forms.RadioSelect,
        initial=IN_PERSON,
    )
    collector = forms.ChoiceField(
        label=_("Người đến nhận"),
        choices=list(COLLECTORS.items()),
        widget=forms.RadioSelect,
        initial=APPLICANT,
        required=False,
    )
    collector_name = forms.CharField(
        label=_("Họ tên người được ủy quyền"), max_length=200, required=False, help_text=_("Khi người khác nhận thay.")
    )
    collector_paper = forms.CharField(
        label=_("Giấy tờ ủy quyền đã xem"), max_length=200, required=False, help_text=_("Tên, số, ngày của giấy.")
    )
    address = forms.CharField(
        label=_("Địa chỉ gửi bưu chính"), max_length=250, required=False, help_text=_("Khi trả qua bưu chính.")
    )
    item_number = forms.CharField(
        label=_("Số hiệu bưu gửi"), max_length=40, required=False, help_text=_("Ghi sau cũng được.")
    )

    def show(self, page: DossierPage) -> None:
        dossier = page.dossier
        self.initial.setdefault("method", dossier.return_method or IN_PERSON)
        self.initial.setdefault("address", dossier.return_address or dossier.address)


class DeliveredForm(forms.Form):
    item_number = forms.CharField(label=_("Số hiệu bưu gửi"), max_length=40, required=False)
