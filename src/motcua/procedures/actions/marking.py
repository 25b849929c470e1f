"""Marks and authority of procedures over time; lists posted by units, with proof."""

from datetime import date, timedelta
from typing import IO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.documents.actions.storing import keep
from motcua.documents.inspection.images import JPEG, PNG
from motcua.documents.uploads import PDF, UploadPolicy
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.states import LEADER, UNIT_HEAD, UNIT_KINDS
from motcua.procedures import publication_events as events
from motcua.procedures.access import may_post_for
from motcua.procedures.actions.deciding import check_may
from motcua.procedures.models import Authority, Posting, Procedure, Trait
from motcua.procedures.posting_queries import list_digest, posted_procedures, posting_states
from motcua.procedures.publishing_states import BOARD, COORDINATES, PLACES, POSTED, ROLES, TRAITS

PROOF_POLICY = UploadPolicy(
    kinds=frozenset({JPEG, PNG, PDF}), most_bytes=20 * 1024 * 1024, most_unpacked=40 * 1024 * 1024
)


def _locked(code: str) -> Procedure:
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise Refused(gettext("Không có thủ tục mang mã “%(code)s”.") % {"code": code[:20]}, field="procedure")
    return procedure


@transaction.atomic
def mark(code: str, trait: str, *, on: bool, valid_from: date, source: str, actor: Account) -> Trait:
    """Give a procedure a mark from a day on, or end it on the day before; what was true before stays told.

    Raises:
        Refused: the mark is none, it stands already or does not stand, its source is not named.
    """
    check_may(actor)
    if trait not in TRAITS:
        raise Refused(gettext("Không có loại đánh dấu này."), field="trait")
    if not source.strip():
        raise Refused(gettext("Nêu văn bản làm căn cứ."), field="source")
    procedure = _locked(code)
    last = procedure.traits.filter(trait=trait).order_by("-valid_from").first()
    stands = last is not None and last.valid_to is None
    if on == stands:
        raise Refused(gettext("Đánh dấu này không thay đổi gì."), field="trait")
    if last is not None and valid_from <= (last.valid_to or last.valid_from):
        raise Refused(gettext("Ngày phải sau lần đánh dấu trước."), field="valid_from")
    if on:
        last = Trait.objects.create(
            procedure=procedure, trait=trait, valid_from=valid_from, source=source.strip()[:200]
        )
    else:
        assert last is not None
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    record(
        events.PROCEDURE_MARKED, subject=code, actor=actor.code, trait=trait, valid_from=valid_from.isoformat(),
        ended=not on,
    )  # fmt: skip
    return last


@transaction.atomic
def set_authority(
    code: str, role: str, *, unit: Unit | None, unit_kind: str, valid_from: date, source: str, actor: Account
) -> Authority:
    """Say who receives or decides a procedure from a day on, ending what held before; coordinators add up.

    Raises:
        Refused: no unit and no kind of unit, an unknown role, no source, or a day that is not after the one before.
    """
    check_may(actor)
    if role not in ROLES:
        raise Refused(gettext("Không có vai trò này."), field="role")
    if unit is None and unit_kind not in UNIT_KINDS:
        raise Refused(gettext("Chọn đơn vị hoặc loại đơn vị."), field="unit")
    if not source.strip():
        raise Refused(gettext("Nêu văn bản làm căn cứ."), field="source")
    procedure = _locked(code)
    before = procedure.authorities.filter(role=role, valid_to__isnull=True)
    if role == COORDINATES:
        before = before.filter(unit=unit, unit_kind="" if unit else unit_kind)
    for one in before:
        if one.valid_from >= valid_from:
            raise Refused(gettext("Ngày phải sau lần xác định trước."), field="valid_from")
        one.valid_to = valid_from - timedelta(days=1)
        one.save(update_fields=["valid_to"])
    made = Authority.objects.create(
        procedure=procedure, role=role, unit=unit, unit_kind="" if unit else unit_kind, valid_from=valid_from,
        source=source.strip()[:200],
    )  # fmt: skip
    record(
        events.AUTHORITY_SET, subject=code, actor=actor.code, role=role, unit=unit.code if unit else "",
        unit_kind=made.unit_kind, valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return made


@transaction.atomic
def record_posting(
    unit: Unit, *, place: str, actor: Account, on: date | None = None, address: str = "",
    file: IO[bytes] | None = None, name: str = "",
) -> Posting:  # fmt: skip
    """Record that ``unit`` posted its list as it stands today, with the picture or the address that proves it.

    Raises:
        Refused: the actor is not of the unit, no proof is given, the day is in the future, the file is not taken.
    """
    if not may_post_for(actor, unit):
        raise Refused(gettext("Bạn không thuộc đơn vị này."))
    day = on or today()
    if place not in PLACES:
        raise Refused(gettext("Chọn nơi niêm yết."), field="place")
    if day > today():
        raise Refused(gettext("Ngày niêm yết không thể sau hôm nay."), field="on")
    if place == BOARD and file is None:
        raise Refused(gettext("Chụp ảnh bảng niêm yết làm minh chứng."), field="file")
    if place != BOARD and not address.startswith(("https://", "http://")):
        raise Refused(gettext("Nhập địa chỉ trang đã đăng."), field="address")
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    procedures = posted_procedures(unit)
    proof = keep(file, name=name, subject=f"niem-yet {unit.code}", actor=actor, policy=PROOF_POLICY) if file else None
    posting = Posting.objects.create(
        unit=unit, place=place, on=day, by=actor, proof=proof, address=address[:300], procedures=len(procedures),
        digest=list_digest(procedures),
    )  # fmt: skip
    record(
        events.LIST_POSTED, subject=unit.code, actor=actor.code, place=place, procedures=len(procedures),
        digest=posting.digest, proof=proof.sha256 if proof else "",
    )  # fmt: skip
    return posting


def remind_postings(day: date | None = None) -> int:
    """Tell heads and leaders of units whose list is not posted as it stands; once a week each. Return how many notices.

    DOMAIN 1.3: lists hang at every unit that receives, all of them.
    """
    on = day or today()
    waiting = {one.unit.pk: one for one in posting_states() if one.state != POSTED}
    heads = Post.objects.filter(in_force(on), unit__in=list(waiting), role__in=(UNIT_HEAD, LEADER))
    week = f"{on:%G-W%V}"
    return sum(
        notify(
            head.account,
            key=f"niem-yet:{head.unit.code}:{week}",
            subject=head.unit.code,
            text=gettext("%(unit)s chưa niêm yết danh mục thủ tục hiện hành.") % {"unit": head.unit.name},
            link=reverse("procedures:posting", args=[head.unit.code]),
        )
        for head in heads.select_related("account", "unit").order_by("unit__code", "account_id")
    )
