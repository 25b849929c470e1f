"""Footnotes whose marks are glued to a task's text ("…toàn trình(1)"), and the formulas they state."""

import re
from dataclasses import dataclass

from motcua.base.text import squash
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Task

_NOTE = re.compile(r"^[\[(]?(\d{1,2})[\])]?\s+(?=[A-ZĐÁÀẢÃẠĂÂÊÔƠƯ])(.+)$", re.S)
_MARK = re.compile(r"[\wÀ-ỹ%.,;”\")]\s?[\[(](\d{1,2})[\])]")
_FORMULA = re.compile(r"\b(?:công thức|tính bằng|xác định bằng|bằng)\s*:?\s*\(?\s*([a-zđ])\s*/\s*([a-zđ])\s*\)?", re.I)
_TERM = re.compile(
    r"(?:^|[\s;:,.(])([a-zđ])\s+(?:là|:)\s+(.+?)(?=[;.]\s*[a-zđ]\s+(?:là|:)\s|\s*\((?:Ghi chú|ghi chú)|$)", re.S
)
_EXCLUDED = re.compile(r"\b((?:không (?:tính|bao gồm|gồm|kể)|trừ|ngoại trừ|loại trừ)\b[^;.()]*)", re.I)
_COVERED = re.compile(r"phạm vi (?:đánh giá|tính)\s*(?:là|:)\s*([^;()]*)", re.I)
_SHARE = re.compile(
    r"^(?:đạt\s+)?(?:tỷ lệ\s+)?(?:\d+(?:[.,]\d+)?\s*%\s*)?([^/;.%]{6,200}?)\s*/\s*((?:tổng|số|toàn bộ)[^;.]{4,})", re.I
)


@dataclass(frozen=True)
class Formula:
    """A ratio in the document's words: ``part`` of ``whole``, what it covers and what it leaves out."""

    part: str
    whole: str
    covers: str = ""
    excludes: tuple[str, ...] = ()


def attach(tasks: list[Task], texts: list[Passage]) -> None:
    """Give each task with a mark the footnote of that number, if the document has one."""
    notes = _notes(texts)
    for task in tasks:
        for mark in _MARK.findall(task.text) + _MARK.findall(task.product):
            if mark in notes and "footnote" not in task.parts:
                task.footnote = notes[mark].text
                task.parts["footnote"] = ((notes[mark].line_start, notes[mark].text),)


def _notes(texts: list[Passage]) -> dict[str, Passage]:
    """Return the notes by number: the longest run that counts from 1, of two alike the later, as notes stand last."""
    best: dict[str, Passage] = {}
    run: dict[str, Passage] = {}
    for passage in texts:
        found = _NOTE.match(passage.text)
        number = int(found.group(1)) if found else 0
        if number == 1:
            best, run = _longer(best, run), {}
        if found and number == len(run) + 1:
            run[str(number)] = Passage(found.group(2), passage.line_start, passage.line_end)
    return _longer(best, run)


def _longer(before: dict[str, Passage], after: dict[str, Passage]) -> dict[str, Passage]:
    return after if len(after) >= len(before) else before


def formula_of(note: str) -> Formula | None:
    """Return the ratio that a footnote defines ("công thức (b/a). Trong đó: a là …; b là …", "X/tổng số Y")."""
    text = squash(note)
    excludes = tuple(squash(one) for one in _EXCLUDED.findall(text))
    covered = _COVERED.search(text)
    covers = squash(covered.group(1)).rstrip(" .") if covered else ""
    if stated := _FORMULA.search(text):
        terms = {letter.lower(): _bare(words) for letter, words in _TERM.findall(text)}
        part, whole = terms.get(stated.group(1).lower()), terms.get(stated.group(2).lower())
        return Formula(part, whole, covers, excludes) if part and whole else None
    share = _SHARE.match(text)
    return Formula(squash(share.group(1)), squash(share.group(2)), covers, excludes) if share else None


def _bare(words: str) -> str:
    """Return what a letter stands for, without the sentence on exceptions that follows it."""
    return re.split(r"\.\s+(?=(?:Không|Trừ|Ngoại trừ|Loại trừ)\b)", squash(words))[0].rstrip(" .;)")
