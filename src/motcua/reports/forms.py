"""Shapes of input: opening a report, and the cells of the grid."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.reports.actions.writing import Entry
from motcua.reports.rules.periods import ReportPeriod


class OpenForm(forms.Form):
    unit = forms.CharField(label=_("Mã đơn vị"), max_length=40)
    period = forms.CharField(
        label=_("Kỳ báo cáo"), max_length=10, help_text=_("Quý: 2026Q3; sáu tháng: 2026H1; năm: 2026; tháng: 2026M07.")
    )

    def clean_period(self) -> ReportPeriod:
        try:
            return ReportPeriod.parse(self.cleaned_data["period"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Lý do trả lại"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def entries_in(data: Any, appendix: int) -> dict[tuple[int, str], Entry]:
    """Read the grid of one appendix out of posted data: ``v:<row>``, ``n:<row>`` and ``r:<row>`` of rows in ``row``.

    ``seen`` says when the page was made: a cell changed since then is somebody else's.
    """
    seen_at = _instant(data.get("seen", ""))
    return {
        (appendix, row): Entry(
            value=data.get(f"v:{row}", ""),
            note=data.get(f"n:{row}", ""),
            reason=data.get(f"r:{row}", ""),
            seen_at=seen_at,
        )
        for row in data.getlist("row")
    }


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40])
    except ValueError:  # 31 February
        return None
    return found if found and found.tzinfo else None
