"""The small province, written once per test."""

import pytest

from motcua.dossiers.factories import make_world


@pytest.fixture
def world(db):
    return make_world()
