"""What may be asked of the catalogue: the words and filters of a list."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.text import squash
from motcua.procedures.publishing_states import TRAITS
from motcua.procedures.queries import HERE, NO, YES, Choices, Filters
from motcua.procedures.rules.search import LONGEST_QUERY
from motcua.procedures.states import LEVELS

ONLINE_CHOICES = [
    ("", _("Tất cả")),
    (HERE, _("Nộp trực tuyến ngay tại đây")),
    (YES, _("Có kênh trực tuyến")),
    (NO, _("Không có kênh trực tuyến")),
]
# Results follow the typing; without JavaScript the form's button does the same.
_LIVE = {
    "type": "search",
    "data-width": "full",
    "autocomplete": "off",
    "placeholder": _("ví dụ: mất bằng lái, mở quán ăn, 1.001193"),
    "hx-get": reverse_lazy("procedures:catalogue"),
    "hx-trigger": "input changed delay:300ms",
    "hx-include": "closest form",
    "hx-target": "#results",
    "hx-select": "#results",
    "hx-swap": "outerHTML",
    "hx-push-url": "true",
    "hx-sync": "this:replace",
}


@dataclass(frozen=True)
class Asked:
    """A list as its address asks for it. What is unknown to the catalogue stays: it finds nothing, and is shown."""

    query: str
    filters: Filters

    @classmethod
    def of(cls, sent: QueryDict) -> "Asked":
        def cell(key: str) -> str:
            return squash(sent.get(key, "")[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]

        return cls(cell("q"), Filters(cell("field"), cell("level"), cell("agency"), cell("online"), cell("mark")))

    def values(self) -> dict[str, str]:
        return {"q": self.query, **vars(self.filters)}


class CatalogueForm(forms.Form):
    """The words and filters above the list."""

    q = forms.CharField(
        label=_("Tìm thủ tục"), required=False, max_length=LONGEST_QUERY, widget=forms.TextInput(attrs=_LIVE),
        help_text=_("Gõ bằng lời của bạn, tên giấy tờ hoặc mã thủ tục; không dấu và gõ sai vẫn tìm được."),
    )  # fmt: skip
    field = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    level = forms.ChoiceField(label=_("Cấp giải quyết"), required=False)
    agency = forms.ChoiceField(label=_("Cơ quan ban hành"), required=False)
    online = forms.ChoiceField(label=_("Nộp trực tuyến"), required=False, choices=ONLINE_CHOICES)
    mark = forms.ChoiceField(label=_("Danh mục riêng"), required=False, choices=[("", _("Tất cả")), *TRAITS.items()])

    def __init__(self, asked: Asked, choices: Choices) -> None:
        super().__init__(initial=asked.values(), auto_id="filter_%s")
        everything = ("", gettext("Tất cả"))
        options = {
            "field": [(one, f"{one} ({count})") for one, count in choices.fields],
            "agency": [(one, f"{one} ({count})") for one, count in choices.agencies],
            "level": [(level, f"{LEVELS[level]} ({count})") for level, count in choices.levels],
        }
        for name, offered in options.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [everything, *offered]


def shown_value(name: str, value: str) -> str:
    """Return the words for a filter's value."""
    words = {"level": LEVELS, "online": dict(ONLINE_CHOICES), "mark": TRAITS}.get(name, {})
    return str(words.get(value, value))
