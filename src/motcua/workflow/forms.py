"""Forms of routes: a step a row, what is new, from when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE, DISTRICT, ONE_STOP, ROLES
from motcua.ui.forms import DayField
from motcua.workflow.life import phases
from motcua.workflow.models import AT_COMPETENT, AT_ONE_STOP
from motcua.workflow.rules.steps import MOST_STEPS, NewStep, branch_names, numbered

EMPTY_ROWS = 3  # at the end of the table, for new steps


class NewRouteForm(forms.Form):
    code = forms.CharField(
        label=_("Mã quy trình"), max_length=40,
        help_text=_("Chữ thường không dấu, chữ số, gạch nối; ví dụ: dat-dai-lien-thong."),
    )  # fmt: skip
    name = forms.CharField(label=_("Tên quy trình"), max_length=200)


class NameForm(forms.Form):
    name = forms.CharField(label=_("Tên quy trình"), max_length=200)


class DrawingForm(forms.Form):
    file = forms.FileField(label=_("Tệp BPMN 2.0"), help_text=_("Tệp .bpmn của bất kỳ công cụ vẽ nào, tối đa 2 MB."))


class PublishForm(forms.Form):
    valid_from = DayField(label=_("Có hiệu lực từ ngày"), initial=today)


class TrialForm(forms.Form):
    days = forms.IntegerField(label=_("Số ngày nhìn lại"), min_value=7, max_value=1100, initial=365, required=False)
    legal = forms.IntegerField(
        label=_("Thời hạn mới so với thời hạn cũ (%)"), min_value=10, max_value=200, initial=100, required=False
    )


class StepForm(forms.Form):
    """One step; ``beside`` is its branch as people write it: "1a" and "1b" run side by side."""

    name = forms.CharField(label=_("Tên bước"), max_length=120)
    phase = forms.ChoiceField(label=_("Việc"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=lambda: [("", "—"), *ROLES.items()])
    place = forms.ChoiceField(label=_("Nơi làm"))
    share = forms.IntegerField(label=_("Tỷ lệ (%)"), min_value=0, max_value=100)
    beside = forms.RegexField(
        label=_("Nhánh"), regex=r"^\s*([1-9]\d?\s*[A-Za-z])?\s*$", required=False,
        error_messages={"invalid": _("Viết số của phần song song và chữ của nhánh, ví dụ 1a và 1b.")},
    )  # fmt: skip
    condition = forms.CharField(label=_("Điều kiện"), max_length=500, required=False)
    signs = forms.BooleanField(label=_("Ký"), required=False)
    may_ask_supplement = forms.BooleanField(label=_("Được yêu cầu bổ sung"), required=False, initial=True)
    needs_payment = forms.BooleanField(label=_("Phải thu phí trước khi chuyển"), required=False)

    def __init__(self, *arguments: Any, places: Sequence[tuple[str, Any]] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        # An empty choice first: a step of a foreign drawing that tells no role must not take the first one silently.
        self.fields["phase"].choices = [("", "—"), *((phase.code, phase.label) for phase in phases().values())]  # type: ignore[attr-defined]
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """Whether the row is a step: a spare row always sends its choices, so only its name tells."""
        return bool(self.initial or self.data.get(self.add_prefix("name"), "").strip())


class StepRows(forms.BaseFormSet):
    """The steps of a draft in their order; a spare row without a name is no step."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Thứ tự")
        form.fields["DELETE"].label = _("Bỏ bước này")

    @property
    def steps(self) -> list[NewStep]:
        """Return the steps of a valid table, in the order of the numbers in it."""
        kept = [form.cleaned_data for form in self.forms if form.has_changed()]
        kept = [row for row in kept if row and not row.get("DELETE")]
        kept.sort(key=lambda row: row.get("ORDER") or MOST_STEPS + 1)
        places = numbered([row["beside"] for row in kept])
        names = ("name", "phase", "role", "place", "share", "condition", "signs", "may_ask_supplement", "needs_payment")
        return [
            NewStep(**{name: row[name] for name in names}, fork=fork, branch=branch)
            for row, (fork, branch) in zip(kept, places, strict=True)
        ]


StepTable = forms.formset_factory(
    StepForm, formset=StepRows, extra=EMPTY_ROWS, can_order=True, can_delete=True, max_num=MOST_STEPS,
    absolute_max=MOST_STEPS + EMPTY_ROWS,
)  # fmt: skip


def step_table(steps: Sequence[NewStep], data: Any = None) -> Any:
    """Return the table of ``steps``; with the ``data`` of a request what was typed into it."""
    initial = [
        {
            "name": step.name, "phase": step.phase, "role": step.role, "place": step.place, "share": step.share,
            "beside": name, "condition": step.condition, "signs": step.signs,
            "may_ask_supplement": step.may_ask_supplement, "needs_payment": step.needs_payment,
        }
        for step, name in zip(steps, branch_names(steps), strict=True)
    ]  # fmt: skip
    return StepTable(data, initial=initial, prefix="buoc", form_kwargs={"places": place_choices(steps)})


def place_choices(steps: Sequence[NewStep]) -> list[tuple[str, Any]]:
    """Return where a step may be done: the two places of every unit, agencies by name, and what ``steps`` name."""
    own = [(AT_COMPETENT, gettext("Đơn vị giải quyết")), (AT_ONE_STOP, gettext("Bộ phận Một cửa"))]
    agencies = Unit.objects.in_force().exclude(kind__in=(COMMUNE, DISTRICT, ONE_STOP)).order_by("kind", "name")
    units = list(agencies.values_list("code", "name"))
    known = {code for code, _name in own + units}
    return own + units + [(place, place) for place in dict.fromkeys(step.place for step in steps) if place not in known]
