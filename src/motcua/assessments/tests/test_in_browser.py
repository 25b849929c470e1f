"""Assessments in a real Chromium: scored and judged without a script, read on a phone; judged by axe."""

import os
from pathlib import Path
from shutil import which

import pytest
from django.conf import settings
from django.test import Client

import motcua.ui
from motcua.assessments.actions import grading, publishing
from motcua.assessments.grading_models import GradeScheme
from motcua.assessments.grading_sources import sources_for
from motcua.assessments.seed import set_schemes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = which(os.environ.get("MOTCUA_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = (Path(motcua.ui.__file__).parent / "tests" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def browser():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; MOTCUA_CHROMIUM may name one")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def sign_in(transactional_db, monkeypatch, world, live_server, browser):
    # Playwright runs an event loop in this thread.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

    def page_for(name, *, size=DESK, script=False):
        client = Client()
        client.force_login(world.people[name], backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
        context = browser.new_context(viewport=size, java_script_enabled=script, base_url=live_server.url)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    return page_for


def test_a_unit_scores_itself_wrongly_and_mends_it_without_a_script(sign_in, world):
    made = world.open()
    page = sign_in("specialist")
    page.goto(f"/danh-gia/{made.code}/don-vi/T.01?nhom=2")
    page.locator("[id='value-2.1']").fill("mười hai")
    page.get_by_role("button", name="Lưu", exact=True).click()
    told = page.get_by_role("alert").get_by_role("link")
    assert told.get_attribute("href") == "#c-2.1"
    assert page.locator("[id='value-2.1']").input_value() == "mười hai"
    page.locator("[id='value-2.1']").fill("12")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "Điểm tự chấm: 4" in page.locator("[id='c-2.1']").inner_text()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_narrow_enough(sign_in, world, size):
    over, under_way = world.open(), world.open()
    world.finish(over)
    world.finish(over, "T.02", "neighbour", survey="2")
    publishing.publish(over.code, actor=world.control)
    world.send(under_way)
    set_schemes()
    scheme = GradeScheme.objects.filter(basis="round").order_by("code")[0]
    graded = grading.propose(scheme, sources_for(scheme, world.units["T"])[0], actor=world.control)
    judged = f"/danh-gia/{under_way.code}/don-vi/T.01"
    faults = []
    for who, paths in {
        "control": [
            "/danh-gia/", f"/danh-gia/{under_way.code}/", judged, f"{judged}/tieu-chi/1.1",
            f"/danh-gia/{over.code}/ket-qua", "/danh-gia/bo-tieu-chi/", "/danh-gia/bo-tieu-chi/moi",
            f"/danh-gia/bo-tieu-chi/{world.version.pk}", "/danh-gia/xep-loai/", f"/danh-gia/xep-loai/{graded.code}",
            f"/danh-gia/xep-loai/cach/{scheme.code}", "/danh-gia/xep-loai/cach/moi",
            "/danh-gia/cong-bo/", f"/danh-gia/cong-bo/{over.code}", f"/danh-gia/cong-bo/{over.code}/don-vi/T.01",
        ],
        "neighbour": [f"/danh-gia/{under_way.code}/don-vi/T.02", f"/danh-gia/{under_way.code}/don-vi/T.02?nhom=2"],
    }.items():  # fmt: skip
        page = sign_in(who, size=size, script=True)
        faults += [fault for path in paths for fault in _faults(page, path)]
    assert faults == []


def _faults(page, path):
    assert page.goto(path).status == 200, path
    page.evaluate(AXE)
    judged = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    faults = [f"{path}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in judged["violations"]]
    if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
        faults.append(f"{path}: wider than the window")
    return faults
