"""The board of a unit's head: who has how much in hand, against the time that person has; and what stands still."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from motcua.base.clock import now, start_of, today
from motcua.dossiers.queries.forecast import KIND, Forecast, forecast_of
from motcua.dossiers.rules.capacity import capacity
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.dossiers.states import RECEIVE, RETURN
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Delegation, Post, Unit, in_force
from motcua.organizations.queries import calendar_for
from motcua.workflow.models import OPEN, Holding, Run

MOST_RUNS = 1_000  # that a board looks at
MOST_STUCK = 500


@dataclass(frozen=True)
class Load:
    """One person's hands: open steps, how many past their due instant, the forecast working minutes in them.

    ``capacity`` are the working minutes that the person has in the days that the dated rules look ahead;
    ``away_until`` is the last day of a delegation in force, to ``substitutes``.
    """

    account: Account | None  # None: nobody has claimed them
    role_label: str
    runs: list[Run]
    late: int
    minutes: int
    capacity: int = 0
    away_until: date | None = None
    substitutes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.runs)

    @property
    def is_over(self) -> bool:
        """Whether there is more work in hand than time."""
        return self.account is not None and self.minutes > self.capacity


def board_of(unit: Unit, *, at: datetime | None = None) -> list[Load]:
    """Return who has how much in hand at ``unit``: nobody's first, then the fullest hands."""
    at = at or now()
    runs = list(
        Run.objects.filter(unit=unit, state=OPEN, kind=KIND)
        .select_related("assignee")
        .order_by("due_at", "id")[:MOST_RUNS]
    )
    expected = {each.code: each for each in forecast_of(unit, at=at)}
    by_person: dict[int | None, list[Run]] = defaultdict(list)
    for run in runs:
        by_person[run.assignee_id].append(run)
    until = calendar_for(unit.code).add_working_days(at, control_rules_on(at.date()).forecast_ahead_days)
    away = _delegations(unit, at, until)
    loads = [
        _load(unit, account, label, by_person[account.pk], expected, away.get(account.pk, []), at, until)
        for account, label in _people(unit, runs)
    ]
    loads.sort(key=lambda each: (-each.minutes, -each.count))
    return [_load(unit, None, "", by_person[None], expected, [], at, until), *loads]


def _people(unit: Unit, runs: Iterable[Run]) -> list[tuple[Account, str]]:
    """Return who works in ``unit`` today, and whoever else holds something there, with the words for the role."""
    posts = Post.objects.filter(in_force(today()), unit=unit, account__is_active=True).select_related("account")
    people: dict[int, tuple[Account, str]] = {}
    for post in posts.order_by("account__full_name"):
        people.setdefault(post.account_id, (post.account, post.role_label))
    for run in runs:
        if run.assignee is not None:
            people.setdefault(run.assignee.pk, (run.assignee, ""))
    return list(people.values())


def _delegations(unit: Unit, at: datetime, until: datetime) -> dict[int, list[Delegation]]:
    """Return the delegations of posts in ``unit`` that touch the time looked at, by whose post it is."""
    found: dict[int, list[Delegation]] = defaultdict(list)
    rows = Delegation.objects.filter(post__unit=unit, valid_from__lte=until.date(), valid_to__gte=at.date())
    for row in rows.select_related("post", "to_account").order_by("valid_from", "id"):
        found[row.post.account_id].append(row)
    return found


def _load(
    unit: Unit,
    account: Account | None,
    label: str,
    runs: list[Run],
    expected: dict[str, Forecast],
    away: list[Delegation],
    at: datetime,
    until: datetime,
) -> Load:
    minutes = sum(each.parts[0].minutes for run in runs if (each := expected.get(run.subject)) and each.parts)
    now_away = [each for each in away if each.valid_from <= at.date()]
    spans = [(start_of(each.valid_from), start_of(each.valid_to + timedelta(days=1))) for each in away]
    return Load(
        account=account,
        role_label=label,
        runs=runs,
        late=sum(run.due_at < at for run in runs),
        minutes=minutes,
        capacity=capacity(calendar_for(unit.code), at=at, until=until, away=spans) if account else 0,
        away_until=max((each.valid_to for each in now_away), default=None),
        substitutes=tuple(dict.fromkeys(each.to_account.full_name for each in now_away)),
    )


@dataclass(frozen=True)
class Stuck:
    """One dossier that has not moved for longer than the dated rules bear; ``held`` in working minutes."""

    run: Run
    since: datetime
    held: int


def stuck_for(account: Any, *, at: datetime | None = None, most: int = MOST_STUCK) -> list[Stuck]:
    """Return what stands still in the units that ``account`` looks over, the longest first; one statement.

    Dossiers whose clock stands still, those not yet received and those that wait to be collected are left out.
    """
    at = at or now()
    days = control_rules_on(at.date()).stuck_after_days
    scope = Q(pk__in=[])
    for path in {scope_of(post).path for post in account.posts_now}:
        scope |= Q(run__competent_unit__path__startswith=path)
    # The general calendar sifts in the database; a unit with hours of its own is looked at again below.
    before = calendar_for().subtract_working_days(at, days)
    held = (
        Holding.objects.filter(scope, ended_at__isnull=True, started_at__lt=before)
        .filter(run__state=OPEN, run__kind=KIND)
        .exclude(run__phase=RETURN)
        .exclude(run__phase=RECEIVE, run__legal_minutes=0)
        .select_related("run__unit", "run__competent_unit", "run__assignee")
        .order_by("started_at", "id")
    )
    found = []
    for holding in held[:most]:
        calendar = calendar_for(holding.run.unit.code)
        if calendar.add_working_days(holding.started_at, days) < at:
            minutes = max(calendar.working_minutes_between(holding.started_at, at), 0)
            found.append(Stuck(holding.run, holding.started_at, minutes))
    return found
