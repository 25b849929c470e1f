"""The parts of ``motcua test``, in the order they run: cheap ones first."""

from dataclasses import dataclass

HOUSE_RULES = "src/motcua/site/tests/test_house_rules.py"

# import-linter has no module to run.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True)
class Part:
    """One part. ``commands`` are words after ``python``; the part passes when all of them do."""

    name: str
    what: str  # Vietnamese, for the table
    commands: tuple[tuple[str, ...], ...]
    needs_database: bool = False
    needs_browser: bool = False
    needs_recognition: bool = False


PARTS = [
    Part("lint", "Trình bày mã (ruff)", (("-m", "ruff", "check", "."), ("-m", "ruff", "format", "--check", "."))),
    Part("imports", "Tầng và phòng (import-linter)", (("-c", LINT_IMPORTS),)),
    Part("types", "Kiểu dữ liệu (mypy)", (("-m", "mypy"),)),
    Part("rules", "Quy tắc của ngôi nhà", (("-m", "pytest", "-q", HOUSE_RULES),), needs_database=True),
    Part(
        "unit",
        "Kiểm thử đơn vị, API, tiến trình thật",
        (("-m", "pytest", "-q", "-n", "2", "-m", "not browser", f"--deselect={HOUSE_RULES}"),),
        needs_database=True,
        needs_recognition=True,
    ),
    Part(
        "browser",
        "Trình duyệt (Chromium)",
        (("-m", "pytest", "-q", "-m", "browser"),),
        needs_database=True,
        needs_browser=True,
    ),
]
