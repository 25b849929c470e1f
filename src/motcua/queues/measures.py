"""What is measured of halls (R4.08). A person is counted where the hall's unit was on that day."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Count, Ratio, Source
from motcua.queues.models import Ticket
from motcua.queues.states import ABSENT, SERVED

TAKEN = Source(Ticket, unit="unit", at="taken_at")
CALLED = Source(Ticket, unit="unit", at="called_at")


def _link(code: str, unit: str, first: date, last: date) -> str:
    return f"{reverse('queues:tickets')}?{urlencode({'so': code, 'don-vi': unit, 'tu': first, 'den': last})}"


MEASURES = [
    Count("queues.taken", _("Lượt lấy số tại Bộ phận Một cửa"), TAKEN, Q(), link=_link),
    Count("queues.served", _("Lượt được phục vụ tại quầy"), TAKEN, Q(state=SERVED), link=_link),
    Count("queues.absent", _("Lượt vắng khi gọi"), TAKEN, Q(state=ABSENT), link=_link),
    Count("queues.called", _("Lượt được gọi đến quầy"), CALLED, Q(), link=_link),
    Count(
        "queues.within_limit",
        _("Lượt chờ không quá thời gian quy định"),
        CALLED,
        Q(is_within_limit=True),
        link=_link,
    ),
    Count("queues.over_limit", _("Lượt chờ quá thời gian quy định"), CALLED, Q(is_within_limit=False), link=_link),
    Ratio(
        "queues.within_limit_rate",
        _("Tỷ lệ lượt chờ không quá thời gian quy định"),
        "queues.within_limit",
        "queues.called",
    ),
]
COUNTS = {each.code: each for each in MEASURES if isinstance(each, Count)}
