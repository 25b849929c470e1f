"""What is handed in: who asks, for whom, how it came, and the papers; checked and written alike in every channel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.code import is_dossier_code
from motcua.dossiers.states import POST, RETURN_METHODS
from motcua.organizations.models import Account

MOST_PAPERS = 100
_POST_ITEM = re.compile(r"[A-Z0-9]{6,40}")  # S10 numbers (EE123456789VN) and those of other carriers


@dataclass(frozen=True)
class Applicant:
    """Who asks, as written in the form, and for which organisation. Lengths and forms are checked when filing."""

    name: str
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    organisation_name: str = ""  # on whose behalf; "": the person's own matter
    organisation_tax_code: str = ""


@dataclass(frozen=True)
class Circumstances:
    """How it came in and how the result shall go out; all of it may be left empty.

    ``repeats`` is the code of a like dossier that was known when it was filed nevertheless; ``ticket`` the code of the
    number drawn in the hall; ``post_item`` the number of the item that it came in.
    """

    post_item: str = ""
    ticket: str = ""
    repeats: str = ""
    return_method: str = ""  # of states.RETURN_METHODS
    return_address: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper handed in: which component it answers, and its file where it came electronically.

    ``file_id`` is a file that the actor sent: kept for ``storing.inbox_of(actor)``, or for the dossier's code.
    """

    component_name: str
    file_id: int | None = None
    is_original: bool = False
    quantity: int = 1


def put_down(dossier: Dossier, applicant: Applicant, circumstances: Circumstances) -> None:
    """Write who asks and the circumstances into the dossier, checked. Saves nothing.

    Raises:
        Refused: something is missing, too long or of another form than it should be; ``field`` names it.
    """
    dossier.applicant_name = wording.line(
        applicant.name, field="applicant_name", label=gettext("họ tên người nộp"), longest=200, required=True
    )
    dossier.identity_number = wording.identity_number(applicant.identity_number)
    dossier.phone = wording.phone(applicant.phone)
    dossier.email = wording.email(applicant.email)
    dossier.address = wording.line(applicant.address, field="address", label=gettext("địa chỉ"), longest=250)
    _put_organisation(dossier, applicant)
    _put_circumstances(dossier, circumstances)


def _put_organisation(dossier: Dossier, applicant: Applicant) -> None:
    dossier.organisation_tax_code = wording.tax_code(applicant.organisation_tax_code)
    dossier.organisation_name = wording.line(
        applicant.organisation_name,
        field="organisation_name",
        label=gettext("tên tổ chức"),
        longest=250,
        required=bool(dossier.organisation_tax_code),
    )


def _put_circumstances(dossier: Dossier, circumstances: Circumstances) -> None:
    method, repeats = circumstances.return_method, circumstances.repeats
    if method and method not in RETURN_METHODS:
        raise Refused(gettext("Không có hình thức trả kết quả này."), field="return_method")
    address = wording.line(
        circumstances.return_address, field="return_address", label=gettext("địa chỉ nhận kết quả"), longest=250
    )
    if method == POST and not (address or dossier.address):
        raise Refused(gettext("Cần ghi địa chỉ để gửi kết quả qua bưu chính."), field="return_address")
    if repeats and not is_dossier_code(repeats):
        raise Refused(gettext("Mã hồ sơ trước không đúng dạng."), field="repeats")
    dossier.return_method, dossier.return_address, dossier.repeats = method, address, repeats
    dossier.post_item = _post_item(circumstances.post_item, dossier.channel)
    dossier.ticket = wording.line(circumstances.ticket, field="ticket", label=gettext("số thứ tự"), longest=40)


def _post_item(text: str, channel: str) -> str:
    number = re.sub(r"[\s.-]", "", wording.line(text, field="post_item", label="", longest=60)).upper()
    if number and channel != POST:
        raise Refused(gettext("Chỉ hồ sơ đến qua bưu chính mới có số hiệu bưu gửi."), field="post_item")
    if number and not _POST_ITEM.fullmatch(number):
        raise Refused(gettext("Số hiệu bưu gửi gồm 6 đến 40 chữ cái, chữ số không dấu."), field="post_item")
    return number


def checked_papers(papers: Sequence[Paper]) -> list[Paper]:
    """Return ``papers`` with clean names.

    Raises:
        Refused: too many papers, one without a name, or a number of copies out of range.
    """
    if len(papers) > MOST_PAPERS:
        raise Refused(gettext("Mỗi hồ sơ tối đa %(most)s giấy tờ.") % {"most": MOST_PAPERS}, field="papers")
    for paper in papers:
        if not 0 < paper.quantity <= 100:
            raise Refused(gettext("Số bản của mỗi giấy tờ từ 1 đến 100."), field="papers")
    label = gettext("tên giấy tờ")
    return [
        replace(
            paper,
            component_name=wording.line(paper.component_name, field="papers", label=label, longest=2000, required=True),
        )
        for paper in papers
    ]


def write_papers(dossier: Dossier, papers: Sequence[Paper], *, at: datetime, actor: Account) -> None:
    """Add ``papers`` to the dossier, checked; their files belong to it from now on.

    Raises:
        Refused: too many papers, one without a name, a number of copies out of range, or a file that is not theirs.
    """
    storing.claim([paper.file_id for paper in papers if paper.file_id], subject=dossier.code, actor=actor)
    DossierPaper.objects.bulk_create(paper_rows(dossier, checked_papers(papers), at=at))


def paper_rows(dossier: Dossier, papers: Sequence[Paper], *, at: datetime) -> list[DossierPaper]:
    """Return the unsaved rows of checked ``papers``."""
    return [
        DossierPaper(
            dossier=dossier,
            component_name=paper.component_name,
            file_id=paper.file_id,
            is_original=paper.is_original,
            quantity=paper.quantity,
            added_at=at,
        )
        for paper in papers
    ]
