"""The life of an assessment as a table, and what a list of grades can be."""

from django.utils.translation import gettext_lazy as _

OPEN = "open"  # the unit scores itself
SELF_SCORED = "self_scored"  # sent; the verifiers are at work
VERIFIED = "verified"  # the unit reads what was recognised and may explain
EXPLAINED = "explained"  # the unit explained; the verifiers answer
FINAL = "final"
PUBLISHED = "published"
LEFT_OUT = "left_out"  # taken out of the round, with the reason: a unit that was merged, that had nothing to score

NEXT = {
    OPEN: {SELF_SCORED, LEFT_OUT},
    SELF_SCORED: {OPEN, VERIFIED, LEFT_OUT},
    VERIFIED: {EXPLAINED, FINAL, LEFT_OUT},
    EXPLAINED: {VERIFIED, LEFT_OUT},
    FINAL: {VERIFIED, PUBLISHED},  # back only with a reason
    PUBLISHED: {VERIFIED},  # corrected: what was published stands until a further edition takes its place
    LEFT_OUT: {OPEN},
}
VERIFYING = frozenset({SELF_SCORED, EXPLAINED})
CLOSED = frozenset({FINAL, PUBLISHED})
STANDING = frozenset(NEXT) - {LEFT_OUT}

LABELS = {
    OPEN: _("Đang tự chấm"),
    SELF_SCORED: _("Chờ thẩm định"),
    VERIFIED: _("Đã thẩm định"),
    EXPLAINED: _("Đã giải trình"),
    FINAL: _("Đã chốt điểm"),
    PUBLISHED: _("Đã công bố"),
    LEFT_OUT: _("Không đánh giá"),
}
TONES = {
    OPEN: "progress",
    SELF_SCORED: "waiting",
    VERIFIED: "info",
    EXPLAINED: "waiting",
    FINAL: "good",
    PUBLISHED: "good",
    LEFT_OUT: "neutral",
}

PROPOSED, APPROVED = "proposed", "approved"
GRADE_LIST_LABELS = {PROPOSED: _("Đề xuất"), APPROVED: _("Đã phê duyệt")}
GRADE_LIST_TONES = {PROPOSED: "progress", APPROVED: "good"}
