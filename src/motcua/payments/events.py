"""What happens to money. Numbers, codes and amounts only."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

# The subject of these is the number of the order; ``fee`` is the code of what is paid for.
ORDER_OPENED = Event("order.opened", _("Tạo lần thanh toán trực tuyến"), ("fee", "amount"))
ORDER_PAID = Event("order.paid", _("Thanh toán trực tuyến thành công"), ("fee", "amount", "transaction"))
ORDER_ENDED = Event("order.ended", _("Lần thanh toán kết thúc, chưa có tiền"), ("fee", "state"))
MONEY_STRAYED = Event("order.strayed", _("Có tiền không thuộc khoản phải thu"), ("verdict", "amount", "transaction"))

# The subject is unit and number of the receipt.
RECEIPT_ISSUED = Event("receipt.issued", _("Lập biên lai"), ("fee", "amount"))
RECEIPT_CANCELLED = Event("receipt.cancelled", _("Hủy biên lai"), ("fee", "amount"))

# The subject is the number of the refund.
REFUND_ASKED = Event("refund.asked", _("Đề nghị hoàn tiền"), ("fee", "amount", "transaction"))
REFUND_APPROVED = Event("refund.approved", _("Duyệt hoàn tiền"), ("amount",))
REFUND_TURNED_DOWN = Event("refund.turned_down", _("Không duyệt hoàn tiền"), ("amount",))
REFUND_SENT = Event("refund.sent", _("Gửi lệnh hoàn tiền"), ("amount",))
REFUND_DONE = Event("refund.done", _("Đã hoàn tiền"), ("fee", "amount"))
REFUND_FAILED = Event("refund.failed", _("Hoàn tiền không được"), ("amount",))

# The subject is "statement:<gateway>:<day>".
STATEMENT_LOADED = Event("statement.loaded", _("Nạp sao kê"), ("payments", "refunds", "amount", "differences"))
DIFFERENCE_CLOSED = Event("statement.difference_closed", _("Đóng một khoản chênh lệch"), ("kind", "transaction"))

ACCOUNT_NAMED = Event("collecting_account.named", _("Ghi tài khoản thu phí"), ("valid_from",))
ACCOUNT_ENDED = Event("collecting_account.ended", _("Thôi dùng tài khoản thu phí"), ("valid_to",))
