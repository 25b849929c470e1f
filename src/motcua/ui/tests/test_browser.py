"""The gallery in a real Chromium: no accessibility fault, no sideways scroll, one form sent once."""

import mimetypes
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders

from motcua.ui.tests.pages import gallery_html, rendered
from motcua.ui.web.pages import FACES

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = which("chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


class Pages(BaseHTTPRequestHandler):
    """Serves the rendered gallery and the static files; counts what is sent to it."""

    received: list[str] = []

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if where.path.startswith("/static/"):
            path = Path(finders.find(where.path.removeprefix("/static/")) or "/nowhere")
            kind, content = mimetypes.guess_type(path.name)[0] or "font/woff2", path.read_bytes()
        elif where.path == "/error":
            kind, content = "text/html; charset=utf-8", rendered("ui/error.html", status=404).encode()
        else:
            face = parse_qs(where.query).get("face", ["desk"])[0]
            kind, content = "text/html; charset=utf-8", gallery_html(face).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.received.append(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8", "replace"))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


def opened(browser, url, size=DESK, scheme="light", script=True):
    page = browser.new_page(viewport=size, color_scheme=scheme, locale="vi-VN", java_script_enabled=script)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.goto(url, wait_until="load")
    return page


@pytest.mark.parametrize("path", [*(f"/?face={face}" for face in FACES), "/error"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_page_has_no_accessibility_fault(browser, address, path, size, scheme):
    page = opened(browser, address + path, size, scheme)
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert page.faults == []
    page.close()


@pytest.mark.parametrize("face", FACES)
def test_page_never_scrolls_sideways(browser, address, face):
    page = opened(browser, f"{address}/?face={face}", {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_form_is_sent_once_and_can_be_sent_again_after_coming_back(browser, address):
    page = opened(browser, address)
    Pages.received.clear()
    button = page.locator("#forms form[data-warn] button:not([type=button])").last
    with page.expect_request(lambda request: request.method == "POST"):
        button.evaluate("button => { button.click(); button.click(); }")
    page.wait_for_function("() => document.querySelector('form[data-warn]').dataset.sent === '1'")
    assert len(Pages.received) == 1
    assert button.is_disabled()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert button.is_enabled()
    page.close()


def test_keys_rest_while_someone_types(browser, address):
    page = opened(browser, address)
    page.evaluate("window.pressed = 0")
    page.locator("[data-key=s]").evaluate("button => { button.onclick = () => { window.pressed++; }; }")
    page.keyboard.press("s")
    page.locator("#s_name").press("s")
    assert page.evaluate("window.pressed") == 1
    page.close()


def test_page_reads_without_script(browser, address):
    page = opened(browser, address, PHONE, script=False)
    assert page.locator("nav.mc-nav a").first.is_visible()
    assert page.locator("#s_scan").is_visible()
    assert page.locator("#forms form[data-warn] button").last.is_visible()
    page.close()


def test_printed_page_leaves_the_frame_out(browser, address):
    page = opened(browser, address)
    page.emulate_media(media="print")
    assert not page.locator(".mc-header").is_visible()
    assert not page.locator(".mc-nav").is_visible()
    assert page.locator("#results table").is_visible()
    assert page.locator(".mc-sheet").is_visible()
    page.close()
