"""Sealing facts into a hash chain, in batches, behind the writers' backs.

Each seal's digest covers the digest before it and the whole fact, so that a row changed, removed or slipped in later
breaks the chain at a place that ``first_broken`` names. Whoever can rewrite facts and seals alike is caught by the
stamps: the head of the chain that leaves the system every day (log, printed, sent).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db import connection, transaction

from motcua.base.clock import now
from motcua.base.models import Fact, Seal, SealRun

SEALER_LOCK = 766_002
BATCH = 5_000
# No transaction may live that long (docs/settings.md), so no fact can appear below the floor.
LONGEST_TRANSACTION = timedelta(hours=1)
GENESIS = b"\0" * 32


def digest_of(fact: Fact, previous: bytes) -> bytes:
    """Return the SHA-256 of the digest before and of every column of ``fact`` in a canonical form."""
    row = [
        fact.id,
        fact.at.astimezone(UTC).isoformat(timespec="microseconds"),
        fact.actor,
        fact.verb,
        fact.subject,
        fact.unit,
        fact.data,
    ]
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous + canonical.encode()).digest()


@transaction.atomic
def seal_pending() -> int:
    """Seal the facts that have no seal yet, at most ``BATCH``; return how many were sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    facts = list(_unsealed()[:BATCH])
    if not facts:
        return 0
    last = Seal.objects.order_by("-position").first()
    position, digest = (last.position, bytes(last.digest)) if last else (0, GENESIS)
    seals = []
    for fact in facts:
        position, digest = position + 1, digest_of(fact, digest)
        seals.append(Seal(position=position, fact_id=fact.id, digest=digest))
    Seal.objects.bulk_create(seals, batch_size=1000)
    SealRun.objects.create(at=now(), position=position, last_fact_id=max(f.id for f in facts), digest=digest)
    return len(facts)


def _unsealed():
    """Return the facts without a seal, oldest first. Only recent ones can be without: see LONGEST_TRANSACTION."""
    settled = SealRun.objects.filter(at__lt=now() - LONGEST_TRANSACTION).order_by("-at").first()
    floor = settled.last_fact_id if settled else 0
    return (
        Fact.objects.filter(id__gt=floor)
        .exclude(id__in=Seal.objects.filter(fact_id__gt=floor).values("fact_id"))
        .order_by("id")
    )


@dataclass(frozen=True)
class Broken:
    """Where the chain breaks first: the fact's id and what is wrong with it: altered, removed or slipped in."""

    fact_id: int
    what: str


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found."""

    sealed: int
    unsealed: int
    head: str
    broken: Broken | None


def verify() -> Verification:
    """Walk the whole chain and name the first fact that is not as it was sealed."""
    digest, sealed, broken = GENESIS, 0, None
    for seal, fact in _pairs():
        sealed += 1
        if fact is None:
            broken = Broken(seal.fact_id, "removed")
        else:
            digest = digest_of(fact, digest)
            if digest != bytes(seal.digest):
                broken = Broken(fact.id, "altered")
        if broken:
            break
    unsealed = _unsealed().count()
    if not broken:
        broken = _slipped_in()
    return Verification(sealed=sealed, unsealed=unsealed, head=digest.hex(), broken=broken)


def _pairs() -> Iterator[tuple[Seal, Fact | None]]:
    position = 0
    while seals := list(Seal.objects.filter(position__gt=position).order_by("position")[:BATCH]):
        facts = Fact.objects.in_bulk([seal.fact_id for seal in seals])
        for seal in seals:
            yield seal, facts.get(seal.fact_id)
        position = seals[-1].position


def _slipped_in() -> Broken | None:
    """A fact below the floor without a seal was written by nobody's action."""
    settled = SealRun.objects.filter(at__lt=now() - LONGEST_TRANSACTION).order_by("-at").first()
    if settled is None:
        return None
    stray = (
        Fact.objects.filter(id__lte=settled.last_fact_id)
        .exclude(id__in=Seal.objects.values("fact_id"))
        .order_by("id")
        .first()
    )
    return Broken(stray.id, "slipped in") if stray else None
