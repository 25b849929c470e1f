"""Answers against a form: cleaned, what is not asked left out, faults in words with their place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from motcua.base.text import nfc, squash
from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.conditions import asked_in_item, asked_parts
from motcua.procedures.rules.eforms.exchange import to_schema
from motcua.procedures.rules.eforms.form import Eform, Field

Path = tuple[str | int, ...]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@dataclass(frozen=True)
class Problem:
    """One fault of the answers: where (names and positions from 0), the title of what is asked there, the words."""

    path: Path
    title: str
    message: str

    @property
    def place(self) -> str:
        """The place as one word: ``members-0-birth_date``."""
        return "-".join(str(step) for step in self.path)


@dataclass(frozen=True)
class Checked:
    """Clean answers and what is wrong with them; answers are to be kept only where there are no problems."""

    answers: dict[str, Any]
    problems: list[Problem] = default(default_factory=list)


def check(form: Eform, answers: Mapping[str, Any]) -> Checked:
    """Return ``answers`` cleaned and judged by ``form``.

    Texts are trimmed, numbers and days understood as people write them; answers to what the conditions do not ask are
    left out, and so is what is empty. Numbers come out as JSON numbers, days as YYYY-MM-DD.
    """
    unknown = [
        Problem((str(name)[:80],), str(name)[:80], gettext("Biểu mẫu không có mục này."))
        for name in answers
        if form.find(name) is None
    ]
    given = {field.name: _clean(field, answers.get(field.name)) for field in form.fields}
    given = {name: value for name, value in given.items() if not _is_empty(value)}
    kept: dict[str, Any] = {}
    missing: list[Problem] = []
    for _part, fields in asked_parts(form, given):
        for field in fields:
            value = given.get(field.name)
            if field.kind == forms.GROUP:
                # Of a required group that nobody began, the first item is what is missing.
                items, more = _items(field, value or ([{}] if field.required else None), given)
                missing += more
                if value is None and more:
                    continue
                value = items if value is not None else None
            if not _is_empty(value):
                kept[field.name] = value
            elif field.required:
                missing.append(_missing(field, (field.name,)))
    told = {problem.path for problem in missing}
    wrong = [_problem(form, error) for error in _validator(form).iter_errors(kept) if error.validator != "required"]
    once = {problem.path: problem for problem in reversed(wrong) if problem.path not in told}
    return Checked(kept, unknown + _in_order(form, [*missing, *once.values(), *_half_addresses(form, kept, told)]))


def _in_order(form: Eform, problems: list[Problem]) -> list[Problem]:
    places = {field.name: position for position, field in enumerate(form.fields)}
    return sorted(problems, key=lambda problem: (places.get(str(problem.path[0]), -1), str(problem.path)))


def _items(group: Field, items: Any, above: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    """Return the items of a group, without what is not asked in each, and what is missing in them."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return items, []
    found, missing = [], []
    for position, item in enumerate(items):
        kept: dict[str, Any] = {
            name: value for name, value in item.items() if name not in {f.name for f in group.fields}
        }
        for field in asked_in_item(group, item, above):
            if field.name in item:
                kept[field.name] = item[field.name]
            elif field.required:
                missing.append(_missing(field, (group.name, position, field.name)))
        found.append(kept)
    return found, missing


def _missing(field: Field, path: Path) -> Problem:
    if field.kind in (forms.CHOICE, forms.CHOICES):
        return Problem(path, field.title, gettext("Hãy chọn."))
    if field.kind == forms.CONFIRM:
        return Problem(path, field.title, gettext("Hãy đánh dấu vào ô này."))
    if field.kind == forms.ADDRESS:
        return Problem((*path, "province"), field.title, gettext("Hãy chọn tỉnh, thành phố."))
    return Problem(path, field.title, gettext("Không được để trống."))


def _half_addresses(form: Eform, kept: Mapping[str, Any], told: set[Path]) -> list[Problem]:
    """Return what is missing in addresses that were begun."""
    found = []
    for path, field, value in addresses(form, kept):
        if not isinstance(value, dict):
            continue
        if value.get("tree") == forms.OLD_TREE and field.tree == forms.NEW_TREE:
            found.append(Problem((*path, "tree"), field.title, gettext("Phải theo địa danh từ 1/7/2025.")))
        for part, words in (
            ("province", gettext("Hãy chọn tỉnh, thành phố.")),
            ("commune", gettext("Hãy chọn xã, phường.")),
        ):
            if not value.get(part):
                found.append(Problem((*path, part), field.title, words))
    return [problem for problem in found if problem.path not in told]


def addresses(form: Eform, kept: Mapping[str, Any]) -> list[tuple[Path, Field, Any]]:
    """Return every address answered: its path, its field and its value."""
    found: list[tuple[Path, Field, Any]] = []
    for field in form.fields:
        value = kept.get(field.name)
        if field.kind == forms.ADDRESS and value is not None:
            found.append(((field.name,), field, value))
        if field.kind == forms.GROUP and isinstance(value, list):
            found += [
                ((field.name, position, child.name), child, item[child.name])
                for position, item in enumerate(value)
                for child in field.fields
                if child.kind == forms.ADDRESS and isinstance(item, dict) and child.name in item
            ]
    return found


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _clean(field: Field, value: Any) -> Any:
    """Return a value in the type its kind is kept in; what cannot be understood stays, for the schema to refuse."""
    if field.kind == forms.GROUP:
        return _clean_items(field, value) if isinstance(value, list) else value
    if field.kind == forms.ADDRESS:
        return _clean_address(value)
    if field.kind == forms.CHOICES:
        return [_line(one) for one in value if not _is_empty(one)] if isinstance(value, list) else value
    return _CLEAN.get(field.kind, _line)(value)


def _clean_items(group: Field, items: list[Any]) -> list[Any]:
    cleaned = [_clean_item(group, item) for item in items]
    # Empty items at the end were never begun; one in between is judged where it stands.
    while cleaned and cleaned[-1] == {}:
        cleaned.pop()
    return cleaned


def _clean_item(group: Field, item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    known = {field.name: field for field in group.fields}
    cleaned = {name: _clean(known[name], value) if name in known else value for name, value in item.items()}
    return {name: value for name, value in cleaned.items() if not _is_empty(value)}


def _clean_address(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    cleaned = {name: _line(part) for name, part in value.items() if not _is_empty(part)}
    # The tree alone is no answer: it is preset.
    return {"tree": forms.NEW_TREE} | cleaned if set(cleaned) - {"tree"} else None


def _line(value: Any) -> Any:
    if isinstance(value, bool | dict | list) or value is None:
        return value
    return squash(_CONTROL.sub(" ", str(value)))


def _lines(value: Any) -> Any:
    if not isinstance(value, str):
        return _line(value)
    return _CONTROL.sub(" ", nfc(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _number(value: Any) -> Any:
    if isinstance(value, bool | dict | list) or value is None:
        return value
    text = str(value).replace(" ", "").replace("\u00a0", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _line(value)
    # Beyond fifteen digits a JSON number is not exact any more.
    if not number.is_finite() or abs(number.adjusted()) > 14:
        return _line(value)
    return int(number) if number == number.to_integral_value() else float(number)


def _money(value: Any) -> Any:
    """Return whole đồng of ``1.234.567``; a point groups thousands."""
    grouped = isinstance(value, str) and re.fullmatch(r"\s*\d{1,3}([. ]\d{3})+\s*", value)
    return _number(re.sub(r"[. ]", "", value)) if grouped else _number(value)


def _day(value: Any) -> Any:
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return _line(value)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return _line(value)


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        return {"on": True, "true": True, "1": True, "false": None, "": None}.get(value, value)
    return None if value is False else value


_CLEAN: dict[str, Callable[[Any], Any]] = {
    forms.LONG_TEXT: _lines,
    forms.NUMBER: _number,
    forms.INTEGER: _number,
    forms.MONEY: _money,
    forms.DATE: _day,
    forms.CONFIRM: _truth,
}


@lru_cache(maxsize=256)
def _validator(form: Eform) -> Draft202012Validator:
    return Draft202012Validator(to_schema(form), format_checker=_FORMATS)


def _problem(form: Eform, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    field = _field_at(form, path)
    if error.validator == "additionalProperties":
        return Problem(path, field.title if field else "", gettext("Có mục mà biểu mẫu không hỏi."))
    return Problem(path, field.title if field else "", _words(field, error))


def _field_at(form: Eform, path: Sequence[str | int]) -> Field | None:
    field = form.find(str(path[0])) if path else None
    if field is not None and field.kind == forms.GROUP and len(path) > 2:
        return next((child for child in field.fields if child.name == path[2]), field)
    return field


def _words(field: Field | None, error: ValidationError) -> str:
    limit = error.validator_value
    messages = {
        "maxLength": gettext("Dài quá %(limit)s ký tự."),
        "minimum": gettext("Không được nhỏ hơn %(limit)s."),
        "maximum": gettext("Không được lớn hơn %(limit)s."),
        "minItems": gettext("Phải có ít nhất %(limit)s."),
        "maxItems": gettext("Nhiều nhất là %(limit)s."),
    }
    if error.validator in messages:
        return messages[str(error.validator)] % {"limit": limit}
    if error.validator in ("enum", "const"):
        return gettext("Phải chọn một trong các giá trị đã cho.")
    if error.validator == "uniqueItems":
        return gettext("Có lựa chọn lặp lại.")
    if error.validator == "pattern":
        return _pattern_words(field)
    return _kind_words(field)


def _kind_words(field: Field | None) -> str:
    kind = field.kind if field else ""
    words = {
        forms.DATE: gettext("Phải là một ngày, ví dụ 09/02/2026."),
        forms.NUMBER: gettext("Phải là một số."),
        forms.INTEGER: gettext("Phải là một số nguyên."),
        forms.MONEY: gettext("Phải là số tiền tròn đồng."),
        forms.GROUP: gettext("Phải là một danh sách."),
        forms.ADDRESS: gettext("Phải là một địa chỉ."),
    }
    return words.get(kind, gettext("Giá trị không đúng dạng."))


def _pattern_words(field: Field | None) -> str:
    words = {
        "identity": gettext("Số định danh phải gồm 9 hoặc 12 chữ số."),
        "tax": gettext("Mã số thuế phải gồm 10 hoặc 13 chữ số."),
        "phone": gettext("Số điện thoại phải gồm 8 đến 14 chữ số."),
        "year": gettext("Phải là một năm, ví dụ 1990."),
        "plate": gettext("Biển số không đúng dạng, ví dụ 38A-123.45."),
    }
    return words.get(field.pattern if field else "", gettext("Giá trị không đúng dạng."))
