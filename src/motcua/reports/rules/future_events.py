"""What a report tells as done on a day after its own date (DOMAIN V16)."""

import re
from collections.abc import Iterator
from datetime import date

from motcua.reports.rules.citations import Passage, as_date
from motcua.reports.rules.context import Context
from motcua.reports.rules.findings import Finding, Where, finding

_A_DAY = r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})"
_PAST = re.compile(
    r"(?:(?:tính|cập nhật|thống kê|lũy kế|số liệu)\s+đến(?: hết)?|\bđã\b[^.;:]{0,80}?)\s*ngày\s+"
    rf"{_A_DAY}",
    re.IGNORECASE,
)
_DAY = re.compile(rf"(?<![\d/]){_A_DAY}(?![\d/])", re.IGNORECASE)
# In a sentence of the results any of these says that what it tells has happened.
_DONE = re.compile(
    r"\bđã\b|\b(?:công bố|ban hành|phê duyệt|họp|tổ chức|khai trương|khánh thành|ký|kiểm tra|thanh tra|hội nghị|"
    r"tập huấn|làm việc|diễn ra|khai giảng|bế giảng|thành lập|nghiệm thu|bàn giao|vận hành|đi vào hoạt động|bổ nhiệm|"
    r"sơ kết|tổng kết|ra mắt|đối thoại|đăng tải|đăng|phát hành|phát sóng|khảo sát|chốt|tiếp nhận|trao|gửi|trình|"
    r"công khai|niêm yết|ghi nhận|xử lý|kết luận|phát động|tuyên truyền|kết nối|cập nhật)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;](?=\s|$)")
_DONE_ON = re.compile(r"\d{1,2}/\d{1,2}/\d{4}\s+(\d{1,2})/(\d{1,2})/(\d{4})\s+(?:đã\s+)?hoàn thành", re.IGNORECASE)
_IS_INSTRUMENT = re.compile(r"/[^\s,;]{2,}\s*(?:,?\s*ngày\s*)?$")  # the day of a document is another rule's
_AHEAD = re.compile(
    r"trước ngày|chậm nhất|thời hạn|kế hoạch|dự kiến|phấn đấu|\bsẽ\b|hiệu lực|hạn chót|hoàn thành|đăng ký",
    re.IGNORECASE,
)


def future_events(passages: list[Passage], context: Context) -> Iterator[Finding]:
    """Yield what is told as done on a day after the report's own."""
    for passage in passages:
        for match in _DONE_ON.finditer(passage.text):  # a row of deadline, day done, result
            day = as_date(*match.groups())
            if day and context.report_date and day > context.report_date:
                told = written_day(context.report_date)
                yield finding("V16", "future_event", where_of(passage), found=written_day(day), report_date=told)
        if passage.line is not None and passage.line < context.outlook_line and passage.row is None:
            yield from _among_results(passage, context)
        for match in _PAST.finditer(passage.text):
            day = as_date(*match.groups())
            cited = passage.text[match.start() : match.end()]
            if day and context.report_date and day > context.report_date and not _AHEAD.search(cited) and "/" not in (
                cited[: -len(match[1] + match[2] + match[3]) - 2]
            ):  # fmt: skip
                yield finding(
                    "V16",
                    "future_event",
                    where_of(passage),
                    found=written_day(day),
                    report_date=written_day(context.report_date),
                )


def _among_results(passage: Passage, context: Context) -> Iterator[Finding]:
    """Yield days ahead in sentences that tell what was done; what is still to come says so before the day."""
    for match in _DAY.finditer(passage.text):
        day, start = as_date(*match.groups()), match.start()
        if not day or not context.report_date or day <= context.report_date:
            continue
        ends = [each.end() for each in _SENTENCE.finditer(passage.text)]
        first = max((end for end in ends if end <= start), default=0)
        last = min((end for end in ends if end > start), default=len(passage.text))
        led = passage.text[first:start]
        if _DONE.search(passage.text[first:last]) and not _AHEAD.search(led) and not _IS_INSTRUMENT.search(led):
            told = written_day(context.report_date)
            yield finding("V16", "future_event", where_of(passage), found=written_day(day), report_date=told)


def where_of(passage: Passage) -> Where:
    """Return the place of a passage."""
    return Where(passage.appendix, passage.row, passage.line)


def written_day(day: date) -> str:
    """Return a day as reports write it: 05/06/2026."""
    return f"{day:%d/%m/%Y}"
