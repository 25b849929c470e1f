"""Shapes of input: figures by days, passing on, setting a hall up."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.organizations.models import Unit
from motcua.queues.measures import COUNTS
from motcua.queues.models import Hall
from motcua.ui.forms import DayField

EARLIEST, LATEST, MOST_DAYS = date(2018, 1, 1), date(2100, 12, 31), 370


class PeriodForm(forms.Form):
    """A hall and the days looked at; without days the last week."""

    san = forms.ChoiceField(label=_("Sảnh"))
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: Any, halls: list[Hall], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["san"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(hall.code, f"{hall.unit.name} – {hall.name}") for hall in halls]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        last = data.get("den") or today()
        first = data.get("tu") or last - timedelta(days=6)
        if not EARLIEST <= first <= last <= LATEST:
            self.add_error("den", gettext("Ngày cuối phải sau ngày đầu."))
        elif (last - first).days > MOST_DAYS:
            self.add_error("tu", gettext("Xem được nhiều nhất %(most)s ngày một lần.") % {"most": MOST_DAYS})
        return {**data, "tu": first, "den": last}


class HallForm(forms.Form):
    code = forms.SlugField(label=_("Mã sảnh"), max_length=20, help_text=_("Đứng trong địa chỉ của máy lấy số."))
    name = forms.CharField(label=_("Tên sảnh"), max_length=120)
    unit = forms.ChoiceField(label=_("Bộ phận Một cửa"))
    is_in_use = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(unit.code, unit.name) for unit in units]


class GroupForm(forms.Form):
    letter = forms.CharField(label=_("Ký hiệu"), max_length=1, help_text=_("Một chữ cái từ A đến Z."))
    name = forms.CharField(label=_("Tên nhóm dịch vụ"), max_length=120)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    usual_minutes = forms.IntegerField(label=_("Số phút một lượt, khi chưa có số liệu"), initial=10)
    appointments = forms.IntegerField(label=_("Số chỗ hẹn mỗi khung giờ"), initial=0, help_text=_("0: không nhận hẹn."))
    is_in_use = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)


class WindowForm(forms.Form):
    number = forms.IntegerField(label=_("Số quầy"))
    letters = forms.MultipleChoiceField(label=_("Nhóm dịch vụ"), widget=forms.CheckboxSelectMultiple)
    is_in_use = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)

    def __init__(self, *args: Any, hall: Hall, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["letters"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(group.letter, str(group)) for group in hall.groups.order_by("letter")]


class BehindForm(forms.Form):
    """Which counted numbers are listed; the names stand in links that numbers open."""

    so = forms.ChoiceField(label=_("Số đo"), choices=[(code, count.label) for code, count in COUNTS.items()])
    don_vi = forms.CharField(label=_("Mã đơn vị"), max_length=40)
    tu = DayField(label=_("Từ ngày"))
    den = DayField(label=_("Đến ngày"))

    def add_prefix(self, field_name: str) -> str:
        """Addresses write don-vi, as those of dossiers do."""
        return super().add_prefix(field_name).replace("_", "-")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("tu") and data.get("den") and not EARLIEST <= data["tu"] <= data["den"] <= LATEST:
            self.add_error("den", gettext("Ngày cuối phải sau ngày đầu."))
        return data
