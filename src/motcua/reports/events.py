"""What happens to reports."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

OPENED = Event("report.opened", _("Lập báo cáo"), ("period", "regime"))
PREFILLED = Event("report.prefilled", _("Lấy số đo"), ("cells",))
FILLED = Event("report.filled", _("Nhập số liệu"), ("cells",))
SUBMITTED = Event("report.submitted", _("Gửi báo cáo"), ("errors", "warnings"))
RETURNED = Event("report.returned", _("Trả lại báo cáo"))
ACCEPTED = Event("report.accepted", _("Duyệt báo cáo"))
