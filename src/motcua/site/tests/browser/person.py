"""Somebody in front of a browser: opens, clicks, types, sees."""

import io
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from motcua.organizations.seed import DEMONSTRATION_PASSWORD

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
PATIENCE = 15_000  # milliseconds until something that should appear counts as absent
PICTURES = os.environ.get("MOTCUA_SCREENSHOTS", "")


class Person:
    """A browser of one's own: cookies, one page, and what went wrong on it (``faults``)."""

    def __init__(self, browser: Any, address: str, *, script: bool = True, size: dict[str, int] = DESK) -> None:
        self.address = address
        self.has_script = script
        self.context = browser.new_context(
            viewport=size,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=script,
            accept_downloads=True,
            base_url=address,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.browser = browser
        self.foreign: Any = None
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)
        self.page.on("response", self._weigh_up)

    def _hear(self, message: Any) -> None:
        # A refusal is an answer of its own (422, 409), which the browser tells as a failed load.
        if message.type == "error" and not re.search(r"status of (422|409|404)", message.text):
            self.faults.append(f"console: {message.text}")

    def _watch(self, request: Any) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.address):
            self.faults.append(f"leaves the house: {request.url}")

    def _weigh_up(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")

    def leave(self) -> None:
        if self.foreign:
            self.foreign.close()
        self.context.close()

    def sign_in(self, name: str) -> None:
        """Sign in by the form, as people do."""
        self.open("/dang-nhap")
        self.page.get_by_label("Tên đăng nhập").fill(name)
        self.page.get_by_label("Mật khẩu").fill(DEMONSTRATION_PASSWORD)
        self.press("Đăng nhập")
        assert not self.page.url.endswith("/dang-nhap"), self.text()

    def open(self, path: str) -> None:
        answer = self.page.goto(path, wait_until="load")
        assert answer.status == 200, f"{answer.status}: {path}\n{self.text()[:600]}"

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Click a link by its words."""
        link = self.main.get_by_role("link", name=words).first
        assert link.count(), f"{self.page.url} has no link “{words}”: {self.text()[:3000]}"
        link.click()
        self.page.wait_for_load_state("load")

    def press(self, words: str, *, within: str = ".mc-columns") -> None:
        """Press a button by its words; it leads to a page."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(within).get_by_role("button", name=words, exact=True).first.click()

    @property
    def main(self) -> Any:
        """The page without its frame, what stands beside it included."""
        return self.page.locator(".mc-columns")

    def heading(self) -> str:
        return self.page.locator("h1").inner_text().strip()

    def text(self) -> str:
        """Return what the page says."""
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    def sees(self, *words: str) -> None:
        """Fail unless the page says all of ``words``."""
        said = self.text()
        missing = [each for each in words if each not in said]
        assert not missing, f"{self.page.url} does not say {missing}: {said[:3000]}"

    def sees_not(self, *words: str) -> None:
        said = self.text()
        assert not [each for each in words if each in said], self.page.url

    def fetch(self, path: str) -> Any:
        """Ask for an address as this person, without showing it."""
        return self.context.request.get(path)

    def fetch_in_english(self, path: str) -> Any:
        """Ask for an address as this person, who has chosen English."""
        if self.foreign is None:
            self.foreign = self.browser.new_context(base_url=self.address, storage_state=self.context.storage_state())
            self.foreign.add_cookies([{"name": "django_language", "value": "en", "url": self.address}])
        return self.foreign.request.get(path)

    def picture(self, name: str, *, at: Any = None) -> None:
        """Keep what is on the screen for the README, when MOTCUA_SCREENSHOTS names a folder."""
        if not PICTURES:
            return
        self.page.evaluate("document.activeElement?.blur()")
        if at is None:
            self.page.evaluate("scrollTo(0, 0)")
        else:
            at.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 24)")
        shot = Image.open(io.BytesIO(self.page.screenshot()))
        small = shot.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        small.save(folder / f"{name}.png", optimize=True)
