"""What every way out can do: take one message, or say in one word why not."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from motcua.notifications.states import EMAIL, SMS, ZALO


@dataclass(frozen=True)
class Outgoing:
    """A message as a gateway gets it; ``key`` is the same each time it is tried."""

    key: str
    channel: str
    address: str
    subject: str
    text: str
    link: str  # full address, or ""


class NotSent(Exception):
    """The gateway did not take a message: ``fault`` is a word of states.FAULTS; ``is_final``: trying again is idle."""

    def __init__(self, fault: str, *, is_final: bool = False) -> None:
        super().__init__(fault)
        self.fault, self.is_final = fault, is_final


class Gateway(Protocol):
    """One way out."""

    def send(self, message: Outgoing) -> str:
        """Hand ``message`` over and return the gateway's number of it.

        Raises:
            NotSent: it was not taken.
        """


def is_open(channel: str) -> bool:
    """Whether the settings name a way out for ``channel``; without one nothing is queued for it."""
    return bool({EMAIL: settings.MAIL_FROM, SMS: settings.SMS_URL, ZALO: settings.ZALO_URL}.get(channel))


def open_channels() -> list[str]:
    """Return the channels that have a way out."""
    return [channel for channel in (EMAIL, SMS, ZALO) if is_open(channel)]


def gateway_for(channel: str) -> Gateway | None:
    """Return the way out for ``channel``, None where it is closed."""
    from motcua.notifications.gateways.http import HttpGateway  # the ways out name this port
    from motcua.notifications.gateways.mail import MailGateway

    if not is_open(channel):
        return None
    if channel == EMAIL:
        return MailGateway(sender=settings.MAIL_FROM)
    url, secret = {
        SMS: (settings.SMS_URL, settings.SMS_SECRET),
        ZALO: (settings.ZALO_URL, settings.ZALO_SECRET),
    }[channel]
    return HttpGateway(url=url, secret=secret, timeout=settings.MESSAGE_TIMEOUT)
