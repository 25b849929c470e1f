"""Reading dossiers: one with all that its page shows, registers, and what the public may track."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from motcua.base.clock import now, start_of
from motcua.base.models import Fact
from motcua.base.text import fold, squash
from motcua.dossiers.access.dossier import allowed, scopes_of, visible_to
from motcua.dossiers.events import RETURNED
from motcua.dossiers.models import Dossier, DossierPaper, FilingDraft
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.queries.timeline import Entry, official_timeline, public_timeline
from motcua.dossiers.rules.code import is_dossier_code
from motcua.dossiers.states import OWN, RUNNING_STATES
from motcua.payments.models import Fee
from motcua.payments.queries import fee_of
from motcua.procedures.eforms import names_of
from motcua.workflow.models import Holding, Run
from motcua.workflow.queries import holdings_of, part_for

PAGE = 100
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)  # days beyond them cannot be told as instants everywhere


@dataclass(frozen=True)
class DossierPage:
    """A dossier with everything that its page shows; read in a constant number of statements."""

    dossier: Dossier  # with version, units, supplement (or None in ``supplement``)
    run: Run
    papers: list[DossierPaper]  # with their files
    holdings: list[Holding]  # the process control sheet
    fee: Fee | None
    timeline: list[Entry]
    actions: list[str]  # names of access.TABLE that the account may do now
    draft: str  # of the result, for officials until it is decided
    review_note: str  # why the draft was last given back, for officials

    @property
    def supplement(self) -> Any:
        return getattr(self.dossier, "supplement", None)


def dossier_page(code: str, *, account: Any) -> DossierPage:
    """Return the dossier with all that its page shows to ``account``.

    Raises:
        Http404: there is no such dossier, or the account may not see it.
    """
    dossier = dossier_of(code, account=account)
    run = run_of(code, account=account)
    return DossierPage(
        dossier=dossier,
        run=run,
        papers=list(dossier.papers.select_related("file").order_by("id")),
        holdings=holdings_of(code),
        fee=fee_of(code) if dossier.has_fee else None,
        timeline=(official_timeline if account.is_official else public_timeline)(dossier),
        actions=allowed(account, dossier, run),
        draft=dossier.result_text if account.is_official and not dossier.decided_at else "",
        review_note=dossier.review_note if account.is_official else "",
    )


def dossier_of(code: str, *, account: Any) -> Dossier:
    """Return the dossier with version and units, in one statement.

    Raises:
        Http404: there is no such dossier, or the account may not see it.
    """
    found = visible_to(account).select_related(
        "competent_unit__parent", "receiving_unit", "supplement", "result_file", "applicant"
    )
    dossier = found.filter(code=code).first()
    if dossier is None:
        raise Http404
    dossier.version = version_of(dossier.version_id)
    return dossier


def run_of(code: str, *, account: Any = None) -> Run:
    """Return the run of a dossier with its units and assignee; for ``account`` the branch that is its own."""
    runs = Run.objects.select_related("unit", "competent_unit__one_stop", "assignee").filter(subject=code)
    trunk = runs.get(branch=0)
    if not trunk.open_branches or account is None or not account.is_official:
        return trunk
    return part_for(account, [trunk, *runs.exclude(branch=0).order_by("branch")])


@dataclass(frozen=True)
class Tracking:
    """What anybody who knows the code may see: nothing of the applicant, no name of an official."""

    code: str
    procedure_name: str
    unit_name: str
    receiving_unit_name: str
    state: str
    state_label: str
    step_name: str  # "" once it ended
    filed_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    returned_at: datetime | None
    is_overdue: bool
    is_waiting_for_applicant: bool
    timeline: list[Entry]


def track(code: str) -> Tracking:
    """Return what the public sees of a dossier.

    Raises:
        Http404: there is no such dossier.
    """
    code = squash(code).upper()
    dossiers = Dossier.objects.select_related("competent_unit", "receiving_unit")
    dossier = dossiers.filter(code=code).first() if is_dossier_code(code) else None
    if dossier is None:
        raise Http404
    return Tracking(
        code=dossier.code,
        procedure_name=version_of(dossier.version_id).name,
        unit_name=dossier.competent_unit.name,
        receiving_unit_name=dossier.receiving_unit.name,
        state=dossier.state,
        state_label=dossier.state_label,
        step_name=""
        if dossier.ended_at
        else Run.objects.values_list("step_name", flat=True).get(subject=code, branch=0),
        filed_at=dossier.filed_at,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        decided_at=dossier.decided_at,
        returned_at=dossier.returned_at,
        is_overdue=dossier.is_clock_running and dossier.due_at is not None and dossier.due_at < now(),
        is_waiting_for_applicant=dossier.is_waiting_for_applicant,
        timeline=public_timeline(dossier),
    )


@dataclass(frozen=True)
class Filters:
    """What a register is narrowed to; an empty field narrows nothing."""

    text: str = ""  # a dossier code, or part of the applicant's name with or without diacritics
    state: str = ""
    channel: str = ""
    procedure: str = ""  # code
    unit: str = ""  # code of the competent unit
    below: str = ""  # path of a unit: of all units under it
    is_overdue: bool = False
    is_mine: bool = False  # the account's own, as applicant
    filed_from: date | None = None
    filed_to: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    decided_from: date | None = None
    decided_to: date | None = None


@dataclass(frozen=True)
class RegisterPage:
    """One page of a register, newest filing first; ``after`` asks for the next page, None on the last."""

    dossiers: list[Dossier]
    after: tuple[datetime, int] | None


def register(
    account: Any, *, filters: Filters | None = None, after: tuple[datetime, int] | None = None, limit: int = PAGE
) -> RegisterPage:
    """Return the dossiers that ``account`` sees, newest first, in one statement.

    Each scope of the account is one range of an index; ``after`` is the sort key of the last row of the page before.
    """
    filters = filters or Filters()
    condition = _condition(filters)
    if after is not None:
        filed_at, number = after
        condition &= Q(filed_at__lt=filed_at) | Q(filed_at=filed_at, id__lt=number)
    scopes = [Q(applicant=account)] if filters.is_mine else scopes_of(account)
    found = _newest([_named(filters).filter(scope).filter(condition) for scope in scopes], limit + 1)
    for dossier in found:
        dossier.version = version_of(dossier.version_id)
    page = found[:limit]
    return RegisterPage(page, (page[-1].filed_at, page[-1].pk) if len(found) > limit else None)


def _newest(scopes: Sequence[QuerySet[Dossier]], limit: int) -> list[Dossier]:
    order = ("-filed_at", "-id")
    shown = Dossier.objects.select_related("competent_unit", "receiving_unit").order_by(*order)
    if not scopes:
        return []
    # Each scope gives at most a page of numbers from its own index; a dossier may stand in two of them.
    numbers = [scope.order_by(*order).values("pk")[:limit] for scope in scopes]
    wanted = numbers[0] if len(numbers) == 1 else numbers[0].union(*numbers[1:])
    return list(shown.filter(pk__in=wanted)[:limit])


def _named(filters: Filters) -> QuerySet[Dossier]:
    text = squash(filters.text)
    if not text:
        return Dossier.objects.all()
    if is_dossier_code(text.upper()):
        return Dossier.objects.filter(code=text.upper())
    return Dossier.objects.filter(who_folded__contains=fold(text))


def _condition(filters: Filters) -> Q:
    condition = Q()
    equal = {
        "state": filters.state,
        "channel": filters.channel,
        "competent_unit__code": filters.unit,
        "competent_unit__path__startswith": filters.below,
        "version__procedure__code": filters.procedure,
    }
    for name, value in equal.items():
        if value:
            condition &= Q(**{name: value})
    if filters.is_overdue:
        condition &= Q(state__in=RUNNING_STATES, due_at__lt=now())  # time that stands still is not counted (R4.10)
    for name in ("filed", "received", "decided"):
        first, last = getattr(filters, f"{name}_from"), getattr(filters, f"{name}_to")
        if first:
            condition &= Q(**{f"{name}_at__gte": start_of(_bounded(first))})
        if last:
            condition &= Q(**{f"{name}_at__lt": start_of(_bounded(last) + timedelta(days=1))})
    return condition


def _bounded(day: date) -> date:
    return min(max(day, FIRST_DAY), LAST_DAY)


def return_methods(codes: Sequence[str]) -> dict[str, str]:
    """Return how the results of dossiers were handed over, by code; those not returned are missing."""
    facts = Fact.objects.filter(subject__in=codes, verb=RETURNED.verb).values_list("subject", "data__method")
    return dict(facts.order_by("id"))


def drafts_of(account: Any) -> list[tuple[FilingDraft, str]]:
    """Return the filings that the account began, newest first, with the names of their procedures."""
    drafts = list(FilingDraft.objects.filter(account=account, way=OWN).order_by("-changed_at"))
    names = names_of([draft.procedure for draft in drafts]) if drafts else {}
    return [(draft, names.get(draft.procedure, draft.procedure)) for draft in drafts]
