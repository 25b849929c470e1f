"""A scheme of grades as an officer types it, in three texts of lines, and back. Pure.

grades   ``excellent | Hoàn thành xuất sắc nhiệm vụ | 90 | Đề nghị tặng Bằng khen``   code, name, per cent, reward
bars     ``dossiers.on_time_rate | >= 80 | done | Hồ sơ đúng hạn dưới 80 %``        measure, condition, at best, words
limits   ``excellent | 20 | good``                                                    grade, per cent, of those at least
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from motcua.assessments.rules.set_making import number_of
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash

_CODE = re.compile(r"[a-z0-9_-]{1,20}")
_BOUND = re.compile(r"(>=|≥|<=|≤)\s*(-?[\d.,]+)\s*%?")


def definition_of(grades: str, bars: str, limits: str) -> dict[str, Any]:
    """Return the definition of a scheme (rules.grading).

    Raises:
        Refused: a line cannot be read; the field is named, the line quoted with its number.
    """
    found: dict[str, Any] = {"grades": [], "bars": [], "limits": [], "rewards": []}
    for place, parts in _lines(grades, "grades", least=3, most=4):
        code, name, bound = parts[0], parts[1], number_of(parts[2].strip("≥>=% "))
        if not _CODE.fullmatch(code) or not name or bound is None or not 0 <= bound <= 100:
            raise _unread(place, "grades", parts)
        found["grades"].append({"code": code, "name": name[:100], "at_least": str(bound)})
        if len(parts) == 4 and parts[3]:
            found["rewards"].append({"grade": code, "words": parts[3][:200]})
    for place, parts in _lines(bars, "bars", least=4, most=4):
        matched = _BOUND.fullmatch(parts[1])
        bound = number_of(matched[2]) if matched else None
        if matched is None or bound is None or not parts[3]:
            raise _unread(place, "bars", parts)
        side = "at_least" if matched[1] in (">=", "≥") else "at_most"
        bar = {"measure": parts[0], side: str(bound), "not_above": parts[2], "words": parts[3][:300]}
        found["bars"].append(bar)
    for place, parts in _lines(limits, "limits", least=2, most=3):
        share = number_of(parts[1].strip("% "))
        if share is None or not 0 <= share <= 100:
            raise _unread(place, "limits", parts)
        of = parts[2] if len(parts) == 3 else ""
        found["limits"].append({"grade": parts[0], "most_percent": str(share), "of": of})
    return found


def lines_of(definition: Mapping[str, Any]) -> dict[str, str]:
    """Return a definition as the three texts that ``definition_of`` reads."""
    rewards = {each["grade"]: each["words"] for each in definition.get("rewards", ())}
    grades = [
        [each["code"], each["name"], str(each["at_least"]), rewards.get(each["code"], "")]
        for each in definition["grades"]
    ]
    bars = [[each["measure"], _bound(each), each["not_above"], each["words"]] for each in definition.get("bars", ())]
    limits = [[each["grade"], str(each["most_percent"]), each.get("of", "")] for each in definition.get("limits", ())]
    told = {"grades": grades, "bars": bars, "limits": limits}
    return {name: "\n".join(" | ".join(line).rstrip(" |") for line in lines) for name, lines in told.items()}


def _bound(bar: Mapping[str, Any]) -> str:
    return f">= {bar['at_least']}" if "at_least" in bar else f"<= {bar['at_most']}"


def _lines(text: str, field: str, *, least: int, most: int) -> Iterator[tuple[int, list[str]]]:
    for place, line in enumerate(nfc(text).splitlines(), start=1):
        if line.strip():
            parts = [squash(part) for part in line.split("|")]
            if not least <= len(parts) <= most:
                raise _unread(place, field, parts)
            yield place, parts


def _unread(place: int, field: str, parts: list[str]) -> Refused:
    words = gettext("Dòng %(line)s “%(text)s” không đúng dạng.")
    return Refused(words % {"line": place, "text": " | ".join(parts)[:80]}, field=field)
