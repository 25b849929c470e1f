"""Settings of all tests."""

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is slow to draw examples; nothing here is judged by wall-clock time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database keeps cells as a prepared one does."""
    from motcua.indicators.actions.keeping import set_up

    with django_db_blocker.unblock():
        set_up()


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    """A test's units and offerings are gone after it: what a process keeps for some seconds must go with them."""
    from motcua.dossiers.places import forget_places
    from motcua.organizations.queries import forget_calendars
    from motcua.procedures.fee_rates import forget_fee_rates

    forget_places()
    forget_calendars()
    forget_fee_rates()
