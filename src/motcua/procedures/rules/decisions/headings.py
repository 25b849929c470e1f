"""The headings of a list of procedures, also in two rows of which a copy lost what was joined. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from motcua.base.text import fold
from motcua.procedures.rules.decisions.fitting import LETTER, NUMBER, Holds, holds
from motcua.procedures.rules.decisions.pieces import CODE
from motcua.reading.blocks import Cell, Row

HEAD_MOST = 90  # characters: what is longer heads no column
_COLUMNS_MOST = 12
_SHORT = 14  # characters: "Trước", "Sau", "Trực tuyến"
_SUB_WORDS = re.compile(
    r"(?:ma|ten|so|tt|stt|truc|qua|tai|cap|co|khong|dvc|tinh|xa|huyen|phi|le phi|toan|mot|cu|moi|theo|sau|truoc|"
    r"hien|nay|"
    r"de xuat)\b"
)
VERSION = re.compile(
    r"(?:sau|truoc|moi|cu|nay|theo|hien|de xuat|duoc|sua)\b"
)  # of one thing: "Trước đây", "Sau sửa đổi"
_STEP_WORDS = re.compile(
    r"\b(?:noi dung(?: cong viec)?|cong viec|nguoi|don vi|bo phan|trach nhiem|chuc danh|co quan|thoi (?:gian|han)|"
    r"ket qua|"
    r"bieu mau)\b"
)
_KEY = (Holds.NUMBER, Holds.CODE, Holds.NAME)


@dataclass(frozen=True)
class Headings:
    """What the columns of a list hold, and the rows that say so, their cells in their columns."""

    columns: tuple[Holds, ...]
    rows: tuple[Row, ...]


def heads_a_list(texts: list[str]) -> bool:
    """Tell whether texts are the headings of a list of procedures: a name is headed, and its number or code."""
    if not 2 <= len(texts) <= _COLUMNS_MOST or any(len(text) > HEAD_MOST or CODE.search(text) for text in texts):
        return False
    found = Counter(holds(text) for text in texts)
    return (
        bool(found[Holds.NAME])
        and bool(found[Holds.NUMBER] or found[Holds.CODE])
        or (bool(found[Holds.NUMBER] and found[Holds.CODE]))
    )


def heads_steps(texts: list[str]) -> bool:
    """Tell whether texts are the headings of a workflow: a step, and who does what how long."""
    if not 3 <= len(texts) <= _COLUMNS_MOST or any(len(text) > HEAD_MOST for text in texts):
        return False
    found = [holds(text) for text in texts]
    known = sum(bool(_STEP_WORDS.search(fold(text))) for text in texts)
    return known >= 2 and any(kind in (Holds.STEP, Holds.NUMBER) for kind in found) and Holds.NAME not in found


def begins_list(texts: list[str]) -> bool:
    """Tell whether texts head a list of procedures or a workflow: both end what stands above."""
    return heads_a_list(texts) or heads_steps(texts)


def heads_below(texts: list[str]) -> bool:
    """Tell whether texts are a second row of headings: short, no number, no code, most begin as such ones do."""
    if len(texts) < 2 or any(len(text) > HEAD_MOST or CODE.search(text) or NUMBER.fullmatch(text) for text in texts):
        return False
    if any(LETTER.fullmatch(text) for text in texts):
        return False
    if max(map(len, texts)) <= _SHORT:
        return all(holds(text) is not Holds.NUMBER for text in texts)
    known = sum(holds(text) in _KEY or bool(_SUB_WORDS.match(fold(text))) for text in texts)
    return known >= 0.6 * len(texts) and all(holds(text) is not Holds.NUMBER for text in texts)


def headings(upper: list[Cell], lower: list[Cell], widths: list[int]) -> Headings:
    """Return the columns that one or two rows of headings stand for; ``widths`` are the cells of the rows below.

    Of the ways to hang the lower row under the upper one that is taken whose words belong together and whose columns
    are as many as the rows have cells.
    """
    if not lower:
        return Headings(
            tuple(holds(cell.text) for cell in upper), (Row(tuple(cell.at(at) for at, cell in enumerate(upper))),)
        )
    common = max(Counter(widths).items(), key=lambda one: (one[1], one[0]))[0] if widths else 0
    ways = list(_ways([cell.text for cell in upper], [cell.text for cell in lower]))
    best = max(ways, key=lambda way: _worth(way, upper, lower, common), default=None)
    if best is None:
        return headings(upper, [], widths)
    columns: list[Holds] = []
    above: list[Cell] = []
    below: list[Cell] = []
    for at, cell in enumerate(upper):
        above.append(cell.at(len(columns)))
        subs = best.get(at, ())
        below += [lower[sub].at(len(columns) + number) for number, sub in enumerate(subs)]
        columns += [_both(cell.text, lower[sub].text) for sub in subs] or [holds(cell.text)]
    return Headings(tuple(columns), (Row(tuple(above)), Row(tuple(below))))


def _both(upper: str, lower: str) -> Holds:
    own = Holds.OTHER if VERSION.match(fold(lower)) else holds(lower)
    return own if own is not Holds.OTHER else holds(upper)


def _ways(upper: list[str], lower: list[str]) -> Iterator[dict[int, range]]:
    """Yield which lower headings may stand under which upper one: places of the lower ones by place of the upper."""
    count = len(lower)
    for groups in range(1, min(count // 2, len(upper), 4) + 1):
        for places in combinations(range(len(upper)), groups):
            if any(holds(upper[place]) is Holds.NUMBER for place in places):
                continue
            for cuts in combinations(range(1, count), groups - 1):
                edges = [0, *cuts, count]
                parts = [range(edges[at], edges[at + 1]) for at in range(groups)]
                if all(len(part) >= 2 for part in parts):
                    yield dict(zip(places, parts, strict=True))


def _worth(way: dict[int, range], upper: list[Cell], lower: list[Cell], width: int) -> float:
    worth = -2.0 * abs(len(upper) - len(way) + len(lower) - width)
    for place, part in way.items():
        head = holds(upper[place].text)
        for sub in part:
            own = holds(lower[sub].text)
            if own is head or (head is Holds.NAME and own is Holds.CODE):
                worth += 2
            elif VERSION.match(fold(lower[sub].text)):
                worth += 1
            elif own in _KEY:
                worth -= 1
    return worth
