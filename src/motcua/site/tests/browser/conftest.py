"""A small demonstration province behind a live server, and people in front of browsers.

Playwright runs an event loop in the test's thread, so tests here never ask the database: they see what a person sees.
"""

import os
from collections.abc import Callable, Iterator
from shutil import which
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from motcua.organizations.queries import forget_calendars
from motcua.procedures.queries import forget_catalogue
from motcua.site.seed import load_demonstration
from motcua.site.tests.browser.person import Person

DOSSIERS = 600
CHROMIUM = which(os.environ.get("MOTCUA_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WITH_ROLES = ("congdan", "tiepnhan", "chuyenvien", "truongphong", "lanhdao", "kiemsoat", "quantri", "nguoingoai")


@pytest.fixture(scope="package")
def address(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demonstration out of a database of its own, so that no other test meets its rows."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; MOTCUA_CHROMIUM may name one")
    before, tests = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    usual = tests.get("NAME")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        tests["NAME"] = f"{before}_walk"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            forget_calendars()
            forget_catalogue()
            load_demonstration(progress=lambda *_told: None, dossiers=DOSSIERS)
            connection.close()
            server = LiveServer("127.0.0.1")
            yield server.url
            server.stop()
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)
            tests["NAME"] = usual
            forget_calendars()
            forget_catalogue()


@pytest.fixture(scope="package")
def browser(address: str) -> Iterator[object]:
    """Start Chromium after the server, so that it ends before the database goes."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def person(browser, address) -> Iterator[Callable[..., Person]]:
    """Return a maker of people: signed in by name, "" for the public; each has a browser of their own, kept for all."""
    known: dict[tuple[str, bool], Person] = {}

    def find(name: str = "", *, script: bool = True) -> Person:
        key = (name, script)
        if key not in known:
            known[key] = Person(browser, address, script=script)
            if name:
                known[key].sign_in(name)
        return known[key]

    yield find
    for each in known.values():
        each.leave()
