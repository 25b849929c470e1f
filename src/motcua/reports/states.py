"""The life of a report as a table."""

from django.utils.translation import gettext_lazy as _

DRAFT = "draft"
SUBMITTED = "submitted"
RETURNED = "returned"  # sent back by the office, with words; may be changed again
ACCEPTED = "accepted"

NEXT = {
    DRAFT: {SUBMITTED},
    SUBMITTED: {RETURNED, ACCEPTED},
    RETURNED: {SUBMITTED},
    ACCEPTED: {RETURNED},  # reopened, with trace
}
OPEN_STATES = frozenset({DRAFT, RETURNED})

LABELS = {
    DRAFT: _("Đang lập"),
    SUBMITTED: _("Đã gửi"),
    RETURNED: _("Bị trả lại"),
    ACCEPTED: _("Đã duyệt"),
}
TONES = {DRAFT: "progress", SUBMITTED: "waiting", RETURNED: "warning", ACCEPTED: "good"}

MEASURED, TYPED, COMPUTED, SUMMED = "measured", "typed", "computed", "summed"
ORIGINS = {MEASURED: _("số đo"), TYPED: _("nhập tay"), COMPUTED: _("công thức"), SUMMED: _("cộng cấp dưới")}
