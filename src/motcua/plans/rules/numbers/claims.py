"""What a document says it holds ("04 nhóm, 18 nhiệm vụ, 57 hoạt động"), counted against what was read."""

import re
from collections.abc import Mapping

from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Claim, Task

_KINDS = (
    (
        "groups",
        r"nhóm(?: nhiệm vụ| giải pháp| nội dung| vấn đề)?|mảng(?: công việc| việc| công tác)?|trụ cột|"
        r"lĩnh vực(?: công tác)?",
    ),
    ("tasks", r"nhiệm vụ"),
    ("activities", r"hoạt động|nội dung|công việc|đầu việc"),
    ("targets", r"chỉ tiêu"),
    ("appendices", r"phụ lục"),
)
_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mốt": 1,
}  # fmt: skip
_UNIT = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mốt"
_SPELLED = rf"(?:(?:(?:{_UNIT}) mươi|mười)(?: (?:{_UNIT}))?|{_UNIT})"
_ONE = re.compile(
    rf"(?<![\w/.,])(\d{{1,3}}|{_SPELLED})(?:\s*\([^()\d]{{2,20}}\))?\s+"
    r"(nhóm(?: nhiệm vụ| giải pháp| nội dung)?|mảng(?: công việc| việc| công tác)?|trụ cột|lĩnh vực(?: công tác)?|"
    r"nhiệm vụ|hoạt động|nội dung|công việc|đầu việc|chỉ tiêu|phụ lục)(?!\w)",
    re.I,
)
_STATES = re.compile(r"\b(với|gồm|bao gồm|có|tổng số|tổng cộng|cụ thể)\b[^.]{0,40}$|\($", re.I)
# "Giao 12 nhiệm vụ trọng tâm tại Phụ lục II": counted where they stand.
_IN_ANNEX = re.compile(r"[^.;:]{0,40}?\b(?:tại|ở|trong|theo) (?:các )?(?:phụ lục|danh mục|biểu|phụ biểu)\b", re.I)
_OF_DOCUMENT = re.compile(
    r"ban hành|kế hoạch (?:này|gồm|bao gồm|có)|chương trình (?:này|gồm|bao gồm|có)|danh mục|phụ lục|kèm theo|gồm", re.I
)
_HEADING = re.compile(r"^\W*(?:[IVX]+|[A-Z]|phần\s+\w+)\s*[.:)]\s", re.I)
_ANNEXES = re.compile(r"các phụ lục (?:từ )?(?:số )?0?(\d+)\s*(?:[-–]|đến)\s*0?(\d+)", re.I)
_ANNEX_LIST = re.compile(
    r"(?:các )?phụ lục (?:số )?((?:[IVX]+|\d+)(?:\s*(?:,|và)\s*(?:phụ lục )?(?:[IVX]+|\d+)"
    r")+)(?=[^.]{0,30}kèm theo)",
    re.I,
)


def document_claims(
    texts: list[Passage], tasks: list[Task], sections: int, headings: Mapping[str, set[int]], annexes: int, targets: int
) -> list[Claim]:
    """Return the claims made in the running text. A claim names two kinds, or one after "gồm", "với" or in a bracket.

    ``sections`` and ``annexes`` are how many were found; ``headings``: the numbered headings below each section.
    """
    found: list[Claim] = []
    counts = _counts(tasks, sections, sum(len(numbers) for numbers in headings.values()), targets) | {
        "appendices": annexes
    }
    for passage in texts:
        named = list(_ONE.finditer(passage.text))
        stated = _stated(named)
        if tasks and stated and _is_claim(passage.text, named, stated):
            shown = passage.text[named[0].start() : named[-1].end()]
            found.append(Claim(None, shown, passage.line_start, stated, _found(stated, counts, tasks)))
        if "appendices" not in stated and (said := _annexes(passage.text)):
            words, number = said
            found.append(Claim(None, words, passage.line_start, {"appendices": number}, {"appendices": annexes}))
    return found


def _stated(named: list[re.Match[str]]) -> dict[str, int]:
    """Return how many of each kind are counted: "07 nội dung với 40 nhiệm vụ" counts groups first.

    "05 lĩnh vực" alone counts no part of the document.
    """
    said = [(_kind(match.group(2)), match.group(2).lower(), _number(match.group(1))) for match in named]
    kinds = {kind for kind, _, _ in said}
    stated: dict[str, int] = {}
    for kind, word, number in said:
        is_loose = kind == "groups" and not word.startswith("nhóm")
        if is_loose and not kinds & {"tasks", "activities", "targets"}:
            continue
        leads = word == "nội dung" and "groups" not in kinds and "tasks" in kinds
        stated["groups" if leads else kind] = number
    return stated


def _is_claim(text: str, named: list[re.Match[str]], stated: dict[str, int]) -> bool:
    """Tell whether counts are said of the document itself, not of some work in it ("triển khai 03 nội dung")."""
    before = text[: named[0].start()]
    if _HEADING.match(text) and before.rstrip().endswith("("):
        return True
    is_stated = len(stated) > 1 or _STATES.search(before) or _IN_ANNEX.match(text[named[-1].end() :])
    if not _OF_DOCUMENT.search(text) or not is_stated:
        return False
    only = set(stated) <= {"activities", "appendices"}
    return not only or bool(
        re.search(
            r"kèm theo|danh mục|(?:kế hoạch|chương trình)(?: này)? (?:gồm|bao gồm|có)"
            r"",
            text,
            re.I,
        )
    )


def _annexes(text: str) -> tuple[str, int] | None:
    if match := _ANNEXES.search(text):
        return match.group(), int(match.group(2)) - int(match.group(1)) + 1
    if match := _ANNEX_LIST.search(text):
        return match.group(), len(re.findall(r"[IVX]+|\d+", match.group(1)))
    return None


def section_claims(
    titles: list[tuple[str, str, int]], tasks: list[Task], headings: Mapping[str, set[int]]
) -> list[Claim]:
    """Return the claims in section titles, given as (section label, title, line)."""
    found: list[Claim] = []
    for label, title, line in titles:
        bracket = re.search(
            rf"\(([^()]*(?:\d+|{_SPELLED}) (?:nhiệm vụ|hoạt động|chỉ tiêu|nội dung)[^()]*)\)", title, re.I
        )
        if not bracket or any(claim.section == label for claim in found):
            continue
        stated = {_kind(match.group(2)): _number(match.group(1)) for match in _ONE.finditer(bracket.group(1))}
        own = [task for task in tasks if any(part.startswith(f"{label}. ") for part in task.section_path)]
        counts = _counts(own, 1, len(headings.get(label, ())), 0)
        if stated:
            found.append(Claim(label, bracket.group(1), line, stated, {kind: counts.get(kind, 0) for kind in stated}))
    return found


def _counts(tasks: list[Task], sections: int, headings: int, targets: int) -> dict[str, int]:
    rows = sum(task.subrow_of is None for task in tasks)
    return {"groups": sections, "tasks": headings or rows, "activities": rows, "targets": targets}


def _found(stated: dict[str, int], counts: dict[str, int], tasks: list[Task]) -> dict[str, int]:
    """Return what was found of each kind; rows are the tasks where the claim counts no activities beside them."""
    found = {kind: counts[kind] for kind in stated}
    if "tasks" in stated and "activities" not in stated and stated["tasks"] == counts["activities"]:
        found["tasks"] = counts["activities"]
    if "groups" in stated and stated["groups"] != counts["groups"]:
        # Where no section table tells the groups, the first headings above the tasks do.
        tops = len({task.section_path[0] for task in tasks if task.section_path})
        found["groups"] = tops if tops == stated["groups"] else counts["groups"]
    return found


def _kind(words: str) -> str:
    return next(name for name, pattern in _KINDS if re.fullmatch(pattern, words.lower()))


def _number(words: str) -> int:
    """Return 24 for "24" and for "hai mươi tư"."""
    if words.isdigit():
        return int(words)
    parts = words.lower().split()
    if "mươi" in parts or "mười" in parts:
        at = parts.index("mươi") if "mươi" in parts else parts.index("mười")
        tens = _WORDS[parts[0]] if parts[at] == "mươi" else 1
        return 10 * tens + (_WORDS[parts[at + 1]] if len(parts) > at + 1 else 0)
    return _WORDS[parts[0]]
