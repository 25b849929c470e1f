"""The life of a plan and of a task's work as tables."""

from django.utils.translation import gettext_lazy as _

DRAFT = "draft"  # read or being written; seen by its own unit and those above
APPROVED = "approved"  # published; its tasks are followed
CLOSED = "closed"  # followed no longer; stays readable
SUPERSEDED = "superseded"  # an amended version took its place; stays readable, counts no more

# Back to a draft: an approval taken back on its own day, before anything was reported.
NEXT = {DRAFT: {APPROVED}, APPROVED: {CLOSED, SUPERSEDED, DRAFT}, CLOSED: set(), SUPERSEDED: set()}
PUBLISHED = frozenset({APPROVED, CLOSED, SUPERSEDED})
COUNTED_STATES = frozenset({APPROVED, CLOSED})  # a superseded version's tasks live on in the next

LABELS = {
    DRAFT: _("Đang rà soát"),
    APPROVED: _("Đã duyệt"),
    CLOSED: _("Đã đóng"),
    SUPERSEDED: _("Đã có bản thay thế"),
}
TONES = {DRAFT: "progress", APPROVED: "good", CLOSED: "neutral", SUPERSEDED: "neutral"}

# An uploaded document on its way to a draft.
WAITING, IN_READING, READ, FAILED, LEFT_OUT = "waiting", "reading", "read", "failed", "dropped"
INTAKE_LABELS = {
    WAITING: _("Chờ đọc"),
    IN_READING: _("Đang đọc"),
    READ: _("Đã đọc"),
    FAILED: _("Không đọc được"),
    LEFT_OUT: _("Đã bỏ"),
}
INTAKE_TONES = {WAITING: "waiting", IN_READING: "progress", READ: "good", FAILED: "danger", LEFT_OUT: "neutral"}

GOVERNMENT, PRIME_MINISTER, PROVINCE, UNIT = "government", "prime_minister", "province", "unit"
ASSIGNERS = {
    GOVERNMENT: _("Chính phủ"),
    PRIME_MINISTER: _("Thủ tướng Chính phủ"),
    PROVINCE: _("UBND tỉnh, Chủ tịch UBND tỉnh"),
    UNIT: _("Đơn vị tự đặt"),
}

# What a line of a task's history says.
PROGRESS, COMPLETED, ACCEPTED, RETURNED, EXTENDED = "progress", "completed", "accepted", "returned", "extended"
POSTPONEMENT_ASKED, POSTPONEMENT_REFUSED, TURN_OPENED = "asked", "refused", "opened"
HANDED_OVER = "handed_over"  # a unit that was succeeded, to its successor
PROGRESS_KINDS = {
    PROGRESS: _("Báo cáo tiến độ"),
    COMPLETED: _("Báo cáo hoàn thành"),
    ACCEPTED: _("Chấp nhận hoàn thành"),
    RETURNED: _("Trả lại, chưa hoàn thành"),
    EXTENDED: _("Đặt lại thời hạn"),
    POSTPONEMENT_ASKED: _("Xin gia hạn"),
    POSTPONEMENT_REFUSED: _("Không đồng ý gia hạn"),
    TURN_OPENED: _("Phát sinh việc"),
    HANDED_OVER: _("Chuyển sang đơn vị kế thừa"),
}
PROGRESS_TONES = {
    PROGRESS: "", COMPLETED: "now", ACCEPTED: "now", RETURNED: "danger", EXTENDED: "", POSTPONEMENT_ASKED: "",
    POSTPONEMENT_REFUSED: "danger", TURN_OPENED: "now", HANDED_OVER: "",
}  # fmt: skip

# How a name in a task's text stands to the tree of units.
UNIT_FOUND, COLLECTIVE, SUCCESSOR, INSIDE, CHOSEN = "unit", "collective", "successor", "inside", "chosen"
ORIGINS = {
    UNIT_FOUND: "",
    COLLECTIVE: _("tên chung"),
    SUCCESSOR: _("đơn vị kế thừa"),
    INSIDE: _("bộ phận của đơn vị"),
    CHOSEN: _("chọn khi rà soát"),
}

# A new last day that a unit asked for.
ASKED, GRANTED, REFUSED = "asked", "granted", "refused"
EXTENSION_LABELS = {ASKED: _("Chờ trả lời"), GRANTED: _("Đồng ý"), REFUSED: _("Không đồng ý")}
EXTENSION_TONES = {ASKED: "waiting", GRANTED: "good", REFUSED: "neutral"}

# How an accepted completion is judged; the year's proposals for reward are drawn from it (C008).
EXCELLENT, GOOD, MET, POOR = "excellent", "good", "met", "poor"
GRADES = {EXCELLENT: _("Xuất sắc"), GOOD: _("Tốt"), MET: _("Đạt"), POOR: _("Chưa đạt")}

# Steps of review that can be undone.
STEP_LABELS = {
    "correct": _("Sửa dòng"),
    "check": _("Đối chiếu dòng"),
    "restore": _("Trả về như bản đọc"),
    "split": _("Tách dòng"),
    "merge": _("Gộp dòng"),
    "move": _("Chuyển chỗ dòng"),
    "drop": _("Bỏ dòng"),
    "bring_back": _("Lấy lại dòng"),
    "add": _("Thêm dòng"),
    "assign": _("Giao đơn vị"),
    "unassign": _("Thôi giao đơn vị"),
    "acknowledge": _("Xác nhận chỗ mất"),
    "describe": _("Sửa thông tin kế hoạch"),
    "accept_sure": _("Nhận mọi dòng chắc chắn"),
    "name_unit": _("Chọn đơn vị cho một tên"),
    "import": _("Nhập từ bảng tính"),
}

# Characters that a field of a row may have.
LONGEST = {"number": 40, "text": 8000, "product": 4000, "lead_text": 2000, "coordinating_text": 2000,
           "deadline_text": 500}  # fmt: skip
