"""What shows that a criterion is met: added while a unit scores itself or explains, taken away only before it sends."""

from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import may_score
from motcua.assessments.actions.locking import locked
from motcua.assessments.events import EVIDENCE_ADDED, EVIDENCE_REMOVED
from motcua.assessments.models import Assessment, Evidence, Score
from motcua.assessments.states import OPEN, VERIFIED
from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.documents.actions.storing import keep
from motcua.organizations.models import Account

MOST_FOR_ONE = 20


@dataclass(frozen=True)
class NewEvidence:
    """One of: a file with its name, a link, the public code of a subject of this system; with words about it."""

    file: IO[bytes] | None = None
    name: str = ""
    link: str = ""
    subject: str = ""
    words: str = ""

    @property
    def kind(self) -> str:
        return "file" if self.file else "link" if self.link else "subject" if self.subject else ""


@transaction.atomic
def add_evidence(code: str, unit_code: str, criterion: str, new: NewEvidence, *, actor: Account) -> Evidence:
    """Add one piece of evidence to a criterion.

    Raises:
        Refused: the actor does not work in the unit, the state takes none, it is nothing or several things at once, the
            file is of no kind that is taken, the link is none of the web's, no fact tells of the code.
    """
    assessment = locked(code, unit_code)
    row = _row(assessment, criterion, actor, {OPEN, VERIFIED})
    given = [each for each in (new.file, new.link.strip(), new.subject.strip()) if each]
    if len(given) != 1:
        raise Refused(gettext("Chọn đúng một minh chứng: tệp, đường dẫn hoặc mã."), field="file")
    if row.evidence.count() >= MOST_FOR_ONE:
        raise Refused(gettext("Một tiêu chí có tối đa %(most)s minh chứng.") % {"most": MOST_FOR_ONE}, field="file")
    words = squash(nfc(new.words))
    if len(words) > 300 or "\0" in words:
        raise Refused(gettext("Nội dung quá dài hoặc có ký tự không dùng được."), field="words")
    made = Evidence(score=row, words=words, added_at=now(), added_by=actor.code)
    if new.file:
        made.file = keep(new.file, name=new.name, subject=assessment.code, actor=actor)
    elif new.link.strip():
        made.link = _web_address(new.link.strip())
    else:
        made.subject = _known_subject(new.subject.strip())
    made.save()
    subject, unit = assessment.code, assessment.unit.code
    record(EVIDENCE_ADDED, subject=subject, actor=actor.code, unit=unit, criterion=criterion, kind=new.kind)
    return made


def _row(assessment: Assessment, criterion: str, actor: Account, states: set[str]) -> Score:
    if not may_score(actor, assessment.unit):
        raise Refused(gettext("Bạn không tự chấm điểm cho %(unit)s.") % {"unit": assessment.unit.name})
    if assessment.state not in states:
        words = gettext("Không đổi được minh chứng khi đang ở trạng thái “%(state)s”.")
        raise Refused(words % {"state": assessment.state_label})
    row = assessment.scores.filter(criterion=criterion).first()
    if row is None:
        raise Refused(gettext("Không có tiêu chí “%(code)s”.") % {"code": criterion[:40]})
    return row


def _web_address(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    # Anything but the web could run in the reader's browser.
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > 500 or "\0" in address:
        raise Refused(gettext("Đường dẫn phải bắt đầu bằng http:// hoặc https://, tối đa 500 ký tự."), field="link")
    return address


def _known_subject(code: str) -> str:
    """Return a code that the system's own facts tell of: a report, a plan, a procedure."""
    if len(code) > 80 or "\0" in code or not Fact.objects.filter(subject=code).exists():
        raise Refused(gettext("Hệ thống không có báo cáo, kế hoạch hay thủ tục mang mã này."), field="subject")
    return code


@transaction.atomic
def remove_evidence(code: str, unit_code: str, evidence: int, *, actor: Account) -> None:
    """Take a piece of evidence away before the unit sends; afterwards it belongs to what was judged.

    Raises:
        Refused: the actor does not work in the unit, or the state lets none go.
    """
    assessment = locked(code, unit_code)
    found = Evidence.objects.filter(pk=evidence, score__assessment=assessment).select_related("score", "file").first()
    if found is None:
        raise Refused(gettext("Không có minh chứng này."))
    _row(assessment, found.score.criterion, actor, {OPEN})
    kind = "file" if found.file else "link" if found.link else "subject"
    criterion, subject = found.score.criterion, assessment.code
    found.delete()
    unit = assessment.unit.code
    record(EVIDENCE_REMOVED, subject=subject, actor=actor.code, unit=unit, criterion=criterion, kind=kind)
