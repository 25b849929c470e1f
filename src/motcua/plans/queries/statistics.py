"""Statistics of tasks by who set them, by unit, plan, group of the plan and quarter of the last day (C006)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from motcua.organizations.models import Succession, Unit
from motcua.plans.models import Assignment, Occurrence, Plan
from motcua.plans.queries.counting import Standing, counted_parts, standing
from motcua.plans.queries.turns import TURNING
from motcua.plans.rules.times.periods import period_in_words, quarter_of
from motcua.plans.states import ASSIGNERS
from motcua.plans.task_status import COUNTED, DONE_LATE, DONE_ON_TIME, task_status

BY_SOURCE, BY_UNIT, BY_PLAN, BY_GROUP, BY_QUARTER = "nguon", "don-vi", "ke-hoach", "phan", "quy"


@dataclass
class StatisticRow:
    """A line of the statistics: ``key`` is what its numbers narrow by, ``counts`` the four states."""

    key: str
    label: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """The sum of the four states (identity of rows 7 and 8 of the reform report)."""
        return sum(self.counts[code] for code in COUNTED)

    @property
    def done(self) -> int:
        return self.counts[DONE_ON_TIME] + self.counts[DONE_LATE]

    @property
    def four(self) -> list[tuple[str, int]]:
        return [(code, self.counts[code]) for code in COUNTED]


def statistics(unit: Unit, day: date, by: str) -> tuple[list[StatisticRow], StatisticRow]:
    """Return the lines of the statistics of what ``unit`` and those under it lead on ``day``, and their sum.

    The sum is of tasks: a task that several units lead stands in a line of each, and once in the sum.
    """
    found = [each for each in standing(unit, day) if each.status.is_counted]
    total = StatisticRow("", "")
    total.counts.update(each.status.code for each in found)
    if by == BY_UNIT:
        return _by_unit(unit, day), total
    label, order = _labels(by, found)
    rows: dict[str, StatisticRow] = {}
    for each in found:
        key = key_of(each, by)
        rows.setdefault(key, StatisticRow(key, label(key))).counts[each.status.code] += 1
    return sorted(rows.values(), key=lambda row: order(row.key)), total


def key_of(each: Standing, by: str) -> str:
    """Return what a counted task is grouped by."""
    if by == BY_SOURCE:
        return each.assigner
    if by == BY_PLAN:
        return each.plan
    if by == BY_QUARTER:
        return quarter_of(each.due_on) if each.due_on else ""
    return each.section


def _labels(by: str, found: Iterable[Standing]) -> tuple[Callable[[str], str], Callable[[str], tuple[int, str]]]:
    if by == BY_SOURCE:
        places = list(ASSIGNERS)
        return lambda key: str(ASSIGNERS[key]), lambda key: (places.index(key), key)
    if by == BY_PLAN:
        codes = {each.plan for each in found}
        plans = Plan.objects.filter(code__in=codes).only("code", "kind", "number", "title")
        names = {plan.code: plan.name for plan in plans}
        return lambda key: names[key], lambda key: (0, key)
    if by == BY_QUARTER:
        return lambda key: period_in_words(key), lambda key: (0, key)
    return lambda key: key or "–", lambda key: (0, key)


def _by_unit(unit: Unit, day: date) -> list[StatisticRow]:
    """Return a line for the unit itself and for each unit right under it, dissolved ones with their successors."""
    own = _Buckets(unit, day)
    groups: dict[tuple[str, int, str], list[tuple[date | None, date | None, str, int]]] = defaultdict(list)
    parts, turns = counted_parts(unit, day)
    for path, pk, task, kind, due_on, year, still, last in (
        parts.values_list("unit__path", "unit_id", "task_id", "task__deadline_kind", "task__due_on", "task__plan__year")
        .annotate(still=Count("pk", filter=Q(done_on__isnull=True) | Q(done_on__gt=day)), last=Max("done_on"))
        .order_by()
    ):
        groups[own.of(path, pk), task, ""].append((due_on, None if still else last, kind, year))
    for path, pk, task, key, year, still, last, due in (
        turns.filter(assignment__task__deadline_kind__in=TURNING)
        .values_list("assignment__unit__path", "assignment__unit_id", "assignment__task_id", "key", "starts_on__year")
        .annotate(
            still=Count("pk", filter=Q(done_on__isnull=True) | Q(done_on__gt=day)),
            last=Max("done_on"),
            due=Max("due_on"),
        )
        .order_by()
    ):
        groups[own.of(path, pk), task, key].append((due, None if still else last, "date", year))
    rows: dict[str, StatisticRow] = {}
    for (bucket, _task, _key), members in groups.items():
        due_on = max((due for due, _done, _kind, _year in members if due), default=None)
        days = [done for _due, done, _kind, _year in members]
        done_on = None if None in days else max(done for done in days if done is not None)
        if members[0][3] < day.year and done_on is not None and done_on < date(day.year, 1, 1):
            continue
        status = task_status(deadline_kind=members[0][2], due_on=due_on, done_on=done_on, day=day)
        if status.is_counted:
            rows.setdefault(bucket, StatisticRow(bucket, own.names[bucket])).counts[status.code] += 1
    return sorted(rows.values(), key=lambda row: own.order[row.key])


class _Buckets:
    """Which line a unit's work stands in: that of the unit itself, or of the unit right under it that holds it."""

    def __init__(self, unit: Unit, day: date) -> None:
        self.unit = unit
        below = list(Unit.objects.filter(parent=unit)) + [unit]
        self.by_path = {each.path: each for each in below}
        self.names = {each.code: each.name for each in below}
        ordered = sorted(below, key=lambda each: (each != unit, each.kind, each.sort_key))
        self.order = {each.code: place for place, each in enumerate(ordered)}
        self.heirs: dict[int, tuple[int, str]] = {}
        for old, new, path in (
            Succession.objects.filter(old__valid_to__lt=day)
            .order_by("old", "new")
            .values_list("old_id", "new_id", "new__path")
        ):
            self.heirs.setdefault(old, (new, path))

    def of(self, path: str, pk: int) -> str:
        """Return the code of the unit whose line it is."""
        seen: set[int] = set()
        while pk in self.heirs and pk not in seen:
            seen.add(pk)
            pk, path = self.heirs[pk]
        rest = path[len(self.unit.path) :].split("/")[0] if path.startswith(self.unit.path) else ""
        found = self.by_path.get(f"{self.unit.path}{rest}/") if rest else None
        return (found or self.unit).code


@dataclass
class Merit:
    """What a unit or a person did in a year: accepted parts and turns, how many on time, by grade (C008)."""

    name: str
    unit: str
    done: int = 0
    on_time: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    tasks: list[str] = field(default_factory=list)  # codes of the tasks, where the evidence is

    @property
    def order(self) -> tuple[int, int, float, int, str]:
        share = self.on_time / self.done if self.done else 0.0
        return (-self.grades["excellent"], -self.grades["good"], -share, -self.done, self.name)


def merits(scopes: Iterable[str], year: int) -> tuple[list[Merit], list[Merit]]:
    """Return the merits of units, and of people, under one of the paths ``scopes`` in ``year``, the best first.

    Two statements: only what leading units did and what was accepted counts.
    """
    within, turns_within = Q(pk__in=[]), Q(pk__in=[])
    for path in scopes:
        within |= Q(unit__path__startswith=path)
        turns_within |= Q(assignment__unit__path__startswith=path)
    whose = ("unit__code", "unit__name", "person__code", "person__full_name", "task__code")
    shown = (*whose, "task__due_on", "done_on", "grade")
    parts = Assignment.objects.filter(within, is_lead=True, done_on__year=year).values_list(*shown)
    turns = Occurrence.objects.filter(turns_within, assignment__is_lead=True, done_on__year=year).values_list(
        *(f"assignment__{name}" for name in whose), "due_on", "done_on", "grade"
    )
    units: dict[str, Merit] = {}
    people: dict[tuple[str, str], Merit] = {}
    for unit_code, unit, person_code, person, task, due_on, done_on, grade in [*parts, *turns]:
        receivers = [units.setdefault(unit_code, Merit(unit, unit))]
        if person_code:
            receivers.append(people.setdefault((person_code, unit_code), Merit(person, unit)))
        for merit in receivers:
            merit.done += 1
            merit.on_time += due_on is None or done_on <= due_on
            if grade:
                merit.grades[grade] += 1
            merit.tasks.append(task)
    return (
        sorted(units.values(), key=lambda merit: merit.order),
        sorted(people.values(), key=lambda merit: merit.order),
    )
