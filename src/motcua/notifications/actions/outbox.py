"""The outbox: what is owed to an address, tried until it goes or is given up; a process that dies loses nothing.

A message is claimed in one transaction and sent after it, so no lock is held while a partner is slow. Whoever dies in
between leaves the message claimed for LEASE; then it is sent again under the same key, which the partner knows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.notifications.events import DROPPED_BY_HAND, GIVEN_UP, RETRIED
from motcua.notifications.gateways.port import Gateway, NotSent, Outgoing
from motcua.notifications.gateways.ways import gateway_for
from motcua.notifications.models import Message
from motcua.notifications.rules.masking import masked
from motcua.notifications.rules.retrying import wait_after
from motcua.notifications.rules.templates import without_diacritics
from motcua.notifications.states import CHANNELS, CLOSED, DEAD, DROPPED, SENT, SMS, WAITING
from motcua.organizations.models import Account

LEASE = timedelta(minutes=5)
BATCH = 20
# A partner that fails so often in a row is left alone until the next round.
PATIENCE = 3


@transaction.atomic
def queue(
    key: str, *, account: Account | None, channel: str, kind: str, address: str, subject: str, text: str, link: str
) -> None:
    """Let a message be owed to ``address``; the same ``key`` again does nothing."""
    at = now()
    words = without_diacritics(text) if channel == SMS else text
    message = Message(
        key=key[:160], account=account, channel=channel, kind=kind, address=address, shown_address=masked(address),
        subject=subject[:80], text=words[:1000], link=link, state=WAITING, created_at=at, next_at=at,
    )  # fmt: skip
    Message.objects.bulk_create([message], ignore_conflicts=True)


def send_due(*, at: datetime | None = None, most: int = 500) -> int:
    """Send what is due, channel by channel, at most ``most`` of each; return how many went."""
    return sum(_send_channel(channel, at=at, most=most) for channel in CHANNELS)


def _send_channel(channel: str, *, at: datetime | None, most: int) -> int:
    gateway = gateway_for(channel)
    if gateway is None:
        _drop_closed(channel, at=at or now())
        return 0
    sent = failed = tried = 0
    while tried < most and failed < PATIENCE and (claimed := _claim(channel, at=at or now())):
        for position, message in enumerate(claimed):
            tried += 1
            is_sent = _send(message, gateway, at=at)
            sent += is_sent
            failed = 0 if is_sent or message.state == DEAD else failed + 1
            if failed >= PATIENCE:
                _release(claimed[position + 1 :], at=at or now())
                break
    return sent


@transaction.atomic
def _claim(channel: str, *, at: datetime) -> Sequence[Message]:
    """Take the next messages of a channel: nobody else tries them until the lease is over."""
    due = Message.objects.select_for_update(skip_locked=True).filter(channel=channel, state=WAITING, next_at__lte=at)
    claimed = list(due.order_by("next_at", "id")[:BATCH])
    for message in claimed:
        message.attempts, message.next_at = message.attempts + 1, at + LEASE
    Message.objects.bulk_update(claimed, ["attempts", "next_at"])
    return claimed


@transaction.atomic
def _release(messages: Sequence[Message], *, at: datetime) -> None:
    Message.objects.filter(pk__in=[each.pk for each in messages], state=WAITING).update(
        attempts=F("attempts") - 1, next_at=at + timedelta(minutes=1)
    )


def _send(message: Message, gateway: Gateway, *, at: datetime | None) -> bool:
    link = f"{settings.PUBLIC_URL.rstrip('/')}{message.link}" if message.link.startswith("/") else message.link
    outgoing = Outgoing(message.key, message.channel, message.address, message.subject, message.text, link)
    try:
        receipt = gateway.send(outgoing)
    except NotSent as failure:
        _note_failure(message, failure, at=at or now())
        return False
    message.state, message.receipt = SENT, receipt
    # The claim is the condition: what a slower sender of an expired lease has to say comes too late.
    _mine(message).update(state=SENT, receipt=receipt, ended_at=at or now(), address="", text="", fault="")
    return True


@transaction.atomic
def _note_failure(message: Message, failure: NotSent, *, at: datetime) -> None:
    wait = None if failure.is_final else wait_after(message.attempts)
    if wait is not None:
        _mine(message).update(next_at=at + wait, fault=failure.fault)
        return
    message.state = DEAD
    if _mine(message).update(state=DEAD, ended_at=at, fault=failure.fault):
        record(
            GIVEN_UP,
            subject=f"message:{message.pk}",
            actor="",
            at=at,
            channel=message.channel,
            kind=message.kind,
            fault=failure.fault,
            attempts=message.attempts,
        )


def _mine(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state=WAITING, attempts=message.attempts)


@transaction.atomic
def _drop_closed(channel: str, *, at: datetime) -> None:
    """Let go what waits for a channel that was closed: opening it again must not send last month's news."""
    waiting = Message.objects.filter(channel=channel, state=WAITING)
    waiting.update(state=DROPPED, fault=CLOSED, ended_at=at, address="", text="")


@transaction.atomic
def retry(message_id: int, *, actor: Account) -> None:
    """Try a message that was given up again, from its first attempt.

    Raises:
        Http404: no such message.
        Refused: it was not given up.
    """
    message = _given_up(message_id)

    message.state, message.attempts, message.next_at, message.ended_at = WAITING, 0, now(), None
    message.save(update_fields=["state", "attempts", "next_at", "ended_at"])

    name = f"message:{message.pk}"
    record(RETRIED, subject=name, actor=actor.code, channel=message.channel, kind=message.kind)


@transaction.atomic
def drop(message_id: int, *, actor: Account) -> None:
    """Let a message that was given up go; its address and words are forgotten.

    Raises:
        Http404: no such message.
        Refused: it was not given up.
    """
    message = _given_up(message_id)

    message.state, message.address, message.text = DROPPED, "", ""
    message.save(update_fields=["state", "address", "text"])

    name = f"message:{message.pk}"
    record(DROPPED_BY_HAND, subject=name, actor=actor.code, channel=message.channel, kind=message.kind)


def _given_up(message_id: int) -> Message:
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise Http404
    if message.state != DEAD:
        raise Refused(gettext("Thông báo này không ở trạng thái không gửi được."))
    return message


@transaction.atomic
def forget_old(*, before: datetime) -> int:
    """Remove messages that ended before ``before``: they are traces of sending, the notice itself stays."""
    removed, _by_model = Message.objects.filter(state__in=[SENT, DROPPED], ended_at__lt=before).delete()
    return removed
