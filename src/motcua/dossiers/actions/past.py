"""A dossier that lived in the past, as it is told: by an import or by the simulation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers.actions.filing import Applicant, Paper
from motcua.dossiers.queries.places import FilingPlace
from motcua.organizations.models import Account


@dataclass(frozen=True)
class Moment:
    """One action of the past: its name in ``access.TABLE``, when, by whom (account code).

    ``words`` is what was typed (draft of the result, reason, items), ``method`` how it was paid or returned ("yes" and
    "no" for a rating).
    """

    action: str
    at: datetime
    actor: str
    words: str = ""
    method: str = ""


@dataclass(frozen=True)
class PastDossier:
    """One dossier of the past with its moments in order; ``actor`` filed it (the applicant, or the counter)."""

    submission_key: UUID
    place: FilingPlace
    channel: str
    applicant: Applicant
    filed_at: datetime
    actor: str
    account: Account | None = None  # of the applicant, where filed online
    papers: tuple[Paper, ...] = ()
    is_digitised: bool = False
    moments: tuple[Moment, ...] = ()
