"""The small round, written once per test."""

import pytest
from django.test import Client

from motcua.assessments.factories import make_assessment_world


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    """Keep evidence in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world(db):
    return make_assessment_world()


@pytest.fixture
def as_(world):
    """Return a browser in which a person of the cast is signed in; "" is the public."""

    def browser(name=""):
        client = Client()
        if name:
            client.force_login(world.people[name], backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
        return client

    return browser
