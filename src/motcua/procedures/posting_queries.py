"""What each unit has to post, whether it did, and which share of all units has: the duty is every one of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.base.clock import today
from motcua.base.text import fold
from motcua.organizations.models import Unit, in_force
from motcua.procedures.models import Offering, Posting, Procedure, ProcedureVersion
from motcua.procedures.publishing_states import POSTED, STALE, UNPOSTED
from motcua.procedures.queries import offerings_in_force


def posted_procedures(unit: Unit, day: date | None = None) -> list[ProcedureVersion]:
    """Return what ``unit`` has to post: the procedures it handles itself or as one of its kind, by field and name."""
    own = offerings_in_force(day).filter(Q(unit=unit) | Q(unit__isnull=True, unit_kind=unit.kind))
    codes = Procedure.objects.filter(offerings__in=own)
    found = ProcedureVersion.objects.filter(in_force(day or today()), procedure__in=codes)
    return list(
        found.select_related("procedure").prefetch_related("channels").order_by("field", "name", "procedure__code")
    )


def list_digest(procedures: Iterable[ProcedureVersion]) -> str:
    """Return the digest of a posted list: it is out of date when the unit's list has another one."""
    return _digest((one.procedure.code, one.valid_from) for one in procedures)


def _digest(versions: Iterable[tuple[str, date]]) -> str:
    return hashlib.sha256("\n".join(f"{code} {valid_from}" for code, valid_from in versions).encode()).hexdigest()


@dataclass(frozen=True)
class PostingState:
    """A unit that handles procedures: how many, its last posting, how that stands to its list of today."""

    unit: Unit
    procedures: int
    last: Posting | None
    state: str  # of publishing_states.POSTING_STATES


def posting_states() -> list[PostingState]:
    """Return every unit that has a list to post, with its last posting; units by name."""
    offered = offerings_in_force()
    kinds = set(offered.filter(unit__isnull=True).values_list("unit_kind", flat=True))
    own = set(offered.filter(unit__isnull=False).values_list("unit_id", flat=True))
    last: dict[int, Posting] = {}
    for posting in Posting.objects.order_by("on", "pk"):
        last[posting.unit_id] = posting
    by_kind = {kind: _handled(offered.filter(unit__isnull=True, unit_kind=kind)) for kind in kinds}
    digests = _Digests()
    found = []
    for unit in Unit.objects.in_force().filter(Q(pk__in=own) | Q(kind__in=kinds)):
        handled = by_kind.get(unit.kind, frozenset())
        if unit.pk in own:
            handled |= _handled(offered.filter(unit=unit))
        posted = last.get(unit.pk)
        state = UNPOSTED if posted is None else POSTED if posted.digest == digests.of(handled) else STALE
        found.append(PostingState(unit, digests.number(handled), posted, state))
    return sorted(found, key=lambda one: one.unit.sort_key)


def _handled(offered: QuerySet[Offering]) -> frozenset[int]:
    return frozenset(offered.values_list("procedure_id", flat=True))


class _Digests:
    """Digests of lists by the procedures in them: thousands of communes post the same one."""

    def __init__(self) -> None:
        rows = ProcedureVersion.objects.filter(in_force(today())).order_by("field", "name", "procedure__code")
        self._versions = list(rows.values_list("procedure_id", "procedure__code", "valid_from"))
        self._kept: dict[frozenset[int], tuple[str, int]] = {}

    def of(self, handled: frozenset[int]) -> str:
        return self._both(handled)[0]

    def number(self, handled: frozenset[int]) -> int:
        return self._both(handled)[1]

    def _both(self, handled: frozenset[int]) -> tuple[str, int]:
        if handled not in self._kept:
            listed = [(code, day) for number, code, day in self._versions if number in handled]
            self._kept[handled] = _digest(listed), len(listed)
        return self._kept[handled]


@dataclass(frozen=True)
class Coverage:
    """How many units have posted their list as it stands today, of all that must."""

    posted: int
    stale: int
    units: int

    @property
    def share(self) -> float | None:
        return self.posted / self.units if self.units else None


def coverage_of(states: Iterable[PostingState]) -> Coverage:
    """Return the coverage of ``states``."""
    found = list(states)
    return Coverage(sum(one.state == POSTED for one in found), sum(one.state == STALE for one in found), len(found))


def narrowed(states: Iterable[PostingState], *, state: str = "", words: str = "") -> list[PostingState]:
    """Return the states in one ``state`` ("": any) whose units have ``words`` in their names, marks or not."""
    asked = fold(words)
    return [one for one in states if state in ("", one.state) and asked in fold(one.unit.name)]
