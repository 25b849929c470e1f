"""Lists over several lines, "Tổng số: 1.250 hồ sơ, trong đó:" and "- Trực tuyến: 1.000" under it, as one sentence."""

import re
from collections.abc import Iterator, Sequence

from motcua.reports.rules.findings import Finding
from motcua.reports.rules.lines import Line
from motcua.reports.rules.told_sums import sum_findings

_BULLET = re.compile(r"\s*(?P<mark>[-–—•+*·▪]|[a-zđ]\)|\(\d{1,2}\)|\d{1,2}\))\s+(?=\S)")
_HEADING = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*|[A-Z])[.)]\s")
_LONGEST = 14  # items


def list_findings(lines: Sequence[Line]) -> Iterator[Finding]:
    """Yield wholes told in a line that the marked lines under it do not add up to."""
    for at, line in enumerate(lines):
        if len(line.cells) > 1 or not re.search(r"\d", line.text):
            continue
        items = _items(lines, at)
        if len(items) >= 2:
            yield from sum_findings(_joined(line.text, items), line.number)


def _items(lines: Sequence[Line], at: int) -> list[tuple[int, str]]:
    """Return the items under a line with their depth, 1 for those of its own list."""
    own = _BULLET.match(lines[at].text)
    marks: list[str] = [own["mark"]] if own else []
    depth_of_own = len(marks)
    items: list[tuple[int, str]] = []
    for line in lines[at + 1 : at + 1 + _LONGEST]:
        match = _BULLET.match(line.text)
        if match is None or len(line.cells) > 1 or (_HEADING.match(line.text) and not items):
            break
        mark = _kind(match["mark"])
        if mark not in map(_kind, marks):
            marks.append(match["mark"])
        depth = [_kind(one) for one in marks].index(mark) + 1 - depth_of_own
        if depth < 1:
            break
        items.append((depth, line.text[match.end() :].strip(" .;,")))
    return items


def _kind(mark: str) -> str:
    return re.sub(r"\w+", "n", mark)


def _joined(head: str, items: Sequence[tuple[int, str]]) -> str:
    """Return a list as a sentence: items behind semicolons, those under an item in brackets behind it."""
    text = re.sub(r"[\s.;:,]+$", "", _BULLET.sub("", head, count=1))
    text = re.sub(r"\.\s+(Trong đó|Gồm|Bao gồm|Cụ thể)", lambda match: f", {match[1].lower()}", text)
    text += ": "
    open_bracket = False
    for number, (depth, item) in enumerate(items):
        item = item.replace(". ", ", ").rstrip(":")
        if depth > 1 and not open_bracket and number:
            text, open_bracket = f"{text} (", True
        elif depth == 1 and open_bracket:
            text, open_bracket = f"{text}); ", False
        elif number:
            text += "; "
        text += item
    return text + (")" if open_bracket else "")
