"""The filters of the work list, as a form of a GET; the names stand in addresses that people keep."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.workflow.my_work import ALL, DUES, FREE, MINE, ORDERS, SUBSTITUTE, Asked, kinds, step_names, units_of

NAMES = {
    "q": "text",
    "noi_dung": "title",
    "loai": "kind",
    "don_vi": "unit",
    "buoc": "step",
    "cua_ai": "whose",
    "due": "due",
    "sort": "order",
}
WHOSE = {MINE: _("Tôi đã nhận"), FREE: _("Chưa ai nhận"), SUBSTITUTE: _("Tôi làm thay")}


class WorkForm(forms.Form):
    """What the list is narrowed to; a field with one choice only is left out."""

    q = forms.CharField(
        label=_("Mã, nội dung hoặc người nộp"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    noi_dung = forms.CharField(label=_("Thủ tục, nội dung"), max_length=200, required=False)
    loai = forms.ChoiceField(label=_("Loại việc"), required=False)
    don_vi = forms.ChoiceField(label=_("Đơn vị"), required=False)
    buoc = forms.ChoiceField(label=_("Bước"), required=False)
    cua_ai = forms.ChoiceField(label=_("Ai nhận"), required=False)
    due = forms.ChoiceField(choices=[(due, due) for due in DUES], required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        choices=[(f"{sign}{name}", name) for name in ORDERS for sign in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, account: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        substitutes = any(post.account_id != account.pk for post in account.posts_now)
        offered: dict[str, list[tuple[str, Any]]] = {
            "loai": [(kind.code, kind.label) for kind in kinds().values()],
            "don_vi": [(unit.code, unit.name) for unit in units_of(account)],
            "buoc": [(name, name) for name in step_names(account)],
            "cua_ai": [(whose, words) for whose, words in WHOSE.items() if whose != SUBSTITUTE or substitutes],
        }
        for name, choices in offered.items():
            if len(choices) < 2:
                del self.fields[name]
            else:
                cast("forms.ChoiceField", self.fields[name]).choices = [("", gettext("Tất cả")), *choices]

    def asked(self) -> Asked:
        """Return the filters of a valid form."""
        given = {NAMES[name]: value for name, value in self.cleaned_data.items() if value}
        return Asked(**given)

    def query(self, **changes: str) -> str:
        """Return the filters in force as a query string, with ``changes``."""
        kept = {name: value for name, value in self.cleaned_data.items() if value and (name, value) != ("due", ALL)}
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    def chips(self) -> list[dict[str, str]]:
        """Return the filters in force, each with the address without it."""
        chips = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if value and name not in ("due", "sort"):
                field = self[name].field
                words = dict(field.choices).get(value, value) if hasattr(field, "choices") else value
                chips.append({"label": f"{field.label}: {words}", "url": f"?{self.query(**{name: ''}) or 'due=all'}"})
        return chips
