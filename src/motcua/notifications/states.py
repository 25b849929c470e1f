"""Channels, the life of a message, and why one did not go."""

from django.utils.translation import gettext_lazy as _

EMAIL, SMS, ZALO = "email", "sms", "zalo"
CHANNELS = {EMAIL: _("Thư điện tử"), SMS: _("Tin nhắn SMS"), ZALO: _("Zalo")}

# What an account gives for a channel: Zalo finds people by their phone number.
PHONE = "phone"
MEDIA = {EMAIL: _("Thư điện tử"), PHONE: _("Số điện thoại")}
MEDIUM_OF = {EMAIL: EMAIL, SMS: PHONE, ZALO: PHONE}

WAITING = "waiting"  # owed, or to be tried again
SENT = "sent"  # taken by the gateway
DEAD = "dead"  # given up after the last attempt, or refused for good: somebody must look
DROPPED = "dropped"  # its channel was closed, or somebody looked and let it go
STATES = {WAITING: _("Chờ gửi"), SENT: _("Đã gửi"), DEAD: _("Không gửi được"), DROPPED: _("Đã bỏ")}

TIMEOUT, UNREACHED, BUSY, REFUSED, BAD_ADDRESS, UNREADABLE, CLOSED = (
    "timeout", "unreached", "busy", "refused", "bad_address", "unreadable", "closed",
)  # fmt: skip
FAULTS = {
    TIMEOUT: _("Cổng gửi không trả lời kịp"),
    UNREACHED: _("Không kết nối được cổng gửi"),
    BUSY: _("Cổng gửi đang bận hoặc gặp lỗi"),
    REFUSED: _("Cổng gửi từ chối"),
    BAD_ADDRESS: _("Địa chỉ nhận không dùng được"),
    UNREADABLE: _("Không đọc được trả lời của cổng gửi"),
    CLOSED: _("Kênh gửi chưa mở"),
}
