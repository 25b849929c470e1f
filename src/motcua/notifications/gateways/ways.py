"""Which channels have a way out, by the settings."""

from django.conf import settings

from motcua.notifications.gateways.http import HttpGateway
from motcua.notifications.gateways.mail import MailGateway
from motcua.notifications.gateways.port import Gateway
from motcua.notifications.states import EMAIL, SMS, ZALO


def is_open(channel: str) -> bool:
    """Whether the settings name a way out for ``channel``; without one nothing is queued for it."""
    return bool({EMAIL: settings.MAIL_FROM, SMS: settings.SMS_URL, ZALO: settings.ZALO_URL}.get(channel))


def open_channels() -> list[str]:
    """Return the channels that have a way out."""
    return [channel for channel in (EMAIL, SMS, ZALO) if is_open(channel)]


def gateway_for(channel: str) -> Gateway | None:
    """Return the way out for ``channel``, None where it is closed."""
    if not is_open(channel):
        return None
    if channel == EMAIL:
        return MailGateway(sender=settings.MAIL_FROM)
    url, secret = {
        SMS: (settings.SMS_URL, settings.SMS_SECRET),
        ZALO: (settings.ZALO_URL, settings.ZALO_SECRET),
    }[channel]
    return HttpGateway(url=url, secret=secret, timeout=settings.MESSAGE_TIMEOUT)
