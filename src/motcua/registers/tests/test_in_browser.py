"""Registers in a real Chromium, without a script: written wrongly, mended, moved, read on a phone; judged by axe."""

import os
from pathlib import Path
from shutil import which

import pytest
from django.conf import settings
from django.test import Client

import motcua.ui

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
def sign_in(transactional_db, monkeypatch, cast, talks, live_server, browser):
    # Playwright runs an event loop in this thread.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

    def page_for(account, *, size=DESK, script=False):
        client = Client()
        client.force_login(account)
        context = browser.new_context(viewport=size, java_script_enabled=script, base_url=live_server.url)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    return page_for


def test_an_entry_is_written_mended_and_moved_without_a_script(sign_in, cast):
    page = sign_in(cast.keeper)
    page.goto("/so-theo-doi/")
    page.get_by_role("link", name="Ghi mới").first.click()
    page.get_by_label("Ngày đối thoại").fill("31/2/2026")
    page.get_by_label("Chủ đề").fill("Thủ tục đất đai")
    page.get_by_role("button", name="Ghi sổ").click()
    assert page.get_by_role("alert").get_by_role("link").first.get_attribute("href") == "#id_held_on"
    page.get_by_label("Ngày đối thoại").fill("5/3/2026")
    page.get_by_role("button", name="Ghi sổ").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thủ tục đất đai"
    page.get_by_role("link", name="Đã trả lời").click()
    page.get_by_label("Kết quả").fill("Đã trả lời tại chỗ")
    page.get_by_role("button", name="Đã trả lời").click()
    assert "Đã trả lời kiến nghị" in page.inner_text("main")
    page.get_by_role("link", name="Sửa").click()
    page.get_by_label("Số người dự").fill("12")
    page.get_by_label("Lý do sửa").fill("Đếm lại")
    page.get_by_role("button", name="Lưu").click()
    assert "Số người dự: (trống) → 12" in page.inner_text("main")
    page.goto("/so-theo-doi/talks/?q=dat+dai")
    assert page.locator("tbody tr").count() == 2  # the entry and the sums


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_narrow_enough(sign_in, cast, talk, size):
    page = sign_in(cast.control, size=size, script=True)
    faults = []
    for path in (
        "/so-theo-doi/", "/so-theo-doi/talks/", f"/so-theo-doi/talks/{talk.code}", "/so-theo-doi/talks/theo-doi",
        f"/so-theo-doi/talks/{talk.code}/sua", f"/so-theo-doi/talks/{talk.code}/chuyen/void", "/so-theo-doi/talks/nhap",
        "/so-theo-doi/talks/?format=print", "/dinh-nghia-so/", "/dinh-nghia-so/talks", "/so-cong-khai/talks",
    ):  # fmt: skip
        assert page.goto(path).status == 200, path
        page.evaluate(AXE)
        judged = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        faults += [f"{path}: {each['id']}" for each in judged["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
            faults.append(f"{path}: wider than the window")
    assert faults == []
