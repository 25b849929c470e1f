"""What happens in a hall. Numbers and windows only: nothing here is about a person who waits."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

_WHERE = ("hall", "label")

TAKEN = Event("ticket.taken", _("Lấy số"), (*_WHERE, "group", "channel", "is_favoured"))
BOOKED = Event("ticket.booked", _("Đặt hẹn"), (*_WHERE, "group", "appointed_at"))
ARRIVED = Event("ticket.arrived", _("Đến theo hẹn"), _WHERE)
CALLED = Event("ticket.called", _("Gọi số"), (*_WHERE, "window", "waited_seconds"))
RECALLED = Event("ticket.recalled", _("Gọi lại"), (*_WHERE, "window", "calls"))
STARTED = Event("ticket.service_started", _("Bắt đầu phục vụ"), (*_WHERE, "window"))
SERVED = Event("ticket.served", _("Phục vụ xong"), (*_WHERE, "window"))
MISSED = Event("ticket.missed", _("Vắng khi gọi"), (*_WHERE, "window", "calls"))
PASSED_ON = Event("ticket.passed_on", _("Chuyển quầy"), (*_WHERE, "window", "to_group", "to_window"))
BROUGHT_BACK = Event("ticket.brought_back", _("Cho vào hàng lại"), _WHERE)
CANCELLED = Event("ticket.cancelled", _("Hủy số"), _WHERE)
LAPSED = Event("ticket.lapsed", _("Hết ngày"), _WHERE)

WINDOW_OPENED = Event("window.opened", _("Mở quầy"))
WINDOW_PAUSED = Event("window.paused", _("Tạm nghỉ"))
WINDOW_RESUMED = Event("window.resumed", _("Làm việc lại"))
WINDOW_CLOSED = Event("window.closed", _("Đóng quầy"))

HALL_SET_UP = Event("hall.set_up", _("Thiết lập sảnh"), ("is_in_use",))
GROUP_SET_UP = Event("hall.group_set_up", _("Thiết lập nhóm dịch vụ"), ("letter", "is_in_use"))
WINDOW_SET_UP = Event("hall.window_set_up", _("Thiết lập quầy"), ("number", "letters", "is_in_use"))
