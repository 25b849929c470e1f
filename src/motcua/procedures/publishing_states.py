"""Fixed words of publication: changes, kinds of decision, the lives of decisions and proposals, marks, places."""

from django.utils.translation import gettext_lazy as _

from motcua.procedures.rules.decisions.values import ABOLISHED, LISTED, MODIFIED, NEW, REPLACED

# What a decision does to a procedure that it lists, in the words of rules.decisions.values.
CHANGE_LABELS = {
    NEW: _("Mới ban hành"),
    MODIFIED: _("Sửa đổi, bổ sung"),
    REPLACED: _("Thay thế"),
    ABOLISHED: _("Bãi bỏ"),
    LISTED: _("Nêu trong danh mục"),
}
# What a decision is about (DOMAIN 5.2), in the words of rules.decisions.changes.KINDS.
DECISION_KINDS = {
    "announce_new": _("Công bố thủ tục mới"),
    "announce_modified": _("Công bố thủ tục sửa đổi, bổ sung"),
    "announce_replaced": _("Công bố thủ tục được thay thế"),
    "announce_abolished": _("Công bố thủ tục bãi bỏ"),
    "workflow": _("Phê duyệt quy trình nội bộ"),
    "internal_procedure": _("Thủ tục nội bộ"),
    "non_territorial": _("Không phụ thuộc địa giới"),
    "delegation": _("Ủy quyền, phân cấp"),
    "simplification": _("Đơn giản hóa"),
    "regulation": _("Quy định, quy chế"),
}

READ, DRAFTED = "read", "drafted"  # where a decision comes from
ORIGINS = {READ: _("Tải lên"), DRAFTED: _("Soạn tại đây")}

# uploaded: waiting -> reading -> review -> confirmed -> active; drafted: draft -> opinions -> confirmed -> active
WAITING, IN_READING, FAILED, LEFT_OUT = "waiting", "reading", "failed", "left_out"
REVIEW, DRAFT, IN_OPINIONS, CONFIRMED, ACTIVE = "review", "draft", "opinions", "confirmed", "active"
DECISION_STATES = {
    WAITING: _("Chờ đọc"),
    IN_READING: _("Đang đọc"),
    FAILED: _("Không đọc được"),
    LEFT_OUT: _("Đã bỏ"),
    REVIEW: _("Chờ rà soát"),
    DRAFT: _("Dự thảo"),
    IN_OPINIONS: _("Đang lấy ý kiến"),
    CONFIRMED: _("Chờ ngày hiệu lực"),
    ACTIVE: _("Đã công khai"),
}
DECISION_TONES = {
    WAITING: "waiting", IN_READING: "progress", FAILED: "danger", LEFT_OUT: "neutral", REVIEW: "warning",
    DRAFT: "neutral", IN_OPINIONS: "progress", CONFIRMED: "info", ACTIVE: "good",
}  # fmt: skip
EDITABLE = (REVIEW, DRAFT)

OPEN, TAKEN, PUBLISHED, REFUSED, SETTLED = "open", "taken", "published", "refused", "settled"
PROPOSAL_STATES = {
    OPEN: _("Chờ xử lý"),
    TAKEN: _("Trong quyết định"),
    PUBLISHED: _("Đã công khai"),
    REFUSED: _("Không chấp nhận"),
    SETTLED: _("Không còn khác"),
}
PROPOSAL_TONES = {OPEN: "warning", TAKEN: "info", PUBLISHED: "good", REFUSED: "neutral", SETTLED: "neutral"}

BY_DECISION, UNPUBLISHED, OUTDATED, DIFFERS = "decision", "unpublished", "outdated", "differs"
REASONS = {
    BY_DECISION: _("Theo quyết định"),
    UNPUBLISHED: _("Chưa công bố tại tỉnh"),
    OUTDATED: _("Không còn trong bộ quốc gia"),
    DIFFERS: _("Khác bộ quốc gia"),
}

VERDICTS = {
    "": _("Chưa trả lời"),
    "agree": _("Nhất trí"),
    "amend": _("Nhất trí, đề nghị sửa"),
    "disagree": _("Không nhất trí"),
}

RECEIVES, DECIDES, COORDINATES = "receives", "decides", "coordinates"
ROLES = {RECEIVES: _("Tiếp nhận"), DECIDES: _("Quyết định"), COORDINATES: _("Phối hợp")}

INTERNAL, VERTICAL, NON_TERRITORIAL, LINKED = "internal", "vertical", "non_territorial", "linked"
TRAITS = {
    INTERNAL: _("Thủ tục nội bộ"),
    VERTICAL: _("Cơ quan ngành dọc"),
    NON_TERRITORIAL: _("Không phụ thuộc địa giới"),
    "on_the_spot": _("Giải quyết tại chỗ"),
    "five_on_the_spot": _("5 tại chỗ"),
    "by_post": _("Nhận, trả qua bưu chính"),
    LINKED: _("Liên thông"),
    "essential": _("Dịch vụ công thiết yếu"),
}
TRAIT_OF_KIND = {"internal_procedure": INTERNAL, "non_territorial": NON_TERRITORIAL}

BOARD, PORTAL, WEB_PAGE = "board", "portal", "web_page"
PLACES = {BOARD: _("Bảng niêm yết"), PORTAL: _("Cổng dịch vụ công"), WEB_PAGE: _("Trang thông tin điện tử")}

POSTED, STALE, UNPOSTED = "posted", "stale", "unposted"
POSTING_STATES = {UNPOSTED: _("Chưa niêm yết"), STALE: _("Danh mục đã đổi"), POSTED: _("Đã niêm yết")}

PART_LABELS = {
    "name": _("Tên thủ tục"),
    "decision_number": _("Quyết định công bố"),
    "field": _("Lĩnh vực"),
    "kind": _("Loại thủ tục"),
    "issuing_agency": _("Cơ quan ban hành"),
    "levels": _("Cấp giải quyết"),
    "subjects": _("Đối tượng thực hiện"),
    "executing_agencies": _("Cơ quan thực hiện"),
    "competent_agency": _("Cơ quan có thẩm quyền"),
    "coordinating_agency": _("Cơ quan phối hợp"),
    "reception_address": _("Địa chỉ tiếp nhận"),
    "steps": _("Trình tự thực hiện"),
    "conditions": _("Yêu cầu, điều kiện"),
    "legal_references": _("Căn cứ pháp lý"),
    "channels": _("Cách thức, thời hạn, phí"),
    "papers": _("Thành phần hồ sơ"),
    "results": _("Kết quả thực hiện"),
}
