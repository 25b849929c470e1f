"""What happens to plans and their tasks. No free text: names, notes and reasons stay in their rows."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

READ = Event("plan.read", _("Đọc văn bản kế hoạch"), ("tasks", "targets", "missing", "sha256"))
DESCRIBED = Event("plan.described", _("Sửa thông tin kế hoạch"), ("fields",))
LOSS_SEEN = Event("plan.loss_seen", _("Xác nhận chỗ mất của văn bản"), ("key",))
APPROVED = Event("plan.approved", _("Duyệt kế hoạch"), ("tasks", "units"))
CLOSED = Event("plan.closed", _("Đóng kế hoạch"))
CORRECTED = Event("task.corrected", _("Sửa dòng"), ("plan", "fields"))
CHECKED = Event("task.checked", _("Đối chiếu dòng với văn bản"), ("plan",))
RESTORED = Event("task.restored", _("Trả về như bản đọc"), ("plan",))
SPLIT = Event("task.split", _("Tách dòng"), ("plan", "into"))
MERGED = Event("task.merged", _("Gộp dòng"), ("plan", "merged"))
MOVED = Event("task.moved", _("Chuyển chỗ dòng"), ("plan", "position"))
DROPPED = Event("task.dropped", _("Bỏ dòng"), ("plan",))
BROUGHT_BACK = Event("task.brought_back", _("Lấy lại dòng đã bỏ"), ("plan",))
ADDED = Event("task.added", _("Thêm dòng"), ("plan",))
ASSIGNED = Event("task.assigned", _("Giao đơn vị"), ("plan", "to", "is_lead"))
UNASSIGNED = Event("task.unassigned", _("Thôi giao đơn vị"), ("plan", "from_unit"))
PROGRESSED = Event("task.progressed", _("Báo cáo tiến độ"), ("plan", "percent", "evidence"))
COMPLETED = Event("task.completed", _("Báo cáo hoàn thành"), ("plan", "on_day", "evidence"))
ACCEPTED = Event("task.accepted", _("Chấp nhận hoàn thành"), ("plan", "of_unit", "on_day"))
RETURNED = Event("task.returned", _("Trả lại, chưa hoàn thành"), ("plan", "of_unit"))
EXTENDED = Event("task.extended", _("Đặt lại thời hạn"), ("plan", "due_on", "before"))
BOUND = Event("plan_target.bound", _("Gắn chỉ tiêu với chỉ số"), ("plan", "indicator", "unit_kind"))
UNBOUND = Event("plan_target.unbound", _("Bỏ gắn chỉ tiêu"), ("plan", "indicator"))
