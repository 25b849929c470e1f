"""The numbers of a day: given once and without gaps, since they commit with their tickets."""

from datetime import date

from django.db import connection

from motcua.queues.models import Hall
from motcua.queues.rules.labels import label_of

# The row stays locked until the commit: two kiosks take one after the other.
_TAKE = """
INSERT INTO queues_lastnumber (hall_id, day, series, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (hall_id, day, series) DO UPDATE SET last = queues_lastnumber.last + 1
RETURNING last
"""


def next_label(hall: Hall, day: date, series: str) -> str:
    """Take the next number of a series on ``day`` and return it as it is printed."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [hall.pk, day, series])
        return label_of(series, cursor.fetchone()[0])
