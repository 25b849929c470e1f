"""Instruments cited at the head of a document, and dates anywhere that cannot be right."""

import re
from datetime import date

from motcua.plans.rules.prose import Passage
from motcua.plans.rules.values import Finding, LegalBasis, Metadata

_ROLES = (
    ("Căn cứ", "căn cứ"),
    ("Thực hiện", "thực hiện"),
    ("Theo đề nghị", "theo đề nghị"),
    ("Xét đề nghị", "theo đề nghị"),
)
_TYPES = (
    r"Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Kế hoạch|Công văn|"
    r"Chương trình|Kết luận|Thông báo|Công điện|Đề án|Văn bản|Báo cáo"
)
_DAY = r"ngày\s+(?P<day>\d{1,2})\s*(?:/|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:/|\s+năm\s+)\s*(?P<year>\d{4})"
_CITED = re.compile(
    rf"(?P<type>{_TYPES})\s+(?:số\s*:?\s*)?(?P<number>\d+[a-z]?\s*/(?:\d{{4}}/)?[A-ZĐ][\wĐ]*(?:\s*-\s*[\wĐ]+)*)(?:,?\s*{_DAY})?"
)
_LAW = re.compile(rf"(?P<number>(?:Bộ l|L)uật [^;()]{{0,250}}?)\s+{_DAY}")
_ISSUER = re.compile(
    r"^,?\s*(?:về [^;()]{0,200}?)?\s*của\s+(Thủ tướng Chính phủ|Bộ trưởng,? "
    r"Chủ nhiệm Văn phòng Chính phủ|Văn phòng Chính phủ|Chính phủ|"
    r"(?:Bộ|UBND|Ủy ban nhân dân|Hội đồng nhân dân|HĐND|Chủ tịch|Tỉnh ủy|Ban)\s[^;,()]*?)"
    r"(?=\s+(?:về|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|triển khai|Hội nghị|và Công văn)\b|[;,.()]|$)"
)
_BY_NUMBER = (
    ("NĐ-CP", "Chính phủ"),
    ("NQ-CP", "Chính phủ"),
    ("QĐ-TTg", "Thủ tướng Chính phủ"),
    ("CT-TTg", "Thủ tướng Chính phủ"),
)


def legal_bases(texts: list[Passage], document: Metadata) -> tuple[list[LegalBasis], list[Finding]]:
    """Return the cited bases in order, and doubts about their dates and issuers."""
    found: list[LegalBasis] = []
    doubts: list[Finding] = []
    for passage in texts:
        if re.match(r"^(Điều 1\b|I\.|QUYẾT ĐỊNH:)", passage.text):
            break
        role = next((name for start, name in _ROLES if passage.text.startswith(start)), None)
        if role == "theo đề nghị":
            asked = re.sub(r"^\S+ đề nghị của\s+", "", passage.text).rstrip(" ;,./")
            found.append(LegalBasis(passage.line_start, role, None, None, None, asked, passage.text))
        elif role and not (role == "thực hiện" and passage.text == document.title):
            bases, more = _bases(passage, role)
            found += bases
            doubts += more
    return found, doubts


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
        elif not bases or re.search(r"(;|\bvà)\s*$", before):
            issuer, doubt = _issuer(match, text, passage.line_start, number)
            doubts += doubt
            bases.append(LegalBasis(passage.line_start, role, _type(match), number, day, issuer, text))
    return bases, doubts


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
    """Return citations anywhere in the document with impossible dates or dates after the document's own."""
    doubts: list[Finding] = []
    own = date.fromisoformat(document.date) if document.date else None
    for line, text in texts:
        for match in _CITED.finditer(text):
            number = _number(match)
            day, doubt = _day(match, line, number)
            doubts += doubt
            if day and own and date.fromisoformat(day) > own:
                shown = date.fromisoformat(day)
                doubts.append(
                    Finding(
                        "date-after-document",
                        f"{number} ghi ngày {shown:%d/%m/%Y}, sau ngày của văn bản này ({own:%d/%m/%Y}).",
                        "warning",
                        line,
                    )
                )
    unique = {(one.code, one.message, one.line): one for one in doubts}
    return list(unique.values())
