"""Telling people something, once: on their page, and through the channels that are open and wanted."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from motcua.base.clock import now
from motcua.notifications.actions.outbox import queue
from motcua.notifications.gateways.ways import open_channels
from motcua.notifications.kinds import GENERAL
from motcua.notifications.models import Notice
from motcua.notifications.queries import addresses_of
from motcua.notifications.states import EMAIL, SMS
from motcua.organizations.models import Account


@dataclass(frozen=True)
class Contact:
    """Where somebody without an account said to be reached; "" where nothing was given."""

    phone: str = ""
    email: str = ""


@transaction.atomic
def notify(
    account: Account,
    *,
    key: str,
    subject: str,
    text: str,
    link: str,
    kind: str = GENERAL.code,
    words: Mapping[str, str] | None = None,
) -> bool:
    """Write a notice for ``account`` and queue it for the channels it wants for ``kind``; the same ``key`` is once.

    ``words`` are the texts of channels that have their own. Return whether the notice is new.
    """
    notice = Notice(account=account, key=key, subject=subject, text=text[:500], link=link, at=now())
    # ON CONFLICT DO NOTHING gives no number back, so the rows are counted by their key.
    if Notice.objects.filter(account=account, key=key).exists():
        return False
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    for channel, address in addresses_of(account, kind).items():
        queue(
            f"{key}:{account.code}:{channel}",
            account=account,
            channel=channel,
            kind=kind,
            address=address,
            subject=subject,
            text=(words or {}).get(channel, text),
            link=link,
        )
    return True


@transaction.atomic
def tell_contact(
    contact: Contact, *, key: str, kind: str, subject: str, text: str, link: str, words: Mapping[str, str] | None = None
) -> int:
    """Queue a message for somebody without an account, by mail and SMS as far as open and given; return how many."""
    given = {EMAIL: contact.email, SMS: contact.phone}
    reached = [channel for channel in open_channels() if given.get(channel)]
    for channel in reached:
        queue(
            f"{key}:{channel}",
            account=None,
            channel=channel,
            kind=kind,
            address=given[channel],
            subject=subject,
            text=(words or {}).get(channel, text),
            link=link,
        )
    return len(reached)


@transaction.atomic
def mark_read(account: Account, *, notice_id: int) -> bool:
    """Mark a notice of ``account`` as read; return whether it was unread."""
    unread = Notice.objects.filter(account=account, pk=notice_id, read_at__isnull=True)
    return bool(unread.update(read_at=now()))


@transaction.atomic
def mark_all_read(account: Account) -> int:
    """Mark all notices of ``account`` as read; return how many were unread."""
    return Notice.objects.filter(account=account, read_at__isnull=True).update(read_at=now())
