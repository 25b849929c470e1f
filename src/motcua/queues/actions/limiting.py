"""How many numbers may be asked for in a minute: anybody may ask, so somebody could ask for all of them.

Counted in the database, so that all web processes count together. An address is kept for minutes, as a digest under
our secret key: nobody can read an address out of it.
"""

from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.queues.models import Hall, RequestCount
from motcua.queues.rules.hall_rules import HallRules

# Sorted keys: two who ask at once lock the rows in the same order.
_COUNT = """
INSERT INTO queues_requestcount (key, minute, count) SELECT key, %s, 1 FROM unnest(%s::text[]) AS key ORDER BY key
ON CONFLICT (key, minute) DO UPDATE SET count = queues_requestcount.count + 1
RETURNING key, count
"""
KEPT_MINUTES = 60


def count_request(hall: Hall, address: str, rules: HallRules, *, at: datetime) -> None:
    """Count one request for a number; ``address`` is where it comes from on the network, "" for our own officers.

    Raises:
        Refused: more were asked for in this minute than the rules allow.
    """
    of_hall, of_address = f"hall {hall.code}", salted_hmac("queues.address", address, algorithm="sha256").hexdigest()
    keys = sorted([of_hall, of_address] if address else [of_hall])
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [int(at.timestamp() // 60), keys])
        counts = dict(cursor.fetchall())
    if counts[of_hall] > rules.numbers_per_hall_minute:
        raise Refused(gettext("Đang có quá nhiều người lấy số cùng lúc. Hãy thử lại sau một phút."))
    if counts.get(of_address, 0) > rules.numbers_per_address_minute:
        raise Refused(gettext("Máy này vừa lấy quá nhiều số. Hãy thử lại sau một phút."))


def forget_old_requests(*, at: datetime) -> None:
    """Let go what no minute will ask for again."""
    RequestCount.objects.filter(minute__lt=int(at.timestamp() // 60) - KEPT_MINUTES).delete()
