"""Reading notices."""

from typing import Any

from motcua.notifications.models import Notice

PAGE = 50
COUNT_CAP = 100


def notices_of(account: Any, *, limit: int = PAGE) -> list[Notice]:
    """Return the newest notices of ``account``."""
    return list(Notice.objects.filter(account=account).order_by("-at", "-id")[:limit])


def unread_count(account: Any) -> int:
    """Return how many notices ``account`` has not read, counted up to COUNT_CAP."""
    return Notice.objects.filter(account=account, read_at__isnull=True)[:COUNT_CAP].count()
