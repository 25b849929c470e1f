"""The catalogue of reporting regimes: who reports what, for which periods, by which day, on which forms and law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.organizations.states import UNIT_KINDS
from motcua.reports.forms_in_use import OWN, forms_in_force
from motcua.reports.models import SendingDay
from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.due_periods import last_due
from motcua.reports.rules.forms import Form
from motcua.reports.rules.periods import ReportPeriod, Window

KIND_LABELS = {"month": _("Tháng"), "quarter": _("Quý"), "half": _("6 tháng"), "year": _("Năm")}


@dataclass(frozen=True)
class Day:
    """By which day of the last month a level sends; ``source`` of the province's own setting, "" for the regime's."""

    level: str
    day: int
    source: str = ""
    valid_from: date | None = None


@dataclass(frozen=True)
class Regime:
    """A regime on a day; ``period`` is the newest that is due, ``window`` its days of data."""

    code: str
    name: str
    kinds: list[str]
    owed_by: list[str]
    days: list[Day]
    forms: list[Form]
    period: ReportPeriod
    window: Window
    source: str

    @property
    def own_forms(self) -> list[Form]:
        return [form for form in self.forms if form.code.startswith(OWN)]


def regimes_on(day: date) -> Iterator[Regime]:
    """Yield the regimes that are reported, with the province's settings in force on ``day``."""
    for code, rules in data_file("regimes").items():
        if not rules.get("owed_by"):
            continue
        period = last_due(code, day)
        yield Regime(
            code=code,
            name=gettext(rules["name"]),
            kinds=[str(KIND_LABELS[kind]) for kind in rules["kinds"]],
            owed_by=[str(UNIT_KINDS[kind]) for kind in rules["owed_by"]],
            days=_days(code, rules["send"], day),
            forms=list(forms_in_force(code, day).values()),
            period=period,
            window=period.window(code),
            source=rules["source"],
        )


def _days(code: str, send: dict[str, dict[str, int]], day: date) -> list[Day]:
    """Return the sending days by level: of each level the province's newest setting, else the regime's own."""
    own: dict[str, SendingDay] = {}
    for each in SendingDay.objects.filter(regime=code, valid_from__lte=day).order_by("valid_from"):
        own[each.level] = each
    found = []
    for level in dict.fromkeys([*send, *own]):
        setting = own.get(level)
        label = str(UNIT_KINDS[level]) if level else gettext("Mọi cấp khác")
        if setting:
            found.append(Day(label, setting.day, setting.source, setting.valid_from))
        else:
            found.append(Day(label, send[level]["day"]))
    return found
