"""The result as an official document: a draft without number and day, or as it was issued (Decree 30/2020)."""

from datetime import date

from motcua.base.clock import VIETNAM
from motcua.documents.rendering.description import (
    Block,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    QrCode,
    Signature,
)
from motcua.documents.rendering.slips import Office
from motcua.documents.rendering.wording import day_in_words
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier, ResultDocument
from motcua.dossiers.queries.result_templates import template_of
from motcua.dossiers.rendering.heads import office_of, place_above
from motcua.dossiers.rules.result_templates import Filled, ResultTemplate, filled
from motcua.organizations.models import Unit

SIGNER = "Thủ trưởng cơ quan, đơn vị"
# A dossier that never was, for previews: nobody's name, number or address.
INVENTED = {
    "applicant_name": "Nguyễn Văn Mẫu",
    "applicant_identity": "000000000000",
    "applicant_address": "Số 1 đường Mẫu, xã Mẫu",
    "dossier_code": "H00.00.00-000000-0001",
    "procedure_name": "Thủ tục mẫu để xem trước",
    "procedure_code": "0.000000",
    "received_day": "ngày 02 tháng 3 năm 2026",
    "unit_name": "Ủy ban nhân dân xã Mẫu",
    "request_text": "Nội dung đề nghị của người nộp",
}


def known_of(dossier: Dossier) -> dict[str, str]:
    """Return what the dossier gives to a template (``rules.result_templates.KNOWN``)."""
    received = dossier.received_at.astimezone(VIETNAM).date() if dossier.received_at else None
    return {
        "applicant_name": dossier.organisation_name or dossier.applicant_name,
        "applicant_identity": dossier.organisation_tax_code or dossier.identity_number,
        "applicant_address": dossier.address,
        "dossier_code": dossier.code,
        "procedure_name": dossier.version.name,
        "procedure_code": dossier.version.procedure.code,
        "received_day": day_in_words(received) if received else "",
        "unit_name": dossier.competent_unit.name,
        "request_text": dossier.request_text,
    }


def result_of(dossier: Dossier, document: ResultDocument, *, signer: str = "") -> OfficialDocument:
    """Return a drafted version as it was issued, or as a draft; ``signer`` is the name of who approved it.

    Raises:
        LookupError: its template is gone.
    """
    assert document.template_from is not None  # of what was drafted
    template = template_of(document.template, document.template_from)
    day = document.issued_at.astimezone(VIETNAM).date() if document.issued_at else None
    return described(dossier, template, document.values, number=document.number, day=day, signer=signer)


def described(
    dossier: Dossier,
    template: ResultTemplate,
    values: dict[str, str],
    *,
    number: int | None = None,
    day: date | None = None,
    signer: str = "",
) -> OfficialDocument:
    """Return ``template`` filled for ``dossier``; without number and day it is a draft, and says so."""
    text = filled(template, known_of(dossier), values)
    office = office_of(dossier, dossier.competent_unit)
    return _document(template, text, office, dossier.code, number=number, day=day, signer=signer)


def invented(template: ResultTemplate, unit: Unit, *, is_full: bool = True) -> OfficialDocument:
    """Return ``template`` as a draft of ``unit`` for a dossier that never was; each answer is its own label.

    Without ``is_full`` what need not be answered is left empty: the parts under a condition change.
    """
    known = INVENTED | {"unit_name": unit.name}
    values = {ask.name: f"[{ask.label}]" for ask in template.asks if is_full or ask.is_required}
    above = unit.parent
    office = Office(
        agency=(unit.name.upper(),), superior=(above.name.upper(),) if above else (), place=place_above(unit)
    )
    return _document(template, filled(template, known, values), office, known["dossier_code"])


def _document(
    template: ResultTemplate,
    text: Filled,
    office: Office,
    code: str,
    *,
    number: int | None = None,
    day: date | None = None,
    signer: str = "",
) -> OfficialDocument:
    shown = f"{number:02d}" if number else "\u00a0" * 6
    return OfficialDocument(
        superior=office.superior,
        agency=office.agency,
        number=f"{shown}/{template.symbol}",
        place=office.place,
        day=day,
        kind=text.kind,
        subject=text.subject,
        form_label="" if number else "DỰ THẢO",
        addressees=text.addressees,
        legal_bases=text.legal_bases,
        blocks=_blocks(text),
        signatures=(Signature(SIGNER, signer),),
        recipients=text.recipients,
        qr=QrCode(tracking_of(code), "Quét mã tra cứu hồ sơ"),
    )


def _blocks(text: Filled) -> tuple[Block, ...]:
    found: list[Block] = []
    for part in text.parts:
        if part.kind == "items":
            found.append(NumberedList(part.items))
        elif part.kind == "heading":
            found.append(Heading(part.text, level=1, align="center"))
        else:
            found.append(Paragraph(part.text))
    return tuple(found)
