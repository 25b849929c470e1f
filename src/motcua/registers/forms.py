"""Shapes of input: an entry as its definition says, the filters of a list, reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.organizations.models import Account, Unit
from motcua.registers.access import entries_for
from motcua.registers.models import Entry, Register
from motcua.registers.rules.definitions import Definition, Field
from motcua.registers.rules.periods import Period, period_of
from motcua.registers.rules.shapes import (
    CHECKLIST,
    CHOICE,
    CHOICES,
    DATE,
    ENTRY,
    LONG_TEXT,
    MONEY,
    NUMBER,
    OFFICIAL,
    PERIOD,
    STATE_KINDS,
    UNIT,
    UNITS,
    YES_NO,
)
from motcua.registers.rules.values import LONGEST_LINE, LONGEST_TEXT
from motcua.ui.forms import DayField
from motcua.ui.rules.numbers import grouped

FEW_OPTIONS, MOST_ENTRIES, BOARD_PERIODS = 5, 300, 13
_WIDTHS = {NUMBER: "10", MONEY: "10", DATE: "10", PERIOD: "10"}


class EntryForm(forms.Form):
    """The fields of a definition that a person fills. What is typed is read by ``rules.values``, not here."""

    def __init__(
        self, data: Any = None, *, fields: Iterable[Field], unit: Unit, account: Any, asks_reason: bool = False,
        values: Mapping[str, Any] | None = None, **options: Any,
    ) -> None:  # fmt: skip
        shown = list(fields)
        initial = {field.code: as_typed(field, (values or {}).get(field.code)) for field in shown}
        super().__init__(data, initial={**initial, **(options.pop("initial", None) or {})}, **options)
        self.shown = shown
        for field in shown:
            self.fields[field.code] = form_field(field, unit, account)
        if asks_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do sửa"), max_length=1000, help_text=_("Mục đã xong chỉ sửa khi có lý do; bản cũ vẫn còn.")
            )

    def given(self) -> dict[str, Any]:
        """Return what was typed, by field."""
        return {field.code: self.cleaned_data.get(field.code) for field in self.shown}


def as_typed(field: Field, value: Any) -> Any:
    """Return a kept value as it stands in a form."""
    if value is None:
        return None
    if field.is_numeric:
        return grouped(value) if isinstance(value, int) else grouped(value, 4).rstrip("0")
    if field.type == DATE:
        return "/".join(reversed(value.split("-")))
    if field.type == YES_NO:
        return "yes" if value else "no"
    return value


def form_field(field: Field, unit: Unit, account: Any) -> forms.Field:
    """Return the form field for one field of a definition."""
    shared: dict[str, Any] = {"label": field.name, "required": field.required, "help_text": _help(field)}
    if field.type in (CHOICES, CHECKLIST):
        options = [(option.code, option.name) for option in field.options]
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **shared)
    choices = _choices(field, unit, account)
    if choices is not None:
        is_short = len(choices) <= FEW_OPTIONS
        blank = [] if field.required and is_short else [("", gettext("(chưa chọn)"))]
        widget = forms.RadioSelect if is_short else forms.Select
        return forms.ChoiceField(choices=[*blank, *choices], widget=widget, **shared)
    if field.type == LONG_TEXT:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=LONGEST_TEXT, widget=area, **shared)
    attributes = {"data-width": _WIDTHS[field.type]} if field.type in _WIDTHS else {}
    if field.is_numeric:
        attributes |= {"inputmode": "decimal", "data-suffix": field.unit or ("₫" if field.type == MONEY else "")}
    return forms.CharField(max_length=LONGEST_LINE, widget=forms.TextInput(attrs=attributes), **shared)


def _help(field: Field) -> str:
    told = [field.help]
    if field.type == PERIOD:
        told.append(gettext("Tháng: 2026M07; quý: 2026Q3; năm: 2026."))
    if field.personal:
        told.append(gettext("Thông tin riêng: chỉ người ghi và người kiểm tra sổ thấy."))
    return " ".join(each for each in told if each)


def _choices(field: Field, unit: Unit, account: Any) -> list[tuple[str, str]] | None:
    """Return what may be chosen, or None where it is typed."""
    if field.type == YES_NO:
        return [("yes", gettext("Có")), ("no", gettext("Không"))]
    if field.type == CHOICE:
        return [(option.code, option.name) for option in field.options]
    if field.type == UNIT:
        top = Unit.objects.in_force().filter(path__startswith=unit.path.split("/")[0] + "/")
        return [(each.code, each.name) for each in sorted(top, key=lambda one: one.sort_key)]
    if field.type == OFFICIAL:
        people = Account.objects.filter(posts__unit__path__startswith=unit.path, is_active=True).distinct()
        return [(each.code, each.full_name) for each in people.order_by("full_name")[:MOST_ENTRIES]]
    if field.type == ENTRY:
        register = Register.objects.filter(code=field.register).first()
        rows = entries_for(account, register) if register else Entry.objects.none()
        newest = rows.order_by("-on", "-pk")[:MOST_ENTRIES]
        return [(each.code, f"{each.code} {each.title}"[:120]) for each in newest]
    return None


class FilterForm(forms.Form):
    """What narrows a list; the names stand in addresses."""

    q = forms.CharField(label=_("Tìm trong sổ"), required=False, max_length=100)
    don_vi = forms.ChoiceField(label=_("Đơn vị"), required=False)
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    so = forms.ChoiceField(label=_("Số đo"), required=False)

    def __init__(self, data: Any, *, definition: Definition, units: Iterable[Unit], **options: Any) -> None:
        super().__init__(data, **options)
        everything = [("", gettext("Tất cả"))]
        states = [(state.code, state.name) for state in definition.states]
        kinds = [(f"={kind}", gettext("Mọi mục %(kind)s") % {"kind": label}) for kind, label in STATE_KINDS.items()]
        late = [("qua-han", gettext("Quá hạn"))] if definition.due else []
        measures = [(rule.code, rule.name) for rule in definition.measures if rule.kind != UNITS]
        self._choose("don_vi", [*everything, *((unit.code, unit.name) for unit in units)])
        self._choose("trang_thai", [*everything, *states, *(kinds if len(states) > 2 else []), *late])
        self._choose("so", [*everything, *measures])
        if not measures:
            del self.fields["so"]
        self.narrowed = [field for field in definition.fields if field.type in (CHOICE, YES_NO)][:4]
        for field in self.narrowed:
            options_of = [(option.code, option.name) for option in field.options] or [
                ("yes", gettext("Có")), ("no", gettext("Không")),
            ]  # fmt: skip
            self.fields[f"f_{field.code}"] = forms.ChoiceField(
                label=field.name, required=False, choices=[*everything, *options_of]
            )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def add_prefix(self, field_name: str) -> str:
        """Addresses write don-vi, as those of dossiers do."""
        return super().add_prefix(field_name).replace("_", "-")


class ReasonForm(forms.Form):
    """Why something is done; asked where it destroys."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ImportForm(forms.Form):
    """A sheet with entries of one unit."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    file = forms.FileField(label=_("Tệp Excel hoặc CSV"), help_text=_("Theo tệp mẫu; tối đa 5 MB, 1.000 dòng."))

    def __init__(self, *args: Any, units: Iterable[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(unit.code, unit.name) for unit in units]


class BoardForm(forms.Form):
    """Which period a board of completeness shows."""

    ky = forms.ChoiceField(label=_("Kỳ"))

    def __init__(self, *args: Any, last: Period, **options: Any) -> None:
        """``last``: the newest period that can be shown."""
        super().__init__(*args, **options)
        periods = [last]
        while len(periods) < BOARD_PERIODS:
            periods.append(periods[-1].previous())
        field = self.fields["ky"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(period.code, period.label) for period in periods]

    def clean_ky(self) -> Period:
        return period_of(self.cleaned_data["ky"])


class TrustForm(forms.Form):
    """Who keeps a confidential register for which unit."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=80)
    unit = forms.CharField(label=_("Mã đơn vị"), max_length=40)
