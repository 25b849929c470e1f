"""Codes of entries: numbered by register and year, given once."""

from django.db import connection

from motcua.registers.models import Register

# The row stays locked until the commit: two who write at once take one number after the other.
_TAKE = """
INSERT INTO registers_lastnumber (register_id, year, last) VALUES (%s, %s, %s)
ON CONFLICT (register_id, year) DO UPDATE SET last = registers_lastnumber.last + excluded.last
RETURNING last
"""


def next_codes(register: Register, year: int, count: int = 1) -> list[str]:
    """Take so many numbers of a register's year and return them as codes: DT-2026-0007."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [register.pk, year, count])
        last = int(cursor.fetchone()[0])
    return [f"{register.prefix}-{year}-{number:04d}" for number in range(last - count + 1, last + 1)]
