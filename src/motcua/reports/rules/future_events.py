"""What a report tells as done on a day after its own date (DOMAIN V16)."""

import re
from collections.abc import Iterator
from datetime import date

from motcua.reports.rules.citations import Passage, as_date
from motcua.reports.rules.context import Context
from motcua.reports.rules.findings import Finding, Where, finding

_NEAR = 60  # letters
_A_DAY = r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})"
_PAST = re.compile(
    r"(?:(?:tính|cập nhật|thống kê|lũy kế|số liệu)\s+đến(?: hết)?|\bđã\b[^.;:]{0,80}?)\s*ngày\s+"
    rf"{_A_DAY}",
    re.IGNORECASE,
)
_HELD_ON = re.compile(
    r"\b(?:công bố|ban hành|phê duyệt|họp|tổ chức|khai trương|ký|kiểm tra|hội nghị|tập huấn|làm việc|diễn ra|"
    r"khai giảng|"
    r"thành lập|nghiệm thu|vận hành|bổ nhiệm|sơ kết|tổng kết|ra mắt|đối thoại)\s+(?:(?:vào|từ|trong)\s+)?ngày\s+"
    rf"{_A_DAY}",
    re.IGNORECASE,
)
_DONE_ON = re.compile(r"\d{1,2}/\d{1,2}/\d{4}\s+(\d{1,2})/(\d{1,2})/(\d{4})\s+(?:đã\s+)?hoàn thành", re.IGNORECASE)
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
        for match in _HELD_ON.finditer(passage.text):  # among the results, not the plans
            day = as_date(*match.groups())
            led = re.split(r"[.;,]", passage.text[max(match.start() - _NEAR, 0) : match.start()])[-1]
            is_result = passage.line is not None and passage.line < context.outlook_line and passage.row is None
            if day and context.report_date and day > context.report_date and is_result and not _AHEAD.search(led):
                told = written_day(context.report_date)
                yield finding("V16", "future_event", where_of(passage), found=written_day(day), report_date=told)
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


def where_of(passage: Passage) -> Where:
    """Return the place of a passage."""
    return Where(passage.appendix, passage.row, passage.line)


def written_day(day: date) -> str:
    """Return a day as reports write it: 05/06/2026."""
    return f"{day:%d/%m/%Y}"
