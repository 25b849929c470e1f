"""The hall in a real Chromium: machine, wall, window and phone side by side. Open at every hour: no clock matters."""

import os
from pathlib import Path
from shutil import which

import pytest

import motcua.ui
from motcua.organizations.models import Account, WorkingHours
from motcua.organizations.queries import forget_calendars
from motcua.queues.factories import SINCE, make_hall_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = which(os.environ.get("MOTCUA_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = (Path(motcua.ui.__file__).parent / "tests" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WALL, DESK, PHONE = ({"width": w, "height": h} for w, h in ((1920, 1080), (1280, 800), (390, 844)))
PASSWORD = "mot-cua-thu-nghiem"


@pytest.fixture
def address(transactional_db, monkeypatch, live_server):
    """Serve the small hall, open at every hour."""
    # Playwright runs an event loop in this thread; the rows are written before the first page.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    world = make_hall_world()
    WorkingHours.objects.create(
        unit=world.units["T.MC"], weekdays=list(range(7)), sessions=[["00:00", "23:59"]], valid_from=SINCE, source="thử"
    )
    officer = Account.objects.get(username="officer")
    officer.set_password(PASSWORD)
    officer.save()
    forget_calendars()
    return live_server.url


@pytest.fixture
def page_of(address):
    """Return a maker of pages, each in a browser of its own; what goes wrong in them is kept in ``faults``."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; MOTCUA_CHROMIUM may name one")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def make(path, size=DESK, *, script=True):
            page = browser.new_context(viewport=size, java_script_enabled=script, base_url=address).new_page()
            page.on("pageerror", lambda error: make.faults.append(str(error)))
            page.goto(path)
            return page

        make.faults = []
        yield make
        browser.close()


def faults_of(page):
    """Return what axe finds, and whether the page is wider than its screen."""
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false})", RULES
    )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]] + ["wide"] * (wide > 0)


def test_a_number_from_the_machine_to_the_window(page_of):
    machine, wall = page_of("/lay-so/SANH?may=1"), page_of("/lay-so/SANH/man-hinh", WALL)
    assert faults_of(machine) == []
    machine.check("[name=priority][value=elderly]", force=True)
    machine.click("button[value=A]")
    assert machine.inner_text("h1 b") == "A001"
    assert faults_of(machine) == []
    phone = page_of(machine.url.partition("/phieu")[0], PHONE)

    officer = page_of("/quay/")
    officer.fill("[name=username]", "officer")
    officer.fill("[name=password]", PASSWORD)
    officer.click("main button")
    officer.goto("/quay/")
    officer.click("form[action$='/1/mo'] button")
    assert faults_of(officer) == []
    officer.keyboard.press("n")
    officer.wait_for_selector(".mq-desk__label:has-text('A001')")

    # The wall and the phone hear of it by themselves.
    wall.wait_for_selector(".mq-new:has-text('A001')")
    wall.wait_for_function("() => document.getElementById('said').textContent.includes('A001')")
    assert wall.inner_text("#said") == "Mời số A001 đến quầy 1"
    assert faults_of(wall) == []
    phone.wait_for_selector(".mq-ticket__call:has-text('1')", timeout=30_000)
    assert faults_of(phone) == []

    officer.keyboard.press("s")
    officer.wait_for_selector("[data-key=d]")
    assert faults_of(officer) == []
    officer.keyboard.press("d")
    officer.wait_for_selector(".mq-desk__label--none")
    assert page_of.faults == []


def test_the_hall_works_without_a_script(page_of):
    machine = page_of("/lay-so/SANH?may=1", script=False)
    machine.click("button[value=B]")
    assert machine.inner_text("h1 b") == "B001"
    wall = page_of("/lay-so/SANH/man-hinh", WALL, script=False)
    assert wall.locator("noscript").count() == 1
    assert wall.inner_text(".mq-lines li:nth-child(2) strong") == "1"


def test_the_slip_is_one_strip_of_paper(page_of):
    machine = page_of("/lay-so/SANH?may=1")
    machine.click("button[value=A]")
    strip = machine.pdf(prefer_css_page_size=True)
    assert strip.count(b"/Type /Page\n") == 1


def test_booking_on_a_phone(page_of):
    phone = page_of("/lay-so/SANH/dat-hen", PHONE)
    assert faults_of(phone) == []
    phone.locator("[name=appointed_at]").first.click()
    assert "AH01" in phone.inner_text("h1")
    assert faults_of(phone) == []
