"""Answers as people read them: parts with rows of question and answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.conditions import asked_in_item, asked_parts
from motcua.procedures.rules.eforms.flat import PREFIX
from motcua.procedures.rules.eforms.form import Eform, Field

PlaceWords = Callable[[Mapping[str, Any]], str]  # of an address


@dataclass(frozen=True)
class Row:
    """One answer: the question's title, the words, and the flat name of its control."""

    title: str
    text: str
    name: str


@dataclass(frozen=True)
class Shown:
    """A part with its answers; an item of a group is a part of its own, ``Người thứ 2``."""

    title: str
    rows: tuple[Row, ...]


def shown(form: Eform, answers: Mapping[str, Any], place_words: PlaceWords, *, blanks: bool = False) -> list[Shown]:
    """Return what was answered, in the order of the form; with ``blanks`` also what was asked and left empty."""
    found = []
    for part, fields in asked_parts(form, answers):
        rows, items = [], []
        for field in fields:
            value = answers.get(field.name)
            if field.kind == forms.GROUP:
                items += _items(field, value or [], answers, place_words, blanks)
            elif value not in (None, "", [], {}) or blanks:
                rows.append(Row(field.title, words_of(field, value, place_words), PREFIX + field.name))
        found += [Shown(part.title, tuple(rows))] if rows else []
        found += items
    return found


def _items(group: Field, items: Any, above: Mapping[str, Any], place_words: PlaceWords, blanks: bool) -> list[Shown]:
    found = []
    for position, item in enumerate(items if isinstance(items, list) else []):
        rows = tuple(
            Row(field.title, words_of(field, item.get(field.name), place_words),
                f"{PREFIX}{group.name}-{position}-{field.name}")
            for field in asked_in_item(group, item, above)
            if item.get(field.name) not in (None, "", [], {}) or blanks
        )  # fmt: skip
        if rows:
            found.append(Shown(gettext("%(group)s – mục %(n)s") % {"group": group.title, "n": position + 1}, rows))
    return found


def words_of(field: Field, value: Any, place_words: PlaceWords) -> str:
    """Return one answer in words; what an older form left in another type is shown as it stands."""
    if value in (None, "", [], {}):
        return ""
    if field.kind == forms.ADDRESS and isinstance(value, dict):
        return place_words(value)
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if field.kind == forms.DATE:
        try:
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        except ValueError:
            return str(value)
    if field.kind == forms.MONEY and isinstance(value, int):
        return f"{value:,} ₫".replace(",", ".")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
