"""How long procedures really take: from resolved dossiers of twelve months, in working time, never from a few."""

from datetime import datetime, timedelta

import pytest

from motcua.base.clock import VIETNAM
from motcua.dossiers import usual_times
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import DECIDED
from motcua.procedures.usual_time import usual_time_of

DAY_AFTER = (MONDAY + timedelta(days=30)).date()


@pytest.fixture(autouse=True)
def a_later_day(monkeypatch):
    monkeypatch.setattr(usual_times, "today", lambda: DAY_AFTER)


def resolve(dossier: Dossier, decided_at: datetime, received_at: datetime = MONDAY) -> None:
    # The life of a dossier is tried elsewhere; here only its instants count.
    Dossier.objects.filter(pk=dossier.pk).update(state=DECIDED, received_at=received_at, decided_at=decided_at)


def march(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=VIETNAM)


def test_middle_and_nine_of_ten_are_counted_in_working_time(world):
    # Monday 8:00 to Tuesday 8:00 is a working day of eight hours; the weekend counts nothing.
    for decided_at in (march(3, 8), march(3, 8), march(4, 8), march(5, 8), march(9, 8)):
        resolve(world.file(), decided_at)
    found = usual_time_of(world.procedure)
    assert found is not None
    assert (found.dossiers, found.median_days) == (5, 2.0)
    assert found.nine_of_ten_days == pytest.approx(4.2)  # between 3 and 5 days


def test_few_dossiers_tell_nothing(world):
    for _number in range(4):
        resolve(world.file(), march(4, 8))
    assert usual_time_of(world.procedure) is None


def test_open_ended_old_and_other_dossiers_do_not_count(world):
    for _number in range(5):
        world.file()
        resolve(world.file(), datetime(2025, 3, 4, 8, tzinfo=VIETNAM), datetime(2025, 3, 3, 8, tzinfo=VIETNAM))
        resolve(world.file(procedure=world.inter_agency), march(4, 8))
    assert usual_time_of(world.procedure) is None
    assert usual_time_of(world.inter_agency) is not None


def test_page_of_the_procedure_tells_it(world, client):
    for _number in range(5):
        resolve(world.file(), march(4, 8))
    page = client.get(f"/thu-tuc/{world.procedure}").content.decode()
    assert "thường 2,0 ngày làm việc" in page
    assert "(theo 5 hồ sơ)" in page
