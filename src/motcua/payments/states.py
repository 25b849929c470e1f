"""Words of this module: how a fee is paid, the lives of orders and refunds, what became of money and messages."""

from django.utils.translation import gettext_lazy as _

from motcua.payments import models as stored
from motcua.payments.models import CASH, ONLINE, TRANSFER

METHODS = {CASH: _("Tiền mặt"), TRANSFER: _("Chuyển khoản"), ONLINE: _("Thanh toán trực tuyến")}

ORDER_STATES = {
    stored.OPEN: _("Chờ thanh toán"),
    stored.PAID: _("Đã thanh toán"),
    stored.FAILED: _("Không thành công"),
    stored.EXPIRED: _("Hết hạn"),
}
ORDER_TONES = {stored.OPEN: "waiting", stored.PAID: "good", stored.FAILED: "danger", stored.EXPIRED: "neutral"}

# What became of money that the gateway took; all but the first is to be given back.
MONEY_VERDICTS = {
    stored.SETTLED: _("Đã ghi thu"),
    stored.WRONG_AMOUNT: _("Sai số tiền"),
    stored.PAID_TWICE: _("Nộp hai lần"),
    stored.AFTER_CANCEL: _("Nộp sau khi khoản thu đã hủy"),
    stored.UNKNOWN_ORDER: _("Không rõ lần thanh toán nào"),
}
STRAY = (stored.WRONG_AMOUNT, stored.PAID_TWICE, stored.AFTER_CANCEL, stored.UNKNOWN_ORDER)

# What became of a message: of money as above, or one of these.
REPEATED, NOT_PAID, BAD_SIGNATURE, UNREADABLE, CONFLICTING = (
    "repeated", "not_paid", "bad_signature", "unreadable", "conflicting"
)  # fmt: skip
VERDICTS = MONEY_VERDICTS | {
    REPEATED: _("Báo lại"),
    NOT_PAID: _("Báo chưa có tiền"),
    BAD_SIGNATURE: _("Sai chữ ký"),
    UNREADABLE: _("Không đọc được"),
    CONFLICTING: _("Trái với lần báo trước"),
}
NOTICE, QUESTION, STATEMENT = "notice", "asked", "statement"
ORIGINS = {NOTICE: _("Cổng báo"), QUESTION: _("Hỏi cổng"), STATEMENT: _("Sao kê")}

REFUND_STATES = {
    stored.ASKED: _("Chờ duyệt"),
    stored.APPROVED: _("Đã duyệt, chờ chuyển"),
    stored.TURNED_DOWN: _("Không duyệt"),
    stored.SENT: _("Đã gửi lệnh"),
    stored.DONE: _("Đã hoàn"),
    stored.REFUND_FAILED: _("Chuyển không được"),
}
REFUND_TONES = {
    stored.ASKED: "waiting", stored.APPROVED: "progress", stored.TURNED_DOWN: "neutral", stored.SENT: "progress",
    stored.DONE: "good", stored.REFUND_FAILED: "danger",
}  # fmt: skip
REFUND_NEXT = {
    stored.ASKED: {stored.APPROVED, stored.TURNED_DOWN},
    stored.APPROVED: {stored.SENT, stored.DONE, stored.REFUND_FAILED},
    stored.SENT: {stored.DONE, stored.REFUND_FAILED},
    stored.REFUND_FAILED: {stored.SENT, stored.DONE, stored.REFUND_FAILED},
    stored.TURNED_DOWN: set(),
    stored.DONE: set(),
}

# Kinds of difference of ``rules.reconciling``: (what it is, what to do).
DIFFERENCES = {
    "missing_here": (
        _("Sao kê có, sổ ta không có"),
        _("Thông báo của cổng đã thất lạc. Bấm “Ghi thu theo sao kê” để cổng được hỏi lại và khoản tiền vào sổ."),
    ),
    "missing_there": (
        _("Sổ ta có, sao kê không có"),
        _("Hỏi cổng về giao dịch này; nếu cổng không nhận được tiền thì khoản thu phải được thu lại."),
    ),
    "wrong_amount": (
        _("Khác số tiền"),
        _("So với lần thanh toán: thừa thì hoàn, thiếu thì hoàn và thu lại đúng mức."),
    ),
    "double": (_("Nộp hai lần"), _("Giữ khoản nộp trước, hoàn khoản nộp sau cho người nộp.")),
    "unknown_order": (
        _("Lần thanh toán không phải của ta"),
        _("Hỏi cổng khoản này của ai; không phải của tỉnh thì yêu cầu cổng hoàn lại."),
    ),
    "paid_after_cancel": (
        _("Nộp sau khi khoản thu đã hủy"),
        _("Hồ sơ không còn phải nộp: hoàn lại cho người nộp."),
    ),
    "refund_missing": (
        _("Lệnh hoàn không có trong sao kê"),
        _("Hỏi cổng lệnh hoàn đã thực hiện chưa; chưa thì gửi lại."),
    ),
    "refund_unknown": (
        _("Sao kê có khoản hoàn, sổ ta không có"),
        _("Hỏi cổng ai đã yêu cầu khoản hoàn này."),
    ),
    "wrong_day": (
        _("Khác ngày"),
        _("Thường do giao dịch sát nửa đêm: đối chiếu với sao kê của ngày bên cạnh rồi đóng."),
    ),
}  # fmt: skip
