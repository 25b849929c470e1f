"""The questions of an electronic form, checked before they are published."""

import re
from typing import Any

TYPES = frozenset({"text", "date", "choice", "number"})
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def faults_of(questions: Any) -> list[tuple[int, str]]:
    """Return (position from 1, fault) of every question that cannot be asked; faults: shape, name, twice, label, type,
    choices."""
    if not isinstance(questions, list):
        return [(0, "shape")]
    faults: list[tuple[int, str]] = []
    seen: set[str] = set()
    for position, question in enumerate(questions, start=1):
        if not isinstance(question, dict):
            faults.append((position, "shape"))
            continue
        name = question.get("name")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            faults.append((position, "name"))
        elif name in seen:
            faults.append((position, "twice"))
        else:
            seen.add(name)
        if not isinstance(question.get("label"), str) or not question["label"].strip():
            faults.append((position, "label"))
        if question.get("type") not in TYPES:
            faults.append((position, "type"))
        if question.get("type") == "choice" and not _are_choices(question.get("choices")):
            faults.append((position, "choices"))
    return faults


def _are_choices(choices: Any) -> bool:
    return (
        isinstance(choices, list)
        and len(choices) > 1
        and all(isinstance(choice, str) and choice for choice in choices)
        and len(set(choices)) == len(choices)
    )
