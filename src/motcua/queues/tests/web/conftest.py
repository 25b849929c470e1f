"""The hall's morning, for pages that ask the clock."""

from datetime import timedelta

import pytest

from motcua.queues.factories import MORNING


class Clock:
    """What the pages take for now."""

    def __init__(self):
        self.at = MORNING

    def go_on(self, **time):
        self.at += timedelta(**time)


@pytest.fixture
def clock(monkeypatch):
    """Stop the clock of the pages on the morning of the small hall."""
    stopped = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: stopped.at)
    return stopped
