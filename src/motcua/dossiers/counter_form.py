"""Shape of input at the counter: who stands there, how many papers were handed in, and what shall happen."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.text import squash
from motcua.dossiers.actions.handed_in import Circumstances, Paper
from motcua.dossiers.forms import LONGEST_NAME, DossierForm
from motcua.dossiers.states import CHANNELS, IN_PERSON, POST
from motcua.procedures.models import Component

RECEIVE, GUIDE, REFUSE = "receive", "guide", "refuse"  # what the pressed button asks for


class CounterForm(DossierForm):
    """Filing at the counter: how many originals and copies were handed in, and scans where they were made.

    ``complete`` ticks whole groups of papers "as required" with one key. ``items`` and ``reason`` are for turning away.
    """

    channel = forms.ChoiceField(
        label=_("Kênh nộp"),
        choices=[(each, CHANNELS[each]) for each in (IN_PERSON, POST)],
        initial=IN_PERSON,
        widget=forms.RadioSelect,
    )
    post_item = forms.CharField(
        label=_("Số hiệu bưu gửi"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"data-width": "20", "autocapitalize": "characters"}),
        help_text=_("Chỉ ghi khi hồ sơ đến qua bưu chính."),
    )
    ticket = forms.CharField(
        label=_("Số thứ tự"), max_length=40, required=False, widget=forms.TextInput(attrs={"data-width": "10"})
    )
    unit = forms.ChoiceField(label=_("Đơn vị giải quyết"))
    counter = forms.ChoiceField(label=_("Quầy tiếp nhận"), required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    complete = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    hands_over = forms.BooleanField(
        label=_("Chuyển ngay đến bước xử lý"),
        required=False,
        initial=True,
        help_text=_("Nếu phải thu phí trước thì hồ sơ ở lại quầy."),
    )
    gives_papers = forms.BooleanField(label=_("Giao luôn bản giấy cho đơn vị giải quyết"), required=False, initial=True)
    items = forms.CharField(
        label=_("Giấy tờ, nội dung cần bổ sung"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4000, "form": "ho-so"}),
        help_text=_("Mỗi dòng một mục. Để trống: lấy các giấy tờ còn thiếu theo bảng trên."),
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000, "form": "ho-so"}),
    )

    def __init__(self, *args: Any, units: Iterable[Any], counters: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(unit.code, unit.name) for unit in units]
        unit = cast("forms.ChoiceField", self.fields["unit"])
        unit.choices = choices if len(choices) == 1 else [("", gettext("Chọn đơn vị")), *choices]
        places = [(each.code, each.name) for each in counters]
        counter = cast("forms.ChoiceField", self.fields["counter"])
        counter.choices = places if len(places) == 1 else [("", gettext("Quầy của đơn vị giải quyết")), *places]
        self.has_counters = len(places) > 1
        complete = cast("forms.MultipleChoiceField", self.fields["complete"])
        complete.choices = [(str(n), group.case) for n, group in enumerate(self.groups())]

    def fields_of(self, component: Component) -> dict[str, forms.Field]:
        return {
            "originals": _count_field(gettext("Bản chính"), component.originals),
            "copies": _count_field(gettext("Bản sao"), component.copies),
            **super().fields_of(component),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for component in self._complete():
            for name, wanted in (("originals", component.originals), ("copies", component.copies)):
                if self.cleaned_data.get(f"{name}_{component.pk}") is None:
                    self.cleaned_data[f"{name}_{component.pk}"] = wanted
        return cleaned

    def _complete(self) -> list[Component]:
        """Return the components of the groups that are ticked as handed in as required."""
        ticked = self.cleaned_data.get("complete") or []
        return [row.component for n, group in enumerate(self.groups()) if str(n) in ticked for row in group.rows]

    def completeness(self) -> list[tuple[str, str, bool]]:
        """Return (number, case, whether it is ticked) of the groups; case "" is for everybody."""
        ticked = [str(each) for each in self["complete"].value() or []]
        return [(str(n), group.case, str(n) in ticked) for n, group in enumerate(self.groups())]

    def circumstances(self) -> Circumstances:
        data = self.cleaned_data
        return Circumstances(
            post_item=data["post_item"],
            ticket=data["ticket"],
            repeats=data["repeats"],
            return_method=data["return_method"],
            return_address=data["return_address"],
        )

    def forgive_what_only_reception_needs(self) -> None:
        """Drop what is wrong or missing in the declaration: who is turned away need not have declared all."""
        for name in [each for each in self.errors if each.startswith("q_") or each == "__all__"]:
            del self.errors[name]

    def missing(self) -> str:
        """Return the papers that are not handed in, one a line, of groups that were begun or are for everybody."""
        lines = []
        for group in self.groups():
            if not group.case or any(self._has(row.component) for row in group.rows):
                lines += [squash(row.component.name)[:500] for row in group.rows if not self._has(row.component)]
        return "\n".join(lines)

    def _has(self, component: Component) -> bool:
        counts = (self.cleaned_data.get(f"{name}_{component.pk}") for name in ("originals", "copies"))
        return any(counts) or bool(self.kept_for(component.pk))

    def papers(self) -> list[Paper]:
        """Return the papers of a valid form: originals and copies as counted, each with its scan if there is one."""
        found = []
        for component in self.components:
            name, kept = component.name[:LONGEST_NAME], self.kept_for(component.pk)
            scan = kept[0]["id"] if kept else None
            counted = [
                (True, self.cleaned_data.get(f"originals_{component.pk}") or 0),
                (False, self.cleaned_data.get(f"copies_{component.pk}") or 0),
            ]
            handed_in = [Paper(name, scan, is_original, quantity) for is_original, quantity in counted if quantity]
            found += handed_in or [Paper(name, scan) for _scan in kept[:1]]
            found += [Paper(name, each["id"]) for each in kept[1:]]
        other = [Paper(self.other_paper_name(), file_id=each["id"]) for each in self.other_kept()]
        if not other and self.cleaned_data.get("other_name"):
            other = [Paper(self.cleaned_data["other_name"])]
        return found + other


def _count_field(label: str, wanted: int) -> forms.Field:
    widget = forms.NumberInput(attrs={"placeholder": str(wanted), "min": 0, "max": 100, "data-width": "3"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100, widget=widget)
