"""The slip that goes with a result: how it was handed over, and the one-time code of the survey with its QR (R4.31)."""

from django.conf import settings

from motcua.base.clock import VIETNAM
from motcua.documents.rendering.description import OfficialDocument, Paragraph, QrCode, Signature, Span
from motcua.documents.rendering.wording import instant_in_words
from motcua.dossiers.models import ResultReturn, SurveyInvitation
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.rendering.heads import office_of
from motcua.dossiers.states import AUTHORISED, COLLECTORS, RETURN_METHODS


def survey_address(code: str) -> str:
    """Return the full address that a one-time code opens (``dossiers:survey_by_code``)."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/khao-sat/ma/{code}"


def grouped(code: str) -> str:
    """Return a code as people copy it: ``ABCD-EFGH-JKLM``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def result_slip_of(page: DossierPage) -> OfficialDocument | None:
    """Return the slip of a returned result, None before it went out."""
    dossier = page.dossier
    sent = ResultReturn.objects.filter(dossier=dossier).first()
    invitation = SurveyInvitation.objects.filter(dossier=dossier).first()
    if sent is None or invitation is None:
        return None
    office = office_of(dossier, dossier.receiving_unit)
    lines = [
        ("Mã hồ sơ", dossier.code),
        ("Thủ tục", dossier.version.name),
        ("Người nộp", dossier.organisation_name or dossier.applicant_name),
        ("Kết quả", dossier.result_text),
        ("Hình thức trả", str(RETURN_METHODS[sent.method])),
        ("Người nhận", _collector(sent)),
        ("Gửi đến", sent.address),
        ("Số hiệu bưu gửi", sent.item_number),
        ("Thời gian trả", instant_in_words(sent.at)),
        ("Mã khảo sát sự hài lòng", grouped(invitation.code)),
    ]
    until = f"{invitation.closes_at.astimezone(VIETNAM):%d/%m/%Y}"
    invite = f"Mời Ông/Bà, tổ chức trả lời phiếu khảo sát bằng mã trên hoặc quét mã QR, một lần, đến hết ngày {until}."
    return OfficialDocument(
        superior=office.superior,
        agency=office.agency,
        number="",
        place=office.place,
        day=sent.at.astimezone(VIETNAM).date(),
        kind="Giấy trả kết quả",
        blocks=(
            *(Paragraph((Span(f"{label}: "), Span(value))) for label, value in lines if value),
            Paragraph(invite),
        ),
        signatures=(
            Signature("Người nhận kết quả", sent.collector_name, note="(Ký và ghi rõ họ tên)"),
            Signature("Người trả kết quả", note="(Ký và ghi rõ họ tên)"),
        ),
        qr=QrCode(survey_address(invitation.code), "Quét mã trả lời khảo sát"),
        is_form=True,
    )


def _collector(sent: ResultReturn) -> str:
    if sent.collector == AUTHORISED:
        return f"{sent.collector_name}, {sent.collector_paper}"
    return str(COLLECTORS.get(sent.collector, ""))
