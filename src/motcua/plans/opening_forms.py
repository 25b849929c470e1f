"""Shapes of input for how plans begin and how they relate."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.plans.forms import area
from motcua.plans.models import Plan
from motcua.ui.forms import DayField


class DraftForm(forms.Form):
    """A plan before it has rows."""

    title = forms.CharField(label=_("Tên kế hoạch"), max_length=1000, widget=area(2))
    year = forms.IntegerField(label=_("Năm"), min_value=1990, max_value=2100)
    unit = forms.ChoiceField(label=_("Đơn vị của kế hoạch"))
    like = forms.ChoiceField(
        label=_("Lấy nội dung từ"), required=False,
        help_text=_("Nhóm, nhiệm vụ và chỉ tiêu được chép sang; thời hạn chuyển sang năm mới để rà soát lại."),
    )  # fmt: skip
    number = forms.CharField(label=_("Số"), max_length=60, required=False)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    is_reform = forms.BooleanField(label=_("Là kế hoạch cải cách hành chính của năm"), required=False)

    def __init__(self, data: Any = None, *, units: list[tuple[str, str]], plans: list[Plan], **options: Any) -> None:
        super().__init__(data, **options)
        none: list[tuple[str, Any]] = [("", _("Bắt đầu từ kế hoạch trống"))]
        cast("forms.ChoiceField", self.fields["unit"]).choices = units
        cast("forms.ChoiceField", self.fields["like"]).choices = none + [
            (plan.code, f"{plan.name} ({plan.year}, {plan.holder.name})") for plan in plans
        ]


class NewTaskForm(forms.Form):
    """One more task of a draft, in a group that exists or in a new one."""

    section = forms.CharField(label=_("Nhóm"), max_length=500, required=False)
    number = forms.CharField(label=_("Số thứ tự"), max_length=40, required=False)
    text = forms.CharField(label=_("Nhiệm vụ"), widget=area(2))
    lead_text = forms.CharField(label=_("Chủ trì"), required=False)
    coordinating_text = forms.CharField(label=_("Phối hợp"), required=False)
    product = forms.CharField(label=_("Sản phẩm"), required=False)
    deadline_text = forms.CharField(label=_("Thời hạn"), max_length=500, required=False)


class ReasonForm(forms.Form):
    """Why a published plan is amended."""

    reason = forms.CharField(label=_("Lý do sửa đổi, văn bản làm căn cứ"), max_length=1000, widget=area(2))


class SignedFileForm(forms.Form):
    file = forms.FileField(label=_("Bản ký (PDF)"), help_text=_("Bản đã ký, đóng dấu hoặc ký số của văn bản."))


class ChildrenForm(forms.Form):
    """What the holder of a plan asks of the units below."""

    due_on = DayField(label=_("Gửi kế hoạch cấp dưới chậm nhất ngày"))
    lead_days = forms.IntegerField(
        label=_("Thời hạn của cấp dưới sớm hơn (ngày làm việc)"), min_value=0, max_value=60, initial=0, required=False
    )


class ParentForm(forms.Form):
    parent = forms.ChoiceField(label=_("Kế hoạch cấp trên"))

    def __init__(self, data: Any = None, *, plans: list[Plan], **options: Any) -> None:
        super().__init__(data, **options)
        cast("forms.ChoiceField", self.fields["parent"]).choices = [
            (plan.code, f"{plan.name} ({plan.year}, {plan.holder.name})") for plan in plans
        ]


class HandOverForm(forms.Form):
    """Which unit has from now on what a unit that is no more left open."""

    unit = forms.CharField(widget=forms.HiddenInput, max_length=40)
    to = forms.ChoiceField(label=_("Đơn vị nhận"))

    def __init__(self, data: Any = None, *, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        cast("forms.ChoiceField", self.fields["to"]).choices = units
