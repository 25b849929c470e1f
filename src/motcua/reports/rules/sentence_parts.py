"""A whole and its parts told in words: "642 nhiệm vụ (đúng hạn 479, quá hạn 09)", "84,0 % (861/1.025 hộ)", growth.

As in ``sentences``, a pattern speaks only where all numbers stand in the text; a sum that some of the parts keep, or a
rate that any number nearby explains, is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, plain_number, read_figure
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import EXACT, NEAR, ratio_holds
from motcua.reports.rules.row_rules import excludes

N = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
P = r"\d{1,3}(?:[.,]\d{1,3})?"
_WORDS = r"[^\d:;,.()%]{2,70}?"
_OPENED = re.compile(rf"(?<![\d./,])({N})\s+({_WORDS})\s*(?:\({P}\s*%\)\s*)?(?P<mark>[(:;,])\s*(?P<rest>\D.{{5,400}})")
_LABELLED = re.compile(
    rf"(?P<label>\D{{2,80}}?(?:năm \d{{4}}\D{{1,30}})?)\s*(?::|là|có)?\s*(?P<number>{N})(?P<after>\s*[^\d%(]{{0,30}})?"
    rf"(?:\(\s*{P}\s*%\s*\))?"
)
_UNTIL = re.compile(r"\s*(?:trước|đến|từ|vào)\s+ngày\s+[\d/]+", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?<![\d./,])({N})\s+({_WORDS})\s*\(((?:{N})\s+[^()]+)\)")
_LEFT_OVER = re.compile(r"kỳ trước|năm trước|chuyển sang|chuyển kỳ|\btồn\b", re.IGNORECASE)
_FRACTION = re.compile(rf"(?<![\d.,])({P})\s*%\s*\(\s*({N})\s*/\s*({N})(?![\d/])")
_OF_ALL = re.compile(
    rf"(?<![\d./,])({N})\s+[^\d;.%]{{2,60}}?,?\s*(?:bằng|chiếm|đạt)\s*(?:tỷ lệ\s*)?({P})\s*%\s*"
    rf"(?:trên\s+|của\s+)?tổng số\s+({N})"
    r"(?![\d/%])",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"({P})\s*%\s*[,(;]?\s*(tăng|giảm)\s+({P})\s*(?:điểm phần trăm|điểm %|%)[^()%]{{0,40}}\(([^()%]*?)({P})\s*%\s*\)",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    rf"(?:tiếp nhận|nhận được)\s+({N})\s+([^\d;.%]{{3,60}}?)[,;]\s*(?:đã\s+|được\s+)*(?:trả lời|xử lý|giải quyết)"
    rf"[^\d,;.]{{0,20}}\s({N})(?![\d/%.])[^\d;.]{{0,40}}?({P})\s*%",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"(?<![\d./,])({N})\s+[^\d.]{{2,60}}?\bcòn\s+({N})\s+[^\d.]{{2,30}}?\btăng\s+(?:thêm\s+)?({N})[^\d.%]{{0,25}}?"
    rf"\bgiảm\s+({N})(?![\d%,])",
    re.IGNORECASE,
)
_LEVELS = re.compile(
    rf"toàn (?:tỉnh|thành phố)\s+[^\d.;]{{2,40}}?({N})\s+([^\d.,;]{{2,20}}?)[,.;].{{0,120}}?"
    rf"\bcấp tỉnh\s+[^\d.;]{{0,40}}?({N})\s+\2"
    rf"[,;]\s*(?:cấp huyện\s+[^\d.;]{{0,40}}?({N})\s+\2[,;]\s*)?(?:và\s+)?cấp xã\s+[^\d.;]{{0,40}}?({N})\s+\2",
    re.IGNORECASE,
)
_GROWN = (
    re.compile(
        rf"so với[^().%]{{3,60}}\((?P<then>{N})\s+(?P<unit>[^()\d]{{2,40}})\),?\s*số\s+(?P<what>[^\d%.;]{{4,60}}?)\s+"
        rf"(?P<way>tăng|giảm)\s+(?:[^%;.]{{0,30}}\()?(?P<rate>{P})\s*%",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bsố\s+(?P<what>[^\d%.;]{{4,60}}?)\s+(?P<way>tăng|giảm)\s+(?P<rate>{P})\s*%\s*\("
        rf"[^()%]{{3,60}}?\s(?P<then>{N})\s+(?P<unit>[^()\d]{{2,30}})\)",
        re.IGNORECASE,
    ),
)
_OVERLAP = re.compile(r"%|\bnu\b|dang vien|doan vien|dan toc|ton giao|luot|trong do")  # one may be several of these
_LONGEST_LIST = 10
MOST_APART = Fraction(3, 5)  # parts that are further from the whole are parts of something else
_QUOTE = 150


def part_findings(text: str, line: int, before: str = "") -> Iterator[Finding]:
    """Yield wholes that are not the sum of their parts and rates that are not those of their numbers.

    ``before`` is the text of the paragraphs before, where the number may stand that has grown.
    """
    for sentence in re.split(r"(?<=[^\d\s]{2})[.](?=\s+[A-ZĐÀ-Ỹ])|(?<=\d)\.(?=\s+[A-ZĐÀ-Ỹ])", text):
        yield from _opened(sentence, line, text)
        yield from _numbered(sentence, line)
    yield from _fractions(text, line)
    yield from _simple(text, line)
    for pattern in _GROWN:
        for match in pattern.finditer(text):
            yield from _grown(match, line, f"{before} {text[: match.start()]}")


def _number(text: str | None) -> Figure | None:
    return read_figure(text.strip().rstrip(".")) if text else None


def _rate(text: str) -> Figure | None:
    return read_figure(text.strip(), is_percent=True)


def _quote(text: str) -> str:
    text = text.strip(" ,;")
    return text if len(text) <= _QUOTE else text[:_QUOTE].rstrip() + "…"


def _say(case: str, line: int, quote: str, exact: Fraction, severity: str | None = None) -> Finding:
    return finding(
        "M13", case, Where(line=line), found=_quote(quote), expected=plain_number(exact, 1), severity=severity
    )


def _opened(sentence: str, line: int, text: str) -> Iterator[Finding]:
    """Check parts that are told by name: "(đúng hạn 479, quá hạn 09)", ": quý I 06, quý II 07, quý III 04"."""
    start = 0
    while (match := _OPENED.search(sentence, start)) is not None:
        start = match.end(1)
        total = _number(match[1])
        ahead = sentence[max(match.start() - 14, 0) : match.start()]
        if (
            total is None
            or total.decimals
            or re.search(r"(?:năm|tháng|ngày|quý|số|tăng|giảm)\s*$", ahead, re.IGNORECASE)
        ):
            continue
        rest = match["rest"]
        if match["mark"] == "(":
            rest = rest.partition(")")[0]
        elif match["mark"] in ";," and _LEFT_OVER.search(text) and not re.search(r"tổng|phải", ahead, re.IGNORECASE):
            continue
        items, is_read = _labelled(rest, match[2])
        own = re.split(r"[\d;:,.()]", fold(sentence[: match.start()]))[-1].strip()
        if match["mark"] in ";," and own and excludes([own, *(fold(name) for _, name in items)]):
            continue  # the number before is one of the parts
        # Of a list that was read in part only too much can be said.
        if is_read or sum(figure.value for figure, _ in items) > total.value:
            yield from _check_items(match, total, items, line)


def _labelled(text: str, unit: str) -> tuple[list[tuple[Figure, str]], bool]:
    """Return the numbers told after their names, up to where the list ends; and whether no number was left unread."""
    items: list[tuple[Figure, str]] = []
    held = ""
    text = _UNTIL.sub("", re.sub(r"\([^()]*\)", "", text))
    for piece in re.split(r"[,;]\s+|\s+và\s+(?=\D{3,60}\d)", text)[: _LONGEST_LIST + 4]:
        if not re.search(r"\d", piece):
            held = f"{held}, {piece}" if held else piece
            continue
        match = _LABELLED.fullmatch(f"{held}, {piece}".strip(" ,.;"))
        figure = _number(match["number"]) if match else None
        if match is None or figure is None or figure.decimals or "%" in piece:
            return items, False
        after = fold(match["after"] or "").strip()
        if after and after.split()[0] not in fold(unit).split() and len(after.split()) > 2:
            return items, False
        items.append((figure, match["label"].strip(" ,:")))
        held = ""
    return items, True


def _check_items(
    match: re.Match[str], total: Figure, items: Sequence[tuple[Figure, str]], line: int
) -> Iterator[Finding]:
    names = [fold(re.sub(r"^trong đó\s*:?\s*", "", name)) for _, name in items]
    if not 2 <= len(items) <= _LONGEST_LIST or any(
        re.search(r"\btang\b|\bgiam\b|so voi|ty le", name) for name in names
    ):
        return
    figures = [figure for figure, _ in items]
    exact = sum((figure.value for figure in figures), Fraction(0))
    is_list = (
        not any(_OVERLAP.search(name) for name in names)
        and match["mark"] in "(:"
        and len(items) >= 3
        and not fold(items[0][1]).startswith("trong do")
    )
    if not excludes(names) and not (is_list and total.value < exact):
        return
    if _is_kept(figures, total) or abs(exact - total.value) > MOST_APART * total.value:
        return
    end = match.start("rest") + len(match["rest"])
    yield _say("parts", line, match.string[match.start() : end], exact)


def _is_kept(figures: Sequence[Figure], total: Figure) -> bool:
    """Say whether the whole is the sum of all parts or of some: the others are then parts of parts."""
    return any(
        sum((one.value for one in some), Fraction(0)) == total.value
        for count in range(2, len(figures) + 1)
        for some in combinations(figures, count)
    )


def _numbered(sentence: str, line: int) -> Iterator[Finding]:
    """Check "96 đơn vị (85 xã, 11 phường)"."""
    for match in _NUMBERED.finditer(sentence):
        total = _number(match[1])
        pieces = [
            re.fullmatch(rf"({N})\s+(\D{{2,60}})", one.strip()) for one in re.split(r"[,;]\s+|\s+và\s+", match[3])
        ]
        figures = [_number(piece[1]) for piece in pieces if piece]
        if total is None or len(figures) < 2 or len(figures) < len(pieces) or _OVERLAP.search(fold(match[3])):
            continue
        known = [figure for figure in figures if figure and not figure.decimals]
        exact = sum((figure.value for figure in known), Fraction(0))
        is_over = len(known) == len(figures) and 0 < exact - total.value <= MOST_APART * total.value
        if is_over and not _is_kept(known, total):
            yield _say("parts", line, match[0], exact)


def _fractions(text: str, line: int) -> Iterator[Finding]:
    found = [(match, _rate(match[1]), _number(match[2]), _number(match[3])) for match in _FRACTION.finditer(text)]
    found += [(match, _rate(match[2]), _number(match[1]), _number(match[3])) for match in _OF_ALL.finditer(text)]
    for match, rate, part, whole in found:
        if not rate or not part or not whole or not whole.value:
            continue
        fits = ratio_holds(rate, part, whole)
        lead = text[max(match.start() - 50, 0) : match.start()]
        if fits != EXACT and not re.search(r"(?:tăng|giảm)\s*$", lead, re.IGNORECASE):
            quote = lead.partition(" ")[2] + match[0]
            yield _say("ratio", line, quote, part.value / whole.value * 100, "info" if fits == NEAR else None)


def _simple(text: str, line: int) -> Iterator[Finding]:
    for match in _POINTS.finditer(text):
        now, change, then = _rate(match[1]), _rate(match[3]), _rate(match[5])
        if now and change and then and "so với" not in match[4]:
            exact = (now.value - then.value) * (1 if match[2].lower() == "tăng" else -1)
            if abs(exact - change.value) > Fraction(1, 10):
                lead = text[max(match.start() - 50, 0) : match.start()].partition(" ")[2]
                yield _say("change", line, lead + match[0], exact)
    for match in _ANSWERED.finditer(text):
        whole, part = _number(match[1]), _number(match[3])
        if whole and part and part.value > whole.value:
            yield _say("part_over", line, match[0], whole.value)
    for match in _MOVED.finditer(text):
        before, now, more, less = (_number(match[group]) for group in (1, 2, 3, 4))
        if before and now and more and less and before.value + more.value - less.value != now.value:
            yield _say("change", line, match[0], before.value + more.value - less.value)
    for match in _LEVELS.finditer(text):
        total, *levels = (_number(match[group]) for group in (1, 3, 4, 5))
        exact = sum((figure.value for figure in levels if figure), Fraction(0))
        if total and exact != total.value:
            yield _say("parts", line, match[0], exact)


def _grown(match: re.Match[str], line: int, before: str) -> Iterator[Finding]:
    """Check a growth whose new number stands in a sentence before: silent where any number there explains it."""
    then, rate = _number(match["then"]), _rate(match["rate"])
    what = match["what"].strip()
    unit = what.split()[0]
    if not then or not rate or not then.value:
        return
    numbers = [f for one in re.finditer(rf"(?<![\d./,])({N})(?![\d/%])", before) if (f := _number(one[1])) and f.value]
    if any(ratio_holds(rate, Figure(abs(now.value - then.value)), then) != "wrong" for now in numbers):
        return
    tail = re.escape(what.split(maxsplit=1)[1] if " " in what else what)
    for words in (unit, " ".join(what.split()[:2])):
        tail = re.escape(what.removeprefix(words).strip()) or tail
        told = re.findall(rf"(?<![\d./,])({N})\s+{re.escape(words)}\s+{tail}\b", before, re.IGNORECASE)
        told += re.findall(rf"\b{tail}(?:\s+(?:là|có))?\s+({N})(?![\d/%])", before, re.IGNORECASE)
        values = {figure.value for one in told if (figure := _number(one))}
        if len(values) == 1:
            now = values.pop()
            yield _say("ratio", line, match[0], abs(now - then.value) / then.value * 100)
            return
