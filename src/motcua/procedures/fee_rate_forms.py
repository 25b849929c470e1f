"""Shapes of input of fee rates: one line of a resolution with its amount by channel, an end, a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.organizations.states import UNIT_KINDS
from motcua.ui.forms import DayField, DongField


class FeeRateForm(forms.Form):
    """What is asked for one procedure at one place, by channel; a channel left empty keeps what it has."""

    procedure = forms.CharField(label=_("Mã thủ tục"), max_length=20)
    unit = forms.CharField(label=_("Mã đơn vị"), max_length=40, required=False, help_text=_("Để trống: mọi đơn vị."))
    unit_kind = forms.ChoiceField(
        label=_("Loại đơn vị"), choices=[("", _("Mọi loại")), *UNIT_KINDS.items()], required=False
    )
    every = DongField(label=_("Mọi cách nộp"), required=False)
    in_person = DongField(label=_("Trực tiếp"), required=False)
    online = DongField(label=_("Trực tuyến"), required=False)
    post = DongField(label=_("Dịch vụ bưu chính"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=300,
        help_text=_("Ví dụ: Nghị quyết của Hội đồng nhân dân tỉnh, số và ngày."),
    )
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)

    def amounts(self) -> dict[str, int | None]:
        """Return the amount by channel; None where nothing was typed. Valid forms only."""
        told = self.cleaned_data
        return {"": told["every"], **{channel: told[channel] for channel in ("in_person", "online", "post")}}


class EndForm(forms.Form):
    on = DayField(label=_("Ngày cuối áp dụng"))


class RateFileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp mức phí (CSV)"),
        help_text=_("Cột: mã thủ tục, mã đơn vị, loại đơn vị, cách nộp, mức phí, căn cứ, từ ngày, đến ngày."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
