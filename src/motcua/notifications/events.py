"""What happens to messages and to what an account wants. No address, no words: channels and kinds only."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

GIVEN_UP = Event("message.given_up", _("Không gửi được thông báo"), ("channel", "kind", "fault", "attempts"))
RETRIED = Event("message.retried", _("Gửi lại thông báo"), ("channel", "kind"))
DROPPED_BY_HAND = Event("message.dropped", _("Bỏ thông báo không gửi được"), ("channel", "kind"))
PREFERRED = Event("account.preferences_changed", _("Đổi cách nhận thông báo"), ("changed",))  # ["kind/channel", …]
CODE_SENT = Event("account.contact_code_sent", _("Gửi mã xác nhận địa chỉ"), ("medium",))
VERIFIED = Event("account.contact_verified", _("Xác nhận địa chỉ nhận tin"), ("medium",))
CONTACT_REMOVED = Event("account.contact_removed", _("Bỏ địa chỉ nhận tin"), ("medium",))
