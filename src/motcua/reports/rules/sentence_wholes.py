"""Wholes and parts told further apart in a sentence: "giao 21 nhiệm vụ …; 18 nhiệm vụ hoàn thành, 03 nhiệm vụ đang …".

As in ``sentences``: all numbers must stand in the text, and what may overlap or be counted otherwise is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, plain_number, read_figure
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.grid_sheet import EXACT, NEAR, ratio_holds
from motcua.reports.rules.row_rules import excludes

_N = r"(?<![\d./,])(?:\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/%])"
_P = r"\d{1,3}(?:[.,]\d{1,3})?"
_UNIT = (
    r"(?:hồ sơ|nhiệm vụ|thủ tục|văn bản|người|đơn vị|phiếu|lượt(?: người)?|phản ánh,? kiến nghị|kiến nghị|dịch vụ|"
    r"công chức|viên chức|cán bộ|cuộc|lớp|tài khoản|trường hợp|vấn đề|biên chế|chỉ tiêu|triệu đồng|tỷ đồng|đồng)"
)
_TOLD = re.compile(rf"({_N})\s+({_UNIT})\b([^\d;,.()]{{0,60}})", re.IGNORECASE)
_LEFT = re.compile(
    rf"({_N})\s+({_UNIT})\b[^.;\d]{{0,40}}[,;]\s*[^.;\d]{{2,40}}\s({_N})\s+\2\b[^.;\d]{{0,40}}[,;]\s*"
    rf"còn(?: lại)?\s+({_N})\s+\2\b",
    re.IGNORECASE,
)
_IS_OF_TWO = re.compile(
    rf"(?:là|có|:)\s+({_N}),?\s+(?:trong đó|gồm|bao gồm)\s*:?\s*(\D{{3,40}}?)\s({_N}),\s*(?:và\s+)?"
    rf"(\D{{3,40}}?)\s({_N})(?=[.;]|$)",
    re.IGNORECASE,
)
_NAMED_PARTS = re.compile(
    rf"({_N})\s+(\D{{3,60}}?),\s*(?:trong đó|gồm|bao gồm)\s*:?\s*(\D.{{10,300}}?)(?=[.;]\s|[.;]?$)"
)
_NAMED_PART = re.compile(rf"(?:và\s+)?(\D{{4,60}}?)\s({_N})\s*[^\d]{{0,12}}")
_OF_WHOLE = re.compile(rf"\bTrong\s+({_N})\s+({_UNIT})\b[^\d;.,:]{{0,40}}?\bcó\s+(.{{10,300}}?)(?=[.;]\s|[.;]?$)")
_BRACKETED = re.compile(rf"({_N})\s+([^\d()%;.,]{{2,60}}?)\s*\(((?:{_N})\s+[^()%]+)\)")
_ON_ALL = re.compile(
    rf"({_N})\s+([^\d;.%]{{2,40}}?)\s+trên\s+tổng số\s+({_N})\s+[^\d;.%]{{0,60}}?"
    rf"(?:đạt|chiếm|bằng)\s+(?:tỷ lệ\s+)?({_P})\s*%",
    re.IGNORECASE,
)
_SAVED = re.compile(
    rf"tiết kiệm(?:\s+được)?\s+({_N})\s+([^\d;.%]{{2,30}}?),\s*(?:đạt\s+|tương ứng\s+)?"
    rf"tỷ lệ(?: cắt giảm| tiết kiệm| giảm)?\s*(?:đạt|là|bằng)?\s*({_P})\s*%",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    rf"(tăng|giảm)\s+({_N})\s+[^\d;.%()]{{2,20}}?\s+so với\s+[^();.%]{{3,40}}?\(({_N})\s+[^()\d]{{2,30}}\)\s*,?\s*"
    rf"(?:tương ứng|tương đương|bằng|hay)\s+(?:(?:tăng|giảm)\s+)?({_P})\s*%",
    re.IGNORECASE,
)
_IN_TURN = re.compile(
    rf"({_N})\s+({_UNIT})\b[^.;%\d]{{0,60}}?({_N})\s+\2\b[^.;%\d]{{0,20}}?lần lượt\s+(?:chiếm|đạt|là|bằng)\s+"
    rf"({_P})\s*%\s+và\s+({_P})\s*%",
    re.IGNORECASE,
)
_PLAN_KEPT = re.compile(
    rf"kế hoạch\D[^;%]{{0,160}}?\bvới\s+({_N})\s+({_UNIT})\b[^%]{{0,60}}?({_N})\s+\2\b\s*,?\s*"
    rf"\(?(?:đạt|bằng)\s+({_P})\s*%",
    re.IGNORECASE,
)
_OWN_SHARE = re.compile(rf"\bRiêng\b[^.;%]{{3,80}}?({_N})\s+({_UNIT})\b")
_DATED = re.compile(r"(?:ngày|tháng|quý|năm|số|khoản|điều|mục)\s*$", re.IGNORECASE)
_OVERLAP = re.compile(r"%|\bnu\b|dang vien|doan vien|dan toc|ton giao|luot|trong do|tang|giam|so voi|ty le")
_STATE = re.compile(r"hoan thanh|\bdang\b|\bchua\b|\bhan\b|giai quyet|xu ly|con lai")  # a part itself
MOST_APART = Fraction(1, 4)  # parts further from the whole are no parts of it
_QUOTE = 150


def whole_findings(text: str, line: int) -> Iterator[Finding]:
    """Yield what the numbers of a paragraph contradict over several clauses."""
    for sentence in _sentences(text):
        yield from _clauses(sentence, line)
        yield from _left_over(sentence, line)
        yield from _two_parts(sentence, line)
        yield from _named(sentence, line)
        yield from _bracketed(sentence, line)
        yield from _rates(sentence, line)
    yield from _own_share(text, line)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[^\s])\.(?=\s+[A-ZĐÀ-Ỹ])", text) if part]


def _number(text: str) -> Figure | None:
    return read_figure(text.strip().rstrip("."))


def _rate(text: str) -> Figure | None:
    return read_figure(text.strip(), is_percent=True)


def _say(case: str, line: int, quote: str, exact: Fraction, severity: str | None = None) -> Finding:
    quote = quote.strip(" ,;(")
    quote = quote if len(quote) <= _QUOTE else quote[:_QUOTE].rstrip() + "…"
    return finding("M13", case, Where(line=line), found=quote, expected=plain_number(exact, 1), severity=severity)


def _is_near(exact: Fraction, total: Fraction) -> bool:
    return exact != total and abs(exact - total) <= MOST_APART * max(total, exact)


def _clauses(sentence: str, line: int) -> Iterator[Finding]:
    """Check a whole and the two numbers of the same thing right behind it, where these exclude one another."""
    told = [
        (match, figure)
        for match in _TOLD.finditer(sentence)
        if (figure := _number(match[1])) and not _DATED.search(sentence[max(match.start() - 8, 0) : match.start()])
    ]
    for (whole, total), (one, first), (other, second) in zip(told, told[1:], told[2:], strict=False):
        if len({fold(match[2]) for match in (whole, one, other)}) > 1 or second.value + first.value == total.value:
            continue
        between = sentence[whole.end(3) : other.end()]
        if whole.end() == one.start() or re.search(r"tăng|giảm|so với|%|tổng", between, re.IGNORECASE):
            continue
        if len(told) > 3 and told[-1][0] is not other:
            continue  # more parts follow
        all_names = [fold(f"{_verb(sentence, match.start())} {match[3]}") for match in (whole, one, other)]
        names = all_names[1:]
        if excludes(names) and not _STATE.search(all_names[0]) and not _OVERLAP.search(" ".join(names)):
            exact = first.value + second.value
            if _is_near(exact, total.value):
                yield _say("parts", line, sentence[whole.start() : other.end()], exact)


def _verb(sentence: str, start: int) -> str:
    """Return the words of a number's clause that lead it: "đã hoàn thành" before "22 nhiệm vụ"."""
    return re.split(r"[;,.():]|\d", sentence[max(start - 40, 0) : start])[-1].strip()


def _left_over(sentence: str, line: int) -> Iterator[Finding]:
    for match in _LEFT.finditer(sentence):
        total, done, left = (_number(match[group]) for group in (1, 3, 4))
        if total and done and left and _is_near(done.value + left.value, total.value):
            yield _say("parts", line, match[0], done.value + left.value)


def _two_parts(sentence: str, line: int) -> Iterator[Finding]:
    for match in _IS_OF_TWO.finditer(sentence):
        total, first, second = (_number(match[group]) for group in (1, 3, 5))
        names = [fold(match[2]), fold(match[4])]
        if total and first and second and excludes(names) and _is_near(first.value + second.value, total.value):
            yield _say("parts", line, match[0], first.value + second.value)


def _named(sentence: str, line: int) -> Iterator[Finding]:
    """Check parts whose names begin alike, "Hội Nông dân 61.200, Hội Cựu chiến binh 22.300": too much in all."""
    for match in _NAMED_PARTS.finditer(sentence):
        total = _number(match[1])
        parts = [_NAMED_PART.fullmatch(piece.strip()) for piece in re.split(r",\s+|\s+và\s+(?=\D)", match[3])]
        if total is None or len(parts) < 3 or any(part is None for part in parts):
            continue
        known = [(fold(part[1]), figure) for part in parts if part and (figure := _number(part[2]))]
        heads = {name.split()[0] for name, _ in known}
        exact = sum((figure.value for _, figure in known), Fraction(0))
        if len(known) == len(parts) and len(heads) == 1 and total.value < exact <= 2 * total.value:
            yield _say("parts", line, match[0], exact)
    for match in _OF_WHOLE.finditer(sentence):
        total = _number(match[1])
        pieces = re.split(r",\s+(?=\d)|\s+và\s+(?=\d)", match[3])
        told = [re.fullmatch(rf"({_N})\s+{re.escape(match[2])}\b\D*", piece.strip(" .")) for piece in pieces]
        figures = [figure for part in told if part and (figure := _number(part[1]))]
        exact = sum((figure.value for figure in figures), Fraction(0))
        if total and len(figures) == len(pieces) >= 3 and total.value < exact and _is_near(exact, total.value):
            # One may be counted under two of them, so a person has to look.
            yield _say("parts", line, match[0], exact, "warning")


def _bracketed(sentence: str, line: int) -> Iterator[Finding]:
    """Check "254 thủ tục nội bộ (132 cấp tỉnh, 113 cấp xã)": what brackets divide wholly."""
    for match in _BRACKETED.finditer(sentence):
        total = _number(match[1])
        pieces = [
            re.fullmatch(rf"({_N})\s+(\D{{2,50}})", one.strip()) for one in re.split(r"[,;]\s+|\s+và\s+", match[3])
        ]
        figures = [figure for piece in pieces if piece and (figure := _number(piece[1]))]
        if total is None or len(figures) < 2 or len(figures) < len(pieces) or _OVERLAP.search(fold(match[3])):
            continue
        names = [fold(piece[2]) for piece in pieces if piece]
        exact = sum((figure.value for figure in figures), Fraction(0))
        is_all = excludes(names) or len({name.split()[0] for name in names}) == 1
        if is_all and exact < total.value and _is_near(exact, total.value):
            yield _say("parts", line, match[0], exact)


def _rates(sentence: str, line: int) -> Iterator[Finding]:
    for match in _ON_ALL.finditer(sentence):
        yield from _ratio(match, line, _number(match[1]), _number(match[3]), _rate(match[4]))
    for match in _PLAN_KEPT.finditer(sentence):
        yield from _ratio(match, line, _number(match[3]), _number(match[1]), _rate(match[4]))
    for match in _MORE_THAN.finditer(sentence):
        yield from _ratio(match, line, _number(match[2]), _number(match[3]), _rate(match[4]))
    for match in _SAVED.finditer(sentence):
        yield from _saved(match, line)
    for match in _IN_TURN.finditer(sentence):
        yield from _in_turn(match, line)


def _ratio(
    match: re.Match[str], line: int, part: Figure | None, whole: Figure | None, rate: Figure | None
) -> Iterator[Finding]:
    if part and whole and rate and whole.value:
        fits = ratio_holds(rate, part, whole)
        if fits != EXACT:
            severity = "info" if fits == NEAR else None
            yield _say("ratio", line, match[0], part.value / whole.value * 100, severity)


def _saved(match: re.Match[str], line: int) -> Iterator[Finding]:
    """Check a saving's rate over any number before it in the sentence: the cost before stands there."""
    part, rate = _number(match[1]), _rate(match[3])
    before = match.string[: match.start()]
    told = re.findall(rf"({_N})\s+{re.escape(match[2].split()[0])}", before)
    bases = [figure for one in told if (figure := _number(one)) and part and figure.value > part.value]
    # A saving is of the cost before: the number that is the one after and the saving together.
    costs = [base for base in bases if part and any(base.value - other.value == part.value for other in bases)]
    bases = costs or bases
    if part and rate and bases and not any(ratio_holds(rate, part, base) != "wrong" for base in bases):
        yield from _ratio(match, line, part, max(bases, key=lambda base: base.value), rate)


def _in_turn(match: re.Match[str], line: int) -> Iterator[Finding]:
    """Check "8.276 hồ sơ, … 7.696 hồ sơ, lần lượt chiếm 51,8% và 48,2%" over their sum or a number before."""
    parts: Sequence[Figure | None] = (_number(match[1]), _number(match[3]))
    rates = (_rate(match[4]), _rate(match[5]))
    if not all(parts) or not all(rates):
        return
    told = [figure for one in re.findall(rf"({_N})", match.string[: match.start()]) if (figure := _number(one))]
    whole = Figure(sum((part.value for part in parts if part), Fraction(0)))
    wrong = [
        (part, rate)
        for part, rate in zip(parts, rates, strict=True)
        if part and rate and not any(base.value and ratio_holds(rate, part, base) != "wrong" for base in (whole, *told))
    ]
    if len(wrong) == 1:  # where neither fits, they are rates of something else
        part, rate = wrong[0]
        yield from _ratio(match, line, part, whole, rate)


def _own_share(text: str, line: int) -> Iterator[Finding]:
    """Check "Riêng 6 tháng đầu năm kích hoạt … tài khoản" against the whole told before in the paragraph."""
    for match in _OWN_SHARE.finditer(text):
        part = _number(match[1])
        told = re.findall(rf"({_N})\s+(?:[^\d;.,%]{{0,40}}\s)?{re.escape(match[2])}\b", text[: match.start()])
        wholes = [figure for one in told if (figure := _number(one))]
        if part and wholes and part.value > max(figure.value for figure in wholes):
            yield _say("part_over", line, match[0], max(figure.value for figure in wholes), "warning")
