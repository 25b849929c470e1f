"""What an account says about reaching it: addresses, each proved by a code that came back, and wishes by kind."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.notifications.actions.outbox import queue
from motcua.notifications.events import CODE_SENT, CONTACT_REMOVED, PREFERRED, VERIFIED
from motcua.notifications.gateways.ways import is_open
from motcua.notifications.kinds import CODE, kinds_for
from motcua.notifications.models import ContactPoint, Message, Preference
from motcua.notifications.states import CHANNELS, EMAIL, MEDIA, SMS
from motcua.organizations.models import Account

CODE_LIVES = timedelta(minutes=10)
AGAIN_AFTER = timedelta(minutes=1)  # a code is not asked for more often
MOST_WRONG = 5
MOST_CODES = 10  # of an account in a day: nobody's phone is to be rung from here
# Through what the code itself goes.
WAY_OF = {EMAIL: EMAIL, "phone": SMS}
_PHONE = re.compile(r"0\d{9}|\+\d{8,15}")


@transaction.atomic
def send_code(account: Account, *, medium: str, address: str) -> None:
    """Send a code of six digits to an address that ``account`` says is its own; the address counts once it came back.

    Raises:
        Refused: no such medium, its channel is closed, no address, or a code was sent a moment ago.
    """
    if medium not in MEDIA:
        raise Refused(gettext("Không có loại địa chỉ này."), field="medium")
    if not is_open(WAY_OF[medium]):
        raise Refused(gettext("Kênh gửi mã chưa mở ở tỉnh này."), field="address")
    address = _checked(medium, address)
    Account.objects.select_for_update().get(pk=account.pk)  # two codes at once would make one of them wrong
    point = ContactPoint.objects.filter(account=account, medium=medium).first()
    at = now()
    if point and point.code_sent_at and at < point.code_sent_at + AGAIN_AFTER:
        raise Refused(gettext("Mã vừa được gửi. Hãy đợi một phút rồi xin mã khác."), field="address")
    lately = Message.objects.filter(account=account, kind=CODE.code, created_at__gt=at - timedelta(days=1))
    if lately.count() >= MOST_CODES:
        raise Refused(gettext("Bạn đã xin quá nhiều mã trong một ngày."), field="address")

    code = f"{secrets.randbelow(10**6):06d}"
    point = point or ContactPoint(account=account, medium=medium)
    if point.address != address:
        point.address, point.verified_at = address, None
    point.code_digest, point.code_sent_at, point.wrong_codes = _digest(account, medium, address, code), at, 0
    point.save()
    queue(
        f"code:{account.code}:{medium}:{at.timestamp()}",
        account=account,
        channel=WAY_OF[medium],
        kind=CODE.code,
        address=address,
        subject=gettext("Mã xác nhận"),
        text=gettext("Mã xác nhận của bạn: %(code)s. Mã có hiệu lực 10 phút. Không đưa mã cho bất kỳ ai.")
        % {"code": code},
        link="",
    )

    record(CODE_SENT, subject=account.code, actor=account.code, at=at, medium=medium)


def verify(account: Account, *, medium: str, code: str) -> None:
    """Take the code back: the address is the account's from now on.

    Raises:
        Refused: no code is open, it is too old, too many were wrong, or this one is.
    """
    if not _try(account, medium=medium, code=code):  # what was counted stays counted
        raise Refused(gettext("Mã không đúng."), field="code")


@transaction.atomic
def _try(account: Account, *, medium: str, code: str) -> bool:
    point = ContactPoint.objects.select_for_update().filter(account=account, medium=medium).first()
    at = now()
    if point is None or not point.code_digest or point.code_sent_at is None:
        raise Refused(gettext("Chưa có mã nào được gửi. Hãy xin mã."), field="code")
    if at > point.code_sent_at + CODE_LIVES:
        raise Refused(gettext("Mã đã hết hiệu lực. Hãy xin mã khác."), field="code")
    if point.wrong_codes >= MOST_WRONG:
        raise Refused(gettext("Nhập sai quá nhiều lần. Hãy xin mã khác."), field="code")
    digest = _digest(account, medium, point.address, squash(code).replace(" ", ""))
    if not hmac.compare_digest(digest, point.code_digest):
        point.wrong_codes += 1
        point.save(update_fields=["wrong_codes"])
        return False

    point.verified_at, point.code_digest = at, ""
    point.save(update_fields=["verified_at", "code_digest"])

    record(VERIFIED, subject=account.code, actor=account.code, at=at, medium=medium)
    return True


@transaction.atomic
def remove_contact(account: Account, *, medium: str) -> None:
    """Forget an address of the account's; nothing goes there any more."""
    removed, _by_model = ContactPoint.objects.filter(account=account, medium=medium).delete()
    if removed:
        record(CONTACT_REMOVED, subject=account.code, actor=account.code, medium=medium)


@transaction.atomic
def prefer(account: Account, *, wanted: Collection[tuple[str, str]]) -> list[str]:
    """Note which (kind, channel) the account wants; all others of the kinds it is asked about it does not want.

    Return what changed, as "kind/channel".

    Raises:
        Refused: a kind or channel that it is not asked about.
    """
    asked = [(kind, channel) for kind in kinds_for(account) for channel in CHANNELS]
    if unknown := set(wanted) - {(kind.code, channel) for kind, channel in asked}:
        raise Refused(gettext("Không có lựa chọn này: %(what)s.") % {"what": "/".join(min(unknown))[:80]})
    Account.objects.select_for_update().get(pk=account.pk)
    stored = {(row.kind, row.channel): row.is_wanted for row in Preference.objects.filter(account=account)}
    changed = [
        Preference(account=account, kind=kind.code, channel=channel, is_wanted=(kind.code, channel) in wanted)
        for kind, channel in asked
        if stored.get((kind.code, channel), channel in kind.usual) != ((kind.code, channel) in wanted)
    ]
    if not changed:
        return []

    Preference.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["account", "kind", "channel"],
        update_fields=["is_wanted"],
    )

    names = [f"{each.kind}/{each.channel}" for each in changed]
    record(PREFERRED, subject=account.code, actor=account.code, changed=names)
    return names


def _checked(medium: str, address: str) -> str:
    address = squash(address)
    if medium == EMAIL:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Refused(gettext("Địa chỉ thư điện tử không đúng dạng."), field="address") from error
        return address[:254]
    address = re.sub(r"[\s.()-]", "", address)
    if not _PHONE.fullmatch(address):
        raise Refused(gettext("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0, hoặc dạng quốc tế +84…"), field="address")
    return address


def _digest(account: Account, medium: str, address: str, code: str) -> str:
    words = f"{account.code}:{medium}:{address}:{code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()
