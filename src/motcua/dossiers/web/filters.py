"""The filters of the registers and of the numbers' rows, as forms of a GET."""

from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.base.measures import Count
from motcua.dossiers.measures import MEASURES
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import Filters
from motcua.dossiers.states import CHANNELS, LABELS
from motcua.organizations.access import scope_of
from motcua.organizations.models import Unit, UnitCode
from motcua.organizations.states import QCVN_102, RECEPTION
from motcua.ui.forms import DayField

NAMES = {
    "q": "text",
    "trang_thai": "state",
    "kenh": "channel",
    "thu_tuc": "procedure",
    "don_vi": "unit",
    "qua_han": "is_overdue",
    "tu": "filed_from",
    "den": "filed_to",
}


UNITS_KEPT_FOR = 30  # seconds: how late a filter may learn of a new unit
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class PeriodForm(forms.Form):
    """A form with a first day ``tu`` and a last day ``den``."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("tu", "den"):
            if data.get(name) and not EARLIEST <= data[name] <= LATEST:
                self.add_error(
                    name, gettext("Năm phải từ %(first)s đến %(last)s.") % {"first": EARLIEST.year, "last": LATEST.year}
                )
        if data.get("tu") and data.get("den") and data["tu"] > data["den"]:
            self.add_error("den", gettext("Ngày cuối phải sau ngày đầu."))
        return data


def _above(code: str, units: list[Unit]) -> Unit | None:
    """Return the unit with ``code`` where it handles nothing itself and stands above some of ``units``: their sum."""
    if not code or any(unit.code == code for unit in units):
        return None
    found = Unit.objects.filter(code=code).order_by("-valid_from").first()
    return found if found and any(unit.path.startswith(found.path) for unit in units) else None


class RegisterForm(PeriodForm):
    """What a register is narrowed to; the names stand in addresses that people keep."""

    q = forms.CharField(
        label=_("Mã hồ sơ hoặc tên người nộp"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    kenh = forms.ChoiceField(label=_("Kênh nộp"), required=False)
    don_vi = forms.ChoiceField(label=_("Đơn vị giải quyết"), required=False)
    thu_tuc = forms.CharField(
        label=_("Mã thủ tục"), max_length=20, required=False, widget=forms.TextInput(attrs={"data-width": "10"})
    )
    tu = DayField(label=_("Nộp từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)
    qua_han = forms.BooleanField(label=_("Chỉ hồ sơ quá hạn"), required=False)

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        every = ("", gettext("Tất cả"))
        self.above = _above(str(self.data.get("don_vi") or ""), units)
        offered = {
            "trang_thai": LABELS.items(),
            "kenh": CHANNELS.items(),
            "don_vi": [(unit.code, unit.name) for unit in [*([self.above] if self.above else []), *units]],
        }
        for name, choices in offered.items():
            cast("forms.ChoiceField", self.fields[name]).choices = [every, *choices]
        if len(units) < 2:
            del self.fields["don_vi"]

    def filters(self) -> Filters:
        """Return the filters of a valid form."""
        given = {NAMES[name]: value for name, value in self.cleaned_data.items() if value}
        if self.above is not None:
            given = {**given, "unit": "", "below": self.above.path}
        return Filters(**given)

    def chips(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the filters in force, each with the address without it."""
        chips = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if not value:
                continue
            left = request.GET.copy()
            for gone in (name, "after"):
                left.pop(gone, None)
            field = self[name].field
            words = dict(field.choices).get(value, value) if hasattr(field, "choices") else self[name].value()
            label = str(field.label) if value is True else f"{field.label}: {words}"
            chips.append({"label": label, "url": f"?{left.urlencode()}"})
        return chips


class BookForm(PeriodForm):
    """Which register is asked for: the unit that keeps it, first and last day of reception."""

    units: dict[str, Unit]
    don_vi = forms.ChoiceField(label=_("Đơn vị giải quyết"))
    tu = DayField(label=_("Tiếp nhận từ ngày"))
    den = DayField(label=_("Đến ngày"))

    @classmethod
    def asked(cls, data: Any, units: list[Unit]) -> "BookForm":
        """Return the form bound to what was asked, or to this month of the first unit."""
        day = today()
        usual = {
            "don_vi": units[0].code if units else "",
            "tu": f"{day.replace(day=1):%d/%m/%Y}",
            "den": f"{day:%d/%m/%Y}",
        }
        form = cls({name: data.get(name) or usual[name] for name in usual})
        form.units = {unit.code: unit for unit in units}
        cast("forms.ChoiceField", form.fields["don_vi"]).choices = [(unit.code, unit.name) for unit in units]
        return form

    def filters(self) -> Filters:
        """Return the filters of a valid form."""
        data = self.cleaned_data
        return Filters(unit=data["don_vi"], received_from=data["tu"], received_to=data["den"])

    def unit(self) -> Unit:
        """Return the unit of a valid form."""
        return self.units[self.cleaned_data["don_vi"]]


class BehindForm(PeriodForm):
    """Which number is asked about: the measure, the unit with all under it, first and last day."""

    so = forms.ChoiceField(label=_("Số đo"), choices=lambda: [(each.code, each.label) for each in _counts()])
    tu = DayField(label=_("Từ ngày"))
    den = DayField(label=_("Đến ngày"))


def _counts() -> list[Count]:
    """Return the counts of dossiers; what counts other rows has no dossiers to list."""
    return [each for each in MEASURES if isinstance(each, Count) and each.source.model is Dossier]


def units_seen(account: Any) -> list[Unit]:
    """Return the competent units whose dossiers stand in the account's register, in dictionary order."""
    counters = tuple(sorted(post.unit_id for post in account.posts_now if post.role == RECEPTION))
    paths = tuple(sorted(scope_of(post).path for post in account.posts_now if post.role != RECEPTION))
    return _units_seen(counters, paths, int(monotonic() // UNITS_KEPT_FOR))


@lru_cache(maxsize=256)
def _units_seen(counters: tuple[int, ...], paths: tuple[str, ...], _period: int) -> list[Unit]:
    seen = Q(one_stop__in=counters)
    for path in paths:
        seen |= Q(path__startswith=path)
    numbered = UnitCode.objects.filter(unit=OuterRef("pk"), scheme=QCVN_102)
    found = Unit.objects.in_force().filter(seen).filter(Exists(numbered))
    return sorted(found, key=lambda unit: unit.sort_key)
