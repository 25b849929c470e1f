"""The hours of a hall: when numbers are given, which appointments there are, which seconds of waiting count.

Sessions are minutes since midnight, as the working calendar tells them: ((450, 690), (780, 1020)).
"""

from datetime import datetime, timedelta

Sessions = tuple[tuple[int, int], ...]


def gives_numbers(sessions: Sessions, minute: int, *, open_before: int, stop_before: int) -> bool:
    """Whether a number can be taken at ``minute`` since midnight: from shortly before the first session to the close.

    At noon, too: who comes then waits inside rather than at the door.
    """
    return bool(sessions) and sessions[0][0] - open_before <= minute < sessions[-1][1] - stop_before


def slots_of(sessions: Sessions, length: int) -> list[int]:
    """Return the minutes since midnight at which appointments can begin: each slot lies whole within a session."""
    return [start for opens, closes in sessions for start in range(opens, closes - length + 1, length)]


def waited_seconds(since: datetime, called_at: datetime, sessions: Sessions) -> int:
    """Return the seconds of waiting from ``since`` to ``called_at``, two instants of one day in one zone.

    Time before the first session and between sessions does not count, since nobody can be called then; time after the
    last does. R4.08 does not say so: it is our reading. A call before ``since`` (an appointment served early) is 0.
    """
    if called_at <= since:
        return 0
    midnight = since.replace(hour=0, minute=0, second=0, microsecond=0)
    idle = timedelta()
    begin = 0
    for opens, closes in sessions:
        start, end = midnight + timedelta(minutes=begin), midnight + timedelta(minutes=opens)
        idle += max(min(end, called_at) - max(start, since), timedelta())
        begin = closes
    return int((called_at - since - idle).total_seconds())
