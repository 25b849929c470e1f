"""The words of messages as dated data: one row per event, channel and time; fields in braces.

A row for a channel of its own goes before the row for any channel (``*``). SMS goes without diacritics, so that it is
one message of 160 letters rather than three of 67.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ANY = "*"
MOST_SMS = 306  # letters of two joined messages
_FIELD = re.compile(r"\{(\w+)\}")
_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "“": '"', "”": '"', "–": "-", "…": "..."})


@dataclass(frozen=True)
class Template:
    """The words for one event in one channel, in force from ``valid_from`` to ``valid_to`` ("" is open)."""

    event: str
    channel: str
    valid_from: str  # ISO day
    valid_to: str
    text: str
    source: str


def words_on(templates: Iterable[Template], event: str, channel: str, day: date) -> Template | None:
    """Return the words for ``event`` in ``channel`` on ``day``; None where nothing is said."""
    on = day.isoformat()
    found = [
        each
        for each in templates
        if each.event == event and each.channel in (channel, ANY) and each.valid_from <= on <= (each.valid_to or "9999")
    ]
    return min(found, key=lambda each: each.channel == ANY, default=None)


def fields_of(text: str) -> set[str]:
    """Return the names of the fields in ``text``."""
    return set(_FIELD.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with its fields filled; a value is put in as it is, braces in it mean nothing."""
    return _FIELD.sub(lambda found: values.get(found[1], ""), text)


def without_diacritics(text: str) -> str:
    """Return ``text`` in letters that every phone shows in one message: "Hồ sơ đã nhận" -> "Ho so da nhan"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def faults_of(templates: Iterable[Template], known: Mapping[str, frozenset[str]]) -> list[str]:
    """Return what is wrong with rows: unknown event or field, days out of order, two rows at once, too long an SMS."""
    faults: list[str] = []
    seen: list[Template] = []
    for each in templates:
        name = f"{each.event}/{each.channel}/{each.valid_from}"
        if each.event not in known:
            faults.append(f"{name}: unknown event")
        elif unknown := fields_of(each.text) - known[each.event]:
            faults.append(f"{name}: unknown field {', '.join(sorted(unknown))}")
        if each.valid_to and each.valid_to < each.valid_from:
            faults.append(f"{name}: ends before it begins")
        if each.channel == "sms" and len(each.text) > MOST_SMS:
            faults.append(f"{name}: longer than two messages")
        for other in seen:
            is_same = (other.event, other.channel) == (each.event, each.channel)
            if (
                is_same
                and other.valid_from <= (each.valid_to or "9999")
                and each.valid_from <= (other.valid_to or "9999")
            ):
                faults.append(f"{name}: two rows at once")
        seen.append(each)
    return faults
