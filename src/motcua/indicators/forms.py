"""Shapes of input: what is looked at, typed, published or put together."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.indicators.rules.building import ratio_text, side
from motcua.indicators.rules.index_periods import MONTH, IndexPeriod, periods_until
from motcua.organizations.states import UNIT_KINDS
from motcua.ui.forms import DayField

FIRST_YEAR = 2018


class YearForm(forms.Form):
    """A year; this one where none is told."""

    year = forms.TypedChoiceField(label=_("Năm"), coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today().year, FIRST_YEAR - 1, -1)
        cast("forms.TypedChoiceField", self.fields["year"]).choices = [(year, str(year)) for year in years]

    def period(self) -> tuple[date, date]:
        """Return the first and last day of the year chosen, this year where none was."""
        year = self.cleaned_data.get("year") or today().year
        return date(year, 1, 1), date(year, 12, 31)


class ViewForm(YearForm):
    """Unit and year; both optional, anything unreadable is an error in place."""

    unit = forms.CharField(label=_("Mã đơn vị"), required=False, max_length=40)
    field_order = ("unit", "year")


class PeriodForm(forms.Form):
    """Unit and period of the index; where nothing is told, the unit given as ``unit`` and the year to date."""

    unit = forms.CharField(label=_("Mã đơn vị"), required=False, max_length=40)
    period = forms.ChoiceField(label=_("Kỳ"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.code, each.label) for each in periods_until(today())]
        cast("forms.ChoiceField", self.fields["period"]).choices = choices

    def asked(self) -> IndexPeriod:
        """Return the period chosen, the year to date where none was."""
        return IndexPeriod.parse(self.cleaned_data.get("period") or str(today().year))


class PublishForm(forms.Form):
    """Which period is published, and why again."""

    period = forms.ChoiceField(label=_("Kỳ"))
    reason = forms.CharField(
        label=_("Lý do đính chính"), required=False, max_length=500, help_text=_("Chỉ khi kỳ này đã công bố.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        over = [each for each in periods_until(today()) if each.last < today() and each.kind != MONTH]
        cast("forms.ChoiceField", self.fields["period"]).choices = [(each.code, each.label) for each in over]


class FigureForm(forms.Form):
    """A number that no measure gives, with its source."""

    what = forms.ChoiceField(label=_("Chỉ số hoặc thành phần"))
    unit = forms.CharField(label=_("Mã đơn vị"), max_length=40, widget=forms.TextInput(attrs={"data-width": "10"}))
    period = forms.ChoiceField(label=_("Kỳ"))
    part = forms.DecimalField(label=_("Tử số (hoặc số lượng)"), min_value=0, max_digits=18, decimal_places=2)
    whole = forms.DecimalField(label=_("Mẫu số"), min_value=0, max_digits=18, decimal_places=2, required=False)
    source = forms.CharField(
        label=_("Nguồn"), max_length=300, help_text=_("Văn bản, trang hoặc hệ thống đã cho số này, kèm ngày.")
    )

    def __init__(self, *args: Any, questions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["what"]).choices = list(questions.items())
        choices = [(each.code, each.label) for each in periods_until(today())]
        cast("forms.ChoiceField", self.fields["period"]).choices = choices


class ImportForm(forms.Form):
    """A file of numbers."""

    file = forms.FileField(
        label=_("Tệp XLSX hoặc CSV"), help_text=_("Các cột: Mã, Đơn vị, Kỳ (2026Q3), Tử số, Mẫu số, Nguồn.")
    )


class BuilderForm(forms.Form):
    """An indicator put together from declared counts; every narrowing is one that the counts declare themselves."""

    code = forms.RegexField(
        r"^[a-z0-9_]{2,40}$",
        label=_("Mã chỉ số"),
        help_text=_("Chữ thường không dấu, số, gạch dưới."),
        error_messages={"invalid": _("Mã chỉ gồm 2 đến 40 chữ thường không dấu, số và gạch dưới.")},
    )
    name = forms.CharField(label=_("Tên chỉ số"), max_length=300)
    part = forms.ChoiceField(label=_("Tử số"), required=False)
    whole = forms.ChoiceField(
        label=_("Mẫu số"), required=False, help_text=_("Bỏ trống cả hai: giá trị do người nhập, không có gì đo được.")
    )
    unit_kind = forms.ChoiceField(label=_("Chỉ cấp đơn vị"), required=False)
    channel = forms.CharField(label=_("Chỉ kênh nộp"), required=False, max_length=20)
    procedure = forms.CharField(label=_("Chỉ thủ tục (mã)"), required=False, max_length=20)
    field = forms.CharField(label=_("Chỉ lĩnh vực"), required=False, max_length=120)
    formula = forms.CharField(label=_("Công thức bằng lời"), max_length=300)
    source = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Văn bản quy định chỉ số này."))
    valid_from = DayField(label=_("Áp dụng từ ngày"))

    NARROWINGS = ("unit_kind", "channel", "procedure", "field")

    def __init__(self, *args: Any, counts: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("part", "whole"):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", "–"), *counts.items()]
        cast("forms.ChoiceField", self.fields["unit_kind"]).choices = [("", _("Mọi cấp")), *UNIT_KINDS.items()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        is_read = {"part", "whole"} <= data.keys()
        if is_read and bool(data["part"]) != bool(data["whole"]):
            self.add_error("whole", _("Chọn cả tử số và mẫu số, hoặc bỏ trống cả hai."))
        return data

    def measure(self) -> str:
        """Return the ratio as text, narrowed alike on both sides; "" where nothing measures it."""
        data = self.cleaned_data
        if not data.get("part"):
            return ""
        where = {name: str(data.get(name) or "").strip() for name in self.NARROWINGS}
        return ratio_text(side(data["part"], where), side(data["whole"], where))
