"""An electronic form as fields of a Django form: shown and sent without JavaScript, quicker with htmx.

``EformFields`` is mixed into a form. Fields whose conditions do not hold are not there; buttons named ``eform``
change the shape (``flat.reshaped``): choose again, add an item, remove one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext

from motcua.procedures.eforms import checked
from motcua.procedures.gateways import unit_trees
from motcua.procedures.known import Known
from motcua.procedures.rules.eforms import form as kinds
from motcua.procedures.rules.eforms.checking import Checked, Problem
from motcua.procedures.rules.eforms.conditions import asked_in_item, asked_parts
from motcua.procedures.rules.eforms.flat import COMMAND, COUNT, PREFIX, REFRESH, count_of, flattened, gather
from motcua.procedures.rules.eforms.form import Eform, Field

SECTION = "ke-khai"  # id of the element that holds the whole declaration: what htmx swaps
_SWAP = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": json.dumps({COMMAND: REFRESH}),
    "hx-target": f"#{SECTION}",
    "hx-select": f"#{SECTION}",
    "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
}
_SMALL_CHOICE = 5


@dataclass
class Node:
    """One thing on the page: a ``field``, an address (``fields``), or a group (``items`` of nodes)."""

    kind: str  # field | address | group
    name: str
    title: str
    hint: str = ""
    required: bool = False
    bound: BoundField | None = None
    fields: list[BoundField] = default(default_factory=list)
    items: list[list["Node"]] = default(default_factory=list)
    count: BoundField | None = None
    may_add: bool = False
    may_remove: bool = False
    waits: bool = False  # for a choice that another list of choices hangs on


@dataclass
class ShownPart:
    """A part of the form on the page."""

    name: str
    title: str
    hint: str
    nodes: list[Node]
    decides: bool  # whether a field in it changes what is asked


class EformFields(forms.Form):
    """The fields of ``eform`` beside a form's own, under flat names."""

    eform: Eform
    known: Mapping[str, Known]

    def ask(self, eform: Eform, known: Mapping[str, Known] | None = None) -> None:
        """Add the fields that the answers so far call for; data that is known is filled in."""
        self.eform, self.known = eform, known or {}
        self._prefilled = flattened(eform, {
            field.name: self.known[field.concept].value for field in eform.fields if field.concept in self.known
        })  # fmt: skip
        self._given = gather(eform, self._sent)
        self._shown: list[tuple[Any, list[Field]]] = asked_parts(eform, self._understood())
        for _part, fields in self._shown:
            for field in fields:
                self._add(field, PREFIX + field.name, field.name in eform.controlling)

    def _understood(self) -> dict[str, Any]:
        """Return what was typed with boxes and lists in the types that conditions compare."""
        return self._given

    def _sent(self, name: str) -> list[str]:
        """Return the values under a flat name: of the request, else of the draft, else what is known."""
        if self.is_bound:
            return list(self.data.getlist(name)) if hasattr(self.data, "getlist") else _listed(self.data.get(name))
        if name in self.initial:
            getlist = getattr(self.initial, "getlist", None)
            return list(getlist(name)) if getlist else _listed(self.initial[name])
        return self._prefilled.get(name, [])

    def _add(self, field: Field, name: str, decides: bool, item: Mapping[str, Any] | None = None) -> None:
        if field.kind == kinds.GROUP:
            self._add_group(field, name)
        elif field.kind == kinds.ADDRESS:
            self.fields |= _address_fields(field, name, self._sent)
        else:
            made = _field(field)
            if field.concept in self.known and name in self._prefilled:
                origin = gettext("Lấy từ %(origin)s; hãy sửa nếu không đúng.") % {
                    "origin": self.known[field.concept].origin
                }
                made.help_text = f"{made.help_text} {origin}".strip()
            if decides:
                made.widget.attrs |= _SWAP
            values = self._sent(name)
            made.initial = values if field.kind == kinds.CHOICES else (values[-1] if values else None)
            self.fields[name] = made

    def _add_group(self, group: Field, name: str) -> None:
        items = self._given.get(group.name, [])
        count = count_of(group, self._sent(name + COUNT))
        self.fields[name + COUNT] = forms.CharField(required=False, initial=str(count), widget=forms.HiddenInput)
        deciding = {one.field for field in group.fields for one in field.when}
        for position in range(count):
            item = items[position] if position < len(items) else {}
            for field in asked_in_item(group, item, self._given):
                self._add(field, f"{name}-{position}-{field.name}", field.name in deciding)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        # A draft keeps lists of values: the last is what one control showed, a list of boxes shows all.
        if field_name.startswith(PREFIX):
            return field.initial
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if hasattr(self, "eform"):
            self.checked: Checked = checked(self.eform, self._given)
            for problem in self.checked.problems:
                name = self._name_at(PREFIX + problem.place)
                message = problem.message if name else f"{problem.title}: {problem.message}"
                where = self._around(problem)
                self.add_error(name, f"{message} ({where})" if name and where else message)
        return cleaned

    def _around(self, problem: Problem) -> str:
        """Return what a control stands in, for who reads the error far from it: ``Thành viên – mục 2``; "" for none."""
        top = self.eform.find(str(problem.path[0])) if problem.path else None
        if top is None or len(problem.path) < 2:
            return ""
        if top.kind != kinds.GROUP:
            return top.title
        position = problem.path[1]
        if not isinstance(position, int):
            return top.title
        return gettext("%(group)s – mục %(n)s") % {"group": top.title, "n": position + 1}

    def _name_at(self, place: str) -> str | None:
        """Return the control at a place: itself, or the first inside of it."""
        inside = (name for name in self.fields if name.startswith(f"{place}-") and not name.endswith(COUNT))
        return place if place in self.fields else next(inside, None)

    def answers(self) -> dict[str, Any]:
        """Return the answers of a form that was judged."""
        return self.checked.answers

    def parts(self) -> list[ShownPart]:
        """Return the parts as the page shows them."""
        found = []
        for part, fields in self._shown:
            decides = any(field.name in self.eform.controlling for field in fields)
            nodes = [self._node(field, PREFIX + field.name) for field in fields]
            found.append(ShownPart(part.name, part.title, part.hint, nodes, decides))
        return found

    def _node(self, field: Field, name: str) -> Node:
        if field.kind == kinds.ADDRESS:
            bound = [self[one] for one in self.fields if one.startswith(f"{name}-")]
            return Node("address", name, field.title, field.hint, field.required, fields=bound, waits=True)
        if field.kind == kinds.GROUP:
            count = count_of(field, self._sent(name + COUNT))
            items = self._given.get(field.name, [])
            nodes = [
                [self._node(child, f"{name}-{position}-{child.name}")
                 for child in asked_in_item(field, items[position] if position < len(items) else {}, self._given)]
                for position in range(count)
            ]  # fmt: skip
            return Node(
                "group", field.name, field.title, field.hint, field.required, items=nodes, count=self[name + COUNT],
                may_add=count < (field.most or kinds.MOST_ITEMS), may_remove=count > max(field.fewest or 0, 0),
            )  # fmt: skip
        return Node("field", name, field.title, bound=self[name])


def _listed(value: Any) -> list[str]:
    if value in (None, ""):
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


class _AnyText(forms.CharField):
    """Text as it was typed: the form's own rules judge it, so that pages and API judge alike."""

    def clean(self, value: Any) -> Any:
        return value


class _AnyChoice(forms.ChoiceField):
    """A choice as it was sent; see ``_AnyText``."""

    def clean(self, value: Any) -> Any:
        return value


class _AnyChoices(forms.MultipleChoiceField):
    """Several choices as they were sent; see ``_AnyText``."""

    def clean(self, value: Any) -> Any:
        return value


class _AnyTick(forms.BooleanField):
    """A box to tick; see ``_AnyText``."""

    def clean(self, value: Any) -> Any:
        return value


def _field(field: Field) -> forms.Field:
    # ``required`` only tells the reader; it is ``checking`` that judges.
    common: dict[str, Any] = {"label": field.title, "required": field.required, "help_text": field.hint}
    choices = [(choice, choice) for choice in field.choices]
    if field.kind == kinds.CHOICES:
        return _AnyChoices(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if field.kind == kinds.CONFIRM:
        return _AnyTick(**common)
    if field.kind == kinds.CHOICE:
        if len(choices) <= _SMALL_CHOICE:
            return _AnyChoice(choices=choices, widget=forms.RadioSelect, **common)
        return _AnyChoice(choices=[("", gettext("Chọn")), *choices], **common)
    return _AnyText(widget=_text_widget(field), **common)


def _text_widget(field: Field) -> forms.Widget:
    if field.kind == kinds.LONG_TEXT:
        longest = field.longest or kinds.LONGEST_LONG_TEXT
        return forms.Textarea(attrs={"rows": 3, "maxlength": longest})
    attrs: dict[str, Any] = {
        kinds.DATE: {"inputmode": "numeric", "data-width": "10"},
        kinds.NUMBER: {"inputmode": "decimal", "data-width": "10"},
        kinds.INTEGER: {"inputmode": "numeric", "data-width": "10"},
        kinds.MONEY: {"inputmode": "numeric", "data-width": "10", "data-suffix": "₫"},
    }.get(field.kind, {})
    if field.pattern:
        attrs = {"data-width": "20"} | ({} if field.pattern == "plate" else {"inputmode": "numeric"})
    return _DayInput(attrs=attrs) if field.kind == kinds.DATE else forms.TextInput(attrs=attrs)


class _DayInput(forms.TextInput):
    """Show a kept day, 2026-02-09, as people write it."""

    def format_value(self, value: Any) -> Any:
        parts = str(value or "").split("-")
        return "/".join(reversed(parts)) if len(parts) == 3 and len(parts[0]) == 4 else super().format_value(value)


def _address_fields(field: Field, name: str, sent: Any) -> dict[str, forms.Field]:
    """Return tree (where it may be chosen), province, district, commune and street; lists hang on what was chosen."""

    def chosen(part: str) -> str:
        values = sent(f"{name}-{part}")
        return values[-1] if values else ""

    trees = [(kinds.NEW_TREE, gettext("Hiện nay")), (kinds.OLD_TREE, gettext("Trước ngày 1/7/2025"))]
    tree = chosen("tree") if field.tree == kinds.BOTH_TREES else field.tree
    tree = tree if tree in dict(trees) else kinds.NEW_TREE
    found: dict[str, forms.Field] = {}
    if field.tree == kinds.OLD_TREE:
        found[f"{name}-tree"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=tree)
    elif field.tree == kinds.BOTH_TREES:
        radios = forms.RadioSelect(attrs=_SWAP)
        found[f"{name}-tree"] = _AnyChoice(label=gettext("Theo địa danh"), choices=trees, widget=radios, initial=tree)
    province = chosen("province")
    provinces = unit_trees.provinces(tree)
    found[f"{name}-province"] = _select(gettext("Tỉnh, thành phố"), provinces, province, field.required, swaps=True)
    above = province
    if tree == kinds.OLD_TREE:
        above = chosen("district")
        options = unit_trees.districts(province)
        found[f"{name}-district"] = _select(gettext("Huyện, quận"), options, above, field.required, swaps=True)
        above = above if above in dict(options) else ""
    communes = unit_trees.communes(tree, above) if above else ()
    found[f"{name}-commune"] = _select(gettext("Xã, phường"), communes, chosen("commune"), field.required)
    detail = _AnyText(label=gettext("Số nhà, đường, thôn, tổ dân phố"), required=False, initial=chosen("detail"))
    return found | {f"{name}-detail": detail}


def _select(label: str, options: Any, chosen: str, required: bool, *, swaps: bool = False) -> forms.Field:
    widget = forms.Select(attrs=dict(_SWAP) if swaps else {})
    choices = [("", gettext("Chọn")), *options]
    initial = chosen if chosen in dict(options) else ""
    return _AnyChoice(label=label, choices=choices, required=required, initial=initial, widget=widget)
