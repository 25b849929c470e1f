"""Arithmetic inside sentences: "82/186 nhiệm vụ, đạt 44,1 %", "tăng 150 hồ sơ (12 %)", "gồm: 3 …, 2 …", "a + b = c".

A pattern speaks only where the sentence holds all the numbers of the sum or ratio; on doubt it is silent.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from motcua.base.text import fold
from motcua.reports.rules.figures import Figure, agrees, plain_number, read_figure, vietnamese
from motcua.reports.rules.findings import SEVERITIES, Finding, Where, finding
from motcua.reports.rules.grid_sheet import EXACT, NEAR, ratio_holds
from motcua.reports.rules.lines import Line
from motcua.reports.rules.row_rules import excludes
from motcua.reports.rules.sentence_parts import part_findings
from motcua.reports.rules.sentence_wholes import whole_findings
from motcua.reports.rules.told import sentences_of
from motcua.reports.rules.told_changes import change_findings
from motcua.reports.rules.told_rates import is_explained, rate_findings
from motcua.reports.rules.told_sums import sum_findings

_N = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_P = r"\d{1,3}(?:[.,]\d{1,3})?"
_UNIT = (
    r"(?:hồ sơ|nhiệm vụ|thủ tục(?: hành chính)?|TTHC|văn bản(?: [a-zđ]+)?|người|đơn vị|cơ quan|phiếu|lượt(?: người)?|"
    r"PAKN|phản ánh,? kiến nghị|phản ánh|kiến nghị|dịch vụ công|dịch vụ|công chức|viên chức|cán bộ|xã|phường|huyện|"
    r"cuộc|lớp|tin,? bài|tin|bài|tổ chức|vụ việc|vụ|đoàn|biên chế|chỉ tiêu|quyết định|triệu đồng|tỷ đồng|đồng|"
    r"kế hoạch|công văn|báo cáo|nghị quyết|học viên|tài khoản|chứng thư số|mô hình|sáng kiến|kết quả|"
    r"phòng, ban, đơn vị|phòng ban|phòng|thôn|hộ|giao dịch|cuộc họp|hội nghị|trường hợp|vấn đề|nội dung|đề án|"
    r"hợp đồng|doanh nghiệp)"
)
_UNIT_OF = re.compile(_UNIT, re.IGNORECASE)
_FAR = re.compile(r"so với|kế hoạch|chỉ tiêu|dự toán|cùng kỳ", re.IGNORECASE)
_OPENS = re.compile(r"trong (?:số )?đó|gồm|cụ thể|chia ra|thu về|:|\bđã\b|được|\btại\b", re.IGNORECASE)
_DATED = re.compile(
    r"(?:ngày|tháng|quý|năm|số|khoản|điều|mục|nhiệm kỳ|giai đoạn|tỷ lệ|mức(?: độ)?|cấp độ|hạng)\s*$", re.IGNORECASE
)
_EQUATION = re.compile(
    rf"(?<![\d./,])((?:{_N})(?:\s*{_UNIT})?(?:\s*[-+–]\s*(?:{_N})(?:\s*{_UNIT})?){{1,12}})\s*=\s*({_N})(?![\d/%])",
    re.IGNORECASE,
)
_TERM = re.compile(rf"([-+–]?)\s*({_N})")
_OVER = re.compile(
    rf"(?<![\d./,])({_N})(?:\s*{_UNIT})?\s*(?:/|trên)\s*(?:tổng số\s+)?({_N})(?![\d./])"
    rf"\s*([^\d%;.]{{0,70}}?)\s*\(?\s*({_P})\s*%",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(
    rf"(?<![\d./,])({_N})\s*({_UNIT})([^\d;.%]{{0,60}}?)\(?(?:đạt|chiếm|tương ứng|bằng)?\s*(?:tỷ lệ|tỉ lệ)?\s*"
    rf"(?:đạt|chiếm|là)?\s*[:(]?\s*({_P})\s*%",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"(?<![\d./,])({_N})\s*({_UNIT})?([^\d;.%]{{0,50}}?)[,(;]?\s*\b(tăng|giảm)\s+(?:thêm\s+)?"
    rf"(?:({_N})\s*(?:{_UNIT})[^\d%;.]{{0,12}}?)?\(?\s*(?:(?:tăng|giảm|tương ứng|bằng|tương đương|hay)\s*)?"
    rf"(?:({_P})\s*%)?\s*\)?\s*,?\s*so với",
    re.IGNORECASE,
)
_BASE = re.compile(rf"[^;.%]{{0,60}}?(?:\(|\blà|:|có|đạt)\s*(?:là\s*)?({_N})(?![\d/%])\s*({_UNIT})", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"từ\s+({_N})\s*(?:{_UNIT})?[^\d;.%]{{0,40}}?\b(?:lên|xuống(?: còn)?|đến)\s+({_N})\s*(?:{_UNIT})?"
    r"[^\d;.%]{0,30}?[,(]\s*"
    rf"(tăng|giảm)\s+({_N})(?![\d.,]*\s*%)",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"(?<![\d./,])({_N})\s+([^\d:;().%]{{2,60}}?)\s*[,(:;]?\s*\(?\s*"
    rf"(?P<word>(?:bao )?gồm(?: có)?|cụ thể(?: là)?|chia ra|trong đó(?: có)?)?\s*"
    r"(?P<colon>:)?\s+(?P<items>\d.{5,400})",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?<![\d./])({_N})(?:/{_N})?\s*(?:người|biên chế|hồ sơ|nhiệm vụ|văn bản|thủ tục|TTHC)[^()\d]{{0,20}}\(([^()]*)\)",
    re.IGNORECASE,
)
_PART = re.compile(rf":\s*({_N})(?=\s*(?:[;,]|$|người|biên chế|hồ sơ|nhiệm vụ|văn bản|thủ tục|TTHC))")
_ITEM = re.compile(rf"\s*(?:và\s+)?(?:có\s+)?({_N})\s+(\D{{2,120}})", re.IGNORECASE)
_LATE = re.compile(rf"đúng hạn\D{{0,25}}?({_P})\s*%[^%]{{0,60}}?(?:quá|trễ) hạn\D{{0,25}}?({_P})\s*%", re.IGNORECASE)
_RATE = re.compile(rf"([^.;%]{{5,90}}?)(?<![\d.,])({_P})\s*%([^.;]{{0,30}})")
_BOUNDED = re.compile(r"tỷ lệ|tỉ lệ|đúng hạn|hài lòng", re.IGNORECASE)
_DAYS = re.compile(
    r"\s*(?:trong\s+|từ\s+|vào\s+)?(?:các\s+)?ngày\s+\d[\d/]*(?:\s*(?:,|và|đến)\s*(?:ngày\s+)?\d+/[\d/]+)*"
)
_QUOTE = 110


def sentence_findings(line: Line, before: str = "") -> Iterator[Finding]:
    """Yield what a paragraph's own numbers contradict, and those of the paragraphs ``before`` that it compares with."""
    kept: dict[tuple[str, object], Finding] = {}
    rules = (sum_findings, rate_findings, change_findings)
    general = (found for rule in rules for found in rule(line.text, line.number))
    for found in chain(_by_patterns(line, before), general):
        key = (found.words, found.expected)
        if key not in kept or SEVERITIES.index(found.severity) < SEVERITIES.index(kept[key].severity):
            kept[key] = found
    yield from kept.values()


def _by_patterns(line: Line, before: str) -> Iterator[Finding]:
    text = line.text
    yield from part_findings(text, line.number, before)
    yield from whole_findings(text, line.number)
    yield from _equations(text, line.number)
    yield from _labelled_parts(text, line.number)
    yield from _from_to(text, line.number)
    spoken: set[int] = set()
    for match in _CHANGE.finditer(text):
        yield from _change(match, line.number, spoken)
    for match in _OVER.finditer(text):
        yield from _over(match, line.number, spoken)
    for sentence in _sentences(text):
        yield from _of_total(sentence, line.number, text[: max(text.find(sentence), 0)])
        yield from _listed(sentence, line.number)
        yield from _rates(sentence, line.number)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[^\d\s])[.](?=\s+[A-ZĐÀ-Ỹ])|(?<=\d)\.(?=\s+[A-ZĐÀ-Ỹ])", text) if part]


def _figure(text: str) -> Figure | None:
    return read_figure(text.strip().rstrip("."))


def _percent(text: str) -> Figure | None:
    return read_figure(text.strip(), is_percent=True)


def _quote(text: str) -> str:
    text = text.strip(" ,;(")
    return text if len(text) <= _QUOTE else text[:_QUOTE].rstrip() + "…"


def _say(case: str, line: int, quote: str, exact: Fraction, *, near: bool = False, decimals: int = 1) -> Finding:
    shown = plain_number(exact, max(decimals, 1))
    severity = "info" if near else None
    return finding("M13", case, Where(line=line), found=_quote(quote), expected=shown, severity=severity)


def _equations(text: str, line: int) -> Iterator[Finding]:
    for match in _EQUATION.finditer(text):
        terms = [(sign, _figure(number)) for sign, number in _TERM.findall(match[1])]
        result = _figure(match[2])
        if result is None or any(figure is None for _, figure in terms):
            continue
        exact = Fraction(0)
        for sign, figure in terms:
            assert figure is not None
            exact += -figure.value if sign in ("-", "–") else figure.value
        if exact != result.value:
            yield _say("equation", line, match[0], exact)


def _labelled_parts(text: str, line: int) -> Iterator[Finding]:
    for match in _LABELLED.finditer(text):
        total = _figure(match[1])
        values = [part.value for number in _PART.findall(match[2]) if (part := _figure(number))]
        # A comma list may leave kinds out; only a list that labels every part is taken as complete.
        exact = sum(values, Fraction(0))
        if total and len(values) >= 2 and len(values) == match[2].count(":") and exact != total.value:
            yield _say("parts", line, match[0], exact)


def _over(match: re.Match[str], line: int, spoken: set[int]) -> Iterator[Finding]:
    """Check "82/186 nhiệm vụ, đạt 44,1 %"."""
    before = match.string[max(match.start() - 12, 0) : match.start()]
    part, whole, rate = _figure(match[1]), _figure(match[2]), _percent(match[4])
    between = match[3]
    is_told = _UNIT_OF.search(match[0]) or re.search(r"đạt|chiếm|tỷ lệ|\($", between) or not between.strip()
    if not part or not whole or not rate or _DATED.search(before) or not is_told or whole.value == 0:
        return
    if re.search(r"tăng|giảm|so với|tỷ lệ (?!đạt|là)\w+ |\b(?:từ|trên|dưới|hơn|gần|khoảng|tối thiểu)\s*$", between):
        return
    if re.match(r"\s*(?:so với|cùng kỳ|dự toán)", match.string[match.end() : match.end() + 30], re.IGNORECASE):
        return
    spoken.add(match.end())
    fits = ratio_holds(rate, part, whole)
    if fits != EXACT:
        exact = part.value / whole.value * 100
        yield _say("ratio", line, match[0], exact, near=fits == NEAR, decimals=rate.decimals)


def _of_total(sentence: str, line: int, before: str) -> Iterator[Finding]:
    """Check "tiếp nhận 1.250 hồ sơ, trong đó 1.000 hồ sơ trực tuyến (đạt 80 %)": some number before must fit."""
    for match in _OF_TOTAL.finditer(sentence):
        part, rate = _figure(match[1]), _percent(match[4])
        after = sentence[match.end() : match.end() + 40]
        if not part or not rate or rate.value == 0 or _FAR.search(after) or _FAR.search(match[3]):
            continue
        if re.search(r"tăng|giảm|/|trên|tổng số|lần lượt|\btức\b", match[3]) or re.search(
            r"[/+–-]\s*$|trên\s*$", sentence[: match.start()]
        ):
            continue
        if re.search(r"(?:tỷ|tỉ) lệ\s+[^\d,]{4,}", match[3], re.IGNORECASE) or re.match(r"\s*\(\s*\d", after[2:]):
            continue  # a rate of something else; or its own numbers follow it
        if _explains(sentence, rate):
            continue
        bases = _bases(sentence[: match.start()], match[2], part)
        if not bases or re.search(r"(?:tăng|giảm)\s*(?:thêm\s*)?$", sentence[: match.start()]):
            continue
        fits = [ratio_holds(rate, part, base) for base in bases]
        if EXACT in fits or EXACT in [ratio_holds(rate, part, base) for base in _bases(before, match[2], part)]:
            continue
        exact = part.value / bases[0].value * 100
        doubtful = NEAR in fits or not re.search(r"đạt|chiếm|tỷ lệ|tỉ lệ|\(", match[0])
        lead = sentence[max(match.start() - 40, 0) : match.start()].partition(" ")[2]
        yield _say("ratio", line, lead + match[0], exact, near=doubtful, decimals=rate.decimals)


def _explains(text: str, rate: Figure) -> bool:
    """Say whether two numbers of one of the sentences make a rate."""
    return any(
        is_explained(sentence, one, ())
        for sentence in sentences_of(text)
        for one in sentence.told
        if one.kind == "rate" and one.figure.value == rate.value
    )


def _bases(before: str, unit: str, part: Figure) -> list[Figure]:
    """Return earlier numbers of the sentence with the same unit that can be a whole of ``part``, the total first."""
    found: list[tuple[bool, Figure]] = []
    for match in re.finditer(rf"(?<![\d./,])({_N})\s*{re.escape(unit)}", before, re.IGNORECASE):
        figure = _figure(match[1])
        if figure and figure.value >= part.value and figure.value > 0:
            led = bool(
                re.search(r"(?:tổng số|tổng cộng|tiếp nhận|tổng)\D{0,40}$", before[: match.start()], re.IGNORECASE)
            )
            if led or _OPENS.search(before[match.end() :]):
                found.append((led, figure))
    return [figure for _, figure in sorted(found, key=lambda entry: not entry[0])]


def _change(match: re.Match[str], line: int, spoken: set[int]) -> Iterator[Finding]:
    """Check "1.250 hồ sơ, tăng 150 hồ sơ (13,6 %) so với cùng kỳ (1.100 hồ sơ)"."""
    base_match = _BASE.match(match.string, match.end())
    now, then = _figure(match[1]), _figure(base_match[1]) if base_match else None
    if now is None or re.search(r"trong đó|gồm|;|\)|\bvà\b", match[3]):
        return
    if base_match and match[2] and fold(match[2]) != fold(base_match[2]):
        return
    spoken.add(match.end())
    sign = 1 if match[4].lower() == "tăng" else -1
    difference = _figure(match[5]) if match[5] else None
    quote = match[0] + (base_match[0] if base_match else "")
    if then is not None:
        exact = (now.value - then.value) * sign
        if exact < 0 or (difference and difference.value != exact):
            yield _say("change", line, quote, abs(exact))
            return
    base = then.value if then else (now.value - sign * difference.value if difference else None)
    rate = _percent(match[6]) if match[6] else None
    if rate is None or base is None or base <= 0:
        return
    grown = abs(now.value - base)
    fits = ratio_holds(rate, Figure(grown), Figure(base))
    if fits != EXACT:
        yield _say("ratio", line, quote, grown / base * 100, near=fits == NEAR, decimals=rate.decimals)


def _from_to(text: str, line: int) -> Iterator[Finding]:
    for match in _FROM_TO.finditer(text):
        then, now, change = (_figure(match[group]) for group in (1, 2, 4))
        before = match.string[max(match.start() - 8, 0) : match.start()]
        if not then or not now or not change or _DATED.search(before):
            continue
        exact = (now.value - then.value) * (1 if match[3].lower() == "tăng" else -1)
        if exact != change.value:
            yield _say("change", line, match[0], abs(exact))


def _listed(sentence: str, line: int) -> Iterator[Finding]:
    """Check "15 văn bản, gồm: 03 kế hoạch, 05 công văn và 07 báo cáo"."""
    match = _LIST.search(sentence)
    while match is not None:
        found = _check_list(match, line)
        if found is not None:
            yield found
        match = _LIST.search(sentence, match.start("items"))


def _check_list(match: re.Match[str], line: int) -> Finding | None:
    word = (match["word"] or "").lower()
    if not word and ":" not in match.string[match.end(2) : match.start("items")]:
        return None
    head, total = match[2].strip(" ,"), _figure(match[1])
    if total is None or total.decimals or re.search(r"tăng|giảm|so với", head):
        return None
    if re.match(r"(?:tháng|năm|ngày)\b", head) or _DATED.search(
        match.string[max(0, match.start() - 12) : match.start()]
    ):
        return None
    items = _items(match["items"])
    if items is None or len(items) < 2:
        return None
    exact = sum((figure.value for figure, _ in items), Fraction(0))
    names = [fold(name) for _, name in items]
    quote = f"{match[1]} {match[2]} {word}: " + "; ".join(
        f"{vietnamese(figure.value)} {name}" for figure, name in items
    )
    if word.startswith("trong đó"):
        is_alike = all(_unit(name) in (None, _unit(head)) for _, name in items)
        if is_alike and excludes(names) and exact != total.value:
            return _say("parts", line, quote, exact)
        over = next((figure for figure, name in items if figure.value > total.value), None)
        return _say("part_over", line, quote, total.value) if over and is_alike else None
    if exact == total.value:
        return None
    is_doubtful = not word and exact < total.value
    return _say("parts", line, quote, exact, near=is_doubtful)


def _unit(text: str) -> str | None:
    match = _UNIT_OF.search(text)
    return fold(match[0]) if match else None


def _items(text: str) -> list[tuple[Figure, str]] | None:
    """Return the numbered items of a list up to the end of its sentence; None where one is not read for sure."""
    depth, end = 0, len(text)
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (letter == "." and not text[index + 1 : index + 2].isdigit()):
            end = index
            break
    text = re.sub(r"\([^)]*\)", "", text[:end])
    text = _DAYS.sub("", text)
    items: list[tuple[Figure, str]] = []
    for piece in re.split(r"[;,]\s+(?=(?:và\s+|có\s+)?\d)|\s+và\s+(?=(?:có\s+)?\d)", text):
        match = _ITEM.fullmatch(piece.strip(" ;,"))
        figure = _figure(match[1]) if match else None
        if match is None or figure is None or figure.decimals:
            return None
        items.append((figure, match[2].strip(" ;,")))
    if any("%" in name for _, name in items):
        return None
    return items


def _rates(sentence: str, line: int) -> Iterator[Finding]:
    for match in _LATE.finditer(sentence):
        on_time, late = _percent(match[1]), _percent(match[2])
        led = sentence[max(match.start() - 25, 0) : match.start()]
        is_split = "trước hạn" in led.replace("trước hạn và", "") or "trước hạn" in match[0][8:]
        if on_time and late and not is_split:
            exact = 100 - on_time.value
            if not agrees(late, exact) and abs(late.value - exact) * 10 ** min(late.decimals, on_time.decimals) > 1:
                yield _say("complement", line, match[0], exact, decimals=late.decimals)
    for match in _RATE.finditer(sentence):
        figure = _percent(match[2])
        if figure and figure.value > 100 and _BOUNDED.search(match[1]) and not re.search(
            r"so với|kế hoạch|chỉ tiêu|dự toán|tăng|giảm|vượt|mục tiêu|giao", match[1] + match[3], re.IGNORECASE
        ):  # fmt: skip
            yield finding("M13", "over_hundred", Where(line=line), found=_quote(match[0]))
