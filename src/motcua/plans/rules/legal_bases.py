"""Instruments cited at the head of a document, and dates anywhere that cannot be right."""

import re
from datetime import date

from motcua.plans.rules.issuers import issuers_of
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.values import Finding, LegalBasis, Metadata

_ROLES = (
    ("Căn cứ", "căn cứ"),
    ("Thực hiện", "thực hiện"),
    ("Triển khai", "thực hiện"),
    ("Thi hành", "thực hiện"),
    ("Trên cơ sở", "căn cứ"),
    ("Theo đề nghị", "theo đề nghị"),
    ("Xét đề nghị", "theo đề nghị"),
)
_TYPES = (
    r"Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Kế hoạch|Công văn|"
    r"Chương trình hành động|Chương trình|Kết luận|Thông báo|Công điện|Đề án|Văn bản hợp nhất|Văn bản|Báo cáo|Quy định|"
    r"Hướng dẫn|Tờ trình"
)
_DAY = r"ngày\s+(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>\d{4})"
_CITED = re.compile(
    rf"(?P<type>{_TYPES})"
    rf"\s+(?:số\s*:?\s*)?(?P<number>\d+[a-z]?\s*(?:/(?:\d{{4}}/)?[A-ZĐ][\wĐ&]*(?:\s*-\s*[\wĐ]+)*|"
    rf"-\s*[A-ZĐ][\wĐ]*/[A-ZĐ][\wĐ-]*))(?:,?\s*{_DAY})?"
)
_LAW = re.compile(rf"(?P<number>(?:Bộ l|L)uật [^;()]{{0,250}}?)\s+{_DAY}")
_ISSUER = re.compile(
    r"^,?\s*(?:về [^;()]{0,200}?)?\s*của\s+(Thủ tướng Chính phủ|Bộ trưởng,? "
    r"Chủ nhiệm Văn phòng Chính phủ|Văn phòng Chính phủ|Chính phủ|"
    r"(?:Bộ|UBND|Ủy ban nhân dân|Hội đồng nhân dân|HĐND|Chủ tịch|Tỉnh ủy|Ban|Thành ủy|Huyện ủy|Đảng ủy|Sở|Quốc hội)"
    r"\b\s?[^;,()]*?)"
    r"(?=\s+(?:về|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|triển khai|Hội nghị|và Công văn|tại|thực hiện|"
    r"giao|công bố)\b|"
    r"[;,.()]|$)"
)
_LISTED = re.compile(r"\s*(?:của [^;,()]{3,80})?,\s*")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.]\s+(?=(?:Căn cứ|Thực hiện|Triển khai|Thi hành|Trên cơ sở)\s)")
_ITEM = re.compile(r"^(?:\d+[.)]|[a-zđ]\))\s")  # dashes list to whom a letter goes
_BY_NUMBER = (
    ("NĐ-CP", "Chính phủ"),
    ("NQ-CP", "Chính phủ"),
    ("QĐ-TTg", "Thủ tướng Chính phủ"),
    ("CT-TTg", "Thủ tướng Chính phủ"),
    ("CĐ-TTg", "Thủ tướng Chính phủ"),
)


def legal_bases(texts: list[Passage], document: Metadata) -> tuple[list[LegalBasis], list[Finding]]:
    """Return the cited bases in order, and doubts about their dates and issuers."""
    found: list[LegalBasis] = []
    doubts: list[Finding] = []
    has_items = False  # below the first item of a letter, sentences tell what to do, not on what ground
    for passage in texts:
        if re.match(r"^(Điều 1\b|I\.|QUYẾT ĐỊNH:)", passage.text):
            break
        has_items = has_items or bool(_ITEM.match(passage.text))
        passage = passage if has_items else _from_ground(passage)
        role = next((name for start, name in _ROLES if passage.text.startswith(start)), None)
        if role == "theo đề nghị":
            asked = re.sub(r"^\S+ đề nghị của\s+", "", passage.text).rstrip(" ;,./")
            found.append(LegalBasis(passage.line_start, role, None, None, None, asked, passage.text))
        elif role and not (role == "thực hiện" and passage.text == document.title):
            bases, more = _bases(passage, role)
            found += bases
            doubts += more
    return found, doubts


def _from_ground(passage: Passage) -> Passage:
    """Return a paragraph from the sentence on that names its ground: "Qua theo dõi … . Thực hiện Chỉ thị số …"."""
    begins = _SENTENCE.search(passage.text)
    rest = passage.text[begins.end() :] if begins else ""
    return Passage(rest, passage.line_start, passage.line_end) if _CITED.search(rest[:120]) else passage


def _bases(passage: Passage, role: str) -> tuple[list[LegalBasis], list[Finding]]:
    text = passage.text
    cited = [
        match
        for match in sorted([*_CITED.finditer(text), *_LAW.finditer(text)], key=lambda one: one.start())
        if "luật" not in match.group("number").lower() or match.re is _LAW
    ]
    bases: list[LegalBasis] = []
    doubts: list[Finding] = []
    seen: set[str] = set()
    for match in cited:
        number = _number(match)
        if number in seen:
            continue
        seen.add(number)
        day, doubt = _day(match, passage.line_start, number)
        doubts += doubt
        before = text[: match.start()]
        if bases and re.search(r"(sửa đổi, bổ sung (?:bởi|tại)|\()[^()]*$", before) or bases and _amends(text, match):
            amended = {"type": _type(match), "number": number, "date": day}
            bases[-1] = LegalBasis(**{**bases[-1].__dict__, "amended_by": (*bases[-1].amended_by, amended)})
        elif not bases or re.search(r"(;|\bvà)\s*$", before) or _is_listed(before):
            issuer, doubt = _issuer(match, text, passage.line_start, number)
            doubts += doubt
            bases.append(LegalBasis(passage.line_start, role, _type(match), number, day, issuer, text))
    return bases, doubts


def _is_listed(before: str) -> bool:
    """Tell whether what stands before a citation is another one, whole with its issuer, and a comma."""
    last = next((match for match in reversed(list(_CITED.finditer(before)))), None)
    return last is not None and bool(_LISTED.fullmatch(before[last.end() :]))


def _type(match: re.Match[str]) -> str:
    return match.group("type") if match.re is _CITED else "Luật"


def _number(match: re.Match[str]) -> str:
    return re.sub(r"\s*([/-])\s*", r"\1", match.group("number")) if match.re is _CITED else match.group("number")


def _amends(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 120]
    return bool(re.search(r";\s*$", text[: match.start()])) and (
        "sửa đổi, bổ sung" in after.split(";")[0] or "sửa đổi, bổ sung" in match.group()
    )


def _day(match: re.Match[str], line: int, number: str) -> tuple[str | None, list[Finding]]:
    if not match.group("day"):
        return None, []
    written = f"{match.group('day')}/{match.group('month')}/{match.group('year')}"
    try:
        day = date(int(match.group("year")), int(match.group("month")), int(match.group("day")))
    except ValueError:
        return None, [Finding("date-impossible", f"{number}: không có ngày {written}.", "error", line)]
    in_number = re.search(r"/(\d{4})/", number)
    if in_number and int(in_number.group(1)) != day.year:
        return day.isoformat(), [Finding("date-mismatch", f"{number} lại ghi ngày {written}.", "warning", line)]
    return day.isoformat(), []


def _issuer(match: re.Match[str], text: str, line: int, number: str) -> tuple[str | None, list[Finding]]:
    proper = next((body for suffix, body in _BY_NUMBER if number.endswith(suffix)), None)
    if match.re is _LAW:
        return "Quốc hội", []
    said = _ISSUER.match(text[match.end() :])
    named = said.group(1).strip() if said else proper
    if said and proper and named != proper:
        message = f"{number} ghi là của {named}; số hiệu này là của {proper}."
        return named, [Finding("issuer-mismatch", message, "warning", line)]
    return named, []


def date_doubts(texts: list[tuple[int, str]], document: Metadata) -> list[Finding]:
    """Return doubts about the dates of citations anywhere in the document.

    Impossible ones, those after the document's own, told otherwise elsewhere, or outside their issuer's time.
    """
    doubts: list[Finding] = []
    own = date.fromisoformat(document.date) if document.date else None
    told: dict[tuple[str, str, int], tuple[date, int]] = {}
    for line, text in texts:
        for match in _CITED.finditer(text):
            number = _number(match)
            day, doubt = _day(match, line, number)
            doubts += doubt
            if not day:
                continue
            shown = date.fromisoformat(day)
            doubts += _against(number, shown, own, line)
            # Numbers begin again each year: only days of one year can contradict each other.
            first, at = told.setdefault((match.group("type"), number, shown.year), (shown, line))
            if first != shown:
                message = f"{number} ghi ngày {shown:%d/%m/%Y}, ở dòng {at} lại ghi ngày {first:%d/%m/%Y}."
                doubts.append(Finding("date-differs", message, "warning", line))
    unique = {(one.code, one.message, one.line): one for one in doubts}
    return list(unique.values())


def _against(number: str, day: date, own: date | None, line: int) -> list[Finding]:
    doubts = []
    if own and day > own:
        message = f"{number} ghi ngày {day:%d/%m/%Y}, sau ngày của văn bản này ({own:%d/%m/%Y})."
        doubts.append(Finding("date-after-document", message, "warning", line))
    for term in issuers_of(number):
        if not term.covers(day):
            message = f"{number} ghi ngày {day:%d/%m/%Y}, khi {term.name} {term.words} ({term.source})."
            doubts.append(Finding("issuer-out-of-time", message, "warning", line))
    return doubts


def citations(texts: list[tuple[int, str]], bases: list[LegalBasis]) -> list[LegalBasis]:
    """Return the instruments cited anywhere but in ``bases``, each once, with the line that first cites it."""
    known = {base.number for base in bases} | {one["number"] for base in bases for one in base.amended_by}
    found: dict[str, LegalBasis] = {}
    for line, text in texts:
        for match in _CITED.finditer(text):
            number = _number(match)
            if number in known or number in found and found[number].date:
                continue
            day, _ = _day(match, line, number)
            if number in found and not day:
                continue
            issuer, _ = _issuer(match, text, line, number)
            at = found[number].line if number in found else line
            found[number] = LegalBasis(at, "nêu trong văn bản", _type(match), number, day, issuer, match.group())
    return list(found.values())
