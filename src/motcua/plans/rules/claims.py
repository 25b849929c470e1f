"""What a document says it holds ("04 nhóm, 18 nhiệm vụ, 57 hoạt động"), counted against what was read."""

import re
from collections.abc import Mapping

from motcua.plans.rules.prose import Passage
from motcua.plans.rules.values import Claim, Task

_COUNTS = (
    ("groups", r"nhóm(?: nhiệm vụ| giải pháp)?"),
    ("tasks", r"nhiệm vụ"),
    ("activities", r"hoạt động|nội dung|công việc"),
    ("targets", r"chỉ tiêu"),
)
_ONE = re.compile(r"\b(\d{1,3})\s+(nhóm(?: nhiệm vụ)?|nhiệm vụ|hoạt động|chỉ tiêu)\b")
_STATES = re.compile(r"\b(với|gồm|bao gồm|có|tổng số|cụ thể)\b[^.]{0,40}$|\($")
_ANNEXES = re.compile(r"các phụ lục (?:từ )?0?(\d+)\s*[-–]\s*0?(\d+)", re.I)


def document_claims(
    texts: list[Passage], tasks: list[Task], sections: int, headings: Mapping[str, set[int]], annexes: int, targets: int
) -> list[Claim]:
    """Return the claims made in the running text. A claim names two kinds, or one after "gồm", "với"."""
    found: list[Claim] = []
    counts = _counts(tasks, sections, sum(len(numbers) for numbers in headings.values()), targets)
    for passage in texts:
        named = list(_ONE.finditer(passage.text))
        stated = {_kind(match.group(2)): int(match.group(1)) for match in named}
        is_claim = len(stated) > 1 or stated and _STATES.search(passage.text[: named[0].start()])
        if tasks and is_claim and re.search(r"ban hành|kế hoạch này|danh mục|phụ lục|kèm theo|gồm", passage.text, re.I):
            shown = passage.text[named[0].start() : named[-1].end()]
            found.append(Claim(None, shown, passage.line_start, stated, {kind: counts[kind] for kind in stated}))
        if match := _ANNEXES.search(passage.text):
            stated = {"appendices": int(match.group(2)) - int(match.group(1)) + 1}
            found.append(Claim(None, match.group(), passage.line_start, stated, {"appendices": annexes}))
    return found


def section_claims(
    titles: list[tuple[str, str, int]], tasks: list[Task], headings: Mapping[str, set[int]]
) -> list[Claim]:
    """Return the claims in section titles, given as (section label, title, line)."""
    found: list[Claim] = []
    for label, title, line in titles:
        bracket = re.search(r"\(([^()]*\d+ (?:nhiệm vụ|hoạt động|chỉ tiêu)[^()]*)\)", title)
        if not bracket or any(claim.section == label for claim in found):
            continue
        stated = {_kind(match.group(2)): int(match.group(1)) for match in _ONE.finditer(bracket.group(1))}
        own = [task for task in tasks if any(part.startswith(f"{label}. ") for part in task.section_path)]
        counts = _counts(own, 1, len(headings.get(label, ())), 0)
        found.append(Claim(label, bracket.group(1), line, stated, {kind: counts[kind] for kind in stated}))
    return found


def _counts(tasks: list[Task], sections: int, headings: int, targets: int) -> dict[str, int]:
    rows = sum(task.subrow_of is None for task in tasks)
    return {"groups": sections, "tasks": headings or rows, "activities": rows, "targets": targets}


def _kind(words: str) -> str:
    return next(name for name, pattern in _COUNTS if re.fullmatch(pattern, words))
