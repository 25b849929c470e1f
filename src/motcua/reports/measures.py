"""What stands of reports on a day: late ones and those that fall due. Each number opens the reports behind it."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Standing
from motcua.organizations.models import Unit
from motcua.reports.obligations import unsent

LATE, DUE = "reports.late", "reports.due"


def _late(unit: Unit, day: date) -> int:
    return len(unsent(unit, day, late=True))


def _due(unit: Unit, day: date) -> int:
    return len(unsent(unit, day, late=False))


def _link(code: str, unit: str, first: date, last: date) -> str:
    return f"{reverse('reports:reports')}?{urlencode({'so': code, 'don-vi': unit})}"


MEASURES = [
    Standing(LATE, _("Báo cáo quá hạn chưa gửi"), _late, _link),
    Standing(DUE, _("Báo cáo sắp đến hạn"), _due, _link),
]
