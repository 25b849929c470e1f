"""Progress on the terminal: one line per step, with its seconds."""

import sys
import time
from typing import TextIO

EVERY_SECONDS = 0.1  # on a terminal, where the line is rewritten
EVERY_SECONDS_IN_LOG = 5.0  # elsewhere, where every line stays


class Teller:
    """Tells one step after the other; a step is told anew while it runs and closed by the next, or by done()."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.rewrites = self.stream.isatty()
        self.step = ""
        self.began = self.told = time.monotonic()

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say that ``step`` is at ``done`` of ``total`` (0: not countable)."""
        if step != self.step:
            self.close()
            self.step, self.began, self.told = step, time.monotonic(), 0.0
        now = time.monotonic()
        if now - self.told < (EVERY_SECONDS if self.rewrites else EVERY_SECONDS_IN_LOG):
            return
        if self.rewrites or self.told:
            self._write(f"  … {step}{_share(done, total)}  {seconds(now - self.began)}", final=not self.rewrites)
        self.told = now

    def close(self) -> None:
        """End the running step as done."""
        if self.step:
            self._write(f"  ✓ {self.step}  {seconds(time.monotonic() - self.began)}", final=True)
            self.step = ""

    def fail(self) -> None:
        """End the running step as failed."""
        if self.step:
            self._write(f"  ✗ {self.step}  {seconds(time.monotonic() - self.began)}", final=True)
            self.step = ""

    def say(self, text: str = "") -> None:
        """Write a line of its own."""
        self.close()
        self._write(text, final=True)

    def _write(self, line: str, *, final: bool) -> None:
        start = "\r\x1b[K" if self.rewrites else ""
        self.stream.write(f"{start}{line}" + ("\n" if final else ""))
        self.stream.flush()


def seconds(value: float) -> str:
    """Return ``0,6 giây`` or ``2 phút 05 giây``."""
    if value < 60:
        return f"{value:.1f} giây".replace(".", ",")
    return f"{int(value) // 60} phút {int(value) % 60:02d} giây"


def number(value: int) -> str:
    """Return the number with a dot between thousands, as Vietnamese writes it."""
    return f"{value:,}".replace(",", ".")


def _share(done: int, total: int) -> str:
    return f"  {number(done)}/{number(total)} ({100 * done // total}%)" if total else ""
