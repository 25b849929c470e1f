"""Take govuk-frontend into the house: without its font, its crest and the components we replace.

Run by whoever raises the version, never by an installer: ``python -m motcua.ui.vendoring UNPACKED_PACKAGE``.
The page ``vendored.md`` tells the whole way.
"""

import re
import sys
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "ui" / "vendor"
FONT = "Be Vietnam Pro"
# Components that base.html and our own sheets stand in for; their rules only weigh.
DROPPED = (
    "accordion", "cookie-banner", "exit-this-page", "feedback", "footer", "generic-header", "header",
    "language-navigation", "password-input", "phase-banner", "tabs", "file-upload-button", "drop-zone",
    "pagination", "notification-banner", "service-navigation", "task-list", "summary-list", "summary-card",
    "table", "inset-text", "panel", "warning-text", "back-link", "breadcrumbs", "tag", "details", "skip-link",
)  # fmt: skip
_DROPPED = re.compile(r"\.govuk-(?:{})(?![a-z])".format("|".join(DROPPED)))


def blocks(css: str) -> list[tuple[str, str]]:
    """Return the outermost (selector or at-rule, body) pairs of minified ``css``."""
    found, depth, start, opened = [], 0, 0, 0
    for position, character in enumerate(css):
        if character == "{":
            if depth == 0:
                opened = position
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:opened], css[opened + 1 : position]))
                start = position + 1
    return found


def adopt(css: str) -> str:
    """Return ``css`` without foreign fonts, pictures and dropped components, in our own typeface."""
    kept = []
    for head, body in blocks(css):
        if "@font-face" in head:
            continue
        if head.startswith(("@media", "@supports")):
            body = adopt(body)
        else:
            head = ",".join(part for part in head.split(",") if not _DROPPED.search(part))
        if head and body:
            kept.append(f"{head}{{{body}}}")
    return "".join(kept).replace("GDS Transport", FONT).replace("arial,sans-serif", "system-ui,sans-serif")


def refresh(package: Path) -> list[str]:
    """Write the adopted sheet and its script from an unpacked ``package``; return what was written."""
    dist = package / "dist" / "govuk"
    sheet = (dist / "govuk-frontend.min.css").read_text("utf-8")
    sheet = re.sub(r"/\*.*?\*/|@charset[^;]*;", "", sheet, flags=re.DOTALL)
    script = (dist / "govuk-frontend.min.js").read_text("utf-8")
    script = re.sub(r"//# sourceMappingURL=\S+", "", script)
    # Hashed file names cannot be followed by an import inside a script, so the one entry goes on the window.
    script = re.sub(r"export\{[^{}]*\};\s*$", "window.GOVUKFrontend={initAll:initAll};", script.rstrip())
    (VENDOR / "govuk-frontend.min.css").write_text(adopt(sheet.strip()) + "\n", "utf-8")
    (VENDOR / "govuk-frontend.min.js").write_text(script.rstrip() + "\n", "utf-8")
    return ["govuk-frontend.min.css", "govuk-frontend.min.js"]


if __name__ == "__main__":
    for written in refresh(Path(sys.argv[1])):
        sys.stdout.write(f"{written}: {(VENDOR / written).stat().st_size} bytes\n")
