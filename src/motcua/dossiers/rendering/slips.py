"""The forms of one dossier, described for the rendering of official documents (DOMAIN 4.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM, now
from motcua.base.refusal import Refused
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.process_sheets import ControlSheet, HandOver, control_sheet
from motcua.documents.rendering.slips import (
    ApologySlip,
    RefusalSlip,
    StopSlip,
    SupplementSlip,
    apology_slip,
    refusal_slip,
    stop_slip,
    supplement_slip,
)
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Apology, Dossier, PaperHandOver
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.rendering.heads import applicant_of, office_of
from motcua.dossiers.rendering.receipt import receipt_of
from motcua.dossiers.rendering.result_slip import result_slip_of
from motcua.dossiers.states import REFUSED, STOPPED, SUPPLEMENT_BEFORE
from motcua.organizations.models import Unit
from motcua.organizations.rules.time_limits import Limit, LimitUnit


@dataclass(frozen=True)
class Form:
    """A form of the set: its words, how it is made, whether only officials may have it."""

    label: str | Promise
    describe: Callable[[DossierPage], OfficialDocument | None]
    is_internal: bool = False


def supplement_of(page: DossierPage) -> OfficialDocument | None:
    """Return slip 02, of handling or of the guidance before reception; None where nothing was asked for."""
    asked = page.supplement
    if asked is None:
        return _guidance_of(page.dossier)
    shared = _shared(page.dossier, page.dossier.competent_unit)
    return supplement_slip(
        SupplementSlip(**shared, issued_at=asked.requested_at, items=_lines(asked.items), reason=asked.reason)
    )


def _guidance_of(dossier: Dossier) -> OfficialDocument | None:
    """Return slip 02 as the counter gave it, before anything was received."""
    asked = dossier.guidances.last()
    if asked is None:
        return None
    reason = asked.reason or "Hồ sơ chưa đủ thành phần theo quy định để tiếp nhận."
    shared = _shared(dossier, dossier.receiving_unit)
    return supplement_slip(SupplementSlip(**shared, issued_at=asked.asked_at, items=_lines(asked.items), reason=reason))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def refusal_of(page: DossierPage) -> OfficialDocument | None:
    """Return slip 03, None where reception was not refused."""
    dossier = page.dossier
    if dossier.state != REFUSED or dossier.ended_at is None:
        return None
    shared = _shared(dossier, dossier.receiving_unit)
    return refusal_slip(RefusalSlip(**shared, issued_at=dossier.ended_at, received_at=None, reason=dossier.end_reason))


def apology_of(page: DossierPage) -> OfficialDocument | None:
    """Return form 04 as it was drafted, dated when it was approved; None where none was drafted."""
    dossier = page.dossier
    letter = Apology.objects.filter(dossier=dossier).first()
    if letter is None or dossier.received_at is None or dossier.first_due_at is None:
        return None
    return apology_slip(
        ApologySlip(
            **_shared(dossier, dossier.competent_unit),
            issued_at=letter.approved_at or letter.drafted_at,
            received_at=dossier.received_at,
            appointed_at=dossier.due_at or dossier.first_due_at,
            reason=letter.reason,
            new_due_at=letter.new_due_at,
            agency_name=dossier.competent_unit.name,
        )
    )


def stop_of(page: DossierPage) -> OfficialDocument | None:
    """Return the notice of stop, None where handling was not stopped."""
    dossier = page.dossier
    if dossier.state != STOPPED or dossier.ended_at is None:
        return None
    return stop_slip(
        StopSlip(
            **_shared(dossier, dossier.competent_unit),
            issued_at=dossier.ended_at,
            received_at=dossier.received_at,
            stopped_at=dossier.ended_at,
            reason=dossier.end_reason,
            how_to_go_on="Nếu muốn tiếp tục, đề nghị Ông/Bà, tổ chức nộp hồ sơ mới sau khi khắc phục lý do nêu trên.",
        )
    )


def control_of(page: DossierPage) -> OfficialDocument | None:
    """Return the process control sheet so far; None before reception."""
    dossier = page.dossier
    if dossier.received_at is None:
        return None
    offering = offering_of(dossier.offering_id)
    return control_sheet(
        ControlSheet(
            office=office_of(dossier, dossier.receiving_unit),
            dossier_code=dossier.code,
            procedure=dossier.version.name,
            competent_unit=dossier.competent_unit.name,
            received_at=dossier.received_at.astimezone(VIETNAM),
            due_at=dossier.due_at,
            time_limit=str(Limit(Decimal(offering.limit_value), LimitUnit(offering.limit_unit))),
            tracking_url=tracking_of(dossier.code),
            printed_on=now().date(),
            lines=_hand_overs(page),
        )
    )


def _hand_overs(page: DossierPage) -> list[HandOver]:
    papers = {each.position: each for each in PaperHandOver.objects.filter(dossier=page.dossier).order_by("id")}
    lines, giver = [], gettext("Người nộp")
    for holding in page.holdings:
        paper = papers.get(holding.position)
        lines.append(
            HandOver(
                giver=giver,
                receiver=holding.unit.name,
                step=holding.step_name,
                at=holding.started_at,
                due_at=holding.due_at,
                result=_result(holding.due_at, holding.ended_at),
                note=gettext("Có bản giấy") if paper else gettext("Điện tử"),
            )
        )
        giver = holding.unit.name
    return lines


def _result(due_at: datetime, ended_at: datetime | None) -> str:
    if ended_at is None:
        return gettext("Đang giữ")
    if ended_at > due_at:
        return gettext("Quá hạn")
    is_early = ended_at.astimezone(VIETNAM).date() < due_at.astimezone(VIETNAM).date()
    return gettext("Trước hạn") if is_early else gettext("Đúng hạn")


FORMS = {
    "giay-tiep-nhan": Form(
        _("Giấy tiếp nhận và hẹn trả kết quả"), lambda page: receipt_of(page) if page.dossier.received_at else None
    ),
    "phieu-yeu-cau-bo-sung": Form(_("Phiếu yêu cầu bổ sung"), supplement_of),
    "phieu-tu-choi": Form(_("Phiếu từ chối tiếp nhận"), refusal_of),
    "van-ban-xin-loi": Form(_("Văn bản xin lỗi và hẹn lại"), apology_of, is_internal=True),
    "thong-bao-dung": Form(_("Thông báo dừng giải quyết"), stop_of),
    "giay-tra-ket-qua": Form(_("Giấy trả kết quả và mã khảo sát"), result_slip_of),
    "phieu-kiem-soat": Form(_("Phiếu kiểm soát quá trình"), control_of, is_internal=True),
}


def form_of_dossier(slug: str, page: DossierPage, *, is_official: bool) -> OfficialDocument | None:
    """Return the form called ``slug``, or None: there is none, not yet, or it is not for this reader.

    Raises:
        Refused: no form set was in force on its day.
    """
    form = FORMS.get(slug)
    if form is None:
        return None
    if form.is_internal and not is_official and not (slug == "van-ban-xin-loi" and _was_sent(page.dossier)):
        return None
    try:
        return form.describe(page)
    except LookupError as error:
        raise Refused(gettext("Chưa có bộ mẫu giấy của ngày đó.")) from error


def forms_ready(page: DossierPage, *, is_official: bool, has_apology: bool) -> list[tuple[str, str]]:
    """Return (slug, words) of the forms that ``page`` can print for the reader, without drawing any."""
    dossier = page.dossier
    ready = {
        "giay-tiep-nhan": dossier.received_at is not None,
        "phieu-yeu-cau-bo-sung": page.supplement is not None or dossier.state == SUPPLEMENT_BEFORE,
        "phieu-tu-choi": dossier.state == REFUSED,
        "van-ban-xin-loi": has_apology,
        "thong-bao-dung": dossier.state == STOPPED,
        "giay-tra-ket-qua": dossier.returned_at is not None,
        "phieu-kiem-soat": is_official and dossier.received_at is not None,
    }
    return [(slug, str(form.label)) for slug, form in FORMS.items() if ready[slug]]


def _was_sent(dossier: Dossier) -> bool:
    return Apology.objects.filter(dossier=dossier, sent_at__isnull=False).exists()


def _shared(dossier: Dossier, issuer: Unit) -> dict[str, Any]:
    return {
        "office": office_of(dossier, issuer),
        "number": dossier.code.rpartition("-")[2],
        "dossier_code": dossier.code,
        "procedure": dossier.version.name,
        "tracking_url": tracking_of(dossier.code),
        "applicant": applicant_of(dossier),
    }
