"""When a message that did not go is tried again."""

from datetime import timedelta

# After each attempt that failed: soon while a gateway restarts, then rarely; given up after about a day and a half.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1080))
MOST_ATTEMPTS = len(WAITS) + 1


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after the attempt number ``attempts`` (from 1) failed; None: give up."""
    return WAITS[attempts - 1] if 0 < attempts < MOST_ATTEMPTS else None
