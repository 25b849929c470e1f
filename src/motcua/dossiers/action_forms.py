"""Shapes of input of the actions on a dossier; each carries the step that the reader saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.forms import FilesField
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.states import IN_PERSON, RETURN_METHODS
from motcua.organizations.models import Account, in_force
from motcua.base.clock import today
from motcua.payments.states import METHODS


def _words(label: Any, most: int, *, rows: int = 3, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class StepForm(forms.Form):
    """Nothing but the step: receive, claim, forward."""

    at_step = forms.IntegerField(required=False, min_value=0, max_value=32767, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: DossierPage, **options: Any) -> None:
        super().__init__(*args, initial={"at_step": page.run.position}, **options)
        self.page = page


class ReasonForm(StepForm):
    reason = _words(_("Lý do"), 1000)


class SendBackForm(StepForm):
    reason = _words(_("Cần làm lại điều gì, vì sao"), 500)


class AssignForm(StepForm):
    to = forms.ChoiceField(label=_("Giao cho"))

    def __init__(self, *args: Any, page: DossierPage, **options: Any) -> None:
        super().__init__(*args, page=page, **options)
        run = page.run
        held = in_force(today(), "posts__")
        people = Account.objects.filter(held, posts__unit=run.unit, posts__role=run.role).distinct().order_by("full_name")
        self.people = {person.code: person for person in people}
        self.fields["to"].choices = [(code, person.full_name) for code, person in self.people.items()]

    def chosen(self) -> Account:
        """Return the colleague of a valid form."""
        return self.people[self.cleaned_data["to"]]


class SupplementRequestForm(StepForm):
    items = _words(_("Giấy tờ, nội dung cần bổ sung"), 4000, help_text=_("Mỗi dòng một mục. Chỉ được yêu cầu một lần, "
                                                                       "nên hãy ghi đủ."))
    reason = _words(_("Lý do"), 4000)


class SupplyForm(StepForm):
    files = FilesField(label=_("Tệp bổ sung"), help_text=_("PDF, DOCX, XLSX hoặc ảnh; mỗi tệp tối đa 20 MB."))
    note = _words(_("Ghi chú"), 2000, required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


class ProposeForm(StepForm):
    result_text = _words(_("Dự thảo kết quả"), 1000, rows=4)

    def __init__(self, *args: Any, page: DossierPage, **options: Any) -> None:
        super().__init__(*args, page=page, **options)
        self.initial["result_text"] = page.dossier.result_text


class ApproveForm(ProposeForm):
    result_text = _words(_("Kết quả"), 1000, rows=4, required=False)
    result_file = FilesField(label=_("Tệp kết quả đã ký"))


class ReturnForm(StepForm):
    method = forms.ChoiceField(
        label=_("Hình thức trả kết quả"), choices=list(RETURN_METHODS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, page: DossierPage, **options: Any) -> None:
        super().__init__(*args, page=page, **options)
        self.initial["method"] = IN_PERSON


class RatingForm(StepForm):
    is_satisfied = forms.ChoiceField(
        label=_("Bạn có hài lòng với việc giải quyết hồ sơ này không?"),
        choices=[("yes", _("Hài lòng")), ("no", _("Không hài lòng"))], widget=forms.RadioSelect,
    )


class PaymentForm(StepForm):
    method = forms.ChoiceField(label=_("Hình thức thanh toán"), choices=list(METHODS.items()), widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Số biên lai hoặc số giao dịch"), max_length=80, required=False,
        help_text=_("Bắt buộc khi chuyển khoản hoặc thanh toán trực tuyến."),
    )
