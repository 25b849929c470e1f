"""What makes a form unfit to be published, said in words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.form import Condition, Eform, Field

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS = 200
_CONTROLS = {forms.CHOICE, forms.CHOICES, forms.CONFIRM}


@dataclass(frozen=True)
class Fault:
    """One fault: the part or field it is in ("" for the whole form), and the words."""

    where: str
    message: str


def faults_of(form: Eform) -> list[Fault]:
    """Return every fault of the form; a form without any can be published and filled in."""
    return list(_faults(form))


def _faults(form: Eform) -> Iterator[Fault]:
    if not form.title.strip():
        yield Fault("", gettext("Biểu mẫu chưa có tên."))
    if not form.fields:
        yield Fault("", gettext("Biểu mẫu chưa có mục nào."))
    if sum(1 for _field in form.every_field()) > MOST_FIELDS:
        yield Fault("", gettext("Biểu mẫu có quá nhiều mục (tối đa %(most)s).") % {"most": MOST_FIELDS})
    if not set(form.applicant) <= set(forms.APPLICANT):
        yield Fault("", gettext("Biểu mẫu lấy một thông tin người nộp không có."))
    names = Counter([part.name for part in form.parts] + [field.name for field in form.fields])
    yield from (Fault(name, gettext("Tên trùng với một phần hoặc mục khác.")) for name in names if names[name] > 1)
    before: dict[str, Field] = {}
    for part in form.parts:
        if not NAME.fullmatch(part.name) or not part.title.strip():
            yield Fault(part.name, gettext("Phần phải có mã (chữ thường không dấu, số, gạch dưới) và tiêu đề."))
        if not part.fields:
            yield Fault(part.name, gettext("Phần “%(part)s” chưa có mục nào.") % {"part": part.title})
        yield from _wrong_conditions(part.name, part.when, before)
        for field in part.fields:
            yield from _faults_of_field(field, before)
            before[field.name] = field


def _faults_of_field(field: Field, before: Mapping[str, Field]) -> Iterator[Fault]:
    yield from (Fault(field.name, message) for message in _wrong_shape(field))
    yield from _wrong_conditions(field.name, field.when, before)
    names = Counter(child.name for child in field.fields)
    inside = dict(before)
    for child in field.fields:
        where = f"{field.name}.{child.name}"
        if names[child.name] > 1:
            yield Fault(where, gettext("Tên trùng với một phần hoặc mục khác."))
        if child.kind == forms.GROUP:
            yield Fault(where, gettext("Nhóm lặp không được nằm trong nhóm lặp khác."))
        yield from (Fault(where, message) for message in _wrong_shape(child))
        yield from _wrong_conditions(where, child.when, inside)
        inside[child.name] = child


def _wrong_shape(field: Field) -> Iterator[str]:
    if not NAME.fullmatch(field.name):
        yield gettext("Mã của mục phải gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ.")
    if not field.title.strip() or len(field.title) > 300:
        yield gettext("Mục phải có nhãn, tối đa 300 ký tự.")
    if field.kind not in forms.KINDS:
        yield gettext("Loại mục không có.")
    if field.kind in forms.WITH_CHOICES and (
        len(set(field.choices)) < 2 or len(set(field.choices)) != len(field.choices)
    ):
        yield gettext("Phải có ít nhất hai lựa chọn, không trùng nhau.")
    if field.kind in forms.WITH_CHOICES and not all(choice.strip() for choice in field.choices):
        yield gettext("Có lựa chọn để trống.")
    if field.kind == forms.GROUP and not field.fields:
        yield gettext("Nhóm lặp chưa có mục nào.")
    if _upside_down(field.lowest, field.highest) or _upside_down(field.fewest, field.most):
        yield gettext("Giới hạn dưới lớn hơn giới hạn trên.")
    if not 0 <= field.longest <= forms.LONGEST_ANSWER or not 0 <= (field.most or 0) <= forms.MOST_ALLOWED:
        yield gettext("Giới hạn vượt mức hệ thống cho phép.")
    if field.kind == forms.ADDRESS and field.tree not in forms.TREES:
        yield gettext("Địa chỉ phải nêu theo địa danh hiện nay, trước 1/7/2025 hay cả hai.")
    if field.source not in forms.SOURCES or field.known_to not in ("", *forms.STORES):
        yield gettext("Nguồn của thông tin không có trong danh sách.")


def _upside_down(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low > high


def _wrong_conditions(where: str, conditions: Sequence[Condition], before: Mapping[str, Field]) -> Iterator[Fault]:
    for one in conditions:
        field = before.get(one.field)
        if field is None or field.kind not in _CONTROLS:
            yield Fault(where, gettext("Điều kiện phải dựa vào một mục lựa chọn đứng trước."))
            continue
        possible = {True, False} if field.kind == forms.CONFIRM else set(field.choices)
        if not one.values or not set(one.values) <= possible:
            yield Fault(
                where, gettext("Điều kiện nêu giá trị không có trong mục “%(field)s”.") % {"field": field.title}
            )
