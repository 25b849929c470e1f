"""What happens on the way to publication: decisions, proposals, opinions, marks, posted lists."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

DECISION_KEPT = Event("decision.kept", _("Tải lên quyết định"), ("sha256",))
DECISION_READ = Event("decision.read", _("Đọc quyết định"), ("rows", "kinds"))
DECISION_UNREAD = Event("decision.unread", _("Không đọc được quyết định"))
DECISION_READ_AGAIN = Event("decision.read_again", _("Đọc lại quyết định"))
DECISION_LEFT_OUT = Event("decision.left_out", _("Bỏ quyết định khỏi danh sách"))
DECISION_CORRECTED = Event("decision.corrected", _("Sửa thông tin quyết định"), ("fields",))
DECISION_ROW_CORRECTED = Event(
    "decision.row_corrected", _("Sửa dòng của quyết định"), ("position", "procedure", "change", "dropped")
)
DECISION_CONFIRMED = Event(
    "decision.confirmed", _("Xác nhận nội dung quyết định"), ("number", "valid_from", "proposals")
)
DECISION_ACTIVE = Event("decision.activated", _("Quyết định có hiệu lực trong danh mục"), ("published", "marked"))
DECISION_DRAFTED = Event("decision.drafted", _("Soạn dự thảo quyết định"), ("proposals", "valid_from"))
OPINIONS_ASKED = Event("decision.opinions_asked", _("Lấy ý kiến dự thảo"), ("units", "due_on"))
OPINION_GIVEN = Event("decision.opinion_given", _("Góp ý dự thảo"), ("unit", "verdict"))
DECISION_SIGNED = Event("decision.signed", _("Ban hành quyết định"), ("number", "signed_on", "sha256"))

PROCEDURE_PUBLISHED = Event(
    "procedure.published", _("Công khai phiên bản thủ tục"), ("change", "valid_from", "decision", "proposal")
)
PROPOSAL_STUCK = Event("proposal.stuck", _("Đề xuất không công khai được"), ("reason",))
PROPOSAL_REFUSED = Event("proposal.refused", _("Không chấp nhận đề xuất"))
NATIONAL_SET_IMPORTED = Event(
    "national_set.imported", _("Nạp bộ thủ tục quốc gia"), ("file", "rows", "changed", "is_list")
)
DIFFERENCES_FOUND = Event("national_set.compared", _("Đối chiếu với bộ thủ tục quốc gia"), ("new", "settled", "open"))
PROCEDURE_MARKED = Event("procedure.marked", _("Đánh dấu thủ tục"), ("trait", "valid_from", "ended"))
AUTHORITY_SET = Event("procedure.authority_set", _("Xác định thẩm quyền"), ("role", "unit", "unit_kind", "valid_from"))
LIST_POSTED = Event("procedure_list.posted", _("Niêm yết danh mục thủ tục"), ("place", "procedures", "digest", "proof"))
