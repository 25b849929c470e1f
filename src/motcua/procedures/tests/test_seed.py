"""The demonstration's catalogue: routes with people at every step, forms that can be asked, offerings spread out."""

from datetime import date

import pytest

from motcua.organizations import seed as organizations
from motcua.organizations.models import Post, Unit
from motcua.procedures import queries, seed
from motcua.procedures.eforms import form_in_force
from motcua.procedures.fee_rates import fee_for
from motcua.procedures.models import FormVersion, Offering, Procedure, ProcedureVersion
from motcua.procedures.tests.conftest import silent
from motcua.workflow.models import AT_COMPETENT, AT_ONE_STOP, Route, RouteStep

pytestmark = pytest.mark.django_db
SHOWN = {"1.001193": "commune", "1.012906": "H27.04", "1.012783": "H27.08"}


@pytest.fixture
def demonstration(db):
    organizations.load(progress=silent, dossiers=0)
    seed.load(progress=silent, dossiers=0)


def people_at(unit: Unit, role: str) -> bool:
    return Post.objects.filter(unit=unit, role=role).exists()


def test_demonstration_is_whole(demonstration):
    offerings = Offering.objects.select_related("unit__one_stop", "route", "procedure")
    assert offerings.count() >= 123
    assert set(SHOWN) <= set(FormVersion.objects.values_list("procedure__code", flat=True))
    assert FormVersion.objects.count() == 30
    places = {one.unit.code if one.unit else one.unit_kind for one in offerings}
    assert {"commune", "H27.04", "H27.06", "H27.08", "H27.10", "H27.15", "H27.16", "H27.17"} <= places
    assert all(one.limit_value > 0 for one in offerings)

    for route in Route.objects.all():
        assert sum(step.share for step in route.steps.all()) == 100
    commune = Unit.objects.in_force().filter(kind="commune", parent__code="42").select_related("one_stop").first()
    for one in offerings:
        competent = one.unit or commune
        for step in RouteStep.objects.filter(route=one.route):
            place = {AT_ONE_STOP: competent.one_stop, AT_COMPETENT: competent}.get(step.place)
            assert people_at(place or Unit.objects.in_force().get(code=step.place), step.role), (one, step)

    for code, place in SHOWN.items():
        unit = commune if place == "commune" else Unit.objects.in_force().get(code=place)
        shown = queries.offering_for(code, unit, date(2026, 2, 1))
        assert len(form_in_force(code, date(2026, 2, 1)).form.fields) >= 7
        assert shown.is_online
        assert queries.version_at(code, date(2026, 2, 1)).components.count() > 2
    elsewhere = RouteStep.objects.filter(route__offerings__procedure__code="1.012783").values_list("place", flat=True)
    assert "H27.16" in elsewhere

    seed.load(progress=silent, dossiers=0)
    assert Procedure.objects.count() == ProcedureVersion.objects.count() == 2849
    assert Route.objects.count() == 3


def test_demonstration_shows_a_fee_that_is_lower_online_and_says_that_it_is_no_law(demonstration):
    unit = Unit.objects.in_force().get(code="H27.04")
    offering = queries.offering_for("1.012907", unit, date(2026, 2, 1))
    fees = [fee_for(offering, channel, date(2026, 2, 1), unit=unit) for channel in ("in_person", "online")]
    assert [fee.amount for fee in fees] == [200_000, 100_000]
    assert "minh họa" in fees[1].basis
