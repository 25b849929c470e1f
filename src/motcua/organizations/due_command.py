"""``motcua due``: when something is due, and why (R4.03-R4.05, R4.11)."""

import argparse
import sys
from datetime import MAXYEAR, MINYEAR, datetime

from django.utils.translation import gettext

from motcua.base.command import FINE, Command, print_json, require_database, say
from motcua.base.refusal import Refused
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.calendar_file import due_rule_on, shipped_calendar
from motcua.organizations.rules.time_limits import Due, Limit, LimitUnit, due
from motcua.organizations.rules.working_time import VIETNAM, WorkingCalendar


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of the command; what they say is checked later, in Vietnamese."""
    parser.add_argument("--from", dest="received", metavar="NGÀYTGIỜ", help="lúc tiếp nhận (giờ Việt Nam)")
    parser.add_argument("--working-hours", metavar="N", help="thời hạn theo giờ làm việc")
    parser.add_argument("--working-days", metavar="N", help="thời hạn theo ngày làm việc; 0 là trong ngày")
    parser.add_argument("--unit", metavar="MÃ", help="dùng lịch làm việc của đơn vị thay cho lịch chung")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the due instant and its ledger.

    Raises:
        Refused: no or bad instant, not exactly one limit, unknown unit, or beyond the calendar.
    """
    received_at, limit = _received_at(options.received), _limit(options)
    calendar = shipped_calendar() if options.unit is None else _calendar_of(options.unit)
    calendar.minute_of(received_at)  # what the calendar does not cover, no counting rule covers either
    promise = due(received_at, limit, calendar, due_rule_on(received_at.date()))
    for year in promise.estimated_years:
        warning = gettext("Lưu ý: lịch nghỉ năm %(year)s là ước tính, chưa có thông báo chính thức.")
        say(warning % {"year": year})
    if options.json:
        ledger = [entry.as_dict() for entry in promise.ledger()]
        print_json({"due": promise.at.isoformat(), "ledger": ledger})
    else:
        _write(promise)
    return FINE


def _received_at(text: str | None) -> datetime:
    if not text:
        raise Refused(gettext("Thiếu lúc tiếp nhận: --from 2026-02-13T15:30."), field="from")
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        instant = None
    if instant is None or ":" not in text:
        raise Refused(
            gettext("Không đọc được lúc tiếp nhận “%(text)s”; cần ngày và giờ, ví dụ 2026-02-13T15:30.")
            % {"text": text},
            field="from",
        )
    if not MINYEAR < instant.year < MAXYEAR:  # brought into another zone, it might have no date
        refusal = gettext("Lúc tiếp nhận “%(text)s” nằm ngoài lịch làm việc.")
        raise Refused(refusal % {"text": text}, field="from")
    return instant.astimezone(VIETNAM) if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


def _limit(options: argparse.Namespace) -> Limit:
    given = [
        (text, unit)
        for text, unit in (
            (options.working_hours, LimitUnit.WORKING_HOUR),
            (options.working_days, LimitUnit.WORKING_DAY),
        )
        if text is not None
    ]
    if len(given) != 1:
        refusal = gettext("Cần đúng một thời hạn: --working-hours N hoặc --working-days N.")
        raise Refused(refusal, field="limit")
    text, unit = given[0]
    return Limit(text.strip().replace(",", "."), unit)  # a decimal comma is how it is written here


def _calendar_of(unit_code: str) -> WorkingCalendar:
    require_database()  # only here: without --unit the shipped calendar answers, and no server need run
    return calendar_for(unit_code)


def _write(promise: Due) -> None:
    lines = [gettext("Hạn: %(due)s") % {"due": f"{promise.at:%H:%M %d/%m/%Y}"}]
    for entry in promise.ledger():
        mark = "+" if entry.is_counted else " "
        span = f"{entry.start:%d/%m/%Y %H:%M} – {entry.end:%d/%m/%Y %H:%M}"
        lines.append(f"{mark} {span}  {entry.minutes:>6} {gettext('phút')}  {entry.reason}")
    sys.stdout.write("\n".join(lines) + "\n")


DUE = Command("due", "Tính hạn giải quyết theo lịch làm việc, kèm giải thích", run, arguments)
