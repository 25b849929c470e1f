"""What the applicant is told of each step that concerns him or her, in the province's words or the shipped ones.

Who has an account reads it there and through the channels chosen; who filed at a counter without one is told what must
be done through the phone and mail that stand in the dossier, with a link to the public page.
"""

from datetime import datetime

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.models import Fact
from motcua.dossiers.addresses import page_of, tracking_of
from motcua.dossiers.message_kinds import NEEDS
from motcua.dossiers.models import Dossier, ResultReturn
from motcua.dossiers.queries.message_words import texts_on
from motcua.dossiers.rules.message_words import BY_METHOD, kind_of
from motcua.dossiers.states import IN_PERSON, ONLINE, POST
from motcua.notifications.actions.notices import Contact, notify, tell_contact
from motcua.notifications.rules.templates import ANY, filled
from motcua.notifications.states import SMS

RETURNED = "dossier.returned"


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
    texts = {channel: filled(text, values) for channel, text in texts_on(event, day).items()}
    if ANY not in texts:
        return
    words = {SMS: texts[ANY]} | {channel: text for channel, text in texts.items() if channel != ANY}
    if account is not None:
        notify(
            account,
            key=f"fact:{fact.pk}",
            subject=dossier.code,
            text=texts[ANY],
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
            text=texts[ANY],
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
