"""The work that waits for an account: one list over every kind of subject, asked in one statement.

The list opens with what must be done in the next two working hours, then goes on by when the step is due, what is past
it first: what is late already stays late, what is not can still be saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, QuerySet, Subquery, TextField, Value, When
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, day_bounds, now
from motcua.base.desk import Kind
from motcua.base.modules import offered
from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.workflow.models import OPEN, PAUSED, RouteStep, Run

PAGE = 50
COUNT_CAP = 1000  # above it a page says "1000+": counting on would read the whole index range
SOON = timedelta(hours=2)  # of working time
STEPS_KEPT_FOR = 60  # seconds: how late the filter may learn of a step with a new name
MOST_STEPS = 200

ALL, DUE_SOON, DUE_TODAY, OVERDUE, WAITING = "all", "soon", "today", "overdue", "waiting"
DUES = (ALL, DUE_SOON, DUE_TODAY, OVERDUE, WAITING)
MINE, FREE, SUBSTITUTE = "mine", "free", "substitute"
# What a list may be ordered by: the name that stands in addresses, the field of the run.
ORDERS = {"step": "step_due_at", "due": "due_at", "since": "started_at"}

# Where a row of the opening list stands.
SECTION_SOON, SECTION_LATE, SECTION_TODAY, SECTION_REST = "soon", "late", "today", "rest"


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to and ordered by; an empty field narrows nothing."""

    due: str = ALL  # one of DUES
    text: str = ""  # part of the code, of the title, or of the words that the kind of subject offers
    title: str = ""  # part of the title alone
    kind: str = ""
    unit: str = ""  # code of the unit where it lies
    step: str = ""  # name of the step
    whose: str = ""  # MINE: claimed by the account; FREE: by nobody; SUBSTITUTE: held for somebody else
    order: str = ""  # of ORDERS, "-" before it for the other way round; "": as the list opens

    @property
    def is_sectioned(self) -> bool:
        """Whether the list opens with what is due in two hours."""
        return self.due == ALL and not self.order

    @property
    def field(self) -> str:
        """The field that orders it."""
        if not self.order:
            return "paused_at" if self.due == WAITING else "step_due_at"
        return ORDERS[self.order.lstrip("-")]

    @property
    def is_descending(self) -> bool:
        return self.order.startswith("-")


@dataclass(frozen=True)
class Cursor:
    """A place in a list: when its first page was asked for, and the sort key of the last row seen."""

    at: datetime
    instant: datetime
    number: int

    def as_text(self) -> str:
        return f"{self.at.isoformat()}~{self.instant.isoformat()}~{self.number}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor":
        """Return the place that ``as_text`` wrote.

        Raises:
            Refused: the text is no such place.
        """
        try:
            at, instant, number = text.replace(" ", "+").split("~")
            found = cls(datetime.fromisoformat(at), datetime.fromisoformat(instant), int(number))
            if found.at.tzinfo is None or found.instant.tzinfo is None or not 0 < found.number < 2**63:
                raise ValueError(text)
        except (ValueError, OverflowError) as error:
            raise Refused(
                gettext("Không đọc được vị trí trang. Hãy mở lại danh sách từ đầu."), field="after"
            ) from error
        return found


@dataclass(frozen=True)
class WorkPage:
    """One page of work; ``after`` asks for the next page, None on the last. ``sections`` go with ``runs``.

    A run says as ``who`` whom it is about.
    """

    runs: list[Run]
    sections: list[str]  # "" in lists that have none
    cursors: list[Cursor]
    after: Cursor | None


def kinds() -> dict[str, Kind]:
    """Return the kinds of subject that modules declare, by code."""
    return {kind.code: kind for module in offered("desk") for kind in getattr(module, "KINDS", ())}


def my_work(
    account: Any, asked: Asked | None = None, *, after: Cursor | None = None, limit: int = PAGE, backwards: bool = False
) -> WorkPage:
    """Return what waits for ``account`` over all kinds of subject, in one statement.

    Work that a colleague has claimed is left out. Each (unit, role) of the account is one range of the index
    ``run_my_work`` (``run_waiting``). ``backwards`` returns the rows before ``after``, the nearest first.
    """
    asked = asked or Asked()
    at = after.at if after else now()
    soon = soon_for(account, at) if asked.is_sectioned or asked.due == DUE_SOON else at
    condition = _condition(account, asked, at, soon)
    ranges = []
    for rank, part in _parts(asked, at, soon, after, backwards=backwards):
        for found in _ranges(account, asked):
            rows = found.filter(condition & part).annotate(rank=Value(rank, IntegerField()), who=_who(account))
            ranges.append(rows.order_by(*_order(asked, backwards))[: limit + 1])
    if not ranges:
        return WorkPage([], [], [], None)
    runs = _merged(ranges, asked, limit + 1, backwards=backwards)
    cursors = [Cursor(at, getattr(run, asked.field), run.pk) for run in runs[:limit]]
    sections = [_section(run.step_due_at, at, soon) if asked.is_sectioned else "" for run in runs[:limit]]
    return WorkPage(runs[:limit], sections, cursors, cursors[-1] if len(runs) > limit else None)


def work_counts(account: Any) -> dict[str, int]:
    """Return how much waits for ``account``, by DUES, each counted up to COUNT_CAP; one statement for all."""
    at = now()
    soon, columns = soon_for(account, at), {}
    for due in DUES:
        asked = Asked(due=due)
        condition = _condition(account, asked, at, soon)
        for number, found in enumerate(_ranges(account, asked)):
            columns[f"{due}_{number}"] = _Counted(found.filter(condition).order_by().values("pk")[:COUNT_CAP])
    if not columns:
        return dict.fromkeys(DUES, 0)
    row: Any = Account.objects.filter(pk=account.pk).values(**columns).get()
    return {
        due: min(COUNT_CAP, sum(number for name, number in row.items() if name.rpartition("_")[0] == due))
        for due in DUES
    }


def soon_for(account: Any, at: datetime) -> datetime:
    """Return the instant two working hours from ``at``, by the latest clock of the account's units."""
    minutes = int(SOON.total_seconds()) // 60
    units = {post.unit.code for post in account.posts_now}
    return max((calendar_for(code).add_working_minutes(at, minutes) for code in units), default=at + SOON)


def is_substitute(account: Any, run: Run) -> bool:
    """Whether the account holds ``run`` only for somebody whose post was delegated to it."""
    place = (run.unit_id, run.role)
    return run.assignee_id in _lenders(account) or (
        place in _places(account, SUBSTITUTE) and place not in _own_places(account)
    )


def units_of(account: Any) -> list[Unit]:
    """Return the units in which work may wait for the account, in dictionary order; asks nothing of the database."""
    found = {post.unit_id: post.unit for post in account.posts_now}
    return sorted(found.values(), key=lambda unit: unit.sort_key)


def step_names(account: Any) -> list[str]:
    """Return the names of the steps that the account's roles do on any route."""
    roles = tuple(sorted({post.role for post in account.posts_now}))
    return _step_names(roles, int(monotonic() // STEPS_KEPT_FOR))


@lru_cache(maxsize=128)
def _step_names(roles: tuple[str, ...], _period: int) -> list[str]:
    names = RouteStep.objects.filter(role__in=roles).order_by("name").values_list("name", flat=True).distinct()
    return list(names[:MOST_STEPS])


class _Counted(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def _places(account: Any, whose: str = "") -> list[tuple[int, str]]:
    """Return the (unit, role) of the account's posts, or only of those that were lent to it."""
    is_lent = whose == SUBSTITUTE
    posts = [post for post in account.posts_now if not is_lent or post.account_id != account.pk]
    return list(dict.fromkeys((post.unit_id, post.role) for post in posts))


def _own_places(account: Any) -> list[tuple[int, str]]:
    """Return the (unit, role) that the account holds for itself."""
    return [(post.unit_id, post.role) for post in account.posts_now if post.account_id == account.pk]


def _lenders(account: Any) -> list[int]:
    """Return the numbers of the accounts whose posts this one uses today."""
    return sorted({post.account_id for post in account.posts_now if post.account_id != account.pk})


def _ranges(account: Any, asked: Asked) -> list[QuerySet[Run]]:
    state = PAUSED if asked.due == WAITING else OPEN
    return [
        Run.objects.filter(state=state, unit_id=unit, role=role).select_related("unit")
        for unit, role in _places(account, asked.whose)
    ]


def _order(asked: Asked, backwards: bool) -> tuple[str, str]:
    sign = "-" if asked.is_descending != backwards else ""
    return f"{sign}{asked.field}", f"{sign}id"


def _merged(ranges: Sequence[QuerySet[Run]], asked: Asked, limit: int, *, backwards: bool) -> list[Run]:
    if len(ranges) == 1:
        return list(ranges[0])
    order = ("-rank" if backwards else "rank", *_order(asked, backwards))
    return list(ranges[0].union(*ranges[1:], all=True).order_by(*order)[:limit])


def _parts(asked: Asked, at: datetime, soon: datetime, after: Cursor | None, *, backwards: bool) -> list[tuple[int, Q]]:
    """Return (rank, condition) of the parts of the list that lie behind ``after``: two where it is sectioned."""
    onward = _beyond(asked, after, backwards) if after else Q()
    if not asked.is_sectioned:
        return [(0, onward)]
    first = Q(step_due_at__gte=at, step_due_at__lte=soon)
    rest = Q(step_due_at__lt=at) | Q(step_due_at__gt=soon)
    if after is None:
        return [(0, first), (1, rest)]
    if at <= after.instant <= soon:
        return [(0, first & onward)] if backwards else [(0, first & onward), (1, rest)]
    return [(0, first), (1, rest & onward)] if backwards else [(1, rest & onward)]


def _beyond(asked: Asked, after: Cursor, backwards: bool) -> Q:
    way = "lt" if asked.is_descending != backwards else "gt"
    same = Q(**{asked.field: after.instant, f"id__{way}": after.number})
    return Q(**{f"{asked.field}__{way}": after.instant}) | same


def _condition(account: Any, asked: Asked, at: datetime, soon: datetime) -> Q:
    condition = _claim(account, asked.whose) & _due(asked.due, at, soon)
    equal = {"kind": asked.kind, "unit__code": asked.unit, "step_name": asked.step}
    condition &= Q(**{name: value for name, value in equal.items() if value})
    if title := squash(asked.title):
        condition &= _holds(F("title_folded"), title)
    if text := squash(asked.text):
        condition &= _search(account, text)
    return condition


def _claim(account: Any, whose: str) -> Q:
    if whose == MINE:
        return Q(assignee=account)
    free = Q(assignee__isnull=True)
    if whose == SUBSTITUTE:  # where the account holds the same post itself, only what the one on leave has claimed
        own = Q(pk__in=[])
        for unit, role in _own_places(account):
            own |= Q(unit=unit, role=role)
        return Q(assignee__in=_lenders(account)) | (~own & (free | Q(assignee=account)))
    # What one on leave has claimed waits for the substitute as well.
    return free if whose == FREE else free | Q(assignee__in=[account.pk, *_lenders(account)])


def _due(due: str, at: datetime, soon: datetime) -> Q:
    if due == OVERDUE:
        return Q(due_at__lt=at)
    if due == DUE_TODAY:
        return Q(step_due_at__gte=at, step_due_at__lt=_end_of_day(at))
    if due == DUE_SOON:
        return Q(step_due_at__gte=at, step_due_at__lte=soon)
    return Q()


def _search(account: Any, text: str) -> Q:
    """Return the condition that the code, the title or the offered words hold ``text``.

    Code and title stand first: the database asks for the words, a look-up for each row, only where they do not hold.
    """
    found = Q(subject__contains=text.upper()) | _holds(F("title_folded"), text)
    for kind in kinds().values():
        if kind.words is not None and kind.may_search(account):
            found |= Q(kind=kind.code) & _holds(kind.words(), text)
    return found


def _who(account: Any) -> Case:
    """Return whom a run is about, "" where its kind does not say or the account may not see it."""
    cases = [
        When(kind=kind.code, then=kind.who())
        for kind in kinds().values()
        if kind.who is not None and kind.may_search(account)
    ]
    return Case(*cases, default=Value(""), output_field=TextField())


def _holds(folded: Any, text: str) -> Q:
    return Q(_Holds(folded, Value(fold(text))))


class _Holds(Func):
    """Whether the first text holds the second; no sign of it means anything but itself."""

    template = "(strpos(%(expressions)s) > 0)"
    conditional = True

    def __init__(self, *expressions: Any) -> None:
        super().__init__(*expressions, output_field=BooleanField())


def _section(due_at: datetime, at: datetime, soon: datetime) -> str:
    if due_at < at:
        return SECTION_LATE
    if due_at <= soon:
        return SECTION_SOON
    return SECTION_TODAY if due_at < _end_of_day(at) else SECTION_REST


def _end_of_day(at: datetime) -> datetime:
    day = at.astimezone(VIETNAM).date()
    return day_bounds(day, day)[1]
