"""The daily numbers of an agency (DOMAIN 4.8): given once, without gaps, since they commit with their dossiers."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

# Take the next numbers of agencies on days; each row stays locked until the commit. Sorted, so that two takers of many
# numbers cannot wait for each other in a ring.
_TAKE = """
INSERT INTO dossiers_dailynumber (unit_id, day, last)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::int[])
ON CONFLICT (unit_id, day) DO UPDATE SET last = dossiers_dailynumber.last + EXCLUDED.last
RETURNING unit_id, day, last
"""

# The same for one dossier, as nearly all come: plain values bind faster than arrays.
_TAKE_ONE = """
INSERT INTO dossiers_dailynumber (unit_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (unit_id, day) DO UPDATE SET last = dossiers_dailynumber.last + 1
RETURNING last
"""


def take_number(unit_id: int, day: date) -> int:
    """Take the next number of an agency on ``day``."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_ONE, [unit_id, day])
        return int(cursor.fetchone()[0])


def take_numbers(wanted: Mapping[tuple[int, date], int]) -> dict[tuple[int, date], int]:
    """Take so many numbers for each (unit, day); return the first of each."""
    keys = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE, [[unit for unit, _day in keys], [day for _unit, day in keys], [wanted[key] for key in keys]]
        )
        return {(unit, day): last - wanted[unit, day] + 1 for unit, day, last in cursor.fetchall()}
