"""Drafts of filings: kept while somebody fills in, gone when filed, dropped or old. No facts: nothing happened yet."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.base.clock import now
from motcua.dossiers.models import FilingDraft
from motcua.dossiers.states import COUNTER, OWN
from motcua.organizations.models import Account

MOST = 20  # drafts of one account; the oldest go first
KEPT_FOR = timedelta(days=90)  # our own choice: long enough to fetch a missing paper
KEPT_AT_COUNTER_FOR = timedelta(hours=12)  # somebody else's data: long enough for a lost session


@transaction.atomic
def keep_draft(
    account: Account,
    *,
    procedure: str,
    unit: str,
    key: UUID,
    values: dict[str, list[str]],
    files: list[dict[str, Any]],
    ready: dict[str, Any],
    way: str = OWN,
    at: datetime | None = None,
) -> None:
    """Keep what was typed so far; ``ready`` is what a valid form comes to, {} while it is not valid."""
    kept = {"values": values, "files": files, "ready": ready, "changed_at": at or now()}
    FilingDraft.objects.update_or_create(
        account=account, way=way, procedure=procedure, unit=unit, defaults=kept, create_defaults={**kept, "key": key}
    )
    newest = FilingDraft.objects.filter(account=account).order_by("-changed_at", "-pk").values("pk")[:MOST]
    FilingDraft.objects.filter(account=account).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


@transaction.atomic
def keep_typed(
    account: Account,
    *,
    procedure: str,
    unit: str,
    key: UUID,
    values: dict[str, list[str]],
    way: str = OWN,
    at: datetime | None = None,
) -> None:
    """Keep what is being typed; the files stay as they are, and what was valid before must be judged anew."""
    kept = {"values": values, "ready": {}, "changed_at": at or now()}
    FilingDraft.objects.update_or_create(
        account=account, way=way, procedure=procedure, unit=unit, defaults=kept, create_defaults={**kept, "key": key}
    )


def forget_draft(account: Account, *, key: UUID) -> None:
    """Let a draft go that became a dossier, or that its owner does not want any more."""
    FilingDraft.objects.filter(account=account, key=key).delete()


def forget_old_drafts(*, at: datetime | None = None) -> int:
    """Let drafts go that nobody touched for ``KEPT_FOR``, those of counters much sooner; return how many."""
    at = at or now()
    old = Q(changed_at__lt=at - KEPT_FOR) | Q(way=COUNTER, changed_at__lt=at - KEPT_AT_COUNTER_FOR)
    return FilingDraft.objects.filter(old).delete()[0]
