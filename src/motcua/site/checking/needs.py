"""What the tests need from the machine beyond Python, installed where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.reading.recognition.tesseract import is_installed

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = {
    "chromium": ("chromium",),
    "phông chữ": ("fonts-liberation",),
    "nhận dạng chữ": ("tesseract-ocr", "tesseract-ocr-vie"),
}
INSTALL_SECONDS = 900

Tell = Callable[[str], None]


@dataclass
class Found:
    """What was found or installed. ``program`` is the browser; where there is none, ``missing`` says why."""

    program: str | None = None
    missing: str = ""
    notes: list[str] = field(default_factory=list)


def find_chromium() -> str | None:
    """Return the path of a Chromium: MOTCUA_CHROMIUM, else one on the path."""
    if given := os.environ.get("MOTCUA_CHROMIUM"):
        return shutil.which(given)
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def browser(tell: Tell) -> Found:
    """Find or install Chromium and a font; say what could not be done."""
    found = Found(find_chromium())
    lacking = [] if found.program else ["chromium"]
    lacking += [] if _has_font() else ["phông chữ"]
    _install(lacking, found, tell)
    found.program = found.program or find_chromium()
    if not found.program:
        found.missing = "; ".join(found.notes) or "không thấy Chromium"
    return found


def recognition(tell: Tell) -> Found:
    """Find or install what reads scans; without it the tests of recognition say that they did not run."""
    found = Found()
    _install([] if is_installed() else ["nhận dạng chữ"], found, tell)
    return found


def _install(lacking: list[str], found: Found, tell: Tell) -> None:
    if not lacking:
        return
    packages = [package for name in lacking for package in PACKAGES[name]]
    if obstacle := _obstacle(packages):
        found.notes.append(f"thiếu {', '.join(lacking)}: {obstacle}")
        return
    tell(f"Cài {' '.join(packages)} …")
    if said := _apt(packages):
        found.notes.append(f"không cài được {' '.join(packages)}: {said}")
    is_installed.cache_clear()


def _has_font() -> bool:
    program = shutil.which("fc-list")
    if program is None:
        return os.path.isdir("/usr/share/fonts/truetype")
    done = subprocess.run([program, ":", "family"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())


def _obstacle(packages: list[str]) -> str:
    """Say why we may not install, or nothing."""
    by_hand = f"apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        return "máy không có apt-get; hãy cài bằng cách khác (trình duyệt: đặt MOTCUA_CHROMIUM)"
    if os.geteuid() != 0:
        return f"không có quyền quản trị; hãy chạy: sudo {by_hand}"
    return ""


def _apt(packages: list[str]) -> str:
    """Install Debian packages; return what went wrong, or nothing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    said = ""
    # Package lists are fetched only if the ones at hand do not do.
    for words in (install, ["apt-get", "update"], install):
        try:
            done = subprocess.run(
                words, env=environment, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
            )
        except subprocess.TimeoutExpired:
            return f"{' '.join(words)} quá {INSTALL_SECONDS} giây"
        if words is install and done.returncode == 0:
            return ""
        said = (done.stderr.strip().splitlines() or [f"mã {done.returncode}"])[-1]
    return said
