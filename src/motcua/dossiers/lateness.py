"""Reading what goes with one dossier beside its life: lateness, remarks, papers on their way; and a head's board."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.base.clock import now, today
from motcua.dossiers.forecast import Forecast, forecast_of
from motcua.dossiers.late_access import Lateness, allowed_late
from motcua.dossiers.models import Apology, Dossier, Explanation, PaperHandOver, Remark
from motcua.dossiers.queries import dossier_of, run_of
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.workflow.models import OPEN, Run


@dataclass(frozen=True)
class LatePage:
    """What the page of a dossier's lateness shows; ``actions`` are names of ``late_access.LATE_TABLE``."""

    late: Lateness
    actions: list[str]


def late_page(code: str, *, account: Any) -> LatePage:
    """Return lateness of a dossier for ``account``; statements do not grow with its history.

    Raises:
        Http404: there is no such dossier, or the account may not see it.
    """
    dossier = dossier_of(code, account=account)
    late = lateness_of(dossier, run_of(code, account=account))
    return LatePage(late, allowed_late(account, late))


def lateness_of(dossier: Dossier, run: Run) -> Lateness:
    """Return what lateness made of ``dossier``."""
    explanation = Explanation.objects.select_related("unit", "holder").filter(dossier=dossier).first()
    return Lateness(dossier, run, explanation, Apology.objects.filter(dossier=dossier).first())


def remarks_of(dossier: Dossier) -> list[Remark]:
    """Return what officials said about ``dossier``, oldest first, with who said it."""
    return list(Remark.objects.filter(dossier=dossier).select_related("by").order_by("id"))


def papers_of(dossier: Dossier) -> list[PaperHandOver]:
    """Return the hand-overs of the papers themselves, oldest first, with their units."""
    return list(PaperHandOver.objects.filter(dossier=dossier).select_related("from_unit", "to_unit").order_by("id"))


@dataclass(frozen=True)
class Load:
    """One person's hands: open steps, how many past their due instant, the forecast working minutes in them."""

    account: Account | None  # None: nobody has claimed them
    role_label: str
    runs: list[Run]
    late: int
    minutes: int

    @property
    def count(self) -> int:
        return len(self.runs)


def board_of(unit: Unit, *, at: datetime | None = None) -> list[Load]:
    """Return who has how much in hand at ``unit``: nobody's first, then the fullest hands."""
    at = at or now()
    runs = list(
        Run.objects.filter(unit=unit, state=OPEN, kind="dossier")
        .select_related("assignee")
        .order_by("due_at", "id")[:1000]
    )
    expected = {each.code: each for each in forecast_of(unit, at=at)}
    by_person: dict[int | None, list[Run]] = defaultdict(list)
    for run in runs:
        by_person[run.assignee_id].append(run)
    posts = Post.objects.filter(in_force(today()), unit=unit, account__is_active=True).select_related("account")
    people: dict[int, tuple[Account, str]] = {}
    for post in posts.order_by("account__full_name"):
        people.setdefault(post.account_id, (post.account, post.role_label))
    for run in runs:
        if run.assignee is not None:
            people.setdefault(run.assignee.pk, (run.assignee, ""))
    loads = [_load(account, label, by_person[number], expected, at) for number, (account, label) in people.items()]
    loads.sort(key=lambda each: (-each.minutes, -each.count))
    return [_load(None, "", by_person[None], expected, at), *loads]


def _load(account: Account | None, label: str, runs: list[Run], expected: dict[str, Forecast], at: datetime) -> Load:
    minutes = sum(each.parts[0].minutes for run in runs if (each := expected.get(run.subject)) and each.parts)
    return Load(account, label, runs, sum(run.due_at < at for run in runs), minutes)
