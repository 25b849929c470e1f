"""The timeline of a dossier, made of its facts: officials see names, the public sees offices (R4.01)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.models import Fact
from motcua.dossiers.events import INTERNAL
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Account, Delegation, Post, Unit


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
    """Return what happened to ``dossier``, oldest first, officials by name and in whose place; five statements."""
    facts = _facts(dossier)
    names = dict(Account.objects.filter(code__in={fact.actor for fact in facts}).values_list("code", "full_name"))
    lenders = _lenders(facts)
    entries = _entries(facts, names)
    return [
        replace(entry, who=gettext("%(who)s, làm thay %(lender)s") % {"who": entry.who, "lender": lenders[fact.pk]})
        if fact.pk in lenders
        else entry
        for fact, entry in zip(facts, entries, strict=True)
    ]


def public_timeline(dossier: Dossier) -> list[Entry]:
    """Return what happened to ``dossier``, oldest first: no name, no work among officials; three statements."""
    facts = [fact for fact in _facts(dossier) if fact.verb not in INTERNAL]
    applicant = Account.objects.filter(dossiers=dossier).values_list("code", flat=True).first()
    words = {fact.actor: gettext("Công chức") for fact in facts}
    if applicant:
        words[applicant] = gettext("Người nộp")
    return _entries(facts, words)


def _lenders(facts: list[Fact]) -> dict[int, str]:
    """Return, by number of the fact, in whose place it was done: whoever held no post of their own in that unit.

    Two who hold posts in one unit and lend them to each other are not told apart: each may act there anyway.
    """
    actors, units = {fact.actor for fact in facts}, {fact.unit for fact in facts}
    lent = list(
        Delegation.objects.filter(to_account__code__in=actors, post__unit__code__in=units)
        .select_related("post__unit", "post__account", "to_account")
        .order_by("id")
    )
    if not lent:
        return {}
    own = list(
        Post.objects.filter(account__in={each.to_account_id for each in lent}, unit__code__in=units).values_list(
            "account__code", "unit__code", "valid_from", "valid_to"
        )
    )
    found = {}
    for fact in facts:
        day = fact.at.astimezone(VIETNAM).date()
        if any(
            (account, unit) == (fact.actor, fact.unit) and first <= day <= (last or day)
            for account, unit, first, last in own
        ):
            continue
        for each in lent:
            is_there = (each.to_account.code, each.post.unit.code) == (fact.actor, fact.unit)
            if is_there and each.valid_from <= day <= each.valid_to:
                found[fact.pk] = each.post.account.full_name
    return found


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
