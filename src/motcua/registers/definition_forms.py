"""The shape of a definition as an officer types it."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.organizations.states import UNIT_KINDS
from motcua.registers.rules.definition_text import PARTS, from_lines, to_lines
from motcua.registers.rules.shapes import EVERY
from motcua.ui.forms import DayField

_AREA = 100_000
_PLAIN = ("title", "group", "basis", "source", "dated_by", "titled_by", "public", "confidential")


def _lines(label: Any, hint: Any, rows: int, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "class": "mc-code", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=_AREA, widget=area)


class DefinitionForm(forms.Form):
    """A definition: its head in fields, its parts in lines."""

    title = forms.CharField(label=_("Tên sổ"), max_length=300)
    group = forms.CharField(
        label=_("Nhóm sổ"),
        max_length=60,
        required=False,
        help_text=_("Tên chung của các sổ cùng một việc, ví dụ: Kiểm tra."),
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=2000, required=False)
    source = forms.CharField(label=_("Nguồn của định nghĩa"), max_length=2000)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    units = forms.MultipleChoiceField(
        label=_("Loại đơn vị ghi sổ"), required=False, choices=[*UNIT_KINDS.items()],
        widget=forms.CheckboxSelectMultiple, help_text=_("Không chọn: mọi đơn vị."),
    )  # fmt: skip
    every = forms.ChoiceField(
        label=_("Mỗi kỳ phải có mục"), required=False, choices=[("", _("Không định kỳ")), *EVERY.items()]
    )
    within_days = forms.IntegerField(
        label=_("Số ngày sau kỳ phải ghi xong"), required=False, min_value=0, max_value=366
    )
    dated_by = forms.CharField(label=_("Mã trường ghi ngày"), max_length=40)
    titled_by = forms.CharField(label=_("Mã trường làm tên mục"), max_length=40)
    fields_lines = _lines(_("Các trường"), _(
        "Mỗi dòng: mã | tên | kiểu | required | personal | unit=… | options=a: Một; b: Hai | formula=[x] - [y]. "
        "Kiểu: text, long_text, number, money, date, period, choice, choices, yes_no, unit, official, entry, dossier, "
        "task, link, files, checklist."
    ), 14, required=True)  # fmt: skip
    states_lines = _lines(_("Trạng thái"), _("Mỗi dòng: mã | tên | open, done hoặc void. Dòng đầu là mục mới."), 4)
    moves_lines = _lines(
        _("Chuyển trạng thái"), _("Mỗi dòng: mã | tên | từ, từ > đến | keeper hoặc checker | asks=… | destroys."), 4
    )
    checks_lines = _lines(_("Kiểm tra"), _(
        "Mỗi dòng: mã | [cuoi] >= [dau] | error hoặc warning | lời báo. So với mục trước: [dau] = previous [cuoi]."
    ), 4)  # fmt: skip
    measures_lines = _lines(
        _("Số đo"), _("Mỗi dòng: mã | tên | count, sum, standing, units hoặc ratio | where=state: done | of=…"), 5
    )
    due_field = forms.CharField(label=_("Mã trường ghi hạn"), max_length=40, required=False)
    due_while = forms.CharField(label=_("Trạng thái còn tính hạn"), max_length=400, required=False)
    closed_by = forms.CharField(
        label=_("Mã trường ghi ngày xong"), max_length=40, required=False,
        help_text=_("Số đo có dated=closed tính theo ngày này."),
    )  # fmt: skip
    public = forms.BooleanField(label=_("Công khai"), required=False)
    confidential = forms.BooleanField(label=_("Sổ mật"), required=False)

    @staticmethod
    def of(data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the form shows of a definition."""
        expected, due, units = data.get("expected") or {}, data.get("due") or {}, data.get("units", "all")
        return {
            **{name: data.get(name) for name in (*_PLAIN, "valid_from")},
            "units": [] if units == "all" else units,
            "every": expected.get("every", ""),
            "within_days": expected.get("within_days"),
            "closed_by": data.get("closed_by") or "",
            "due_field": due.get("field", ""),
            "due_while": ", ".join(due.get("while", ())),
            **{f"{part}_lines": lines for part, lines in to_lines(data).items()},
        }

    def written(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return the definition that was typed; what the form does not show stays as it was.

        Raises:
            Refused: a line cannot be read; ``field`` names the part.
        """
        data = self.cleaned_data
        kept = {name: before[name] for name in ("code", "prefix", "capability", "unique", "note") if name in before}
        parts = from_lines({part: data[f"{part}_lines"] for part in PARTS})
        every, due_while = data["every"], [each.strip() for each in data["due_while"].split(",") if each.strip()]
        return {
            **kept,
            **{name: data[name] for name in _PLAIN},
            "valid_from": data["valid_from"].isoformat(),
            "valid_to": None,
            "units": data["units"] or "all",
            "expected": {"every": every, "within_days": data["within_days"] or 0} if every else None,
            "due": {"field": data["due_field"], "while": due_while} if data["due_field"] else None,
            "closed_by": data["closed_by"] or None,
            **parts,
        }


class NewRegisterForm(forms.Form):
    """A new register: from a sheet that is kept already, or from a definition as JSON."""

    title = forms.CharField(
        label=_("Tên sổ"), max_length=300, required=False, help_text=_("Bỏ trống nếu gửi tệp JSON.")
    )
    file = forms.FileField(
        label=_("Tệp sổ đang dùng (Excel, CSV) hoặc định nghĩa (JSON)"),
        help_text=_("Dòng tiêu đề của tệp Excel thành các trường; giá trị cho biết kiểu. Tối đa 5 MB."),
    )


def json_in(content: bytes) -> Any:
    """Return the JSON of a file, or None where it is none."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
