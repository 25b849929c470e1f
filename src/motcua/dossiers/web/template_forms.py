"""Shapes of input of a template of results: its boxes, what is asked of the drafter, and its faults in their boxes."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules.result_templates import ResultTemplate, row_of, template_from
from motcua.dossiers.rules.template_faults import MOST_ASKS, Fault, faults_of
from motcua.dossiers.rules.template_text import body_from, text_of
from motcua.dossiers.template_words import told
from motcua.ui.forms import DayField

MORE = 2  # empty lines for further asks
_APART = re.compile(r"[\s,;]+")


class AskForm(forms.Form):
    """One thing that the drafter writes; a line without name and words is none."""

    name = forms.CharField(label=_("Tên trong mẫu"), max_length=40, required=False)
    label = forms.CharField(label=_("Lời hỏi"), max_length=120, required=False)
    most = forms.IntegerField(label=_("Số ký tự"), initial=500, required=False)
    rows = forms.IntegerField(label=_("Số dòng"), initial=1, required=False)
    is_required = forms.BooleanField(label=_("Bắt buộc"), required=False)

    def clean(self) -> dict[str, Any]:
        told_values = super().clean() or {}
        if told_values.get("name") or told_values.get("label"):
            told_values["most"] = told_values.get("most") or 500
            told_values["rows"] = told_values.get("rows") or 1
        return told_values

    @property
    def is_told(self) -> bool:
        return bool(self.cleaned_data.get("name") or self.cleaned_data.get("label"))


Asks = formset_factory(AskForm, extra=0, max_num=MOST_ASKS + MORE, absolute_max=MOST_ASKS + MORE)


class TemplateForm(forms.Form):
    """A version of a template, with ``asks`` beside it."""

    name = forms.CharField(label=_("Tên mẫu"), max_length=120)
    kind = forms.CharField(
        label=_("Loại văn bản"), max_length=80, required=False, help_text=_("Ví dụ Quyết định; để trống là công văn.")
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=20, help_text=_("Sau số, ví dụ GXN-UBND."))
    subject = forms.CharField(label=_("Trích yếu"), max_length=300, required=False)
    procedures = forms.CharField(
        label=_("Thủ tục dùng mẫu"),
        required=False,
        validators=[MaxLengthValidator(40_000)],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mã thủ tục, cách nhau bằng dấu cách hoặc dấu phẩy; để trống là mọi thủ tục."),
    )
    is_favourable = forms.BooleanField(label=_("Kết quả đồng ý (bỏ chọn khi là từ chối)"), required=False, initial=True)
    addressees = forms.CharField(
        label=_("Kính gửi"),
        required=False,
        validators=[MaxLengthValidator(10_000)],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một nơi."),
    )
    legal_bases = forms.CharField(
        label=_("Căn cứ lấy từ mục"),
        max_length=40,
        required=False,
        help_text=_("Tên một mục người soạn ghi, mỗi dòng của nó là một căn cứ."),
    )
    body = forms.CharField(
        label=_("Thân văn bản"), validators=[MaxLengthValidator(200_000)], widget=forms.Textarea(attrs={"rows": 14})
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        validators=[MaxLengthValidator(10_000)],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi."),
    )
    valid_from = DayField(label=_("Dùng từ ngày"))
    source = forms.CharField(
        label=_("Căn cứ ban hành mẫu"), max_length=300, help_text=_("Văn bản ban hành, số và ngày.")
    )

    def template(self, code: str, asks: "BaseFormSet[AskForm]") -> ResultTemplate:
        """Return what the boxes describe. Valid forms only."""
        typed = self.cleaned_data
        body, _lines = body_from(typed["body"])
        return template_from(
            {
                "code": code,
                "name": typed["name"],
                "kind": typed["kind"],
                "subject": typed["subject"],
                "symbol": typed["symbol"],
                "valid_from": typed["valid_from"].isoformat(),
                "valid_to": None,
                "procedures": sorted({each for each in _APART.split(typed["procedures"]) if each}),
                "is_favourable": typed["is_favourable"],
                "asks": [dict(form.cleaned_data) for form in asks.forms if form.is_told],
                "legal_bases": typed["legal_bases"],
                "addressees": _told_lines(typed["addressees"]),
                "body": body,
                "recipients": _told_lines(typed["recipients"]),
            }
        )

    def add_faults(self, template: ResultTemplate, asks: "BaseFormSet[AskForm]") -> None:
        """Put every fault of ``template`` at its box, that of an ask at its line."""
        _parts, lines = body_from(self.cleaned_data["body"])
        asked = [form for form in asks.forms if form.is_told]
        for fault in faults_of(template):
            if fault.place == "asks" and fault.line:
                box = "label" if fault.code == "bad_label" else "most" if fault.code == "bad_size" else "name"
                asked[fault.line - 1].add_error(box, told(Fault(fault.code, fault.place, 0, fault.name)))
            elif fault.place == "body" and fault.line:
                self.add_error("body", told(fault, line=lines[fault.line - 1]))
            else:
                self.add_error(fault.place if fault.place in self.fields else None, told(fault))


def forms_of(template: ResultTemplate, source: str, day: date) -> tuple[TemplateForm, "BaseFormSet[AskForm]"]:
    """Return the forms that show ``template``, in force from ``day``, with empty lines for further asks."""
    row = row_of(template)
    initial = row | {
        "procedures": " ".join(template.procedures),
        "addressees": "\n".join(template.addressees),
        "recipients": "\n".join(template.recipients),
        "body": text_of(template.body),
        "valid_from": day,
        "source": source,
    }
    asks: list[dict[str, Any]] = row["asks"] + [{} for _each in range(MORE)]
    return TemplateForm(initial=initial), _with_lines(asks)


def more_asks(asks: "BaseFormSet[AskForm]") -> "BaseFormSet[AskForm]":
    """Return what was typed so far with further empty lines."""
    typed = [form.cleaned_data for form in asks.forms if form.is_valid() and form.is_told]
    return _with_lines(typed + [{} for _each in range(MORE + 1)])


def _with_lines(lines: list[dict[str, Any]]) -> "BaseFormSet[AskForm]":
    asks = Asks(initial=lines, prefix="asks")
    asks.extra = 0
    return asks


def _told_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class EndTemplateForm(forms.Form):
    on = DayField(label=_("Ngày cuối còn dùng"))
