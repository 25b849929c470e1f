"""The timeline of a dossier, made of its facts: officials see names, the public sees offices (R4.01)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from motcua.base.models import Fact
from motcua.dossiers.events import INTERNAL
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Account, Unit


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, what, who (a name or an office), where, and the step's words and due instant."""

    at: datetime
    verb: str
    label: str
    who: str
    unit_name: str
    to_unit_name: str
    step: str
    due_at: datetime | None
    data: dict[str, Any]


def official_timeline(dossier: Dossier) -> list[Entry]:
    """Return what happened to ``dossier``, oldest first, officials by name; three statements."""
    facts = _facts(dossier)
    names = dict(Account.objects.filter(code__in={fact.actor for fact in facts}).values_list("code", "full_name"))
    return _entries(facts, names)


def public_timeline(dossier: Dossier) -> list[Entry]:
    """Return what happened to ``dossier``, oldest first: no name, no work among officials; three statements."""
    facts = [fact for fact in _facts(dossier) if fact.verb not in INTERNAL]
    applicant = Account.objects.filter(dossiers=dossier).values_list("code", flat=True).first()
    words = {fact.actor: gettext("Công chức") for fact in facts}
    if applicant:
        words[applicant] = gettext("Người nộp")
    return _entries(facts, words)


def _facts(dossier: Dossier) -> list[Fact]:
    return list(Fact.objects.filter(subject=dossier.code).order_by("id"))


def _entries(facts: list[Fact], who: dict[str, str]) -> list[Entry]:
    codes = {fact.unit for fact in facts} | {fact.data.get("to_unit", "") for fact in facts}
    units = dict(Unit.objects.filter(code__in=codes).order_by("valid_from").values_list("code", "name"))
    return [
        Entry(
            at=fact.at,
            verb=fact.verb,
            label=fact.label,
            who=who.get(fact.actor, gettext("Hệ thống")),
            unit_name=units.get(fact.unit, ""),
            to_unit_name=units.get(fact.data.get("to_unit", ""), ""),
            step=fact.data.get("step", ""),
            due_at=parse_datetime(fact.data.get("due_at") or ""),
            data=fact.data,
        )
        for fact in facts
    ]
