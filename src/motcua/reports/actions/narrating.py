"""Writing the words of a report; numbers in them are bound to its cells."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account
from motcua.reports.access import may_write
from motcua.reports.events import NARRATED
from motcua.reports.models import Report

LONGEST = 60_000


@transaction.atomic
def narrate(code: str, text: str, *, seen_at: datetime | None = None, actor: Account) -> Report:
    """Keep the words of the report.

    Raises:
        Refused: the actor may not write it, it is sent, the text is too long, or somebody wrote since ``seen_at``.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("unit__parent").get(code=code)
    if not may_write(actor, report.unit):
        raise Refused(gettext("Bạn không lập báo cáo cho %(unit)s.") % {"unit": report.unit})
    if not report.is_open:
        raise Refused(gettext("Báo cáo đang ở trạng thái “%(state)s”, không sửa được.") % {"state": report.state_label})
    text = nfc(text.replace("\r\n", "\n")).strip()
    if len(text) > LONGEST or "\0" in text:
        raise Refused(gettext("Lời báo cáo quá dài hoặc có ký tự không dùng được."), field="text")
    if seen_at and report.narrative_at and report.narrative_at > seen_at and report.narrative != text:
        raise Refused(gettext("Lời báo cáo vừa được người khác sửa. Chữ của bạn còn đây; hãy mở bản mới bên cạnh."))
    report.narrative, report.narrative_at = text, now()
    report.save(update_fields=["narrative", "narrative_at"])
    record(NARRATED, subject=report.code, actor=actor.code, unit=report.unit.code)
    return report
