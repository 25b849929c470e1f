"""Shapes of input of the actions on a dossier; each carries the step that the reader saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.dossiers.forms import FilesField
from motcua.dossiers.queries.dossier import DossierPage
from motcua.organizations.models import Post, in_force
from motcua.payments.models import CASH
from motcua.payments.states import METHODS


def words_field(label: Any, most: int, *, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a field of several lines, at most ``most`` characters."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class StepForm(forms.Form):
    """Nothing but the step: receive, claim, forward."""

    at_step = forms.IntegerField(required=False, min_value=0, max_value=32767, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: DossierPage | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if page is not None:
            self.initial["at_step"] = page.run.position
            self.show(page)

    def show(self, page: DossierPage) -> None:
        """Take from the dossier what the form offers; sending it back needs no page."""


class ReasonForm(StepForm):
    reason = words_field(_("Lý do"), 1000)


class SendBackForm(StepForm):
    reason = words_field(_("Cần làm lại điều gì, vì sao"), 500)


class AssignForm(StepForm):
    to = forms.CharField(label=_("Giao cho"), max_length=40, widget=forms.Select)

    def show(self, page: DossierPage) -> None:
        run = page.run
        posts = Post.objects.filter(in_force(today()), unit=run.unit, role=run.role, account__is_active=True)
        names = dict(posts.values_list("account__code", "account__full_name").order_by("account__full_name"))
        self.fields["to"].widget.choices = list(names.items())
        self.has_choice = len(names) > 1


class SupplementRequestForm(StepForm):
    items = words_field(
        _("Giấy tờ, nội dung cần bổ sung"),
        4000,
        help_text=_("Mỗi dòng một mục. Chỉ được yêu cầu một lần, nên hãy ghi đủ."),
    )
    reason = words_field(_("Lý do"), 4000)


class SupplyForm(StepForm):
    papers = FilesField(label=_("Tệp bổ sung"), help_text=_("PDF, DOCX, XLSX hoặc ảnh; mỗi tệp tối đa 20 MB."))
    note = words_field(_("Ghi chú"), 2000, required=False)


class ProposeForm(StepForm):
    result_text = words_field(_("Dự thảo kết quả"), 1000, rows=4, required=False)

    def show(self, page: DossierPage) -> None:
        self.initial["result_text"] = page.dossier.result_text


class ApproveForm(ProposeForm):
    result_text = words_field(_("Kết quả"), 1000, rows=4, required=False)
    result_file = FilesField(label=_("Tệp kết quả đã ký"))


class RatingForm(StepForm):
    is_satisfied = forms.ChoiceField(
        label=_("Bạn có hài lòng với việc giải quyết hồ sơ này không?"),
        choices=[("yes", _("Hài lòng")), ("no", _("Không hài lòng"))],
        widget=forms.RadioSelect,
    )


class PaymentForm(StepForm):
    method = forms.ChoiceField(
        label=_("Hình thức thanh toán"), choices=list(METHODS.items()), widget=forms.RadioSelect, initial=CASH
    )
    reference = forms.CharField(
        label=_("Số biên lai hoặc số giao dịch"),
        max_length=80,
        required=False,
        help_text=_("Bắt buộc khi chuyển khoản hoặc thanh toán trực tuyến."),
    )
