"""The demonstration's plans are read, approved, bound and followed; the commune's waits for review."""

import pytest

from motcua.indicators.models import Target
from motcua.indicators.seed import load as load_indicators
from motcua.organizations.seed import load as load_units
from motcua.plans import seed
from motcua.plans.models import Plan, PlanTarget
from motcua.plans.queries import blockers, progress_of
from motcua.plans.rules.reader import read_plan

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _tell(*_told):
    return None


@pytest.fixture
def demonstration(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for load in (load_units, load_indicators, seed.load, seed.load):  # the second time does nothing
        load(progress=_tell, dossiers=0)


def test_demonstration_plans(demonstration):
    assert [(plan.state, plan.unit.name, plan.holder.name) for plan in Plan.objects.order_by("year")] == [
        ("approved", "Tỉnh Hà Tĩnh", "Tỉnh Hà Tĩnh"),
        ("draft", "Xã Thạch Châu", "Xã Mai Phụ"),
    ]
    for plan, path in zip(Plan.objects.order_by("year"), (seed.PROVINCE_PLAN, seed.COMMUNE_PLAN), strict=True):
        read = read_plan(path)
        assert [
            (task.short_code, task.text, task.lead, task.due_on, task.line_start, task.line_end)
            for task in plan.tasks.order_by("position")
        ] == [
            (each.id, each.text, each.lead, each.deadline.due_on, each.line_start, each.line_end) for each in read.tasks
        ]
    province, commune = Plan.objects.order_by("year")
    bound = Target.objects.filter(withdrawn_at__isnull=True).order_by("indicator__code", "value")
    assert [(each.indicator.code, int(each.value), each.unit_kind) for each in bound] == [
        ("digitised", 35, "commune"), ("digitised", 50, "department"), ("online", 50, ""), ("paid_online", 30, ""),
        ("satisfaction", 90, ""),
    ]  # fmt: skip
    assert not PlanTarget.objects.filter(task__plan=province, duplicate_of="", remark="").exists()
    counts = progress_of([province])[province.pk]
    assert (counts["done_on_time"], counts["done_late"], counts["open_late"]) == (1, 1, 3)
    assert [blocker.task.short_code for blocker in blockers(commune, commune.tasks.all())] == [
        "PL2.6", "PL2.VIII.1",
    ]  # fmt: skip
