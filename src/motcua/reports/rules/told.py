"""The numbers that a text tells, each with what it counts, where in its sentence it stands, and what it belongs to.

Nothing here judges: ``told_sums``, ``told_rates`` and ``same_figures`` hold the numbers against each other. Dates,
numbers of instruments, years, articles and names ("Đề án 06", "tổng đài 1022") are no told numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, read_figure

_TOKEN = re.compile(
    r"(?<![\w/.,])(?<!\w[-–])(?P<count>\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r"(?:\s?/\s?(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?![\d/.,]*\d|-\w|/\w))?(?P<sign>\s?%)?"
)
_NAMED = re.compile(  # what stands before a number that counts nothing
    r"(?:\b(?:ngay|thang|(?<!ca )nam|quy|(?<!ho )so|dieu|khoan|diem|muc(?! tieu)|(?<!mot )(?<!co )phan|phu luc|pl|bieu|"
    r"bang|mau|de an|nghi quyet|nghi dinh|thong tu|quyet dinh|chi thi|(?<!ky )luat|muc do|cap do|giai doan|nhiem ky|"
    r"khoa|dot|lan thu|thu|hang|tong dai|duong day nong|hotline|quoc lo|ky hop|chuong|trang|stt|du an|"
    r"chuong trinh|phien ban|vneid|giai)(?: so)?|[-–/])\s*\.?\s*[\"“]?$"
)
_NOT_COUNTED = re.compile(
    r"\s?(?:thang\b(?! tuoi)|gio\b|h\b|tuoi\b|/\d|-\d|/[a-z]{2,}-|\.\d|/[a-z]{2,4}\b(?=\.)|\s?:\s?\d)"
)
_MEN = re.compile(r"\bnam:?\s*$")
_STOP = re.compile(r"[;:()]|[.,](?!\d)")
_CHANGE = re.compile(r"\b(?:tang|giam|them|hon|thieu|vuot|cao hon|thap hon|it hon|nhieu hon)(?: them| duoc| bot)?\s*$")
_POINTS = re.compile(r"\s*(?:diem (?:phan tram|%)|diem)\b")
_PEOPLE = re.compile(r"nguoi|bien che|chi tieu bien che|cong chuc|vien chuc|can bo|nhan su|hoc vien|thanh vien")
_NO_UNIT = re.compile(
    r"(?:dang|da|chua|con|tai|trong|o|cua|va|duoc|thuoc|theo|co|qua|voi|de|cho|tren|den|tu|so|dat|chiem|bang|la|do|ve|"
    r"dung|truoc|gom|nham|khi|sau|cung)\b"
)
WORD = re.compile(r"[a-z]{2,}|\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Told:
    """One number of a text. Offsets are of the text as written; ``before`` and ``after`` are folded.

    ``kind``: count, rate (a percentage), points (of a percentage), change ("tăng 150 hồ sơ", "giảm 3,2%").
    ``before`` reaches back to the last mark or number, ``after`` on to the next; ``whole`` is the 20 of "15/20".
    ``depth`` counts the brackets around it.
    """

    figure: Figure
    kind: str
    start: int
    end: int
    before: str
    after: str
    depth: int
    whole: Figure | None = None
    written: str = ""

    @property
    def value(self) -> Fraction:
        return self.figure.value

    @property
    def digits(self) -> int:
        return sum(letter.isdigit() for letter in self.written.split("/")[0])

    @property
    def is_percent(self) -> bool:
        return self.written.endswith("%")

    @property
    def unit(self) -> str:
        """The first word behind the number, or the first two of "hồ sơ", "nhiệm vụ" and the like."""
        words = re.findall(r"[a-z]+", self.after)
        return "" if words and _NO_UNIT.fullmatch(words[0]) else " ".join(words[:2])

    @property
    def words(self) -> frozenset[str]:
        return frozenset(WORD.findall(f"{self.before} {self.after}"))


@dataclass(frozen=True)
class Sentence:
    """A sentence, its folded letters at the same places, and its numbers. ``start`` is its place in the paragraph."""

    text: str
    folded: str
    start: int
    told: tuple[Told, ...]

    @property
    def counts(self) -> list[Told]:
        return [one for one in self.told if one.kind == "count"]


@lru_cache(maxsize=2048)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph with their numbers; () where its letters do not fold one to one."""
    folded = fold(text)
    if len(folded) != len(text):
        return ()
    found, start = [], 0
    for match in re.finditer(r"(?<=[\w)%”\"])\.(?=\s+[A-ZĐÀ-Ỹ“\"(+-])|$", text):
        if match.start() > start:
            part, bare = text[start : match.start()], folded[start : match.start()]
            found.append(Sentence(part, bare, start, tuple(_told(part, bare))))
        start = match.end()
    return tuple(found)


def _told(text: str, folded: str) -> list[Told]:
    kept = [match for match in _TOKEN.finditer(folded) if _is_told(text, folded, match)]
    spans = [match.span() for match in kept]
    edges = [*spans, *(match.span() for match in _STOP.finditer(folded))]
    found = [_one(text, folded, match, edges) for match in kept]
    return [one for one in found if one is not None]


def _is_told(text: str, folded: str, match: re.Match[str]) -> bool:
    led, behind = folded[max(match.start() - 30, 0) : match.start()], folded[match.end() : match.end() + 12]
    if not led.strip() and (behind[:1] in (".", ")") or not behind):
        return False  # the number of a heading
    if _MEN.search(text[max(match.start() - 8, 0) : match.start()].lower()):
        return True  # "nam 19 người" folds as the year 19 does
    return bool(match["sign"]) or _counts(match, led, behind)


def _one(text: str, folded: str, match: re.Match[str], edges: list[tuple[int, int]]) -> Told | None:
    start, end = match.span()
    is_rate = bool(match["sign"])
    figure = read_figure(match["count"], is_percent=is_rate)
    if figure is None:
        return None
    whole = read_figure(match["whole"]) if match["whole"] else None
    opened = len(folded[:start].rstrip())
    opened -= folded[opened - 1 : opened] == ":"  # "Biên chế được giao: 96" is named before the colon
    before = folded[max((mark for _, mark in edges if mark <= opened), default=0) : start].replace(":", " ")
    after = folded[end : min((mark for mark, _ in edges if mark >= end), default=len(folded))]
    kind = "rate" if is_rate else "count"
    if _POINTS.match(folded, end):
        kind = "points"
    elif _CHANGE.search(folded, max(start - 30, 0), start) or (is_rate and folded[:start].endswith(("-", "–"))):
        kind = "change"
    depth = _depth(folded[:start])
    return Told(figure, kind, start, end, before.strip(), after.strip(), depth, whole, text[start:end])


def _depth(text: str) -> int:
    """Return how many brackets are open at the end of a text; the one of "a)" closes none."""
    depth = 0
    for letter in re.findall(r"[()]", text):
        depth = depth + 1 if letter == "(" else max(depth - 1, 0)
    return depth


def _counts(match: re.Match[str], led: str, behind: str) -> bool:
    """Say whether a number counts something: it is no date, no year, no number of an instrument or of a part."""
    if match["whole"]:
        if match[0].replace(" ", "") == "24/7":
            return False
        return int(re.sub(r"\D", "", match["whole"])) > 0 and not _NAMED.search(led)
    if _NOT_COUNTED.match(behind):
        return False
    if _NAMED.search(led) and not re.search(r"\bky so\s*$", led):
        return bool(re.search(r"\b(?:tong so|luong)\s*:?\s*$", led))
    return not (re.fullmatch(r"(?:19|20)\d\d", match["count"]) and re.search(r"\b(?:nam|den|tu|va)\s*$", led))


def kind_of_unit(unit: str) -> str:
    """Return what a folded unit counts by its first word; people, posts and staff are one."""
    first = unit.split(" ")[0].strip(",") if unit else ""
    return "nguoi" if _PEOPLE.match(unit) else first


def typo_of(one: str, other: str) -> bool:
    """Say whether two numbers as written are one slip apart: neighbours changed over, a digit wrong, lost or doubled.

    Numbers of one digit are only where the nought before them is one of the two changed over: "04" and "40".
    """
    first, second = (re.sub(r"\D", "", text).lstrip("0") for text in (one, other))
    if first == second or not first or not second:
        return False
    if len(first) + len(second) == 3 and (first + "0" == second or second + "0" == first):
        return True
    if min(len(first), len(second)) < 2:
        return False
    if len(first) == len(second):
        apart = [at for at, (left, right) in enumerate(zip(first, second, strict=True)) if left != right]
        if len(apart) == 1:
            return True
        return len(apart) == 2 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def slips_of(figure: Figure) -> Iterator[Figure]:
    """Yield what a number may have been before two neighbouring digits were changed over or one was mistyped."""
    digits = str(int(figure.value * 10**figure.decimals))
    for at in range(len(digits)):
        others = [digits[:at] + digit + digits[at + 1 :] for digit in "0123456789" if digit != digits[at]]
        if at + 1 < len(digits) and digits[at] != digits[at + 1]:
            others.append(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        for other in others:
            if not other.startswith("0") or figure.decimals:
                yield Figure(Fraction(int(other), 10**figure.decimals), figure.decimals, figure.has_percent_sign)
