"""What happens to a dossier. Codes and times only: no name, no text that a person typed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM
from motcua.base.facts import Event


def as_text(instant: datetime) -> str:
    """Return an instant as it stands in a fact: ISO 8601 in Vietnam's zone, whatever zone it came in."""
    return instant.astimezone(VIETNAM).isoformat()


# repeats: code of a like dossier; is_assisted, is_elsewhere: filed by a helper, taken in at another counter (if so).
FILED = Event(
    "dossier.filed", _("Nộp hồ sơ"), ("channel", "procedure", "repeats", "is_assisted", "consent", "is_elsewhere")
)
GUIDED = Event("dossier.guided", _("Hướng dẫn hoàn thiện hồ sơ"))
COMPLETED = Event("dossier.completed", _("Đã hoàn thiện theo hướng dẫn"))
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
OBLIGATION_ASKED = Event("dossier.obligation_asked", _("Thông báo nghĩa vụ tài chính"), ("due_at",))
OBLIGATION_SETTLED = Event("dossier.obligation_settled", _("Đã thực hiện nghĩa vụ tài chính"), ("due_at",))
WITHDRAWAL_ASKED = Event("dossier.withdrawal_asked", _("Đề nghị rút hồ sơ"), ("answer_by",))
WITHDRAWAL_TURNED_DOWN = Event("dossier.withdrawal_turned_down", _("Không đồng ý cho rút hồ sơ"), ("due_at",))
WITHDRAWAL_TAKEN_BACK = Event("dossier.withdrawal_taken_back", _("Thôi đề nghị rút hồ sơ"), ("due_at",))
PAPERS_GIVEN_BACK = Event("dossier.papers_given_back", _("Trả lại giấy tờ của người nộp"), ("method",))
LINKED = Event("dossier.linked", _("Gắn hồ sơ liên quan"), ("other", "kind"))
UNLINKED = Event("dossier.unlinked", _("Bỏ gắn hồ sơ liên quan"), ("other",))
ONE_VISIT = Event("dossier.handled_in_one_visit", _("Giải quyết tại chỗ"), ("kind",))
GIVEN_TO_POST = Event("dossier.given_to_post", _("Giao cho bưu chính"), ("what",))
PAID = Event("dossier.fee_paid", _("Thu phí, lệ phí"), ("amount", "method"))
RATED = Event("dossier.rated", _("Người nộp đánh giá"), ("is_satisfied",))
SURVEYED = Event("dossier.surveyed", _("Trả lời phiếu khảo sát"), ("form", "way"))
RESULT_SIGNED = Event("dossier.result_signed", _("Gắn bản kết quả đã ký"), ("version",))
RESULT_OPENED = Event("dossier.result_opened", _("Người nộp đã nhận kết quả điện tử"))
RESULT_ARRIVED = Event("dossier.result_arrived", _("Bưu chính đã phát kết quả"))
COLLECTION_REMINDED = Event("dossier.collection_reminded", _("Nhắc nhận kết quả"), ("method",))

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
RESULT_DRAFTED = Event("dossier.result_drafted", _("Soạn dự thảo kết quả"), ("version", "template"))
INTERNAL = frozenset(
    event.verb
    for event in (EXPLANATION_ASKED, EXPLAINED, APOLOGY_DRAFTED, APOLOGY_APPROVED, STUCK, REMARKED, PAPERS_GIVEN,
                  PAPERS_TAKEN, RESULT_DRAFTED)
)  # fmt: skip

APOLOGISED = Event("dossier.apologised", _("Xin lỗi và hẹn lại"), ("new_due_at", "is_in_time"))
# Who was looked up is nobody's to read: the subject is who looked, the number stands nowhere.
LOOKED_UP = Event("counter.looked_up_applicant", _("Tra người nộp đã biết"), ("found",))
LATE_LIST_PUBLISHED = Event("late_list.published", _("Công khai danh sách hồ sơ trễ hạn"), ("count",))

# Of a list of things given to the post
POST_LIST_MADE = Event("post_list.made", _("Lập bảng kê giao bưu chính"), ("count",))
POST_LIST_SENT = Event("post_list.sent", _("Giao bảng kê cho bưu chính"), ("count",))
POST_LIST_CONFIRMED = Event("post_list.confirmed", _("Bưu chính ký nhận bảng kê"), ("count",))

# Of the province's own words. The subject is a template's code.
TEMPLATE_SET = Event("result_template.set", _("Ban hành mẫu kết quả"), ("valid_from",))
TEMPLATE_CHANGED = Event("result_template.changed", _("Sửa mẫu kết quả chưa dùng"), ("valid_from",))
TEMPLATE_ENDED = Event("result_template.ended", _("Thôi dùng mẫu kết quả"), ("valid_from", "valid_to"))
TEMPLATE_REOPENED = Event("result_template.reopened", _("Dùng tiếp mẫu kết quả"), ("valid_from",))
TEMPLATE_WITHDRAWN = Event("result_template.withdrawn", _("Bỏ mẫu kết quả chưa dùng"), ("valid_from",))
# The subject is the event that is told.
WORDS_SET = Event("message_words.set", _("Đặt lời nhắn"), ("channel", "valid_from"))
WORDS_RESET = Event("message_words.reset", _("Dùng lại lời nhắn có sẵn"), ("channel", "valid_from"))
WORDS_DROPPED = Event("message_words.dropped", _("Bỏ lời nhắn chưa áp dụng"), ("channel", "valid_from"))
