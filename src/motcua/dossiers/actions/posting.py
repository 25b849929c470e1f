"""Lists of things given to the post: drawn up, numbered by the post, sent, confirmed by its signature (R4.29)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.facts.recording import NewFact, record_many
from motcua.base.refusal import Refused
from motcua.dossiers.actions.returning import HandOver, return_result
from motcua.dossiers.events import GIVEN_TO_POST, POST_LIST_CONFIRMED, POST_LIST_MADE, POST_LIST_SENT
from motcua.dossiers.models import Dossier, PostItem, PostList
from motcua.dossiers.rules import wording
from motcua.dossiers.states import DECIDED, POST, POSTED_THINGS, RESULT
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import RECEPTION

MOST_ITEMS = 200


@dataclass(frozen=True)
class Thing:
    """What is given to the post: the result or the papers of a dossier, with the post's number where it is known."""

    code: str
    what: str = RESULT
    item_number: str = ""


@transaction.atomic
def make_list(unit: Unit, *, things: Sequence[Thing], actor: Account, at: datetime | None = None) -> PostList:
    """Draw up a list of ``things`` of the counter ``unit``; numbers run through the year.

    Raises:
        Http404: the actor does not receive at that counter.
        Refused: nothing or too much on it, an unknown dossier of another counter, one thing twice, a result that is
            not decided, or a number that the post gave before.
    """
    made_at = (at or now()).astimezone(VIETNAM)
    if not has_role_in(actor, unit, RECEPTION):
        raise Http404
    if not things:
        raise Refused(gettext("Chọn ít nhất một hồ sơ."), field="things")
    if len(things) > MOST_ITEMS:
        raise Refused(gettext("Mỗi bảng kê tối đa %(most)s hồ sơ.") % {"most": MOST_ITEMS}, field="things")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # one list of a counter at a time
    dossiers = {
        dossier.code: dossier
        for dossier in Dossier.objects.filter(code__in=[thing.code for thing in things], receiving_unit=unit)
    }
    lists = PostList.objects.filter(unit=unit, day__year=made_at.year)

    made = PostList.objects.create(
        unit=unit,
        day=made_at.date(),
        number=(lists.aggregate(last=Max("number"))["last"] or 0) + 1,
        made_at=made_at,
        made_by=actor.code,
    )
    _write(
        PostItem(
            post_list=made,
            dossier=_checked(dossiers.get(thing.code), thing),
            what=thing.what,
            item_number=_number(thing.item_number),
            position=position,
        )
        for position, thing in enumerate(things, 1)
    )

    record(POST_LIST_MADE, subject=made.subject, actor=actor.code, unit=unit.code, at=made_at, count=len(things))
    return made


@transaction.atomic
def number_items(post_list: PostList, *, numbers: Mapping[int, str], actor: Account) -> PostList:
    """Note the numbers that the post gave, by item; until the post has signed.

    Raises:
        Http404: the list is not of a counter of the actor.
        Refused: the post has signed, or a number was given before.
    """
    found = _locked(post_list, actor)
    if found.confirmed_at:
        raise Refused(gettext("Bưu chính đã ký nhận bảng kê này."))

    items = {item.pk: item for item in found.items.all()}
    for key, number in numbers.items():
        if key in items:
            items[key].item_number = _number(number)
    try:
        with transaction.atomic():
            PostItem.objects.bulk_update(items.values(), ["item_number"])
    except IntegrityError as error:
        raise Refused(_number_taken(), field="item_number") from error
    return found


@transaction.atomic
def drop_item(post_list: PostList, *, item: int, actor: Account) -> None:
    """Take a thing off a list that was not sent.

    Raises:
        Http404: the list is not of a counter of the actor, or has no such item.
        Refused: it was sent.
    """
    found = _locked(post_list, actor)
    if found.sent_at:
        raise Refused(gettext("Bảng kê đã giao cho bưu chính."))
    gone, _rows = found.items.filter(pk=item).delete()
    if not gone:
        raise Http404


@transaction.atomic
def send_list(post_list: PostList, *, actor: Account, at: datetime | None = None) -> PostList:
    """Give what is on the list to the post; results that are not returned yet are returned by post with it.

    Raises:
        Http404: the list is not of a counter of the actor.
        Refused: it is empty or sent, or a result cannot be returned (its fee is unpaid, say): take it off first.
    """
    found, sent_at = _locked(post_list, actor), at or now()
    if found.sent_at:
        raise Refused(gettext("Bảng kê đã giao cho bưu chính."))
    items = list(found.items.select_related("dossier"))
    if not items:
        raise Refused(gettext("Bảng kê không còn hồ sơ nào."))

    for item in items:
        if item.what == RESULT and item.dossier.state == DECIDED:
            how = HandOver(item_number=item.item_number)
            return_result(item.dossier.code, method=POST, actor=actor, hand_over=how, at=sent_at)
    found.sent_at, found.sent_by = sent_at, actor.code
    found.save(update_fields=["sent_at", "sent_by"])

    unit = found.unit.code
    facts = [
        NewFact(GIVEN_TO_POST, item.dossier.code, actor.code, unit, {"what": item.what}, sent_at) for item in items
    ]
    record_many([*facts, NewFact(POST_LIST_SENT, found.subject, actor.code, unit, {"count": len(items)}, sent_at)])
    return found


@transaction.atomic
def confirm_list(post_list: PostList, *, missing: str = "", actor: Account, at: datetime | None = None) -> PostList:
    """Note that the post signed for the list; ``missing`` says what it did not get, in words without names.

    Raises:
        Http404: the list is not of a counter of the actor.
        Refused: it was not sent, or is confirmed already.
    """
    missing = wording.line(missing, field="missing", label=gettext("những gì còn thiếu"), longest=300)
    found, confirmed_at = _locked(post_list, actor), at or now()
    if found.sent_at is None or found.confirmed_at:
        raise Refused(gettext("Bảng kê chưa giao hoặc đã được ký nhận."))

    found.confirmed_at, found.confirmed_by, found.missing = confirmed_at, actor.code, missing
    found.save(update_fields=["confirmed_at", "confirmed_by", "missing"])

    record(
        POST_LIST_CONFIRMED,
        subject=found.subject,
        actor=actor.code,
        unit=found.unit.code,
        at=confirmed_at,
        count=found.items.count(),
    )
    return found


def _locked(post_list: PostList, actor: Account) -> PostList:
    found = PostList.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=post_list.pk).first()
    if found is None or not has_role_in(actor, found.unit, RECEPTION):
        raise Http404
    return found


def _checked(dossier: Dossier | None, thing: Thing) -> Dossier:
    if dossier is None:
        raise Refused(gettext("Không có hồ sơ “%(code)s” ở quầy này.") % {"code": thing.code[:60]}, field="things")
    if thing.what not in POSTED_THINGS:
        raise Refused(gettext("Chỉ giao kết quả hoặc giấy tờ cho bưu chính."), field="things")
    if thing.what == RESULT and dossier.decided_at is None:
        raise Refused(gettext("Hồ sơ %(code)s chưa có kết quả.") % {"code": dossier.code}, field="things")
    return dossier


def _number(text: str) -> str:
    return wording.line(text, field="item_number", label=gettext("số hiệu bưu gửi"), longest=40)


def _write(items: Iterable[PostItem]) -> None:
    try:
        with transaction.atomic():
            PostItem.objects.bulk_create(items)
    except IntegrityError as error:
        if "post_item_number_once" in str(error):
            raise Refused(_number_taken(), field="item_number") from error
        raise Refused(gettext("Một hồ sơ chỉ ghi một lần trong bảng kê."), field="things") from error


def _number_taken() -> str:
    return gettext("Số hiệu bưu gửi đã dùng cho hồ sơ khác.")
