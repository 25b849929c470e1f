"""What happens to indicators and their targets."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

DEFINED = Event("indicator.defined", _("Định nghĩa chỉ số"), ("measure", "valid_from"))
TARGET_SET = Event("indicator.target_set", _("Đặt chỉ tiêu"), ("set_by", "value", "comparator", "unit_kind"))
TARGET_WITHDRAWN = Event("indicator.target_withdrawn", _("Bỏ chỉ tiêu"), ("set_by",))
