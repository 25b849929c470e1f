"""Shapes of input of the work on tasks: reports, answers, assignment, turns, filters of lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.organizations.models import Account, Unit
from motcua.plans.actions.evidence import Evidence
from motcua.plans.forms import area
from motcua.plans.models import Occurrence, Task
from motcua.plans.rules.following.turning import CYCLES_WITH_TURNS
from motcua.plans.states import ASSIGNERS, GRADES
from motcua.plans.task_status import LABELS, ORDER
from motcua.ui.forms import DayField

Choices = list[tuple[str, Any]]
CYCLE_LABELS = {
    "week": _("Hằng tuần"),
    "month": _("Hằng tháng"),
    "quarter": _("Hằng quý"),
    "half": _("6 tháng một lần"),
    "year": _("Hằng năm"),
}


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class _TurnForm(forms.Form):
    """A form about a unit's part, or about one of its turns. The action says which turns there are."""

    turn = forms.CharField(label=_("Kỳ"), max_length=10, required=False, widget=forms.Select)

    def __init__(self, *told: Any, turns: Sequence[Occurrence] = (), **options: Any) -> None:
        super().__init__(*told, **options)
        whole: Choices = [("", _("Cả nhiệm vụ"))]
        widget = cast("forms.Select", self.fields["turn"].widget)
        widget.choices = [(turn.key, turn.label) for turn in turns] + whole


class _EvidenceForm(_TurnForm):
    note = forms.CharField(label=_("Nội dung đã làm"), max_length=2000, required=False, widget=area(3))
    file = forms.FileField(label=_("Tệp minh chứng"), required=False, help_text=_("PDF, DOCX, XLSX hoặc ảnh."))
    link = forms.CharField(label=_("Đường dẫn minh chứng"), max_length=500, required=False)
    number = forms.DecimalField(label=_("Số liệu"), max_digits=14, decimal_places=2, required=False)

    def evidence(self) -> Evidence:
        """Return the evidence that was filled in."""
        told = self.cleaned_data
        return Evidence(told["file"], told["file"].name if told["file"] else "", told["link"], told["number"])


class ProgressForm(_EvidenceForm):
    percent = forms.IntegerField(label=_("Đã làm được (%)"), min_value=0, max_value=100)
    field_order = ("turn", "percent", "note", "file", "link", "number")


class CompletionForm(_EvidenceForm):
    on_day = DayField(label=_("Hoàn thành ngày"))
    field_order = ("turn", "on_day", "note", "file", "link", "number")


class NoteForm(_TurnForm):
    note = forms.CharField(label=_("Lý do"), max_length=2000, widget=area(2))


class AcceptForm(_TurnForm):
    grade = forms.ChoiceField(label=_("Đánh giá"), required=False, choices=[("", _("Không đánh giá")), *GRADES.items()])
    note = forms.CharField(label=_("Nhận xét"), max_length=500, required=False)


class ExtendForm(forms.Form):
    due_on = DayField(label=_("Hạn mới"))
    note = forms.CharField(label=_("Lý do, văn bản làm căn cứ"), max_length=2000, widget=area(2))


class AskExtensionForm(_TurnForm):
    new_due_on = DayField(label=_("Xin gia hạn đến ngày"))
    reason = forms.CharField(label=_("Lý do xin gia hạn"), max_length=2000, widget=area(2))
    file = forms.FileField(label=_("Văn bản kèm theo"), required=False)

    def evidence(self) -> Evidence:
        file = self.cleaned_data["file"]
        return Evidence(file, file.name if file else "")


class GrantForm(forms.Form):
    due_on = DayField(label=_("Gia hạn đến ngày"))
    answer = forms.CharField(label=_("Ý kiến"), max_length=2000, required=False)


class RefuseForm(forms.Form):
    answer = forms.CharField(label=_("Lý do không đồng ý"), max_length=2000, widget=area(2))


class EventForm(forms.Form):
    """What began a turn of a task that waits for an event."""

    starts_on = DayField(label=_("Phát sinh ngày"))
    note = forms.CharField(label=_("Việc phát sinh"), max_length=300, required=False)
    due_on = DayField(
        label=_("Hạn cuối"), required=False, help_text=_("Bỏ trống nếu văn bản đã nói làm trong bao lâu.")
    )


class CycleForm(forms.Form):
    every = forms.ChoiceField(
        label=_("Báo cáo"), required=False, choices=[("", _("Không theo kỳ")), *CYCLE_LABELS.items()]
    )
    day = forms.IntegerField(
        label=_("Hạn vào ngày"), min_value=1, max_value=31, required=False,
        help_text=_("Của tháng cuối kỳ; bỏ trống: ngày cuối kỳ."),
    )  # fmt: skip

    @classmethod
    def of(cls, task: Task) -> "CycleForm":
        every = task.deadline.get("every", "")
        shown = {"every": every if every in CYCLES_WITH_TURNS else "", "day": task.deadline.get("day")}
        return cls(initial=shown, auto_id="cycle_%s")


class FactBindingForm(forms.Form):
    unit = forms.ChoiceField(label=_("Phần việc của"))
    verb = forms.ChoiceField(label=_("Tự hoàn thành khi"))
    subject = forms.CharField(
        label=_("Mã đối tượng"), max_length=80, required=False,
        help_text=_("Mã báo cáo, kế hoạch…; bỏ trống: bất kỳ của đơn vị."),
    )  # fmt: skip

    def __init__(self, *told: Any, units: Choices, verbs: Choices, **options: Any) -> None:
        super().__init__(*told, **options)
        _choose(self, "unit", units)
        _choose(self, "verb", verbs)


class AssignForm(forms.Form):
    unit = forms.ChoiceField(label=_("Đơn vị"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=[("lead", _("Chủ trì")), ("help", _("Phối hợp"))])
    share = forms.IntegerField(label=_("Tỷ lệ công việc (%)"), min_value=0, max_value=100, required=False)

    def __init__(self, *told: Any, units: Choices, **options: Any) -> None:
        super().__init__(*told, **options)
        _choose(self, "unit", units)


class PersonForm(forms.Form):
    person = forms.ChoiceField(label=_("Người theo dõi"), required=False)

    def __init__(self, *told: Any, people: Sequence[Account], **options: Any) -> None:
        super().__init__(*told, **options)
        nobody: Choices = [("", _("Không giao riêng ai"))]
        _choose(self, "person", nobody + [(person.code, person.full_name) for person in people])


class SourceForm(forms.Form):
    assigner = forms.ChoiceField(
        label=_("Cơ quan giao"), required=False, choices=[("", _("Theo kế hoạch")), *ASSIGNERS.items()]
    )
    assigned_in = forms.CharField(
        label=_("Văn bản giao, điều khoản"), max_length=300, required=False,
        help_text=_("Ví dụ: Quyết định 1170/QĐ-UBND ngày 12/7/2022, mục II phần II."),
    )  # fmt: skip

    @classmethod
    def of(cls, task: Task) -> "SourceForm":
        return cls(initial={"assigner": task.assigner, "assigned_in": task.assigned_in}, auto_id="source_%s")


DUE_WINDOWS: dict[str, Any] = {
    "qua-han": _("Đã quá hạn"),
    "hom-nay": _("Hôm nay"),
    "7-ngay": _("Trong 7 ngày tới"),
    "30-ngay": _("Trong 30 ngày tới"),
}


class WorkFilterForm(forms.Form):
    """Filters of the list of tasks; their names stand in addresses that people keep."""

    q = forms.CharField(label=_("Tìm trong nội dung"), max_length=100, required=False)
    ke_hoach = forms.ChoiceField(label=_("Kế hoạch"), required=False)
    don_vi = forms.ChoiceField(label=_("Đơn vị"), required=False)
    nguoi = forms.ChoiceField(label=_("Người theo dõi"), required=False)
    status = forms.ChoiceField(label=_("Trạng thái"), required=False)
    nguon = forms.ChoiceField(label=_("Cơ quan giao"), required=False)
    han = forms.ChoiceField(label=_("Hạn"), required=False)

    def __init__(self, data: Any, *, plans: Choices, units: Choices, people: Choices) -> None:
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        every: Choices = [("", _("Tất cả"))]
        _choose(self, "ke_hoach", every + plans)
        _choose(self, "don_vi", every + units)
        _choose(self, "nguoi", every + people)
        _choose(self, "status", every + [(code, LABELS[code]) for code in ORDER])
        _choose(self, "nguon", every + list(ASSIGNERS.items()))
        _choose(self, "han", every + list(DUE_WINDOWS.items()))

    def asked(self) -> dict[str, str]:
        """Return what was chosen and can be read: {name: value}."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class UrgeForm(forms.Form):
    """Whom to urge about what; the units are boxes on the page."""

    plan = forms.ChoiceField(label=_("Kế hoạch"), required=False)
    soon = forms.IntegerField(
        label=_("Kể cả việc đến hạn trong (ngày)"), min_value=0, max_value=60, required=False, initial=7
    )

    def __init__(self, data: Any, *, plans: Choices) -> None:
        super().__init__(data if data and "soon" in data else None)
        _choose(self, "plan", [("", _("Mọi kế hoạch")), *plans])


class SentForm(forms.Form):
    number = forms.CharField(label=_("Số văn bản đã phát hành"), max_length=60)
    sent_on = DayField(label=_("Ngày gửi"))


class AsOfForm(forms.Form):
    """A unit, a day and what to group by."""

    don_vi = forms.ChoiceField(label=_("Đơn vị"), required=False)
    den = DayField(label=_("Tính đến ngày"), required=False)
    theo = forms.ChoiceField(label=_("Chia theo"), required=False)

    def __init__(self, data: Any, *, units: Choices, by: Choices, day: date) -> None:
        shown = {name: data.get(name, "") for name in self.base_fields}
        shown["den"] = shown["den"] or f"{day:%d/%m/%Y}"
        shown["theo"] = shown["theo"] or str(by[0][0])
        super().__init__(shown)
        _choose(self, "don_vi", units)
        _choose(self, "theo", by)


def unit_options(units: Sequence[Unit]) -> Choices:
    """Return units as (code, name), by kind and name."""
    ordered = sorted(units, key=lambda unit: (unit.kind, unit.sort_key))
    return [(unit.code, unit.name) for unit in ordered]
