"""What happens to indicators and their targets."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

DEFINED = Event("indicator.defined", _("Định nghĩa chỉ số"), ("measure", "valid_from"))
TARGET_SET = Event("indicator.target_set", _("Đặt chỉ tiêu"), ("set_by", "value", "comparator", "unit_kind"))
TARGET_WITHDRAWN = Event("indicator.target_withdrawn", _("Bỏ chỉ tiêu"), ("set_by",))
FIGURE_TYPED = Event("indicator.figure_typed", _("Nhập số liệu"), ("first_day", "last_day", "rows"))
FIGURE_VERIFIED = Event("indicator.figure_verified", _("Xác minh số liệu"), ("figure",))
FIGURE_REFUSED = Event("indicator.figure_refused", _("Không chấp nhận số liệu"), ("figure",))
INDEX_PUBLISHED = Event("indicator.index_published", _("Công bố chỉ số phục vụ"), ("period", "edition", "digest"))
SET_DEFINED = Event("indicator_set.defined", _("Ban hành bộ chỉ số"), ("items", "valid_from"))
