"""Reading notices, where an account is reached, and the outbox."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from motcua.notifications.gateways.ways import is_open, open_channels
from motcua.notifications.kinds import GENERAL, Kind, kinds, kinds_for
from motcua.notifications.models import ContactPoint, Message, Notice, Preference
from motcua.notifications.states import CHANNELS, DEAD, EMAIL, MEDIUM_OF, STATES

PAGE = 50
COUNT_CAP = 100


def notices_of(account: Any, *, limit: int = PAGE, before: int | None = None) -> list[Notice]:
    """Return the newest notices of ``account``; ``before`` is the number of the last one of the page before."""
    found = Notice.objects.filter(account=account)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-at", "-id")[:limit])


def unread_count(account: Any) -> int:
    """Return how many notices ``account`` has not read, counted up to COUNT_CAP."""
    return Notice.objects.filter(account=account, read_at__isnull=True)[:COUNT_CAP].count()


def addresses_of(account: Any, kind_code: str) -> dict[str, str]:
    """Return where ``account`` wants messages of a kind: channel -> address, open channels only.

    Mail goes to the account's own address until another is proved; SMS and Zalo only to a proved number.
    """
    channels = open_channels()
    if not channels:
        return {}
    kind = kinds().get(kind_code, GENERAL)
    wishes = _wishes(account)
    wanted = [each for each in channels if wishes.get((kind.code, each), each in kind.usual)]
    if not wanted:
        return {}
    points = ContactPoint.objects.filter(account=account, verified_at__isnull=False)
    proved = dict(points.values_list("medium", "address"))
    found = {each: proved.get(MEDIUM_OF[each], account.email if each == EMAIL else "") for each in wanted}
    return {channel: address for channel, address in found.items() if address}


def _wishes(account: Any) -> dict[tuple[str, str], bool]:
    rows = Preference.objects.filter(account=account).values_list("kind", "channel", "is_wanted")
    return {(kind, channel): is_wanted for kind, channel, is_wanted in rows}


@dataclass(frozen=True)
class Wish:
    """Whether messages of a kind are wanted through a channel, and whether that can have an effect."""

    kind: Kind
    channel: str
    is_wanted: bool
    is_open: bool


def wishes_of(account: Any) -> list[tuple[Kind, list[Wish]]]:
    """Return what ``account`` wants, by kind, each with every channel in their order."""
    stored = _wishes(account)
    return [
        (
            kind,
            [
                Wish(kind, each, stored.get((kind.code, each), each in kind.usual), is_open(each))
                for each in CHANNELS
            ],
        )
        for kind in kinds_for(account)
    ]  # fmt: skip


def contact_points_of(account: Any) -> dict[str, ContactPoint]:
    """Return the addresses that the account gave, by medium."""
    return {point.medium: point for point in ContactPoint.objects.filter(account=account)}


def outbox(state: str = DEAD, *, limit: int = PAGE) -> list[Message]:
    """Return the newest messages in a state."""
    return list(Message.objects.filter(state=state).order_by("-created_at", "-id")[:limit])


def outbox_counts() -> dict[str, dict[str, int]]:
    """Return how many messages there are: channel -> state -> number, zeros too."""
    found = {channel: dict.fromkeys(STATES, 0) for channel in CHANNELS}
    rows = Message.objects.values_list("channel", "state").annotate(n=Count("pk")).order_by()
    for channel, state, number in rows:
        if channel in found:
            found[channel][state] = number
    return found
