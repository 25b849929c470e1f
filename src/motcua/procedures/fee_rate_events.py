"""What happens to fee rates. The subject is the procedure's code."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

_ABOUT = ("rate", "place", "channel", "amount", "valid_from", "valid_to")
FEE_RATE_SET = Event("fee_rate.set", _("Quy định mức phí"), _ABOUT)
FEE_RATE_ENDED = Event("fee_rate.ended", _("Thôi áp dụng mức phí"), _ABOUT)
FEE_RATE_WITHDRAWN = Event("fee_rate.withdrawn", _("Bỏ mức phí chưa áp dụng"), _ABOUT)
