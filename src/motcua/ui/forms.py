"""Django's forms in our dress: the renderer, the parts of a field, fields for Vietnamese days and money."""

import re
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField, widgets
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from motcua.base.money import dong
from motcua.base.refusal import Refused

_DAY = re.compile(r"^\s*(?:(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))\s*$")
# Any other year is a slip of the hand, and the day before the first of all days is none.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
_NARROW = {"date": "10", "time": "5", "number": "10", "datetime-local": "20", "month": "10"}


class Renderer(DjangoTemplates):
    """Give ``{{ form }}`` and ``{{ field.as_field_group }}`` the markup of ``<c-field>``."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field_group.html"


class DayField(forms.DateField):
    """A day typed as 9/2/2026, 09-02-2026 or 2026-02-09, shown as 09/02/2026; between 1900 and 2200."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 09/02/2026.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("data-width", "10")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        found = _DAY.match(str(value))
        try:
            if found is None:
                raise ValueError
            parts = [int(part) for part in found.groups() if part]
            read = date(*parts) if found.group(4) else date(parts[2], parts[1], parts[0])
            if not EARLIEST <= read <= LATEST:
                raise ValueError
            return read
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from wrong

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


class DongField(forms.IntegerField):
    """Whole đồng, typed as people write them: 1.234.567."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("data-width", "10")
        self.widget.attrs.setdefault("data-suffix", "₫")

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return dong(value)
        except Refused as refused:
            raise forms.ValidationError(refused.message, code="invalid") from refused

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def kind_of(widget: widgets.Widget) -> str:
    """Name the control: hidden, checkbox, choices, select, textarea, file, group or input."""
    if widget.is_hidden:
        return "hidden"
    for kind, types in (
        ("choices", (widgets.RadioSelect, widgets.CheckboxSelectMultiple)),
        ("checkbox", (widgets.CheckboxInput,)),
        ("select", (widgets.Select,)),
        ("textarea", (widgets.Textarea,)),
        ("file", (widgets.FileInput,)),
        ("group", (widgets.MultiWidget, widgets.SelectDateWidget)),
    ):
        if isinstance(widget, types):
            return kind
    return "input"


def _classes(kind: str, widget: widgets.Widget, width: str, has_errors: bool) -> str:
    base = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload",
            "checkbox": "govuk-checkboxes__input"}.get(kind, "govuk-input")  # fmt: skip
    found = [base, str(widget.attrs.get("class", ""))]
    if has_errors and kind in ("input", "textarea", "select", "group"):
        found.append(f"{base}--error")
    if kind == "textarea" and widget.attrs.get("maxlength"):
        found.append("govuk-js-character-count")
    if kind == "input" and width:
        found.append(f"govuk-input--width-{width}" if width.isdigit() else f"govuk-!-width-{width}")
    return " ".join(part for part in found if part)


def _attributes(field: BoundField, kind: str, width: str, hint: str, autocomplete: str) -> dict[str, Any]:
    """Return the attributes that tie the control to its look, hint and error."""
    widget, errors = field.field.widget, field.errors
    width = width or str(widget.attrs.get("data-width", ""))
    width = width or _NARROW.get(getattr(widget, "input_type", ""), "")
    attrs: dict[str, Any] = {"class": _classes(kind, widget, width, bool(errors))}
    parts = (("helptext", hint), ("error", errors))
    described = " ".join(f"{field.auto_id}_{part}" for part, there in parts if there)
    if described:
        attrs["aria-describedby"] = described
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    return attrs


def dress(
    field: BoundField, *, label: str = "", hint: str = "", width: str = "", label_class: str = "",
    large: Any = False, prefix: str = "", suffix: str = "", hide_label: Any = False, autocomplete: str = "",
    mark_optional: Any = True,
) -> dict[str, Any]:  # fmt: skip
    """Return the parts of ``field`` for ``ui/forms/field.html``.

    ``width`` is a number of characters (2, 3, 4, 5, 10, 20, 30) or a share of the line (one-half, full).
    ``large`` draws boxes and radios for a page that asks one thing.
    """
    widget = field.field.widget
    kind = kind_of(widget)
    hint = hint or str(field.help_text)
    attrs = _attributes(field, kind, width, hint, autocomplete)
    is_choices = kind == "choices"
    return {
        "field": field,
        "kind": kind,
        "control": "" if is_choices else field.as_widget(attrs=attrs),
        "choices": _choices(field) if is_choices else [],
        "is_many": isinstance(widget, widgets.CheckboxSelectMultiple),
        "label": label or field.label,
        "label_class": label_class,
        "hint": hint,
        "errors": list(field.errors),
        "described_by": attrs.get("aria-describedby", ""),
        "is_optional": not field.field.required and mark_optional and not hide_label and kind != "checkbox",
        "is_small": not large,
        "hide_label": bool(hide_label),
        "prefix": prefix or widget.attrs.get("data-prefix", ""),
        "suffix": suffix or widget.attrs.get("data-suffix", ""),
        "limit": widget.attrs.get("maxlength", "") if kind == "textarea" else "",
    }  # fmt: skip


def _choices(field: BoundField) -> list[dict[str, Any]]:
    """Return each radio button or box of ``field``: its input, id and label."""
    widget = field.field.widget
    is_many = isinstance(widget, widgets.CheckboxSelectMultiple)
    base = "govuk-checkboxes__input" if is_many else "govuk-radios__input"
    found = []
    for option in field.subwidgets:
        # Radios carry no aria-describedby: their fieldset does.
        option.data["attrs"] = {**option.data["attrs"], "class": base, "id": option.id_for_label}
        found.append({"tag": option.tag(), "id": option.id_for_label, "label": option.choice_label})
    return found


def with_errors(form: forms.BaseForm | None) -> list[dict[str, str]]:
    """Return every error of ``form`` as ``{"text", "target"}``: what the error summary lists and links to."""
    if form is None:
        return []
    found = [{"text": str(error), "target": ""} for error in form.non_field_errors()]
    for field in form:
        for error in field.errors:
            target = field.id_for_label or (field.auto_id and f"{field.auto_id}_0")
            if kind_of(field.field.widget) in ("choices", "group"):
                target = f"{field.auto_id}_0"
            found.append({"text": f"{field.label}: {error}", "target": target or ""})
    return found
