"""Settings of all tests."""

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is slow to draw examples; nothing here is judged by wall-clock time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database keeps cells as a prepared one does.

    At the end nobody else is left in it: a thread that a test began may end after the last test, and a database in
    use cannot be dropped.
    """
    from django.db import connection

    from motcua.indicators.actions.keeping import set_up

    with django_db_blocker.unblock():
        set_up()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    """A test's units and offerings are gone after it: what a process keeps for some seconds must go with them."""
    from motcua.dossiers.queries.places import forget_places
    from motcua.organizations.queries import forget_calendars
    from motcua.procedures.fee_rates import forget_fee_rates

    forget_places()
    forget_calendars()
    forget_fee_rates()
