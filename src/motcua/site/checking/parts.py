"""The parts of ``motcua test``, in the order they run: cheap ones first."""

from dataclasses import dataclass

HOUSE_RULES = "src/motcua/site/tests/test_house_rules.py"


@dataclass(frozen=True)
class Part:
    """One part. ``commands`` are words after ``python -m``; the part passes when all of them do."""

    name: str
    what: str  # Vietnamese, for the table
    commands: tuple[tuple[str, ...], ...]
    needs_database: bool = False
    needs_browser: bool = False

    @property
    def is_pytest(self) -> bool:
        return any(command[0] == "pytest" for command in self.commands)


PARTS = [
    Part("lint", "Trình bày mã (ruff)", (("ruff", "check", "."), ("ruff", "format", "--check", "."))),
    Part("imports", "Tầng và phòng (import-linter)", (("importlinter.cli", "--no-cache"),)),
    Part("types", "Kiểu dữ liệu (mypy)", (("mypy",),)),
    Part("rules", "Quy tắc của ngôi nhà", (("pytest", "-q", HOUSE_RULES),), needs_database=True),
    Part(
        "unit",
        "Kiểm thử đơn vị, API, tiến trình thật",
        (("pytest", "-q", "-n", "2", "-m", "not browser", f"--deselect={HOUSE_RULES}"),),
        needs_database=True,
    ),
    Part(
        "browser",
        "Trình duyệt (Chromium)",
        (("pytest", "-q", "-m", "browser"),),
        needs_database=True,
        needs_browser=True,
    ),
]
