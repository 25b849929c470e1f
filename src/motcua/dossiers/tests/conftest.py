"""The small province, written once per test."""

from time import monotonic

import pytest

from motcua.dossiers.factories import make_world


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def kept_on(monkeypatch):
    """Let what a process keeps for some seconds (calendars, names of steps) be kept for the whole test."""
    instant = monotonic()
    for module in ("motcua.organizations.queries", "motcua.workflow.my_work"):
        monkeypatch.setattr(f"{module}.monotonic", lambda: instant)
