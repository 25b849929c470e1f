"""What the applicant is told of each step that concerns him or her, in the words of ``data/citizen_messages.csv``.

Who has an account reads it there and through the channels chosen; who filed at a counter without one is told what must
be done through the phone and mail that stand in the dossier, with a link to the public page.
"""

import csv
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.models import Fact
from motcua.dossiers.addresses import page_of, tracking_of
from motcua.dossiers.message_kinds import NEEDS
from motcua.dossiers.models import Dossier, ResultReturn
from motcua.dossiers.states import IN_PERSON, ONLINE, POST
from motcua.notifications.actions.notices import Contact, notify, tell_contact
from motcua.notifications.rules.templates import Template, filled, words_on
from motcua.notifications.states import SMS

FILE = Path(__file__).parent / "data" / "citizen_messages.csv"
FIELDS = frozenset({"code", "where", "due", "new_due", "step", "collect", "item", "link"})
RETURNED = "dossier.returned"
# A return is told by how it went out; the steps themselves are told once handling begins, not each one.
BY_METHOD = {ONLINE: "dossier.returned_electronically", POST: "dossier.returned_by_post"}
IN_APP = "in_app"


@cache
def templates() -> tuple[Template, ...]:
    """Return the words of every event and channel."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Template(row["event"], row["channel"], row["valid_from"], row["valid_to"], row["text"], row["source"])
            for row in csv.DictReader(file)
        )


@cache
def kind_of() -> dict[str, str]:
    """Return the kind of message of each event."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["event"]: row["kind"] for row in csv.DictReader(file)}


def told_verbs() -> list[str]:
    """Return the verbs of facts that the applicant is told of."""
    return [event for event in kind_of() if event not in BY_METHOD.values()]


def tell(fact: Fact) -> None:
    """Tell the applicant of ``fact``, once however often it is heard."""
    dossier = Dossier.objects.select_related("applicant", "receiving_unit").filter(code=fact.subject).first()
    if dossier is None or not _concerns(fact, dossier):
        return
    event = BY_METHOD.get(str(fact.data.get("method")), fact.verb) if fact.verb == RETURNED else fact.verb
    day = fact.at.astimezone(VIETNAM).date()
    account = dossier.applicant
    values = _values(fact, dossier)
    texts = {
        channel: filled(found.text, values)
        for channel in (IN_APP, SMS)
        if (found := words_on(templates(), event, channel, day)) is not None
    }
    if IN_APP not in texts:
        return
    words = {SMS: texts[SMS]}
    if account is not None:
        notify(
            account,
            key=f"fact:{fact.pk}",
            subject=dossier.code,
            text=texts[IN_APP],
            link=page_of(dossier.code),
            kind=kind_of()[event],
            words=words,
        )
    elif kind_of()[event] == NEEDS.code:
        tell_contact(
            Contact(dossier.phone, dossier.email),
            key=f"fact:{fact.pk}",
            kind=kind_of()[event],
            subject=dossier.code,
            text=texts[IN_APP],
            link=tracking_of(dossier.code),
            words=words,
        )


def _concerns(fact: Fact, dossier: Dossier) -> bool:
    """Whether it is news: what the applicant did at the page is not, nor every step after handling began."""
    if fact.verb == "dossier.filed":
        return fact.data.get("channel") == ONLINE  # at the counter the slip says it
    if fact.verb == "dossier.forwarded":
        moves = Fact.objects.filter(subject=dossier.code, verb="dossier.forwarded", pk__lt=fact.pk)
        return not moves.exists()
    return True


def _values(fact: Fact, dossier: Dossier) -> dict[str, str]:
    sent = ResultReturn.objects.filter(dossier=dossier).first() if fact.verb == RETURNED else None
    item = sent.item_number if sent else ""
    link = f"{settings.PUBLIC_URL.rstrip('/')}{page_of(dossier.code)}"
    return {
        "code": dossier.code,
        "where": dossier.receiving_unit.name,
        "due": _instant(dossier.due_at),
        "new_due": _instant(parse_datetime(str(fact.data.get("new_due_at") or ""))),
        "step": str(fact.data.get("step", "")),
        "collect": _collect(fact, dossier),
        "item": gettext("Số hiệu bưu gửi: %(number)s.") % {"number": item} if item else "",
        "link": link if dossier.applicant_id else tracking_of(dossier.code),
    }


def _collect(fact: Fact, dossier: Dossier) -> str:
    """Say what happens next to the result, as the applicant wished or as it was returned."""
    wished = str(fact.data.get("method") or dossier.return_method or IN_PERSON)
    if wished == POST:
        return gettext("Kết quả sẽ được gửi qua bưu chính.")
    if wished == ONLINE:
        return gettext("Mở trang hồ sơ để nhận bản điện tử.")
    return gettext("Mời đến %(where)s để nhận.") % {"where": dossier.receiving_unit.name}


def _instant(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else ""
