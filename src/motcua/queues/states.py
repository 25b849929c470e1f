"""The life of a ticket as a table, and what a window can be."""

from django.utils.translation import gettext_lazy as _

BOOKED = "booked"  # an appointment whose person has not come yet
WAITING = "waiting"
CALLED = "called"  # shown on the screen, nobody at the window yet
SERVING = "serving"
SERVED = "served"
ABSENT = "absent"  # called so often that somebody else's turn came
CANCELLED = "cancelled"  # by the person
LAPSED = "lapsed"  # the day ended first

NEXT = {
    BOOKED: {WAITING, CANCELLED, LAPSED},
    WAITING: {CALLED, CANCELLED, LAPSED},
    CALLED: {SERVING, ABSENT, WAITING, CANCELLED, LAPSED},
    SERVING: {SERVED, WAITING},
    ABSENT: {WAITING},
    SERVED: set(),
    CANCELLED: set(),
    LAPSED: set(),
}

AT_WINDOW = frozenset({CALLED, SERVING})
LEFT_OVER = frozenset({BOOKED, WAITING, CALLED, SERVING})  # what the night finds open

LABELS = {
    BOOKED: _("Đã đặt hẹn"),
    WAITING: _("Đang chờ"),
    CALLED: _("Đang được gọi"),
    SERVING: _("Đang phục vụ"),
    SERVED: _("Đã xong"),
    ABSENT: _("Vắng khi gọi"),
    CANCELLED: _("Đã hủy"),
    LAPSED: _("Hết ngày chưa được gọi"),
}
TONES = {BOOKED: "info", WAITING: "waiting", CALLED: "progress", SERVING: "progress", SERVED: "good"}

# How a turn at a window ended (Turn.outcome); "" while it lasts
PASSED_ON = "passed_on"

OPEN, PAUSED, CLOSED = "open", "paused", "closed"
WINDOW_LABELS = {OPEN: _("Đang mở"), PAUSED: _("Tạm nghỉ"), CLOSED: _("Đóng")}

# How a ticket came about
KIOSK, PHONE, APPOINTMENT, DESK = "kiosk", "phone", "appointment", "desk"
CHANNELS = {
    KIOSK: _("Máy lấy số"),
    PHONE: _("Điện thoại"),
    APPOINTMENT: _("Đặt hẹn"),
    DESK: _("Cán bộ hướng dẫn"),
}
