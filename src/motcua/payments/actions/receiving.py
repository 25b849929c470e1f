"""Taking a gateway's notice: its signature is checked, it is kept whatever it says, and answered as gateways want."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from motcua.base.clock import now
from motcua.payments.actions.settling import keep_notice, settle
from motcua.payments.gateways.port import BadSignature, Gateway, Unreadable
from motcua.payments.models import Notice
from motcua.payments.states import BAD_SIGNATURE, NOTICE, UNREADABLE

logger = logging.getLogger("motcua.payments")
# The address is open to the world: beyond so many unsigned messages an hour they are counted in the log alone.
MOST_UNSIGNED = 200
AN_HOUR = timedelta(hours=1)


def receive_notice(body: bytes, headers: Mapping[str, str], *, gateway: Gateway, at: datetime | None = None) -> str:
    """Take one notice; return its verdict, a word of ``states.VERDICTS``. Once this returns, nothing can lose it.

    The same notice again, or two at once, change nothing more.
    """
    received_at, text = at or now(), body.decode("utf-8", "replace")
    try:
        told = gateway.read_notice(body, headers)
    except BadSignature:
        logger.warning("notice without signature", extra={"bytes": len(body)})
        recent = Notice.objects.filter(verdict=BAD_SIGNATURE, received_at__gt=received_at - AN_HOUR)
        if recent.count() < MOST_UNSIGNED:
            keep_notice(
                text, gateway=gateway.code, origin=NOTICE, is_signed=False, verdict=BAD_SIGNATURE, at=received_at
            )
        return BAD_SIGNATURE
    except Unreadable:
        logger.warning("notice cannot be read", extra={"bytes": len(body)})
        keep_notice(text, gateway=gateway.code, origin=NOTICE, is_signed=True, verdict=UNREADABLE, at=received_at)
        return UNREADABLE
    return settle(told, gateway=gateway.code, origin=NOTICE, body=text, at=received_at)
