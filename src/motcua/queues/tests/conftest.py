"""The small hall, written once per test."""

import pytest
from django.test import Client

from motcua.queues.ahead import forget_usual
from motcua.queues.factories import make_hall_world


@pytest.fixture(autouse=True)
def _no_usual_times_are_remembered():
    forget_usual()


@pytest.fixture
def world(db):
    return make_hall_world()


@pytest.fixture
def as_(world):
    """Return a browser in which a person of the cast is signed in; "" is the public."""

    def browser(name=""):
        client = Client()
        if name:
            client.force_login(world.people[name], backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
        return client

    return browser
