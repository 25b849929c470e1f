"""Shapes of input: opening a report, and the cells of the grid."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.organizations.states import UNIT_KINDS
from motcua.reports.actions.writing import Entry
from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.periods import ReportPeriod
from motcua.ui.forms import DayField


def regime_choices() -> list[tuple[str, str]]:
    """Return the regimes that a report can be opened under."""
    regimes = data_file("regimes")
    return [(code, gettext(rules["name"])) for code, rules in regimes.items() if rules.get("owed_by")]


class RoundForm(forms.Form):
    """Which regime and period a board shows."""

    regime = forms.ChoiceField(label=_("Chế độ báo cáo"), choices=regime_choices)
    period = forms.CharField(label=_("Kỳ báo cáo"), max_length=10, required=False)

    def clean_period(self) -> ReportPeriod | None:
        return _period(self.cleaned_data["period"]) if self.cleaned_data["period"] else None


class SendingDayForm(forms.Form):
    level = forms.ChoiceField(label=_("Cấp gửi"), required=False, choices=[("", _("Mọi cấp")), *UNIT_KINDS.items()])
    day = forms.IntegerField(label=_("Ngày của tháng cuối kỳ"), min_value=1, max_value=28)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class NarrativeForm(forms.Form):
    text = forms.CharField(
        label=_("Lời báo cáo"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "Mỗi đoạn một dòng. Số lấy từ phụ lục viết dạng {PL3-3.1.1}: sửa ô thì số trong lời sửa theo. "
            "Dòng bắt đầu bằng # là đề mục."
        ),
    )


class OpenForm(forms.Form):
    regime = forms.ChoiceField(label=_("Chế độ báo cáo"), choices=regime_choices, initial="cchc")
    unit = forms.CharField(label=_("Mã đơn vị"), max_length=40)
    period = forms.CharField(
        label=_("Kỳ báo cáo"), max_length=10, help_text=_("Quý: 2026Q3; sáu tháng: 2026H1; năm: 2026; tháng: 2026M07.")
    )

    def clean_period(self) -> ReportPeriod:
        return _period(self.cleaned_data["period"])


def _period(text: str) -> ReportPeriod:
    try:
        return ReportPeriod.parse(text)
    except Refused as refusal:
        raise forms.ValidationError(refusal.message) from refusal


class RequestForm(forms.Form):
    """A report asked for once: of which units, about what, by when."""

    title = forms.CharField(label=_("Báo cáo về việc"), max_length=300)
    words = forms.CharField(
        label=_("Nội dung yêu cầu"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    items = forms.CharField(
        label=_("Số liệu cần có"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi số một dòng: nội dung | đơn vị tính. Số của các đơn vị được cộng lại."),
    )
    due_on = DayField(label=_("Hạn báo cáo"))
    kinds = forms.MultipleChoiceField(
        label=_("Mọi đơn vị thuộc loại"),
        required=False,
        choices=[*UNIT_KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.CharField(
        label=_("Mã các đơn vị khác"), max_length=4_000, required=False, help_text=_("Cách nhau bằng dấu phẩy.")
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Lý do trả lại"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def entries_in(data: Any, appendix: int) -> dict[tuple[int, str], Entry]:
    """Read the grid of one appendix out of posted data: ``v:<row>``, ``n:<row>`` and ``r:<row>`` of rows in ``row``.

    ``seen`` says when the page was made: a cell changed since then is somebody else's.
    """
    seen_at = instant(data.get("seen", ""))
    return {
        (appendix, row): Entry(
            value=data.get(f"v:{row}", ""),
            note=data.get(f"n:{row}", ""),
            reason=data.get(f"r:{row}", ""),
            seen_at=seen_at,
        )
        for row in data.getlist("row")
    }


def instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40])
    except ValueError:  # 31 February
        return None
    return found if found and found.tzinfo else None
