"""What happens to a dossier. Codes and times only: no name, no text that a person typed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM
from motcua.base.facts import Event


def as_text(instant: datetime) -> str:
    """Return an instant as it stands in a fact: ISO 8601 in Vietnam's zone, whatever zone it came in."""
    return instant.astimezone(VIETNAM).isoformat()


FILED = Event("dossier.filed", _("Nộp hồ sơ"), ("channel", "procedure"))
RECEIVED = Event("dossier.received", _("Tiếp nhận hồ sơ"), ("due_at", "channel", "procedure"))
REFUSED = Event("dossier.refused", _("Từ chối tiếp nhận"))
FORWARDED = Event("dossier.forwarded", _("Chuyển bước xử lý"), ("step", "to_unit", "due_at"))
CLAIMED = Event("dossier.claimed", _("Nhận xử lý"))
ASSIGNED = Event("dossier.assigned", _("Phân công"), ("to",))  # an account code
SUPPLEMENT_REQUESTED = Event("dossier.supplement_requested", _("Yêu cầu bổ sung"), ("due_at",))
SUPPLEMENTED = Event("dossier.supplemented", _("Đã bổ sung"), ("due_at",))
PROPOSED = Event("dossier.proposed", _("Trình kết quả"), ("step", "to_unit", "due_at"))
SENT_BACK = Event("dossier.sent_back", _("Trả lại để làm lại"), ("step", "to_unit", "due_at"))
APPROVED = Event("dossier.approved", _("Phê duyệt kết quả"), ("is_on_time", "to_unit"))
RETURNED = Event("dossier.returned", _("Trả kết quả"), ("method",))
WITHDRAWN = Event("dossier.withdrawn", _("Rút hồ sơ"))
STOPPED = Event("dossier.stopped", _("Dừng xử lý"))
PAID = Event("dossier.fee_paid", _("Thu phí, lệ phí"), ("amount", "method"))
RATED = Event("dossier.rated", _("Người nộp đánh giá"), ("is_satisfied",))

# Work among officials: none of it is shown to the public.
EXPLANATION_ASKED = Event("dossier.explanation_asked", _("Yêu cầu giải trình trễ hạn"), ("step", "answer_by"))
EXPLAINED = Event("dossier.explained", _("Đã giải trình trễ hạn"))
APOLOGY_DRAFTED = Event("dossier.apology_drafted", _("Dự thảo văn bản xin lỗi"), ("is_proposed",))
APOLOGY_APPROVED = Event("dossier.apology_approved", _("Ký văn bản xin lỗi"))
STUCK = Event("dossier.stuck", _("Hồ sơ đứng yên"), ("step", "since"))
TAKEN_BACK = Event("dossier.taken_back", _("Thu hồi việc chuyển bước"), ("step", "to_unit", "due_at"))
REMARKED = Event("dossier.remarked", _("Ý kiến trao đổi"), ("mentioned",))  # account codes
PAPERS_GIVEN = Event("dossier.papers_given", _("Giao hồ sơ giấy"), ("step", "to_unit"))
PAPERS_TAKEN = Event("dossier.papers_taken", _("Nhận hồ sơ giấy"))
INTERNAL = frozenset(
    event.verb
    for event in (EXPLANATION_ASKED, EXPLAINED, APOLOGY_DRAFTED, APOLOGY_APPROVED, STUCK, REMARKED, PAPERS_GIVEN,
                  PAPERS_TAKEN)
)  # fmt: skip

APOLOGISED = Event("dossier.apologised", _("Xin lỗi và hẹn lại"), ("new_due_at", "is_in_time"))
LATE_LIST_PUBLISHED = Event("late_list.published", _("Công khai danh sách hồ sơ trễ hạn"), ("count",))
