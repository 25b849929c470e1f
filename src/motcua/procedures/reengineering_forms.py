"""The form of a redesign: its decision, its numbers, and two tables of activities."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.procedures.actions.reengineering import MOST
from motcua.procedures.rules.compliance_cost import Activity
from motcua.procedures.states import LIMIT_UNITS
from motcua.ui.forms import DayField, DongField
from motcua.workflow.models import Route

ROWS = 6  # of activities on either side


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST)


class ReengineeringForm(forms.Form):
    procedure = forms.CharField(label=_("Mã thủ tục"), max_length=20)
    decision_number = forms.CharField(label=_("Số quyết định"), max_length=100)
    decided_on = DayField(label=_("Ngày quyết định"))
    iso_reference = forms.CharField(
        label=_("Mã quy trình ISO"),
        max_length=120,
        required=False,
        help_text=_("Theo hệ thống TCVN ISO 9001 của cơ quan."),
    )
    summary = forms.CharField(
        label=_("Nội dung tái cấu trúc"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    steps_before, steps_after = _count(_("Số bước trước")), _count(_("Số bước sau"))
    papers_before, papers_after = _count(_("Số giấy tờ trước")), _count(_("Số giấy tờ sau"))
    limit_before, limit_after = _count(_("Thời hạn trước")), _count(_("Thời hạn sau"))
    limit_unit = forms.ChoiceField(label=_("Đơn vị thời hạn"), choices=lambda: list(LIMIT_UNITS.items()))
    route_before = forms.ModelChoiceField(
        label=_("Quy trình trước"), queryset=Route.objects.order_by("code", "-version"), required=False
    )
    route_after = forms.ModelChoiceField(
        label=_("Quy trình sau"), queryset=Route.objects.order_by("code", "-version"), required=False
    )


class ActivityForm(forms.Form):
    """One activity; a row without a name is none."""

    name = forms.CharField(label=_("Hoạt động"), max_length=200, required=False)
    hours = forms.DecimalField(
        label=_("Giờ"), min_value=0, max_digits=8, decimal_places=2, required=False, localize=True
    )
    income_per_hour = DongField(label=_("Thu nhập mỗi giờ"), required=False)
    service_cost = DongField(label=_("Thuê dịch vụ"), required=False)
    fee = DongField(label=_("Phí, lệ phí"), required=False)
    times = forms.DecimalField(
        label=_("Số lần mỗi năm"), min_value=0, max_digits=8, decimal_places=2, required=False, localize=True
    )
    subjects = forms.IntegerField(label=_("Số đối tượng mỗi năm"), min_value=0, max_value=100_000_000, required=False)
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200, required=False)


ActivityTable = forms.formset_factory(ActivityForm, extra=ROWS, max_num=ROWS, absolute_max=ROWS)


def rows_of(activities: Sequence[Activity]) -> list[dict[str, Any]]:
    """Return activities as a table begins with them."""
    return [dict(vars(one)) for one in activities]


def activities_of(table: Any) -> Sequence[Activity]:
    """Return the activities of a valid table; empty cells are nothing, empty counts are one."""
    rows = [form.cleaned_data for form in table.forms if form.cleaned_data.get("name")]
    return [
        Activity(
            row["name"], row["hours"] or Decimal(0), row["income_per_hour"] or 0, row["service_cost"] or 0,
            row["fee"] or 0,
            Decimal(1) if row["times"] is None else row["times"], 1 if row["subjects"] is None else row["subjects"],
            row["source"],
        )
        for row in rows
    ]  # fmt: skip
