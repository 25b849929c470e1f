"""The small province with its cast, written once per test."""

import pytest

from motcua.plans.actions.approving import approve
from motcua.plans.actions.correcting import check_task
from motcua.plans.factories import make_world


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world()


@pytest.fixture
def draft(world):
    return world.read()


@pytest.fixture
def plan(world, draft):
    """The invented plan, its one unknown lead acknowledged, approved."""
    check_task(world.row(draft, "3").code, actor=world.control)
    return approve(draft.code, actor=world.control)
