"""Telling an account something, once, on its page and by mail where a mail server is set; marking it read."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.notifications.models import Notice
from motcua.organizations.models import Account

logger = logging.getLogger("motcua.mail")


@transaction.atomic
def notify(account: Account, *, key: str, subject: str, text: str, link: str) -> bool:
    """Write a notice for ``account`` and mail it; the same ``key`` again does nothing. Return whether it is new.

    The mail goes out after the commit; a mail server that fails is logged and does not take the notice back.
    """
    notice = Notice(account=account, key=key, subject=subject, text=text[:500], link=link, at=now())
    # ON CONFLICT DO NOTHING gives no number back, so the rows are counted by their key.
    if Notice.objects.filter(account=account, key=key).exists():
        return False
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    if account.email and settings.MAIL_FROM:
        transaction.on_commit(lambda: _mail(account.email, subject, text, link))
    return True


@transaction.atomic
def mark_read(account: Account, *, notice_id: int) -> bool:
    """Mark a notice of ``account`` as read; return whether it was unread."""
    unread = Notice.objects.filter(account=account, pk=notice_id, read_at__isnull=True)
    return bool(unread.update(read_at=now()))


@transaction.atomic
def mark_all_read(account: Account) -> int:
    """Mark all notices of ``account`` as read; return how many were unread."""
    return Notice.objects.filter(account=account, read_at__isnull=True).update(read_at=now())


def _mail(address: str, subject: str, text: str, link: str) -> None:
    body = f"{text}\n\n{settings.PUBLIC_URL.rstrip('/')}{link}\n"
    try:
        send_mail(gettext("Thông báo: %(subject)s") % {"subject": subject}, body, settings.MAIL_FROM, [address])
    except (SMTPException, OSError):
        logger.exception("mail not sent")
