"""Shapes of input of the builder: the form itself, a part, a field, its publication."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.text import fold, squash
from motcua.procedures import eform_states as words
from motcua.procedures.declaring import EformFields
from motcua.procedures.rendering.eform_pdf import APPLICANT_TITLES
from motcua.procedures.rules.eforms import form as kinds
from motcua.procedures.rules.eforms.faults import NAME
from motcua.procedures.rules.eforms.form import Condition, Dropped, Eform, Field, Part
from motcua.ui.forms import DayField

LONGEST_NAME = 40


def name_from(title: str, taken: Iterable[str]) -> str:
    """Return a name made of a title, unlike those that are taken: ``Ngày sinh`` is ``ngay_sinh``."""
    base = re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")[: LONGEST_NAME - 3].strip("_")
    base = base if base[:1].isalpha() else f"muc_{base}".rstrip("_")
    used, found, count = set(taken), base, 1
    while found in used:
        count += 1
        found = f"{base}_{count}"
    return found


def _lines(text: str) -> list[str]:
    return [line for line in (squash(line) for line in text.splitlines()) if line]


class GeneralForm(forms.Form):
    """What the whole form says beside its fields."""

    title = forms.CharField(label=_("Tên biểu mẫu"), max_length=300)
    addressee = forms.CharField(label=_("Kính gửi"), max_length=300, required=False)
    applicant = forms.MultipleChoiceField(
        label=_("Thông tin người nộp mà mẫu giấy hỏi"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Được điền sẵn từ tài khoản, không phải khai lại."),
    )  # fmt: skip
    pledge = forms.CharField(
        label=_("Lời cam đoan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=_("Nguồn của biểu mẫu"), max_length=300, required=False)
    dropped = forms.CharField(
        label=_("Mục của mẫu giấy không còn hỏi"), max_length=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Mỗi dòng một mục; lý do ghi sau dấu gạch đứng |."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        applicant = self.fields["applicant"]
        assert isinstance(applicant, forms.MultipleChoiceField)
        applicant.choices = [(name, APPLICANT_TITLES[name]()) for name in kinds.APPLICANT]

    @staticmethod
    def values_of(form: Eform, source: str) -> dict[str, Any]:
        """Return what the fields show of a form."""
        dropped = "\n".join(f"{one.title} | {one.why}" if one.why else one.title for one in form.dropped)
        return {
            "title": form.title, "addressee": form.addressee, "applicant": list(form.applicant), "pledge": form.pledge,
            "source": source, "dropped": dropped,
        }  # fmt: skip

    def dropped_of(self, form: Eform) -> tuple[Dropped, ...]:
        """Return what is dropped; who knows it already is kept from ``form`` where the title stayed."""
        known = {one.title: one.known_to for one in form.dropped}
        rows = [line.partition("|") for line in _lines(self.cleaned_data["dropped"])]
        found = [(title.strip(), why.strip()) for title, _bar, why in rows if title.strip()]
        return tuple(Dropped(title, known.get(title, ""), why) for title, why in found)


class _Conditioned(forms.Form):
    """What hangs on earlier choices: boxes ``Trường hợp: Cấp lại``; of one field any, of several fields all."""

    when = forms.MultipleChoiceField(
        label=_("Chỉ hỏi khi"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không đánh dấu gì: luôn hỏi. Nhiều giá trị của một mục: một trong số đó. Nhiều mục: tất cả."),
    )  # fmt: skip

    def offer(self, before: Iterable[Field]) -> None:
        """Offer the choices of the fields that stand before; without any the question is not put."""
        pairs = [
            (json.dumps([field.name, value]), f"{field.title}: {gettext('Có') if value is True else value}")
            for field in before
            for value in values_of(field)
        ]
        if not pairs:
            del self.fields["when"]
            return
        when = self.fields["when"]
        assert isinstance(when, forms.MultipleChoiceField)
        when.choices = pairs

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that are ticked."""
        found: dict[str, list[kinds.Answer]] = {}
        for pair in self.cleaned_data.get("when", []):
            name, value = json.loads(pair)
            found.setdefault(name, []).append(value)
        return tuple(Condition(name, tuple(values)) for name, values in found.items())


def values_of(field: Field) -> tuple[kinds.Answer, ...]:
    """Return what a condition may ask of a field."""
    return (True,) if field.kind == kinds.CONFIRM else field.choices


def ticked(when: Iterable[Condition], before: Iterable[Field]) -> list[str]:
    """Return the boxes that say ``when``; a negated condition is shown as the values that are left."""
    fields = {field.name: field for field in before}
    return [
        json.dumps([one.field, value])
        for one in when
        for value in (values_of(fields[one.field]) if one.field in fields else ())
        if (value in one.values) != one.negated
    ]


class PartForm(_Conditioned):
    """A part: its title, hint and condition."""

    title = forms.CharField(label=_("Tiêu đề phần"), max_length=200)
    hint = forms.CharField(label=_("Hướng dẫn"), max_length=500, required=False)
    field_order = ("title", "hint", "when")

    def part(self, name: str, fields: tuple[Field, ...]) -> Part:
        data = self.cleaned_data
        return Part(name, squash(data["title"]), fields, squash(data["hint"]), self.conditions())


class FieldForm(_Conditioned):
    """A field: what it asks, of which kind, within which limits, and where the State has it already."""

    title = forms.CharField(label=_("Nhãn"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại"), choices=list(words.KINDS.items()))
    required = forms.BooleanField(label=_("Bắt buộc"), required=False)
    hint = forms.CharField(label=_("Hướng dẫn"), max_length=500, required=False)
    choices = forms.CharField(
        label=_("Các lựa chọn"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một lựa chọn; chỉ cho loại chọn một, chọn nhiều."),
    )  # fmt: skip
    tree = forms.ChoiceField(
        label=_("Địa danh"), required=False, choices=[("", _("Không áp dụng")), *words.TREES.items()],
        help_text=_("Chỉ cho loại địa chỉ."),
    )  # fmt: skip
    pattern = forms.ChoiceField(
        label=_("Dạng chữ"), required=False, choices=[("", _("Bất kỳ")), *words.PATTERNS.items()]
    )
    lowest = forms.IntegerField(label=_("Nhỏ nhất"), required=False, min_value=-(10**12), max_value=10**12)
    highest = forms.IntegerField(label=_("Lớn nhất"), required=False, min_value=-(10**12), max_value=10**12)
    fewest = forms.IntegerField(label=_("Số mục ít nhất của nhóm"), required=False, min_value=0, max_value=50)
    most = forms.IntegerField(label=_("Số mục nhiều nhất của nhóm"), required=False, min_value=1, max_value=50)
    longest = forms.IntegerField(label=_("Số ký tự nhiều nhất"), required=False, min_value=1, max_value=10_000)
    known_to = forms.ChoiceField(
        label=_("Nhà nước đã có ở"), required=False, choices=[("", _("Chưa có")), *words.STORES.items()]
    )
    source = forms.ChoiceField(label=_("Nguồn"), choices=list(words.SOURCES.items()), initial=kinds.DECLARED)
    concept = forms.CharField(
        label=_("Tên dữ liệu dùng chung"), max_length=60, required=False,
        help_text=_("Ví dụ person.birth_date; mục cùng tên được điền sẵn từ tài khoản và hồ sơ trước."),
    )  # fmt: skip
    field_order = ("title", "kind", "required", "hint", "choices", "when")

    @staticmethod
    def values_of(field: Field, before: Iterable[Field]) -> dict[str, Any]:
        """Return what the inputs show of a field."""
        return {
            **{name: getattr(field, name) for name in ("title", "kind", "required", "hint", "tree", "pattern", "lowest",
               "highest", "fewest", "most", "known_to", "source", "concept")},
            "choices": "\n".join(field.choices), "longest": field.longest or None, "when": ticked(field.when, before),
        }  # fmt: skip

    def clean_choices(self) -> tuple[str, ...]:
        return tuple(_lines(self.cleaned_data["choices"]))

    def clean_concept(self) -> str:
        concept = str(self.cleaned_data["concept"])
        if concept and not all(NAME.fullmatch(step) for step in concept.split(".")):
            raise forms.ValidationError(gettext("Viết bằng chữ thường không dấu, ngăn bằng dấu chấm."))
        return concept

    def field(self, name: str, children: tuple[Field, ...]) -> Field:
        """Return the field; what its kind does not have is left out."""
        data = self.cleaned_data
        kind = data["kind"]
        is_number, is_group, is_text = kind in kinds.NUMBERS, kind == kinds.GROUP, kind in (kinds.TEXT, kinds.LONG_TEXT)
        return Field(
            name=name, title=squash(data["title"]), kind=kind, required=data["required"], hint=squash(data["hint"]),
            choices=data["choices"] if kind in kinds.WITH_CHOICES else (),
            longest=(data["longest"] or 0) if is_text else 0, pattern=data["pattern"] if kind == kinds.TEXT else "",
            lowest=data["lowest"] if is_number else None, highest=data["highest"] if is_number else None,
            fewest=(data["fewest"] or None) if is_group else None, most=data["most"] if is_group else None,
            fields=children if is_group else (),
            tree=(data["tree"] or kinds.NEW_TREE) if kind == kinds.ADDRESS else "",
            when=self.conditions(), source=data["source"], known_to=data["known_to"], concept=data["concept"],
        )  # fmt: skip


class PublishForm(forms.Form):
    """From which day a version is filled in."""

    valid_from = DayField(label=_("Áp dụng từ ngày"))


class PreviewForm(EformFields):
    """A form filled in on trial: judged as in earnest, kept nowhere."""

    def __init__(self, *args: Any, eform: Eform, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask(eform)
