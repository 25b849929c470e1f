"""What grew or fell, and averages, as a text tells them: "từ 8.000 lên 9.200, tăng 15%", "bình quân 80 học viên/lớp".

Of a number before, a number now, their difference and its rate any two give the others. A change that some two numbers
of the sentence explain is right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motcua.reports.rules.figures import Figure, plain_number
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import EXACT, NEAR, WRONG, half_place, ratio_holds
from motcua.reports.rules.told import Sentence, Told, sentences_of, typo_of

_ELSEWHEN = re.compile(r"so voi|cung ky|(?:ky|nam|quy|thang) truoc")
_TIMES = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2} thang\b|\b(?:quy|thang) \d{1,2}\b|\d{1,2}/\d{1,2}(?:/\d{4})?")
_FROM = re.compile(r"\btu\s*$")
_TO = re.compile(r"\b(?:len|xuong|con|den|thanh)(?: con| muc| den| la)?\s*$")
_PASSED = re.compile(r"\b(?:vuot|cao hon|thap hon)\b")
_NEAR = 40  # letters
_DOWN = re.compile(r"\b(?:giam|thap hon|it hon|thieu)\b")
_AVERAGE = re.compile(r"\b(?:binh quan|trung binh)\b")
_PER = re.compile(r"\s*([a-z ]{2,24}?)\s?/\s?([a-z]+(?: [a-z]+)?)")
_POINT_WORDS = re.compile(r"\b(?:tang|giam|cao hon|thap hon|vuot|hon)(?: them)?\s*$")
_CUMULATIVE = re.compile(r"\bluy ke\b|\btu dau (?:nam|nhiem ky)\b")
_OWN_PERIOD = re.compile(r"\btrong (?:ky|thang|quy)\b|\b(?:thang|quy) (?:nay|[ivx\d]+)\b")
_QUOTE = 150


def change_findings(text: str, line: int) -> Iterator[Finding]:
    """Yield changes, differences of rates and averages that the numbers of their sentence deny."""
    for sentence in sentences_of(text):
        for clause in _clauses(sentence):
            yield from _changes(clause, line)
        yield from _points(sentence, line)
        yield from _averages(sentence, line)
        yield from _since(sentence, line)


def _say(case: str, line: int, quote: str, exact: Fraction, severity: str | None = None, places: int = 1) -> Finding:
    quote = quote.strip(" ,;.(")
    quote = quote if len(quote) <= _QUOTE else quote[:_QUOTE].rstrip() + "…"
    return finding(
        "M13", case, Where(line=line), found=quote, expected=plain_number(exact, max(places, 1)), severity=severity
    )


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the parts of a sentence between its semicolons, each with its own numbers; places stay the sentence's."""
    ends = [match.start() for match in re.finditer(";", re.sub(r"\([^()]*\)", _blanks, sentence.folded))]
    for start, end in zip([-1, *ends], [*ends, len(sentence.folded)], strict=True):
        yield replace(sentence, told=tuple(one for one in sentence.told if start < one.start < end))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _changes(sentence: Sentence, line: int) -> Iterator[Finding]:
    changes = [one for one in sentence.told if one.kind == "change"]
    if not changes:
        return
    ends = _from_to(sentence) or _then_now(sentence, changes[0])
    amounts = [one for one in changes if not one.is_percent]
    rates = [one for one in sentence.told if one.is_percent and (one.kind == "change" or _is_of_change(sentence, one))]
    if ends is not None and len(changes) <= 2:
        yield from _between(sentence, ends, amounts, rates, line)
    elif len(amounts) == 1 and len(rates) == 1:
        yield from _of_base(sentence, amounts[0], rates[0], line)
    elif len(amounts) == 1 and not rates:
        yield from _bracketed(sentence, amounts[0], line)


def _is_of_change(sentence: Sentence, rate: Told) -> bool:
    """Say whether a rate stands in brackets right behind a change: "tăng 150 hồ sơ (13,6%)"."""
    before = [one for one in sentence.told if one.end <= rate.start]
    if not before or before[-1].kind != "change":
        return False
    gap = sentence.folded[before[-1].end : rate.start]
    return bool(
        re.fullmatch(r"[^,;:()%]{0,30}(?:\(|,)?\s*(?:tuong (?:ung|duong)|bang|hay|ty le|dat|tang|giam|\s)*", gap)
    )


def _from_to(sentence: Sentence) -> tuple[Told, Told] | None:
    """Return the two numbers of "từ 15 ngày xuống còn 10 ngày"."""
    counts = sentence.counts
    for one, other in zip(counts, counts[1:], strict=False):
        between = sentence.folded[one.end : other.start]
        if _FROM.search(one.before) and _TO.search(between) and len(between) < 60:
            return one, other
    return None


def _then_now(sentence: Sentence, change: Told) -> tuple[Told, Told] | None:
    """Return the number of another time and the one of now which a change lies between."""
    then = [one for one in sentence.counts if _is_elsewhen(sentence, one) and not one.whole]
    now = [one for one in sentence.counts if one not in then and one.end <= change.start and not one.whole]
    now = [one for one in now if one.depth <= change.depth]
    if len(then) != 1 or not now:
        return None
    pair = then[0], now[-1]
    return pair if not then[0].unit or not now[-1].unit or then[0].unit == now[-1].unit else None


def _is_elsewhen(sentence: Sentence, one: Told) -> bool:
    """Say whether a number is one of another time: "so với năm 2024 (93,2%)", "cùng kỳ 1.100 hồ sơ"."""
    clause = re.split(r"[;.](?!\d)", sentence.folded[max(one.start - 70, 0) : one.start])[-1]
    led = [match.end() for match in _ELSEWHEN.finditer(clause)]
    return bool(led) and not re.search(r"\d", _TIMES.sub("", clause[led[-1] :]))


def _between(
    sentence: Sentence, ends: tuple[Told, Told], amounts: Sequence[Told], rates: Sequence[Told], line: int
) -> Iterator[Finding]:
    then, now = ends
    exact = now.figure.value - then.figure.value
    others = [one.figure.value for one in sentence.counts]
    quote = sentence.text[
        min(one.start for one in (*ends, *amounts)) : max(one.end for one in (*ends, *amounts, *rates))
    ]
    for amount in amounts[:1]:
        slack = sum((half_place(one.figure) for one in (then, now, amount)), Fraction(0))
        is_kept = any(abs(abs(one - other) - amount.figure.value) <= slack for one in others for other in others)
        if not is_kept and amount.unit == (now.unit or amount.unit):
            yield _say("change", line, quote, abs(exact))
            return
    for rate in rates[:1]:
        change = Figure(abs(exact), max(then.figure.decimals, now.figure.decimals))
        fits = ratio_holds(rate.figure, change, then.figure)
        known = [Figure(amount.figure.value) for amount in amounts]
        if fits != EXACT and not any(ratio_holds(rate.figure, one, then.figure) != WRONG for one in known):
            yield _say(
                "ratio", line, quote, abs(exact) / then.figure.value * 100 if then.figure.value else Fraction(0),
                "info" if fits == NEAR else None, rate.figure.decimals,
            )  # fmt: skip


def _bracketed(sentence: Sentence, amount: Told, line: int) -> Iterator[Finding]:
    """Check "được giao 402, có mặt 371 (thấp hơn 31)": a difference in brackets right behind the two numbers."""
    before = [one for one in sentence.counts if one.end <= amount.start and not one.depth and not one.whole]
    if len(before) < 2 or not re.search(
        r"\(\s*(?:tang|giam|thap hon|it hon|thieu|vuot|cao hon)\W*$",
        sentence.folded[max(amount.start - 20, 0) : amount.start],
    ):
        return
    exact = abs(before[-1].figure.value - before[-2].figure.value)
    if amount.start - before[-1].end > _NEAR or amount.after and amount.after.startswith("so voi"):
        return
    if typo_of(str(exact), str(amount.figure.value)) and exact:
        yield _say("change", line, sentence.text[before[-2].start : amount.end], exact)


def _of_base(sentence: Sentence, amount: Told, rate: Told, line: int) -> Iterator[Finding]:
    """Check a change and its rate over the only number of another time: "tăng 112 hồ sơ so với 1.120 … (10%)"."""
    bases = [one for one in sentence.counts if one.start > amount.end and _is_elsewhen(sentence, one)]
    if len(bases) != 1 or not bases[0].figure.value:
        return
    base = bases[0].figure
    figures = [one.figure for one in sentence.counts]
    changes = [amount.figure, *(Figure(abs(one.value - base.value)) for one in figures)]
    if all(ratio_holds(rate.figure, one, base) == WRONG for one in changes):
        quote = sentence.text[amount.start : max(rate.end, bases[0].end)]
        yield _say("ratio", line, quote, amount.figure.value / base.value * 100, places=rate.figure.decimals)


def _points(sentence: Sentence, line: int) -> Iterator[Finding]:
    """Check "đạt 94,5%, cao hơn 1,3 điểm phần trăm so với năm 2024 (93,2%)"."""
    points = [one for one in sentence.told if one.kind == "points" and _POINT_WORDS.search(one.before)]
    rates = [one for one in sentence.told if one.kind == "rate"]
    if len(points) != 1 or len(rates) != 2:
        return
    now, then = rates
    if then.end <= points[0].start and _PASSED.search(points[0].before):
        now, then = then, now  # "giao 70%; kết quả 79,8%, vượt 9,8 điểm"
    elif not (now.end <= points[0].start and _is_elsewhen(sentence, then)):
        return
    exact = (now.figure.value - then.figure.value) * (-1 if _DOWN.search(points[0].before) else 1)
    if abs(exact - points[0].figure.value) > Fraction(1, 10):
        first, last = min(now.start, then.start), max(now.end, then.end, points[0].end)
        lead = sentence.text[max(first - 40, 0) : first].partition(" ")[2]
        yield _say("change", line, lead + sentence.text[first:last], exact)


def _averages(sentence: Sentence, line: int) -> Iterator[Finding]:
    """Check "14 lớp với 1.120 lượt học viên, bình quân 80 học viên/lớp"."""
    for average in sentence.counts:
        match = _PER.match(sentence.folded, average.end)
        if match is None or not _AVERAGE.search(sentence.folded, max(average.start - 25, 0), average.start):
            continue
        top, under = match[1].strip(), match[2].split(" ")[0]
        above = [one for one in sentence.counts if one is not average and _is_of(one, top) and not one.whole]
        below = [one for one in sentence.counts if one not in (average, *above) and one.unit.split(" ")[0] == under]
        if len(above) != 1 or len(below) != 1 or not below[0].figure.value:
            continue
        exact = above[0].figure.value / below[0].figure.value
        if abs(exact - average.figure.value) >= Fraction(1, 10**average.figure.decimals):
            start = min(one.start for one in (above[0], below[0], average))
            quote = sentence.text[start : max(below[0].end, above[0].end, match.end())]
            yield _say("average", line, quote, exact)


def _since(sentence: Sentence, line: int) -> Iterator[Finding]:
    """Check "trong tháng 1.842 hồ sơ; lũy kế 11 tháng 20.614 hồ sơ": what is added up is no less than its last part."""
    for since in sentence.counts:
        if not _CUMULATIVE.search(f"{since.before} "):
            continue
        own = [
            one
            for one in sentence.counts
            if one.end <= since.start and one.unit and one.unit == since.unit and not _CUMULATIVE.search(one.before)
        ]
        led = sentence.folded[: own[0].start] if len(own) == 1 else ""
        if own and _OWN_PERIOD.search(led) and own[0].figure.value > since.figure.value:
            quote = sentence.text[own[0].start : since.end + len(since.after) + 1]
            yield _say("part_over", line, quote, since.figure.value)


def _is_of(one: Told, unit: str) -> bool:
    if unit == "dong":
        return one.after.startswith(unit)  # and no thousand millions of them
    return f" {unit} " in f" {' '.join(re.findall(r'[a-z]+', one.after)[:4])} "
