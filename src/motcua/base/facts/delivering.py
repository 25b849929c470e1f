"""Delivering facts to their subscribers: the worker's courier.

A delivery is a row written with its fact and deleted when every subscriber has heard it. One courier works at a time
(an advisory lock; another worker takes over when it dies), in the order of writing, so that the facts of one subject
are heard in order. A subscriber that fails keeps back its own subject only.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction

from motcua.base.clock import now
from motcua.base.facts.subscribing import subscribers_of
from motcua.base.models import Delivery, Fact

logger = logging.getLogger(__name__)

COURIER_LOCK = 766_001
BATCH = 500
LONGEST_BACK_OFF = timedelta(minutes=10)

# Facts that are due and not queued behind an earlier fact of their subject which still waits for its next try.
_DUE = """
SELECT id, fact_id FROM base_delivery AS mine
WHERE next_try_at <= now() AND NOT EXISTS (
    SELECT FROM base_delivery AS earlier
    WHERE earlier.subject = mine.subject AND earlier.fact_id < mine.fact_id AND earlier.next_try_at > now())
ORDER BY fact_id LIMIT %s
"""


def deliver_due() -> int:
    """Deliver the facts that are due, at most ``BATCH``; return how many were delivered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [COURIER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            cursor.execute(_DUE, [BATCH])
            pairs = cursor.fetchall()
            facts = Fact.objects.in_bulk([fact_id for _, fact_id in pairs])
            kept_back: set[str] = set()
            heard = [delivery_id for delivery_id, fact_id in pairs if _is_heard(delivery_id, facts[fact_id], kept_back)]
            Delivery.objects.filter(id__in=heard).delete()
            return len(heard)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [COURIER_LOCK])


def _is_heard(delivery_id: int, fact: Fact, kept_back: set[str]) -> bool:
    if fact.subject in kept_back:
        return False
    try:
        with transaction.atomic():
            for subscriber in subscribers_of(fact.verb):
                subscriber(fact)
    except Exception:
        # Whatever a subscriber raises must not stop the others; the fact stays and is tried again.
        logger.exception("fact not heard", extra={"fact": fact.id, "verb": fact.verb})
        kept_back.add(fact.subject)
        _postpone(delivery_id)
        return False
    return True


def _postpone(delivery_id: int) -> None:
    delivery = Delivery.objects.get(id=delivery_id)
    delivery.attempts += 1
    delivery.next_try_at = now() + min(timedelta(seconds=2**delivery.attempts), LONGEST_BACK_OFF)
    delivery.save(update_fields=["attempts", "next_try_at"])
