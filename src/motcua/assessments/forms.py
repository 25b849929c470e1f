"""Forms of sets, rounds, evidence and grades."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.states import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    DIVISION,
    OFFICE,
    ONE_STOP,
    UNIT_KINDS,
    VERTICAL_AGENCY,
)
from motcua.ui.forms import DayField

ASSESSED_KINDS = (DEPARTMENT, OFFICE, COMMUNE, DISTRICT, VERTICAL_AGENCY, DIVISION, ONE_STOP)
LINES_HELP = _(
    "Mỗi dòng một tiêu chí hoặc nhóm, các cột cách nhau bằng dấu gạch đứng: mã | tên | điểm tối đa | cách chấm | "
    "cách tính điểm | số đo | minh chứng | hướng dẫn | đơn vị thẩm định | có thể không áp dụng. "
    "Cách chấm: chọn mức, tỷ lệ, ngưỡng, điểm trừ, thẩm định; để trống là nhóm."
)


class TemplateForm(forms.Form):
    """A template that was filled in."""

    file = forms.FileField(label=_("Tệp Excel đã điền"), help_text=_("Có một dòng tiêu đề với cột Mã và cột Tiêu chí."))


class SetForm(forms.Form):
    """A set, or with ``is_version`` a draft of one of its versions."""

    title = forms.CharField(label=_("Tên bộ tiêu chí"), max_length=300)
    unit = forms.ChoiceField(label=_("Cơ quan đánh giá"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    unit_kinds = forms.MultipleChoiceField(
        label=_("Đơn vị được đánh giá"), choices=lambda: [(kind, UNIT_KINDS[kind]) for kind in ASSESSED_KINDS],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    source = forms.CharField(
        label=_("Nguồn nội dung"),
        max_length=300,
        help_text=_("Văn bản ban hành; bộ tự dựng để thử thì ghi rõ như vậy."),
    )
    lines = forms.CharField(
        label=_("Các tiêu chí"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 16}), help_text=LINES_HELP
    )
    bands = forms.CharField(
        label=_("Các mức xếp hạng"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một mức, theo phần trăm điểm tối đa: Xuất sắc >= 90."),
    )  # fmt: skip
    tie_breakers = forms.CharField(
        label=_("Bằng điểm thì so"), required=False, max_length=200,
        help_text=_("Mã các nhóm theo thứ tự, cách nhau bằng dấu phẩy; để trống thì đồng hạng."),
    )  # fmt: skip
    decimals = forms.IntegerField(label=_("Số chữ số thập phân của điểm"), min_value=0, max_value=3, initial=2)

    def __init__(self, *args: Any, units: list[Any], is_version: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_version:
            for name in ("title", "unit", "basis"):
                del self.fields[name]
        else:
            self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]


class PeriodField(forms.CharField):
    """A year or quarter: 2026, 2026Q3."""

    def clean(self, value: Any) -> IndexPeriod:
        try:
            return IndexPeriod.parse(str(super().clean(value)).strip())
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class DaysForm(forms.Form):
    """The last days of a round."""

    self_score_by = DayField(label=_("Hạn tự chấm"))
    verify_by = DayField(label=_("Hạn thẩm định"))
    explain_by = DayField(label=_("Hạn giải trình"))
    publish_by = DayField(label=_("Hạn công bố"))


class RoundForm(DaysForm):
    """A new round."""

    version = forms.ChoiceField(label=_("Bộ tiêu chí"))
    title = forms.CharField(label=_("Tên đợt đánh giá"), max_length=300)
    period = PeriodField(label=_("Kỳ"), max_length=8, help_text=_("Viết 2026 hoặc 2026Q3."))
    units = forms.CharField(
        label=_("Mã các đơn vị"), required=False, max_length=4000,
        help_text=_("Cách nhau bằng dấu phẩy; để trống là mọi đơn vị trực thuộc thuộc loại được đánh giá."),
    )  # fmt: skip
    field_order = ["version", "title", "period", "units"]

    def __init__(self, *args: Any, versions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].choices = [(str(each.pk), str(each)) for each in versions]  # type: ignore[attr-defined]


class UnitsForm(forms.Form):
    """Units to be added."""

    units = forms.CharField(label=_("Mã các đơn vị"), max_length=4000, help_text=_("Cách nhau bằng dấu phẩy."))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class EvidenceForm(forms.Form):
    """One piece of evidence: a file, a link, or a code of this system."""

    file = forms.FileField(label=_("Tệp"), required=False, help_text=_("PDF, DOCX, XLSX hoặc ảnh, tối đa 20 MB."))
    link = forms.CharField(label=_("hoặc đường dẫn"), required=False, max_length=500)
    subject = forms.CharField(
        label=_("hoặc mã trong hệ thống"),
        required=False,
        max_length=80,
        help_text=_("Mã báo cáo, kế hoạch, nhiệm vụ, thủ tục."),
    )
    words = forms.CharField(label=_("Nói về minh chứng"), required=False, max_length=300)


class ProposeForm(forms.Form):
    """What grades are made from: "scheme key:publication"."""

    source = forms.ChoiceField(label=_("Kết quả đã công bố"))

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
