"""A simulated year: deterministic, true to the life, calibrated with what was published."""

from datetime import datetime

import pytest

from motcua.base.clock import VIETNAM
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions.simulating import simulate
from motcua.dossiers.models import DailyNumber, Dossier
from motcua.dossiers.simulation.calibration import calibration
from motcua.dossiers.states import OPEN_STATES
from motcua.organizations.actions.people import give_post
from motcua.payments.models import Fee
from motcua.workflow.models import Holding, Run

UNTIL = datetime(2026, 6, 30, 12, 0, tzinfo=VIETNAM)


def quiet(_what, _done, _total):
    """Nobody watches the progress of a test."""


@pytest.fixture
def year(world):
    for unit, role in (("T.10.MC", "reception"), ("T.10", "unit_head")):
        if not world.units[unit].posts.filter(role=role).exists():
            give_post(world.commune_all, unit=world.units[unit], role=role, valid_from=UNTIL.date(), actor="")
    simulate(dossiers=400, year=2026, seed=7, progress=quiet, until=UNTIL)
    return world


def test_calibration_reads_the_published_counts():
    found = calibration()
    assert found.department("Sở Nông nghiệp và Môi trường").late_share == pytest.approx(0.3109, abs=1e-4)
    assert found.department("Sở Xây dựng").mean_days == 4.41
    assert found.commune_load == 417_669 - 141_170
    assert 0 < found.department("Sở không có trong số liệu").late_share < 1


def test_simulated_dossiers_keep_the_invariants(year):
    assert Dossier.objects.count() == Run.objects.count() == 400
    assert Run.objects.exclude(state="closed").count() == Holding.objects.filter(ended_at__isnull=True).count()
    for dossier in Dossier.objects.filter(decided_at__isnull=False):
        assert dossier.is_on_time == (dossier.decided_at <= dossier.due_at)
        assert dossier.filed_at <= dossier.received_at <= dossier.decided_at
    assert not Fact.objects.filter(verb__startswith="dossier.", at__gte=UNTIL).exists()
    assert Fact.objects.filter(verb="dossier.filed").count() == 400
    assert Dossier.objects.filter(state__in=OPEN_STATES).exists()
    assert sum(DailyNumber.objects.values_list("last", flat=True)) == 400


def test_same_seed_gives_the_same_year(world):
    fields = ("code", "state", "filed_at", "decided_at", "channel", "is_on_time")
    years = []
    for seed in (3, 3, 4):
        simulate(dossiers=60, year=2026, seed=seed, progress=quiet, until=UNTIL)
        years.append(list(Dossier.objects.order_by("code").values_list(*fields)))
        for model in (Run, Fee, Dossier, DailyNumber):
            model.objects.all().delete()
    assert years[0] == years[1] != years[2]


def test_a_year_to_come_is_refused(world):
    with pytest.raises(Refused, match="chưa bắt đầu"):
        simulate(dossiers=1, year=2030, seed=1, progress=quiet, until=UNTIL)
