"""Shapes of input."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.organizations.models import Unit
from motcua.plans.models import Plan, Task
from motcua.plans.states import ASSIGNERS
from motcua.plans.states import LABELS as PLAN_LABELS
from motcua.plans.task_status import LABELS, ORDER
from motcua.ui.forms import DayField


def area(rows: int) -> forms.Textarea:
    """A text box of ``rows`` lines, no higher."""
    return forms.Textarea(attrs={"rows": rows, "style": "min-height:0"})


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Văn bản kế hoạch"),
        help_text=_(
            "DOCX, PDF (cả bản quét), ảnh, XLSX, HTML, TXT, DOC, ODT, RTF; tối đa 40 MB. Tệp gốc được giữ nguyên; "
            "macro trong tệp không được chạy."
        ),
    )
    unit = forms.ChoiceField(label=_("Đơn vị của kế hoạch"), required=False)
    is_reform = forms.BooleanField(label=_("Là kế hoạch cải cách hành chính của năm"), required=False)

    def __init__(self, *sent: Any, units: list[tuple[str, str]]) -> None:
        super().__init__(*sent)
        read: list[tuple[str, Any]] = [("", _("Cơ quan ban hành ghi trong văn bản"))]
        cast("forms.ChoiceField", self.fields["unit"]).choices = read + units


class PlanListForm(forms.Form):
    """Which plans a list shows; ``q`` finds words without regard to marks."""

    q = forms.CharField(label=_("Số, tên kế hoạch"), max_length=100, required=False)
    nam = forms.ChoiceField(label=_("Năm"), required=False)
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)

    def __init__(self, data: Any, *, years: Iterable[int]) -> None:
        super().__init__(data)
        every: list[tuple[str, Any]] = [("", _("Tất cả"))]
        cast("forms.ChoiceField", self.fields["nam"]).choices = every + [(str(year), str(year)) for year in years]
        cast("forms.ChoiceField", self.fields["trang_thai"]).choices = every + list(PLAN_LABELS.items())

    def asked(self, name: str) -> str:
        """Return what was asked for, "" for everything or for something unreadable."""
        return self.cleaned_data.get(name, "") if self.is_valid() else ""


class PlanForm(forms.Form):
    number = forms.CharField(label=_("Số"), max_length=60, required=False)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    kind = forms.CharField(label=_("Loại văn bản"), max_length=60, required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    title = forms.CharField(label=_("Tên"), max_length=1000, widget=area(2))
    year = forms.IntegerField(label=_("Năm"), min_value=1990, max_value=2100)
    unit = forms.ChoiceField(label=_("Đơn vị của kế hoạch"), required=False)
    assigner = forms.ChoiceField(label=_("Cơ quan giao nhiệm vụ"), choices=list(ASSIGNERS.items()))
    is_reform = forms.BooleanField(label=_("Là kế hoạch cải cách hành chính của năm"), required=False)

    def __init__(self, data: Any = None, *, units: list[tuple[str, str]], plan: Plan, **options: Any) -> None:
        """Offer ``units`` and the plan's own unit, which may be one that is no more."""
        super().__init__(data, **options)
        own = [] if plan.unit.code in dict(units) else [(plan.unit.code, plan.unit.name)]
        cast("forms.ChoiceField", self.fields["unit"]).choices = own + units

    @classmethod
    def of(cls, plan: Plan, units: list[tuple[str, str]]) -> "PlanForm":
        shown = {name: getattr(plan, name) for name in cls.base_fields if name != "unit"}
        return cls(units=units, plan=plan, initial={**shown, "unit": plan.unit.code})


class RowForm(forms.Form):
    """The fields of one row in review. ``due_on`` set by hand goes before what the words of the deadline say.

    The action bounds the lengths; a field that counts letters down would only stand in the way here.
    """

    text = forms.CharField(label=_("Nhiệm vụ"), widget=area(4))
    product = forms.CharField(label=_("Sản phẩm"), required=False, widget=area(2))
    lead_text = forms.CharField(label=_("Chủ trì"), required=False, widget=area(2))
    coordinating_text = forms.CharField(label=_("Phối hợp"), required=False, widget=area(2))
    number = forms.CharField(label=_("Số thứ tự"), max_length=40, required=False)
    deadline_text = forms.CharField(label=_("Thời hạn (chữ)"), max_length=500, required=False)
    due_on = DayField(label=_("Hạn cuối"), required=False)

    @classmethod
    def of(cls, task: Task) -> "RowForm":
        return cls(initial={name: getattr(task, name) for name in cls.base_fields}, auto_id="row_%s")


class NewRowForm(RowForm):
    """A row that the reader did not find."""

    due_on = None  # type: ignore[assignment]


class SplitForm(forms.Form):
    first = forms.CharField(label=_("Phần ở lại dòng này"), widget=area(3))
    second = forms.CharField(label=_("Phần thành dòng mới"), widget=area(3))


class FilterForm(forms.Form):
    status = forms.ChoiceField(label=_("Trạng thái"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị chủ trì"), required=False)
    section = forms.ChoiceField(label=_("Phần"), required=False)

    def __init__(self, data: Any, *, units: list[tuple[str, str]], sections: list[str]) -> None:
        super().__init__(data or None)
        every: list[tuple[str, Any]] = [("", _("Tất cả"))]
        cast("forms.ChoiceField", self.fields["status"]).choices = every + [(code, LABELS[code]) for code in ORDER]
        cast("forms.ChoiceField", self.fields["unit"]).choices = every + units
        cast("forms.ChoiceField", self.fields["section"]).choices = every + [(name, name[:60]) for name in sections]

    def asked(self, name: str) -> str:
        """Return what was chosen, "" for everything or for something unreadable."""
        return self.cleaned_data.get(name, "") if self.is_valid() else ""


class TargetYearForm(forms.Form):
    nam = forms.TypedChoiceField(label=_("Đo bằng số liệu năm"), coerce=int, required=False)

    def __init__(self, data: Any, plan: Plan) -> None:
        super().__init__(data if "nam" in (data or {}) else None)
        years = range(today().year, plan.year - 1, -1)
        own: list[tuple[Any, Any]] = [("", _("Đúng năm của kế hoạch"))]
        nam = cast("forms.ChoiceField", self.fields["nam"])
        nam.choices = own + [(year, str(year)) for year in years]


class BindForm(forms.Form):
    indicator = forms.ChoiceField(label=_("Chỉ số"), required=False)
    remark = forms.CharField(label=_("Đo thế nào, hoặc vì sao chưa đo được"), max_length=500, required=False)

    def __init__(self, data: Any, *, indicators: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        none: list[tuple[str, Any]] = [("", _("Chưa đo được"))]
        cast("forms.ChoiceField", self.fields["indicator"]).choices = none + indicators


def unit_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """Return units as (code, name) for a list of choices."""
    return [(unit.code, unit.name) for unit in units]


def seen_in(data: Any) -> datetime | None:
    """Return when what the person saw was last changed, None where the page did not say."""
    try:
        return parse_datetime(str(data.get("seen", ""))[:40])
    except ValueError:
        return None
