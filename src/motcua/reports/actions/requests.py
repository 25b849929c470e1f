"""Asking units for a report by a day, answering, sending an answer back, taking the request back."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Unit
from motcua.reports.access import ASKERS, may_ask, may_write
from motcua.reports.events import ANSWER_SENT_BACK, ANSWERED, ASKED, REQUEST_WITHDRAWN
from motcua.reports.request_models import ReportRequest, RequestAnswer, RequestedUnit
from motcua.reports.rules.requests import LONGEST_TEXT, Item, checked_values, items_in

LONGEST_TITLE, LONGEST_REASON = 300, 500


@transaction.atomic
def ask(*, title: str, words: str, items: str, due_on: date, units: Iterable[Unit], actor: Account) -> ReportRequest:
    """Ask units for a report by ``due_on``; ``items`` has a line "name | unit" for each number that is asked for.

    Raises:
        Refused: no title, no unit, a unit that the actor does not look over, a day that is over, items unreadable.
    """
    asked = list(dict.fromkeys(units))
    title, words = _text(title, "title", LONGEST_TITLE), _text(words, "words", LONGEST_TEXT)
    if not title:
        raise Refused(gettext("Ghi rõ yêu cầu báo cáo về việc gì."), field="title")
    if not asked:
        raise Refused(gettext("Chọn ít nhất một đơn vị phải báo cáo."), field="units")
    for unit in asked:
        if not may_ask(actor, unit):
            raise Refused(gettext("Bạn không yêu cầu được %(unit)s báo cáo.") % {"unit": unit}, field="units")
    if due_on < today():
        raise Refused(gettext("Hạn báo cáo đã qua."), field="due_on")
    asking = min((scope_of(post) for post in actor.posts_now if post.role in ASKERS), key=lambda unit: len(unit.path))
    request = ReportRequest.objects.create(
        code=_next_code(asking),
        unit=asking,
        title=title,
        words=words,
        items=[item.as_dict() for item in items_in(items)],
        due_on=due_on,
        asked_at=now(),
        asked_by=actor.code,
    )
    RequestedUnit.objects.bulk_create(RequestedUnit(request=request, unit=unit) for unit in asked)
    record(ASKED, subject=request.code, actor=actor.code, unit=asking.code, units=len(asked), due_on=due_on.isoformat())
    return request


def _next_code(asking: Unit) -> str:
    """Return the year's next code; the asking unit is locked so that two that ask at once get two numbers."""
    province = asking
    while province.parent is not None:
        province = province.parent
    Unit.objects.select_for_update(of=("self",)).get(pk=province.pk)
    year = today().year
    taken = ReportRequest.objects.filter(code__startswith=f"YC-{year}-").values_list("code", flat=True)
    return f"YC-{year}-{max((int(code.rpartition('-')[2]) for code in taken), default=0) + 1}"


@transaction.atomic
def answer(code: str, unit_code: str, *, values: Sequence[str], words: str, actor: Account) -> RequestAnswer:
    """Answer for a unit; answering again appends an answer and ends a sending back.

    Raises:
        Refused: the actor does not report for the unit, it was not asked, the request is withdrawn, a value is no
            number (named by its item), or nothing is answered.
    """
    asked = _asked(code, unit_code)
    if not may_write(actor, asked.unit):
        raise Refused(gettext("Bạn không lập báo cáo cho %(unit)s.") % {"unit": asked.unit})
    words = _text(words, "words", LONGEST_TEXT)
    kept = checked_values([Item(**item) for item in asked.request.items], values)
    if not words and not any(kept):
        raise Refused(gettext("Chưa có nội dung trả lời."), field="words")
    number = asked.answers.count() + 1
    made = RequestAnswer.objects.create(asked=asked, number=number, values=kept, words=words, at=now(), by=actor.code)
    asked.sent_back_at, asked.sent_back_for = None, ""
    asked.save(update_fields=["sent_back_at", "sent_back_for"])
    record(ANSWERED, subject=code, actor=actor.code, unit=asked.unit.code, number=number)
    return made


@transaction.atomic
def send_back(code: str, unit_code: str, *, reason: str, actor: Account) -> RequestedUnit:
    """Ask a unit to answer again. Raises Refused: no reason, nothing answered, or the actor may not."""
    asked = _asked(code, unit_code)
    reason = _text(reason, "reason", LONGEST_REASON)
    if not may_ask(actor, asked.unit):
        raise Refused(gettext("Bạn không trả lại được báo cáo này."))
    if not reason:
        raise Refused(gettext("Ghi rõ lý do trả lại."), field="reason")
    if not asked.answers.exists():
        raise Refused(gettext("%(unit)s chưa trả lời.") % {"unit": asked.unit})
    asked.sent_back_at, asked.sent_back_for = now(), reason
    asked.save(update_fields=["sent_back_at", "sent_back_for"])
    record(ANSWER_SENT_BACK, subject=code, actor=actor.code, unit=asked.unit.code)
    return asked


@transaction.atomic
def withdraw(code: str, *, reason: str, actor: Account) -> ReportRequest:
    """Take a request back; what was answered stays. Raises Refused: no reason, withdrawn already, may not."""
    request = ReportRequest.objects.select_for_update(of=("self",)).select_related("unit").get(code=code)
    reason = _text(reason, "reason", LONGEST_REASON)
    if not may_ask(actor, request.unit):
        raise Refused(gettext("Bạn không rút được yêu cầu này."))
    if request.withdrawn_at or not reason:
        raise Refused(gettext("Yêu cầu đã rút, hoặc chưa ghi lý do rút."), field="reason")
    request.withdrawn_at, request.withdrawn_for = now(), reason
    request.save(update_fields=["withdrawn_at", "withdrawn_for"])
    record(REQUEST_WITHDRAWN, subject=code, actor=actor.code, unit=request.unit.code)
    return request


def _asked(code: str, unit_code: str) -> RequestedUnit:
    rows = RequestedUnit.objects.select_for_update(of=("self",)).select_related("request__unit", "unit__parent")
    asked = rows.filter(request__code=code, unit__code=unit_code).first()
    if asked is None:
        raise Refused(gettext("Đơn vị này không được yêu cầu báo cáo."))
    if asked.request.withdrawn_at:
        raise Refused(gettext("Yêu cầu báo cáo này đã được rút."))
    return asked


def _text(text: str, field: str, longest: int) -> str:
    kept = nfc(text.replace("\r\n", "\n")).strip()
    if len(kept) > longest or "\0" in kept:
        raise Refused(gettext("Nội dung quá dài hoặc có ký tự không dùng được."), field=field)
    return kept
