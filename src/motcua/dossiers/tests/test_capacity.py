"""The time a person has: working minutes ahead, less those away, each minute once."""

from datetime import timedelta

import pytest

from motcua.dossiers.factories import MONDAY
from motcua.dossiers.rules.capacity import capacity
from motcua.organizations.actions.calendar import load_calendar
from motcua.organizations.queries import calendar_for

DAY = timedelta(days=1)
MIDNIGHT = MONDAY.replace(hour=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "away, days",
    [
        ([], 5),
        ([(MIDNIGHT, MIDNIGHT + DAY)], 4),
        ([(MIDNIGHT - 3 * DAY, MIDNIGHT + 2 * DAY)], 3),
        ([(MIDNIGHT, MIDNIGHT + 2 * DAY), (MIDNIGHT + DAY, MIDNIGHT + 3 * DAY)], 2),
        ([(MIDNIGHT + 5 * DAY, MIDNIGHT + 9 * DAY)], 5),
        ([(MIDNIGHT, MIDNIGHT + 30 * DAY)], 0),
    ],
)
def test_capacity_is_the_time_ahead_less_the_time_away(away, days):
    load_calendar()
    assert capacity(calendar_for(), at=MIDNIGHT, until=MIDNIGHT + 5 * DAY, away=away) == days * 8 * 60
