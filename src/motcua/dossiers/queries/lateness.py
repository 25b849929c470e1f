"""Reading what goes with one dossier beside its life: lateness, remarks, papers on their way."""

from dataclasses import dataclass
from typing import Any

from motcua.dossiers.access.late import Lateness, allowed_late
from motcua.dossiers.models import Apology, Dossier, Explanation, PaperHandOver, Remark
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.workflow.models import Run


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
