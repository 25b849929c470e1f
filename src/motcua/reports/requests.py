"""Reading requests for reports: the board of one, and those an account sees."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM, today
from motcua.organizations.access import scope_of
from motcua.reports.request_models import ReportRequest, RequestAnswer, RequestedUnit
from motcua.reports.rules.requests import (
    ANSWERED,
    ANSWERED_LATE,
    OVERDUE,
    SENT_BACK,
    WAITING,
    Item,
    standing,
    sums,
)

LABELS = {
    WAITING: _("Chưa trả lời"),
    OVERDUE: _("Quá hạn"),
    ANSWERED: _("Đã trả lời"),
    ANSWERED_LATE: _("Trả lời muộn"),
    SENT_BACK: _("Bị trả lại"),
}
TONES = {WAITING: "waiting", OVERDUE: "danger", ANSWERED: "good", ANSWERED_LATE: "warning", SENT_BACK: "warning"}


@dataclass(frozen=True)
class Line:
    """A unit that was asked: how it stands, its newest answer, and all of them."""

    asked: RequestedUnit
    state: str
    answers: list[RequestAnswer]

    @property
    def newest(self) -> RequestAnswer | None:
        return self.answers[-1] if self.answers else None

    @property
    def values(self) -> list[str]:
        """What stands in each item's column: blank while nothing was answered."""
        return self.newest.values if self.newest else [""] * len(self.asked.request.items)

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each item's name with what stands in its column."""
        return [(item["name"], value) for item, value in zip(self.asked.request.items, self.values, strict=True)]

    @property
    def words(self) -> str:
        return self.newest.words if self.newest else ""

    @property
    def label(self) -> str:
        return str(LABELS[self.state])

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class Board:
    """A request with its units and the sums of what they answered."""

    request: ReportRequest
    items: list[Item]
    lines: list[Line]

    @property
    def sums(self) -> list[str]:
        return sums(self.items, [line.newest.values for line in self.lines if line.newest])

    @property
    def answered(self) -> int:
        return sum(line.state in (ANSWERED, ANSWERED_LATE) for line in self.lines)


def seen_by(account: Any) -> QuerySet[ReportRequest]:
    """Return the requests of units that the account looks over, and those that ask such units; newest first."""
    asking, asked = Q(pk__in=[]), Q(pk__in=[])
    for post in account.posts_now:
        asking |= Q(unit__path__startswith=scope_of(post).path)
        asked |= Q(unit__path__startswith=scope_of(post).path)
    rows = RequestedUnit.objects.filter(asked).values("request")
    return (
        ReportRequest.objects.filter(asking | Q(pk__in=rows))
        .select_related("unit")
        .annotate(units=Count("asked", distinct=True))
        .order_by("-asked_at")
    )


def board_of(request: ReportRequest, account: Any, day: date | None = None) -> Board:
    """Return the lines that the account may see: all for who asked, those under its own units for the others."""
    mine = Q(pk__in=[])
    for post in account.posts_now:
        scope = scope_of(post).path
        mine |= Q(unit__path__startswith=scope)
        if request.unit.path.startswith(scope):
            mine |= Q(request=request)
    answers = Prefetch("answers", RequestAnswer.objects.order_by("number"))
    rows = request.asked.filter(mine).select_related("unit__parent", "request").prefetch_related(answers).distinct()
    lines = [_line(each, request.due_on, day or today()) for each in rows]
    return Board(
        request, [Item(**item) for item in request.items], sorted(lines, key=lambda line: line.asked.unit.sort_key)
    )


def _line(asked: RequestedUnit, due_on: date, day: date) -> Line:
    answers = list(asked.answers.all())
    first = answers[0].at.astimezone(VIETNAM).date() if answers else None
    return Line(asked, standing(due_on, first, is_sent_back=asked.sent_back_at is not None, day=day), answers)
