"""Numbers in a sentence that may be goals: shares, ranges, bounded counts; money, years and past results are none."""

import re
from dataclasses import dataclass

_N = r"\d{1,3}(?:[.,]\d+)?"
_PERCENT = re.compile(
    rf"(?<![\d/.,])(?:(?P<low>{_N})\s*%?\s*(?:-|–|đến|tới)\s*)?(?<![\d/.,])(?P<value>{_N})\s*(?:%|phần trăm\b)", re.I
)
_RAISED = re.compile(
    r"^\s*(?:lên|xuống|còn|lên đến|lên tới|xuống còn|lên thành)\s*(?:trên|dưới|tối thiểu|"
    r"ít nhất|khoảng|còn)?\s*$",
    re.I,
)
_COUNT = re.compile(
    r"(?:\b|(?<=\s)|^)(?P<bound>trên|hơn|tối thiểu|ít nhất|không dưới|không ít hơn|tối đa|không quá)\s+"
    r"(?P<value>\d{1,3}(?:\.\d{3})+|\d+)\s+(?!ngày|giờ|tháng|năm|phút|giây|tuổi|cấp|tuần|triệu|tỷ|nghìn|đồng)"
    r"(?P<unit>(?:[^\W\d_]+,? ){0,5}?[^\W\d_]+)(?=\s+(?:được|đăng|trên|về|cho|có|trong|thực hiện|mỗi|tại|do|ở|"
    r"với)\b|[.;()/]|$)",
    re.I,
)
# Scores, ranks and minutes are goals of their own; other bare counts only tell what is made.
_MEASURED = re.compile(
    r"\b(?P<bound>trên|hơn|tối thiểu|ít nhất|không dưới|tối đa|không quá|dưới|đạt từ|đạt trên|đạt|tăng|"
    r"tăng ít nhất|xuống còn|còn|"
    r"trong thời gian|từ)\s+(?P<inner>tối thiểu |ít nhất |trên |từ |dưới )?(?P<value>\d{1,4}(?:[.,]\d+)?)\s*"
    r"(?P<unit>điểm|bậc|phút|giây)\b(?P<after>\s*(?:trở lên|trở xuống))?",
    re.I,
)
_MONEY_AFTER = re.compile(
    r"^\s*(?:số\s+|tổng\s+)?(?:kinh phí|vốn\b|ngân sách|mức (?:phí|thu|lương|hỗ trợ|đóng|học phí)|lãi\b|"
    r"lãi suất|giá trị|học phí|"
    r"tiền\b|cổ phần|lệ phí|phí\b|lương\b|đơn giá|tổng mức đầu tư|chi phí (?!tuân thủ|hành chính|thực hiện|xã hội))",
    re.I,
)
_MONEY_BEFORE = re.compile(
    r"\b(?:hỗ trợ|lãi suất|thuế suất|chiết khấu|trích|tạm ứng|miễn|thuế|phạt)"
    r"\s*(?:tối đa |không quá |từ )?$",
    re.I,
)
_PAST = re.compile(
    r"\b(?:đã đạt|hiện đạt|hiện nay đạt|mới đạt|chỉ đạt|đã thực hiện|thực hiện năm 20\d\d (?:là|đạt)|"
    r"kết quả đạt|hiện nay(?: là)?|"
    r"năm trước(?: đạt| là)?|cùng kỳ(?: đạt| là)?)\s*$",
    re.I,
)
# What makes somebody answerable, not a goal: "người đứng đầu đơn vị có tỷ lệ hồ sơ quá hạn trên 5%".
_CONDITION = re.compile(
    r"(?:\b(?:nếu|khi|trường hợp)\b[^,;.%]{0,60}|\b(?:đơn vị|cơ quan|địa phương|xã|phường|cá nhân|công chức|người|"
    r"bộ phận|nơi|dự án|nhà thầu|doanh nghiệp|trường|khoa)\s+(?:nào\s+)?(?:có|để)\s[^,;.%]{0,60})"
    r"(?:trên|dưới|quá|từ|hơn|vượt)\s*$",
    re.I,
)
_AIMS = re.compile(r"phấn đấu|bảo đảm|đảm bảo|tối thiểu|ít nhất|\d\s*%", re.I)
_BOUNDS = {
    "trên": ">", "hơn": ">", "đạt trên": ">", ">": ">", "dưới": "<", "<": "<", "tối đa": "<=", "không quá": "<=",
    "không vượt quá": "<=", "≤": "<=", "xuống còn": "<=", "còn": "<=", "trong thời gian": "<=",
    "đạt": "none", "tăng": "none", "phấn đấu đạt": "none",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A number with its unit and the place where it stands; ``upper`` for the end of a range."""

    value: float
    unit: str
    start: int
    end: int
    text: str
    upper: float | None = None
    comparator: str = "none"  # of counts; shares take theirs from the words around


def number(text: str) -> float:
    """Return the number that Vietnamese digits write: a comma before decimals, full stops between thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "."))


def shares(text: str) -> list[Figure]:
    """Return the percentages of a text that may be goals; "từ 60% lên 80%" gives where it leads to."""
    found: list[Figure] = []
    for match in _PERCENT.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        value, low = number(match.group("value")), match.group("low")
        if low and found and not text[found[-1].end : match.start()].strip(" ,"):
            low = None  # "50%, 40-35%": a list, not a range
        if _MONEY_AFTER.match(after) or _MONEY_BEFORE.search(before) or _PAST.search(before):
            continue
        if _CONDITION.search(before) and not _AIMS.search(before):
            continue
        if found and _RAISED.match(text[found[-1].end : match.start()]):
            found.pop()
        start = match.start() if low else match.start("value")
        if low and number(low) < value:
            found.append(Figure(number(low), "%", start, match.end(), match.group(), upper=value))
        else:
            start = match.start("value")
            found.append(Figure(value, "%", start, match.end(), text[start : match.end()]))
    return found


def counts(text: str) -> list[Figure]:
    """Return counted goals: "trên 200 tin, bài", "tối thiểu 02 lớp", "đạt 90 điểm", "không quá 30 phút"."""
    found: list[Figure] = []
    for pattern in (_MEASURED, _COUNT):
        for match in pattern.finditer(text):
            if "%" in text[match.end("unit") : match.end("unit") + 2]:
                continue
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            unit = " ".join(match.group("unit").split()).strip(" ,")
            sign = _sign(match)
            found.append(
                Figure(number(match.group("value")), unit, match.start(), match.end(), match.group(), None, sign)
            )
    return sorted(found, key=lambda one: one.start)


def _sign(match: re.Match[str]) -> str:
    after = (match.groupdict().get("after") or "").strip().lower()
    if after:
        return ">=" if after == "trở lên" else "<="
    inner = (match.groupdict().get("inner") or "").strip().lower()
    return _BOUNDS.get(inner or match.group("bound").lower(), ">=")
