"""What happens to units, people and calendars."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

UNIT_ESTABLISHED = Event("unit.established", _("Thành lập đơn vị"), ("kind",))
UNITS_LOADED = Event("unit.catalogue_loaded", _("Nạp danh mục đơn vị hành chính"), ("units", "successions"))
ACCOUNT_OPENED = Event("account.opened", _("Mở tài khoản"))
POST_GIVEN = Event("post.given", _("Giao vị trí công tác"), ("account", "role", "valid_from", "valid_to"))
POST_ENDED = Event("post.ended", _("Kết thúc vị trí công tác"), ("account", "role", "valid_to"))
POST_DELEGATED = Event("post.delegated", _("Ủy quyền"), ("account", "role", "to", "valid_from", "valid_to"))
DELEGATION_ENDED = Event("post.delegation_ended", _("Thôi ủy quyền"), ("account", "role", "to", "last_day"))
TOKEN_ISSUED = Event("account.token_issued", _("Cấp khóa API"), ("expires_on",))
TOKEN_REVOKED = Event("account.token_revoked", _("Thu hồi khóa API"))
CALENDAR_CHANGED = Event("calendar.changed", _("Sửa lịch làm việc"), ("day", "kind"))
VIEW_SAVED = Event("account.view_saved", _("Lưu bộ lọc"), ("page",))
VIEW_SHARED = Event("account.view_shared", _("Chia sẻ bộ lọc"), ("page",))
VIEW_CHOSEN = Event("account.view_chosen", _("Chọn bộ lọc mở đầu"), ("page",))
VIEW_FORGOTTEN = Event("account.view_forgotten", _("Bỏ bộ lọc"), ("page",))
