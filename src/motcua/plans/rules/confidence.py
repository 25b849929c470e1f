"""How sure a row is: every doubt lowers it by a factor; rows from AUTO_ACCEPT on may be taken without a second look.

A row is taken unseen only where two things that do not depend on each other agree, or where what is printed has no
second reading: each column headed by the usual word of its field (``layout/plain_headings``) or by a less usual one
whose cells all say the same, no other column that may be that field, names parted by nothing but separators, a time
whose every word is understood (``times/plain_times``), numbers that go on. Any other row waits, and says why
(``reasons``). At least 99.5 % of the rows from AUTO_ACCEPT on are to be right in every field, on documents which no
rule was written for; ``./motcua bench plan_reading`` prints how many are, document set by document set.
"""

from motcua.plans.rules.reasons import tell_reasons
from motcua.plans.rules.values import Task
from motcua.reading.blocks import Document

AUTO_ACCEPT = 0.9
BEST = 0.99  # no reading is beyond doubt
# Factors by which a doubt lowers the confidence of a row; the product of all that apply.
FACTORS = {
    "merged": 0.95,
    "continued": 0.85,
    "inherited": 0.92,
    "uncertain": 0.45,
    "damaged": 0.6,
    "no-lead": 0.8,
    "no-deadline": 0.8,
    "deadline-unread": 0.7,
    "year-assumed": 0.85,
    "ocr": 0.93,
    "lead-strange": 0.75,
    "no-text": 0.4,
    "external": 0.97,
    "number-repeated": 0.85,
    "text-cut": 0.7,
    "short-text": 0.8,
    "from-prose": 0.9,
    "no-fields": 0.6,
    "names-unsure": 0.9,
    "text-open": 0.85,
    "subrow": 0.9,
    "split": 0.8,
    "merged-away": 0.8,
    "nobody": 0.8,
    "misplaced": 0.7,
    "columns-guessed": 0.85,
}
# Doubts that do not make a row worse, only less sure: together they keep it below the line, never far below.
SOFT = {
    "roles-inferred": 1.5,
    "deadline-unusual": 1.0,
    "table-doubtful": 1.0,
    "unnumbered": 1.0,
    "section-odd": 1.0,
    "from-heading": 1.0,
    "no-numbers": 0.5,
    "numbering": 1.0,
    "claims-differ": 0.5,
    "heading-unusual": 1.0,
    "columns-rival": 1.0,
    "marks-astray": 1.0,
}
_BELOW = 0.89  # the most that a row with one whole soft doubt can have
_STEP, _FLOOR = 0.02, 0.81
_GUESSED = "cột được đoán"  # in a note of the source: its tables have no ruling lines
_OF_ROW = (
    "roles-inferred",
    "merged",
    "continued",
    "damaged",
    "from-prose",
    "columns-guessed",
    "subrow",
    "table-doubtful",
)
_OF_FIELD = {
    "text": {"no-text", "text-cut", "short-text", "text-open"},
    "lead": {"no-lead", "lead-strange", "names-unsure"},
    "deadline": {"no-deadline", "deadline-unread", "year-assumed", "ocr", "deadline-unusual"},
    "coordinating": {"names-unsure"},
    "product": set[str](),
}


def judge(tasks: list[Task], document: Document) -> None:
    """Set the confidence of each task and of its fields from its doubts and from the recognition of its lines."""
    guessed = any(_GUESSED in note for note in document.notes)
    for task in tasks:
        if guessed:
            task.doubts.append("columns-guessed")
        seen = document.confidence(task.line_start, task.line_end)
        recognised = 1.0 if seen is None else min(seen, 0.9)  # what was read from a picture is never beyond the line
        task.confidence = BEST * recognised
        for doubt in task.doubts:
            task.confidence *= FACTORS.get(doubt, 1.0)
        task.confidence = min(task.confidence, _softened(task.doubts))
        if task.confidence < AUTO_ACCEPT:
            tell_reasons(task, is_recognised=seen is not None)
        task.field_confidence = {name: _field(task, name, recognised, document) for name in _OF_FIELD}


def _softened(doubts: list[str]) -> float:
    """Return the most that a row can have with these soft doubts."""
    weight = sum(SOFT.get(doubt, 0.0) for doubt in doubts)
    return max(_BELOW - _STEP * (weight - 1), _FLOOR) if weight >= 1 else BEST


def _field(task: Task, name: str, recognised: float, document: Document) -> float:
    value = BEST
    parts = task.parts.get(name, ())
    if recognised < 1.0:
        seen = [document.confidence(line, line) for line, _ in parts]
        value *= min([one for one in seen if one is not None], default=recognised)
    for doubt in task.doubts:
        if doubt in _OF_ROW or doubt in _OF_FIELD[name]:
            value *= FACTORS.get(doubt, 0.9)
    if name in task.uncertain or f"{name}_text" in task.uncertain:
        value *= FACTORS["uncertain"]
    return round(value, 3)
