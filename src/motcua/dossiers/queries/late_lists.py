"""Reading lateness of many: the public list of a month, counts per unit and official, and what looks like gaming."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now, start_of
from motcua.dossiers.events import as_text
from motcua.dossiers.models import Apology, Dossier, Explanation, LateList, SupplementRequest
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.dossiers.rules.guards import bursts
from motcua.dossiers.states import DECIDED, RETURNED, RUNNING_STATES, STOPPED
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.workflow.models import Holding

MOST_ROWS = 5_000
MOST_FLAGS = 500


def late_in(first: date, after: date) -> QuerySet[Dossier]:
    """Return the dossiers that were late in [first, after): decided too late then, or due before its end and open."""
    begin, end = start_of(first), start_of(after)
    decided = Q(decided_at__gte=begin, is_on_time=False, due_at__lt=end)
    waiting = Q(state__in=RUNNING_STATES, due_at__lt=min(end, now()))
    return Dossier.objects.filter(decided | waiting)


def late_rows(first: date, after: date) -> list[dict[str, Any]]:
    """Return the rows of the public list, latest first: codes, offices and times only."""
    sent = Exists(Apology.objects.filter(dossier=OuterRef("pk"), sent_at__isnull=False))
    found = late_in(first, after).select_related("competent_unit").annotate(has_apology=sent).order_by("due_at", "code")
    rows = []
    for dossier in found[:MOST_ROWS]:
        assert dossier.due_at is not None  # the query asks for it
        # The list is of its month: what was decided after the month was open in it.
        until = min(dossier.decided_at or now(), start_of(after))
        rows.append(
            {
                "code": dossier.code,
                "procedure": version_of(dossier.version_id).name,
                "unit": dossier.competent_unit.code,
                "unit_name": dossier.competent_unit.name,
                "due_at": as_text(dossier.due_at),
                "decided_at": as_text(dossier.decided_at) if dossier.decided_at else "",
                "days": _working_days(dossier.competent_unit.code, dossier.due_at, until),
                "has_apology": dossier.has_apology,
            }
        )
    return rows


def _working_days(unit: str, due_at: datetime, until: datetime) -> int:
    """Return how many working days passed since ``due_at``, a begun one counted: never 0 for what is late."""
    calendar = calendar_for(unit)
    days = sum(calendar.is_working_day(due_at.date() + timedelta(days=each)) for each in
               range(1, (until.date() - due_at.date()).days + 1))  # fmt: skip
    return max(days, 1)


def late_list_of(month: date) -> LateList:
    """Return the published list of a month.

    Raises:
        Http404: none was published.
    """
    found = LateList.objects.filter(month=month.replace(day=1)).first()
    if found is None:
        raise Http404
    return found


def months_published() -> list[date]:
    """Return the months whose lists were published, newest first."""
    return list(LateList.objects.order_by("-month").values_list("month", flat=True))


@dataclass(frozen=True)
class UnitCount:
    """Lateness of one competent unit in a period; every number leads to its dossiers."""

    unit: str
    unit_name: str
    decided: int
    decided_late: int
    open_late: int
    explained: int  # of those late in the period
    apologised: int
    apologised_in_time: int

    @property
    def late(self) -> int:
        return self.decided_late + self.open_late


@dataclass(frozen=True)
class OfficialCount:
    """The steps that one official ended in the period, and how many of them after the step was due."""

    name: str
    code: str
    ended: int
    ended_late: int


def unit_counts(account: Any, first: date, after: date) -> list[UnitCount]:
    """Return lateness by unit in [first, after), of the units that the account looks over; worst first."""
    begin, end = start_of(first), start_of(after)
    seen = Dossier.objects.filter(_scope(account))
    decided = Q(decided_at__gte=begin, decided_at__lt=end)
    waiting = Q(state__in=RUNNING_STATES, due_at__lt=min(end, now()))
    late = decided & Q(is_on_time=False) | waiting
    rows = (
        seen.filter(decided | waiting)
        .values("competent_unit__code", "competent_unit__name")
        .annotate(
            decided=Count("pk", filter=decided),
            decided_late=Count("pk", filter=decided & Q(is_on_time=False)),
            open_late=Count("pk", filter=waiting),
            explained=Count("pk", filter=late & Q(explanation__answered_at__isnull=False)),
            apologised=Count("pk", filter=late & Q(apology__sent_at__isnull=False)),
            in_time=Count("pk", filter=late & Q(apology__sent_at__lte=F("apology__send_by"))),
        )
    )
    found = [
        UnitCount(
            row["competent_unit__code"], row["competent_unit__name"], row["decided"], row["decided_late"],
            row["open_late"], row["explained"], row["apologised"], row["in_time"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.late, each.unit))


def official_counts(account: Any, first: date, after: date) -> list[OfficialCount]:
    """Return who ended steps of dossiers decided in [first, after), and how many late; worst first."""
    decided = Dossier.objects.filter(
        _scope(account), decided_at__gte=start_of(first), decided_at__lt=start_of(after)
    ).values("code")
    rows = list(
        Holding.objects.filter(run__subject__in=decided, ended_at__isnull=False)
        .exclude(account_code="")
        .values("account_code")
        .annotate(ended=Count("pk"), ended_late=Count("pk", filter=Q(ended_at__gt=F("due_at"))))
    )
    names = _names(row["account_code"] for row in rows)
    found = [
        OfficialCount(names.get(row["account_code"], ""), row["account_code"], row["ended"], row["ended_late"])
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.ended_late, -each.ended, each.code))


@dataclass(frozen=True)
class Flag:
    """Something for the control office to look at; not yet a fault of anybody."""

    kind: str
    words: str
    code: str
    unit_name: str
    at: datetime
    who: str  # a name; "" where nobody is meant


def flags(account: Any, first: date, after: date) -> list[Flag]:
    """Return what looks like gaming in [first, after), newest first: see ``control_rules.csv`` for the lines drawn."""
    begin, end = start_of(first), start_of(after)
    seen = Dossier.objects.filter(_scope(account)).select_related("competent_unit")
    found = [
        *_late_supplements(seen, begin, end),
        *_without_result(seen, begin, end),
        *_mass_closings(seen, begin, end),
    ]
    return sorted(found, key=lambda each: (each.at, each.code), reverse=True)[:MOST_FLAGS]


def _late_supplements(seen: QuerySet[Dossier], begin: datetime, end: datetime) -> list[Flag]:
    asked = SupplementRequest.objects.filter(requested_at__gte=begin, requested_at__lt=end, dossier__in=seen)
    rows, found = list(asked.select_related("dossier__competent_unit")), []
    names = _names(row.requested_by for row in rows)
    for row in rows:
        dossier, promised = row.dossier, row.dossier.first_due_at
        if promised is None:
            continue
        left = calendar_for(dossier.competent_unit.code).working_minutes_between(row.requested_at, promised)
        if left <= control_rules_on(row.requested_at.date()).supplement_shortly_before_minutes:
            words = gettext("Yêu cầu bổ sung khi sắp hết hạn hoặc đã quá hạn (còn %(minutes)s phút làm việc).")
            found.append(
                _flag(
                    "supplement", words % {"minutes": left}, dossier, row.requested_at, names.get(row.requested_by, "")
                )
            )
    return found


def _without_result(seen: QuerySet[Dossier], begin: datetime, end: datetime) -> list[Flag]:
    empty = seen.filter(decided_at__gte=begin, decided_at__lt=end, state__in=[DECIDED, RETURNED], result_file=None)
    ended_late = seen.filter(ended_at__gte=begin, ended_at__lt=end, state=STOPPED, ended_at__gt=F("due_at"))
    found = [
        _flag("no_result", gettext("Kết thúc mà không có nội dung hay tệp kết quả."), dossier, dossier.decided_at)
        for dossier in empty.filter(result_text="")[:MOST_FLAGS]
    ]
    return found + [
        _flag("stopped_late", gettext("Dừng xử lý sau khi đã quá hạn."), dossier, dossier.ended_at)
        for dossier in ended_late[:MOST_FLAGS]
    ]


def _mass_closings(seen: QuerySet[Dossier], begin: datetime, end: datetime) -> list[Flag]:
    """Return one flag for each burst of decisions by one person; the holding before the return tells who decided."""
    decided = seen.filter(decided_at__gte=begin, decided_at__lt=end)
    held = Holding.objects.filter(run__subject__in=decided.values("code"), ended_at__gte=begin, ended_at__lt=end)
    signing = (
        held.filter(role="leader").exclude(account_code="").values_list("account_code", "ended_at", "run__subject")
    )
    by_person: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for who, ended_at, code in signing:
        if ended_at is not None:
            by_person[who].append((ended_at, code))
    rules = control_rules_on(begin.date())
    within = timedelta(minutes=rules.mass_closing_minutes)
    found = {
        burst[0][1]: (who, burst)
        for who, rows in by_person.items()
        for burst in bursts(rows, count=rules.mass_closing_count, within=within)
    }
    names, dossiers = _names(by_person), {each.code: each for each in seen.filter(code__in=found)}
    words = gettext("Một người ký %(count)s hồ sơ trong %(minutes)s phút.")
    return [
        _flag(
            "mass_closing",
            words % {"count": len(burst), "minutes": max(round((burst[-1][0] - burst[0][0]).total_seconds() / 60), 1)},
            dossiers[code],
            burst[0][0],
            names.get(who, ""),
        )
        for code, (who, burst) in found.items()
    ]


def _flag(kind: str, words: str, dossier: Dossier, at: datetime | None, who: str = "") -> Flag:
    assert at is not None  # the queries ask for it
    return Flag(kind, words, dossier.code, dossier.competent_unit.name, at, who)


def _names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Account.objects.filter(code__in=set(codes)).values_list("code", "full_name"))


def _scope(account: Any) -> Q:
    """Return the dossiers of the units that the account's posts look over; nothing without a post."""
    seen = Q(pk__in=[])
    for path in {scope_of(post).path for post in account.posts_now}:
        seen |= Q(competent_unit__path__startswith=path)
    return seen


def explanations_open(account: Any, most: int = 100) -> Sequence[Explanation]:
    """Return the explanations still owed in the account's units, soonest first."""
    paths = {scope_of(post).path for post in account.posts_now}
    mine = Q(pk__in=[])
    for path in paths:
        mine |= Q(unit__path__startswith=path)
    owed = Explanation.objects.filter(mine, answered_at__isnull=True).select_related("dossier", "unit", "holder")
    return list(owed.order_by("answer_by")[:most])


def counted_by_kind(found: Iterable[Flag]) -> Counter[str]:
    """Return how many flags there are of each kind."""
    return Counter(each.kind for each in found)
