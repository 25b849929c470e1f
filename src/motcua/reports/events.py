"""What happens to reports."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

OPENED = Event("report.opened", _("Lập báo cáo"), ("period", "regime"))
PREFILLED = Event("report.prefilled", _("Lấy số đo"), ("cells",))
FILLED = Event("report.filled", _("Nhập số liệu"), ("cells",))
LINES_SET = Event("report.lines_set", _("Đặt các dòng của biểu"), ("lines",))
SUBMITTED = Event("report.submitted", _("Gửi báo cáo"), ("errors", "warnings"))
RETURNED = Event("report.returned", _("Trả lại báo cáo"))
ACCEPTED = Event("report.accepted", _("Duyệt báo cáo"))
CELLS_RETURNED = Event("report.cells_returned", _("Trả lại từng ô"), ("cells",))
CONSOLIDATED = Event("report.consolidated", _("Cộng báo cáo cấp dưới"), ("children", "missing", "cells"))
RECEIVED = Event("report.received", _("Xác nhận đã nhận"), ("version",))
NARRATED = Event("report.narrated", _("Viết lời báo cáo"))
SENDING_DAY_SET = Event("report.sending_day_set", _("Đặt ngày gửi báo cáo"), ("regime", "level", "day"))
FORM_MADE = Event("report.form_made", _("Lập biểu mẫu"), ("rows",))
FORM_PUBLISHED = Event("report.form_published", _("Ban hành biểu mẫu"), ("valid_from",))
ASKED = Event("report_request.asked", _("Yêu cầu báo cáo"), ("units", "due_on"))
ANSWERED = Event("report_request.answered", _("Trả lời yêu cầu báo cáo"), ("number",))
ANSWER_SENT_BACK = Event("report_request.sent_back", _("Trả lại báo cáo đột xuất"))
REQUEST_WITHDRAWN = Event("report_request.withdrawn", _("Rút yêu cầu báo cáo"))
