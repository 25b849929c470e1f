"""The life of a plan and of a task's work as tables."""

from django.utils.translation import gettext_lazy as _

DRAFT = "draft"  # read or being written; seen by its own unit and those above
APPROVED = "approved"  # published; its tasks are followed
CLOSED = "closed"  # followed no longer; stays readable

NEXT = {DRAFT: {APPROVED}, APPROVED: {CLOSED}, CLOSED: set()}
PUBLISHED = frozenset({APPROVED, CLOSED})

LABELS = {DRAFT: _("Đang rà soát"), APPROVED: _("Đã duyệt"), CLOSED: _("Đã đóng")}
TONES = {DRAFT: "progress", APPROVED: "good", CLOSED: "neutral"}

GOVERNMENT, PROVINCE, UNIT = "government", "province", "unit"
ASSIGNERS = {
    GOVERNMENT: _("Chính phủ, Thủ tướng Chính phủ"),
    PROVINCE: _("UBND tỉnh, Chủ tịch UBND tỉnh"),
    UNIT: _("Đơn vị tự đặt"),
}

# What a line of a task's history says.
PROGRESS, COMPLETED, ACCEPTED, RETURNED, EXTENDED = "progress", "completed", "accepted", "returned", "extended"
PROGRESS_KINDS = {
    PROGRESS: _("Báo cáo tiến độ"),
    COMPLETED: _("Báo cáo hoàn thành"),
    ACCEPTED: _("Chấp nhận hoàn thành"),
    RETURNED: _("Trả lại, chưa hoàn thành"),
    EXTENDED: _("Đặt lại thời hạn"),
}
PROGRESS_TONES = {PROGRESS: "", COMPLETED: "now", ACCEPTED: "now", RETURNED: "danger", EXTENDED: ""}

# How a name in a task's text stands to the tree of units.
UNIT_FOUND, COLLECTIVE, SUCCESSOR, INSIDE, CHOSEN = "unit", "collective", "successor", "inside", "chosen"
ORIGINS = {
    UNIT_FOUND: "",
    COLLECTIVE: _("tên chung"),
    SUCCESSOR: _("đơn vị kế thừa"),
    INSIDE: _("bộ phận của đơn vị"),
    CHOSEN: _("chọn khi rà soát"),
}
