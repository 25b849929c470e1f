"""What differs between two states of a procedure: part by part, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from motcua.base.text import squash
from motcua.procedures.rules.cells import Parts

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ORDER = (
    "name",
    "field",
    "kind",
    "issuing_agency",
    "levels",
    "subjects",
    "executing_agencies",
    "competent_agency",
    "coordinating_agency",
    "reception_address",
    "steps",
    "channels",
    "papers",
    "results",
    "conditions",
    "legal_references",
    "decision_number",
)
LIST_PARTS = ("name", "field", "issuing_agency", "executing_agencies")  # all that the portal's Excel exports tell


@dataclass(frozen=True)
class Piece:
    """A stretch of text: ``kind`` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class PartDifference:
    """A part that differs: its text ``before`` and ``after`` as pieces, removed ones before, added ones after."""

    part: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def texts_of(parts: Parts) -> dict[str, str]:
    """Return every part as text, one line for each of its items, for reading and comparing."""
    texts = {
        name: "\n".join(value) if isinstance(value, list) else str(value)
        for name, value in parts.columns.items()
        if name in _ORDER
    }
    texts["channels"] = "\n".join(
        " · ".join(filter(None, (one.method, _limit(one.limit_value, one.limit_unit), _fee(one.fee), squash(one.note))))
        for one in parts.channels
    )
    texts["papers"] = "\n".join(
        " · ".join(filter(None, (squash(one.case), squash(one.name), one.form, f"{one.originals}/{one.copies}")))
        for one in parts.papers
    )
    texts["results"] = "\n".join(" ".join(filter(None, pair)) for pair in parts.results)
    return texts


def _limit(value: Decimal | None, unit: str) -> str:
    return f"{value.normalize():f} {unit}".strip() if value is not None else ""


def _fee(fee: int | None) -> str:
    return f"{fee} đồng" if fee is not None else ""


def parts_that_differ(before: dict[str, str], after: dict[str, str], only: tuple[str, ...] = _ORDER) -> list[str]:
    """Return the names of the parts whose words differ, white space apart, in the order of a description."""
    return [name for name in _ORDER if name in only and squash(before.get(name, "")) != squash(after.get(name, ""))]


def differences(before: dict[str, str], after: dict[str, str]) -> list[PartDifference]:
    """Return the parts that differ, each with its words marked."""
    return [
        PartDifference(name, *words_between(before.get(name, ""), after.get(name, "")))
        for name in parts_that_differ(before, after)
    ]


def words_between(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces: what is the same on both sides, what is only on one.

    Lines are matched first and words only inside lines that differ: a long text costs no more than what changed in it.
    """
    left: list[Piece] = []
    right: list[Piece] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, became = "".join(old[start:end]), "".join(new[first:last])
        if tag == "equal":
            left.append(Piece(SAME, was))
            right.append(Piece(SAME, became))
        else:
            for kind, one, other in _words(was, became):
                left += [Piece(kind if kind == SAME else REMOVED, one)] * bool(one)
                right += [Piece(kind if kind == SAME else ADDED, other)] * bool(other)
    return tuple(left), tuple(right)


def _words(was: str, became: str) -> Iterator[tuple[str, str, str]]:
    old, new = _WORD.findall(was), _WORD.findall(became)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > 2000)
    for tag, start, end, first, last in matcher.get_opcodes():
        yield SAME if tag == "equal" else tag, "".join(old[start:end]), "".join(new[first:last])
