"""Rates as a text tells them, held against the numbers around them.

A rate that any two numbers of its sentence explain is right. Otherwise it is reproached only where the words bind it to
a number right before it ("… 1.047 hồ sơ, đạt 94,8%") and a whole of the same thing stands before that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motcua.reports.rules.figures import Figure, plain_number
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import EXACT, NEAR, ratio_holds
from motcua.reports.rules.told import Sentence, Told, sentences_of, slips_of

_SHARE = re.compile(
    r"(?:^|\b)(?:dat|chiem|bang|tuong ung|tuong duong|dat ty le|chiem ty le|ty le)(?:\s+(?:dat|la|ty le|:))*$"
)
_OTHER_BASE = re.compile(
    r"so voi|ke hoach|chi tieu|du toan|cung ky|muc tieu|tang|giam|vuot|hoan thanh|tien do|khoi luong|dien tich|\bgiao\b"
)
_OF_PART = re.compile(r"\b(?:dung han|truoc han|qua han|tre han|truc tuyen|so hoa|hai long|hoan thanh|ky so|hop le)\b")
_AT_LEAST = re.compile(r"\b(?:tu|tren|duoi|hon|gan|khoang|toi thieu|it nhat|qua|den)\s*$")
_OPENS = re.compile(r"\btrong (?:so )?do\b|\bgom\b|\bcu the\b|\bchia ra\b|:|\bthu ve\b|\bda\b|\bduoc\b")
_ELSEWHEN = re.compile(r"so voi|cung ky|ky truoc|nam truoc|quy truoc|thang truoc")
_LED_TOTAL = re.compile(r"\b(?:tong|tiep nhan|nhan|phai|toan|giao|co)\b")
_OF_ALL = re.compile(
    r"\s*(?:(?:tren |cua |so voi )?(?:tong so|tong)\b[^;.()%]{0,50}\(?\s*(?:la |gom )?|"
    r"(?:so voi )?(?:ke hoach|chi tieu|du toan)\b[^;.()%\d]{0,30}(?:nam \d{4}\s*)?\(\s*)"
)
_BESIDE = re.compile(r"[^(),;:]{0,40}\((?:dat|chiem|ty le|bang|\s)*")
LEAST_SERIES = 3
_QUOTE = 150
_LONGEST_GAP = 45  # letters between a number and its rate


def rate_findings(text: str, line: int) -> Iterator[Finding]:
    """Yield rates that the numbers around them deny."""
    earlier: list[Told] = []
    for sentence in sentences_of(text):
        for at, rate in enumerate(sentence.told):
            if rate.kind == "rate" and rate.figure.value > 0:
                yield from _rate(sentence, at, rate, earlier, line)
        yield from _series(sentence, line)
        earlier += sentence.counts


def _rate(sentence: Sentence, at: int, rate: Told, earlier: Sequence[Told], line: int) -> Iterator[Finding]:
    before = sentence.told[at - 1] if at else None
    after = sentence.told[at + 1] if at + 1 < len(sentence.told) else None
    pair = _fraction(sentence, rate, before, after)
    if pair is not None:
        yield from _against(sentence, rate, pair, line)
        return
    if before is None or before.kind != "count" or before.whole or "lan luot" in sentence.folded:
        return
    gap = sentence.folded[before.end : rate.start]
    if after is not None and after.kind == "count" and _OF_ALL.fullmatch(sentence.folded[rate.end : after.start]):
        yield from _against(sentence, rate, (before, after), line)
        return
    tail = sentence.folded[rate.end : rate.end + 45]
    is_bracketed = bool(re.fullmatch(r"[^(),;:]{0,40}\((?:dat|chiem|ty le|bang|tuong ung|tuong duong|hay|=|\s)*", gap))
    is_bound = is_bracketed or bool(_SHARE.search(gap.strip(" (,:")))
    if not is_bound or len(gap) > _LONGEST_GAP or _OTHER_BASE.search(gap) or _ELSEWHEN.search(tail):
        return
    if is_explained(sentence, rate, earlier):
        return
    wholes = [one for one in _wholes(sentence, before) if one.figure.value >= before.figure.value]
    if _OTHER_BASE.search(tail):  # "đạt 65% kế hoạch": what was planned is told where a slip alone is apart
        wholes = [one for one in wholes if _is_slip(rate, before, one)]
    elif not wholes:  # one of a sentence before, where a slip explains why it does not fit
        wholes = [one for one in reversed(earlier) if _is_alike(one, before) and _is_slip(rate, before, one)]
    if wholes:
        yield from _against(sentence, rate, (before, wholes[0]), line)


def _is_slip(rate: Told, part: Told, whole: Told) -> bool:
    """Say whether a rate would fit if one digit of it, or of its part, had slipped."""
    if whole.figure.value == 0 or min(part.digits, whole.digits) < 2:
        return False
    rates = any(ratio_holds(one, part.figure, whole.figure) == EXACT for one in slips_of(rate.figure))
    return rates or (
        part.digits > 2 and any(ratio_holds(rate.figure, one, whole.figure) == EXACT for one in slips_of(part.figure))
    )


def _series(sentence: Sentence, line: int) -> Iterator[Finding]:
    """Check "312 em (30,8%), 420 em (41,5%), 280 em (27,7%)": shares of their sum, of which one alone does not fit."""
    told = sentence.told
    pairs = [
        (one, rate)
        for one, rate in zip(told, told[1:], strict=False)
        if one.kind == "count" and rate.kind == "rate" and _BESIDE.fullmatch(sentence.folded[one.end : rate.start])
    ]
    whole = Figure(sum((one.figure.value for one, _ in pairs), Fraction(0)))
    if len(pairs) < LEAST_SERIES or not whole.value:
        return
    wrong = [pair for pair in pairs if ratio_holds(pair[1].figure, pair[0].figure, whole) != EXACT]
    if len(wrong) == 1 and not is_explained(sentence, wrong[0][1], ()):
        yield from _against(sentence, wrong[0][1], (replace(wrong[0][0], whole=whole), None), line)


def _fraction(
    sentence: Sentence, rate: Told, before: Told | None, after: Told | None
) -> tuple[Told, Told | None] | None:
    """Return the "a/b" that stands right before a rate or in brackets right behind it."""
    if (
        after is not None
        and after.whole
        and re.fullmatch(r"[^,;.()]{0,30}\(\s*", sentence.folded[rate.end : after.start])
    ):
        return after, None
    if before is not None and before.whole:
        gap = sentence.folded[before.end : rate.start]
        if len(gap) <= 70 and not re.search(r"so voi|tang|giam|;|:", gap) and not _AT_LEAST.search(gap):
            return before, None
    return None


def _against(sentence: Sentence, rate: Told, pair: tuple[Told, Told | None], line: int) -> Iterator[Finding]:
    part = pair[0].figure
    whole = pair[1].figure if pair[1] else pair[0].whole
    if whole is None or not whole.value:
        return
    fits = ratio_holds(rate.figure, part, whole)
    if fits == EXACT or re.search(r"(?:tang|giam)\s*$", rate.before):
        return
    exact = part.value / whole.value * 100
    start = min(one.start for one in (rate, *pair) if one is not None)
    end = max(rate.end, pair[0].end)
    lead = sentence.text[max(start - 30, 0) : start].partition(" ")[2]
    quote = f"{lead}{sentence.text[start:end]}"
    severity = "info" if fits == NEAR else None
    places = max(rate.figure.decimals, 1)
    yield finding(
        "M13", "ratio", Where(line=line), found=_short(quote), expected=plain_number(exact, places), severity=severity
    )


def _short(quote: str) -> str:
    quote = quote.strip(" ,;.(")
    return quote if len(quote) <= _QUOTE else quote[:_QUOTE].rstrip() + "…"


def _wholes(sentence: Sentence, part: Told) -> list[Told]:
    """Return the numbers of the same thing before a part that it may be a share of: totals first, the nearest next."""
    here = [one for one in sentence.counts if one.start < part.start and not _ELSEWHEN.search(one.before)]
    here = [one for one in here if _is_alike(one, part)]
    led = [one for one in here if _LED_TOTAL.search(one.before)]
    narrows = bool(_OF_PART.search(part.before))
    opened = [
        one
        for one in here
        if one not in led
        and (
            _OPENS.search(sentence.folded[one.end : part.start])
            or (narrows and not _OF_PART.search(f"{one.before} {one.after}"))
        )
    ]
    return [*reversed(led), *reversed(opened)]


def _is_alike(one: Told, part: Told) -> bool:
    """Say whether two numbers count the same thing by the first word behind them."""
    mine, theirs = part.unit, one.unit
    if not theirs:
        return mine in one.before
    return not mine or mine.split(" ")[0] == theirs.split(" ")[0]


def is_explained(sentence: Sentence, rate: Told, earlier: Sequence[Told]) -> bool:
    """Say whether two numbers of the sentence, or one of it and one before it, make the rate."""
    here = [figure for one in sentence.told if one.kind in ("count", "change") for figure in _figures(one)]
    clause = sentence.folded.rfind(";", 0, rate.start), sentence.folded.find(";", rate.start) % (len(sentence.text) + 1)
    parts = [one for one in sentence.told if clause[0] < one.start < clause[1] and one.kind in ("count", "change")]
    others = [figure for one in earlier for figure in _figures(one)]
    for part in [figure for one in parts for figure in _figures(one)]:
        for whole in [*here, *others]:
            if part is not whole and whole.value >= part.value and whole.value and (
                ratio_holds(rate.figure, part, whole) == EXACT
            ):  # fmt: skip
                return True
    rates = [one.figure.value for one in sentence.told if one.kind == "rate" and one is not rate]
    return any(abs(rate.figure.value + other - 100) <= Fraction(1, 10) for other in rates)


def _figures(one: Told) -> list[Figure]:
    return [one.figure, one.whole] if one.whole else [one.figure]
