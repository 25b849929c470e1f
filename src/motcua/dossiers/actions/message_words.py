"""What applicants are told: words are set from a day on, given back to the shipped ones, dropped before they begin."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.dossiers.events import WORDS_DROPPED, WORDS_RESET, WORDS_SET
from motcua.dossiers.models import OwnMessageWords
from motcua.dossiers.queries.message_words import words_of
from motcua.dossiers.rules.message_words import CHANNELS, INVENTED, LONGEST, fields_for, kind_of
from motcua.dossiers.rules.sms import length_of
from motcua.notifications.rules.templates import fields_of, filled, without_diacritics
from motcua.notifications.states import SMS
from motcua.organizations.models import Account

LONGEST_SOURCE = 300
MOST_MESSAGES = 2  # that one SMS may become


@transaction.atomic
def set_words(
    event: str,
    channel: str,
    *,
    text: str,
    source: str,
    valid_from: date,
    actor: Account,
    at: datetime | None = None,
) -> OwnMessageWords:
    """Tell ``event`` in ``channel`` with ``text`` from a day on, today at the earliest; of one day the last one counts.

    Raises:
        Refused: no such event or channel, a place that the event does not give, too long, or a day gone by.
    """
    set_at = at or now()
    _check_event(event, channel)
    _check_day(valid_from, set_at)
    clean = checked_text(event, channel, text)
    row = _added(event, channel, clean, source, valid_from, actor, set_at)
    record(
        WORDS_SET, subject=event, actor=actor.code, at=set_at, channel=channel, valid_from=valid_from.isoformat()
    )  # fmt: skip
    return row


@transaction.atomic
def reset_words(
    event: str, channel: str, *, source: str, valid_from: date, actor: Account, at: datetime | None = None
) -> OwnMessageWords:
    """Tell ``event`` in ``channel`` with the shipped words again from a day on.

    Raises:
        Refused: no such event or channel, the shipped words are those of that day, or a day gone by.
    """
    set_at = at or now()
    _check_event(event, channel)
    _check_day(valid_from, set_at)
    on_that_day = words_of(event, valid_from)
    assert on_that_day is not None  # the event was checked
    if all(each.own is None for each in on_that_day.words if each.channel == channel):
        raise Refused(gettext("Ngày đó đang dùng lời có sẵn."), field="valid_from")
    row = _added(event, channel, "", source, valid_from, actor, set_at)
    record(
        WORDS_RESET, subject=event, actor=actor.code, at=set_at, channel=channel, valid_from=valid_from.isoformat()
    )  # fmt: skip
    return row


@transaction.atomic
def drop_words(number: int, *, actor: Account, at: datetime | None = None) -> OwnMessageWords:
    """Drop words (by primary key) that have not begun; the row stays in the history.

    Raises:
        Refused: there are none, they were dropped, or have begun.
    """
    dropped_at = at or now()
    row = OwnMessageWords.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None or row.dropped_at is not None:
        raise Refused(gettext("Không có lời nhắn này, hoặc đã bỏ."))
    if row.valid_from <= _day(dropped_at):
        raise Refused(gettext("Lời nhắn đã áp dụng: hãy đặt lời khác hoặc dùng lại lời có sẵn."))
    row.dropped_by, row.dropped_at = actor.code, dropped_at
    row.save(update_fields=["dropped_by", "dropped_at"])
    record(
        WORDS_DROPPED, subject=row.event, actor=actor.code, at=dropped_at, channel=row.channel,
        valid_from=row.valid_from.isoformat(),
    )  # fmt: skip
    return row


def checked_text(event: str, channel: str, text: str) -> str:
    """Return ``text`` as it is kept.

    Raises:
        Refused: empty, too long, a brace that makes no place, a place that the event does not give.
    """
    clean = squash(nfc(text).replace("\0", " "))
    if not clean:
        raise Refused(gettext("Cần ghi lời nhắn."), field="text")
    known = set(fields_for(event))
    unknown = sorted(fields_of(clean) - known)
    if unknown:
        words = {"name": unknown[0][:40], "known": ", ".join(f"{{{name}}}" for name in fields_for(event))}
        raise Refused(gettext("Việc này không cho chỗ điền “%(name)s”; chỉ dùng: %(known)s.") % words, field="text")
    bare = filled(clean, dict.fromkeys(known, ""))
    if "{" in bare or "}" in bare:
        raise Refused(gettext("Ngoặc nhọn không thành chỗ điền: viết như {code}, không dấu cách."), field="text")
    if len(filled(clean, INVENTED)) > LONGEST:
        raise Refused(gettext("Lời nhắn dài quá %(most)s ký tự.") % {"most": LONGEST}, field="text")
    length = length_of(without_diacritics(filled(clean, INVENTED)))
    if channel == SMS and length.messages > MOST_MESSAGES:
        words = {"letters": str(length.letters), "messages": str(length.messages)}
        raise Refused(
            gettext("Tin SMS dài %(letters)s ký tự, thành %(messages)s tin: tối đa 2 tin.") % words, field="text"
        )
    return clean


def _added(
    event: str, channel: str, text: str, source: str, valid_from: date, actor: Account, at: datetime
) -> OwnMessageWords:
    why = squash(source.replace("\0", " "))
    if not why or len(why) > LONGEST_SOURCE:
        raise Refused(
            gettext("Cần ghi căn cứ hoặc lý do, tối đa %(most)s ký tự.") % {"most": LONGEST_SOURCE}, field="source"
        )
    return OwnMessageWords.objects.create(
        event=event, channel=channel, valid_from=valid_from, text=text, source=why, set_by=actor.code, set_at=at
    )


def _check_event(event: str, channel: str) -> None:
    if event not in kind_of():
        raise Refused(gettext("Không có việc “%(event)s” để nhắn.") % {"event": event[:60]}, field="event")
    if channel not in CHANNELS:
        raise Refused(gettext("Không có kênh “%(channel)s”.") % {"channel": channel[:12]}, field="channel")


def _check_day(day: date, at: datetime) -> None:
    if day < _day(at):
        raise Refused(gettext("Lời nhắn áp dụng từ hôm nay trở đi."), field="valid_from")


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
