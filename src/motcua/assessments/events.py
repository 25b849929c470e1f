"""What happens to sets of criteria, rounds, assessments and grades. Points and codes only, no words about people."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

SET_MADE = Event("criteria_set.made", _("Soạn bộ tiêu chí"), ("number", "criteria"))
SET_PUBLISHED = Event("criteria_set.published", _("Ban hành bộ tiêu chí"), ("number", "digest"))
ROUND_OPENED = Event("assessment_round.opened", _("Mở đợt đánh giá"), ("period", "units", "set"))
DAYS_CHANGED = Event(
    "assessment_round.days_changed",
    _("Đổi thời hạn đợt đánh giá"),
    ("self_score_by", "verify_by", "explain_by", "publish_by"),
)
UNIT_ADDED = Event("assessment_round.unit_added", _("Thêm đơn vị vào đợt"), ("to",))
ROUND_PUBLISHED = Event("assessment_round.published", _("Công bố kết quả đánh giá"), ("edition", "digest", "units"))

MEASURED = Event("assessment.measured", _("Lấy số đo"), ("criteria",))
SCORED = Event("assessment.scored", _("Tự chấm điểm"), ("criteria",))
EVIDENCE_ADDED = Event("assessment.evidence_added", _("Thêm minh chứng"), ("criterion", "kind"))
EVIDENCE_REMOVED = Event("assessment.evidence_removed", _("Bỏ minh chứng"), ("criterion", "kind"))
SENT = Event("assessment.sent", _("Gửi điểm tự chấm"), ("points",))
SENT_BACK = Event("assessment.sent_back", _("Trả lại để tự chấm lại"))
JUDGED = Event("assessment.judged", _("Thẩm định tiêu chí"), ("criteria",))
VERIFIED = Event("assessment.verified", _("Thẩm định xong"), ("points",))
EXPLAINED = Event("assessment.explained", _("Giải trình"), ("criteria",))
AGREED = Event("assessment.agreed", _("Đồng ý kết quả thẩm định"))
FINISHED = Event("assessment.finished", _("Chốt điểm"), ("points", "most"))
REOPENED = Event("assessment.reopened", _("Mở lại sau khi chốt"))
LEFT_OUT = Event("assessment.left_out", _("Đưa ra khỏi đợt đánh giá"))
TAKEN_BACK_IN = Event("assessment.taken_back_in", _("Đưa lại vào đợt đánh giá"))

SCHEME_SET = Event("grade_scheme.set", _("Đặt cách xếp loại"), ("valid_from",))
GRADES_PROPOSED = Event("grade_list.proposed", _("Đề xuất xếp loại"), ("made_from", "units"))
GRADE_CHANGED = Event("grade_list.grade_changed", _("Đổi mức xếp loại"), ("of", "is_head", "grade"))
GRADES_APPROVED = Event("grade_list.approved", _("Phê duyệt xếp loại"), ("grades",))
