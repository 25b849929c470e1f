"""Where a task stands on a day. Pure: values in, values out (DOMAIN 10.1, R10.1-R10.6)."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE_ON_TIME = "done_on_time"
DONE_LATE = "done_late"
OPEN_IN_TIME = "open_in_time"
OPEN_LATE = "open_late"
ROUTINE = "routine"  # goes on all the time; has no occurrences, so it is "đang thực hiện" (R10.3)
ROUTINE_DONE = "routine_done"
UNDATED = "undated"  # its day stands in another document, or begins with an event (R10.6)
DONE_UNDATED = "done_undated"

COUNTED = (DONE_ON_TIME, DONE_LATE, OPEN_IN_TIME, OPEN_LATE)  # the four that reports add up
DONE = frozenset({DONE_ON_TIME, DONE_LATE, ROUTINE_DONE, DONE_UNDATED})
# Late first, then what is due, then what runs by itself, then what is done.
ORDER = (OPEN_LATE, OPEN_IN_TIME, UNDATED, ROUTINE, DONE_LATE, DONE_UNDATED, DONE_ON_TIME, ROUTINE_DONE)

LABELS: dict[str, str | Promise] = {
    DONE_ON_TIME: _("Hoàn thành đúng hạn"),
    DONE_LATE: _("Hoàn thành quá hạn"),
    OPEN_IN_TIME: _("Đang trong hạn"),
    OPEN_LATE: _("Quá hạn"),
    ROUTINE: _("Thường xuyên"),
    ROUTINE_DONE: _("Thường xuyên, đã xong"),
    UNDATED: _("Chưa có hạn"),
    DONE_UNDATED: _("Hoàn thành, không có hạn"),
}
TONES = {
    DONE_ON_TIME: "good", DONE_LATE: "warning", OPEN_IN_TIME: "progress", OPEN_LATE: "danger",
    ROUTINE: "info", ROUTINE_DONE: "good", UNDATED: "waiting", DONE_UNDATED: "good",
}  # fmt: skip
ROUTINE_KINDS = frozenset({"recurring", "ongoing"})


@dataclass(frozen=True)
class TaskStatus:
    """A status with its words; ``days_late`` is how long it is, or was, over its last day (0: not)."""

    code: str
    days_late: int = 0

    @property
    def label(self) -> str:
        return str(LABELS[self.code])

    @property
    def tone(self) -> str:
        return TONES[self.code]

    @property
    def is_counted(self) -> bool:
        return self.code in COUNTED


def task_status(*, deadline_kind: str, due_on: date | None, done_on: date | None, day: date) -> TaskStatus:
    """Return where a task stands at the end of ``day``.

    ``due_on`` is the last acceptable day (R10.1), the later one of a two-stage deadline (R10.5). A completion after
    ``day`` has not happened yet. A deadline that refers elsewhere and has no day yet is counted nowhere (R10.6); a
    routine task is not counted either (R10.3), unless a day of its own was set for it: then ``deadline_kind`` is
    "date".
    """
    is_done = done_on is not None and done_on <= day
    if deadline_kind in ROUTINE_KINDS:
        return TaskStatus(ROUTINE_DONE if is_done else ROUTINE)
    if due_on is None:
        return TaskStatus(DONE_UNDATED if is_done else UNDATED)
    if is_done and done_on is not None:
        late = max(0, (done_on - due_on).days)
        return TaskStatus(DONE_LATE if late else DONE_ON_TIME, late)
    late = max(0, (day - due_on).days)
    return TaskStatus(OPEN_LATE if late else OPEN_IN_TIME, late)
