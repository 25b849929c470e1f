"""How a fee is paid."""

from django.utils.translation import gettext_lazy as _

from motcua.payments.models import CASH, ONLINE, TRANSFER

METHODS = {CASH: _("Tiền mặt"), TRANSFER: _("Chuyển khoản"), ONLINE: _("Thanh toán trực tuyến")}
