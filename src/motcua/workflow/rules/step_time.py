"""When a step is due: its share of the legal time, counted in working time (R4.09), pauses left out (R4.10)."""

from datetime import datetime

from motcua.organizations.rules.working_time import WorkingCalendar


def step_due(
    calendar: WorkingCalendar, *, start: datetime, share: int, legal_minutes: int, whole_due: datetime
) -> datetime:
    """Return when a step entered at ``start`` is due.

    ``share`` is per cent of ``legal_minutes``. A step without a share, or a subject without legal time, is due with
    the whole. No step is due after the whole, unless the whole was late before the step began: its holder then still
    has the step's own time to be measured by.
    """
    if not share or not legal_minutes:
        return whole_due
    own_due = calendar.add_working_minutes(start, legal_minutes * share // 100)
    return min(own_due, whole_due) if start < whole_due else own_due


def due_after_pause(calendar: WorkingCalendar, *, due: datetime, paused_at: datetime, resumed_at: datetime) -> datetime:
    """Return ``due`` moved by the working time that passed between ``paused_at`` and ``resumed_at``.

    A pause after the due instant moves it too (DOMAIN 4.4): what was late stays as late as it was, but no later.
    """
    return calendar.add_working_minutes(due, calendar.working_minutes_between(paused_at, resumed_at))
