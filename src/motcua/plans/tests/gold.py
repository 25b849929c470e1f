"""The hand-made answers for the five sample documents, which stand beside the checkout, not in it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

SEEDS = ("000", "001", "002", "003", "004")
FIELDS = (
    "section_path",
    "number",
    "text",
    "lead",
    "lead_raw",
    "coordinating",
    "coordinating_raw",
    "product",
    "deadline_text",
    "deadline",
    "damaged",
    "inherited",
    "line_start",
    "line_end",
)
# Where the reading differs from the hand-made answer, and why.
KNOWN = {
    ("000", "III.2.2", "section_path"): "a lost heading is named in Vietnamese here",
    ("000", "III.3.1", "section_path"): "a lost heading is named in Vietnamese here",
    ("000", "III.3.2", "section_path"): "a lost heading is named in Vietnamese here",
    ("000", "III.5.3", "deadline"): "ocr_fix gives the whole expression, not only the mended words",
}


def shared() -> Path | None:
    """Return the folder ``shared`` beside the checkout, or None."""
    root = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
    beside = root.parent / "shared"
    return beside if (beside / "gold").is_dir() else None


needs_gold = pytest.mark.skipif(
    shared() is None, reason="NOT RUN: no ../shared/gold beside the checkout, so the readings are not compared"
)


def seed_path(seed: str) -> Path:
    """Return the text file of a sample document."""
    folder = shared()
    assert folder is not None
    return next((folder / "seeds").glob(f"{seed}_*.txt"))


def gold(seed: str) -> dict[str, Any]:
    """Return the hand-made answer of a sample document."""
    folder = shared()
    assert folder is not None
    answer: dict[str, Any] = json.loads((folder / "gold" / f"{seed}.json").read_text("utf-8"))
    return answer


def plain(value: Any) -> Any:
    """Return a value with white space collapsed in texts."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def differences(seed: str, expected: dict[str, Any], read: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (task id, field) of every field of a common row that is not equal after white space."""
    rows = {task["id"]: task for task in read["tasks"]}
    found = []
    for task in expected["tasks"]:
        row = rows.get(task["id"])
        if row is None:
            continue
        for name in FIELDS:
            wanted, got = task.get(name), row["source"][name] if name.startswith("line_") else row[name]
            if name == "inherited":
                wanted = wanted or []
            if plain(wanted) != plain(got):
                found.append((task["id"], name))
    return found
