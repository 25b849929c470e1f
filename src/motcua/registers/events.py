"""What happens to registers. Facts name an entry by its code, never what stands in it."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

ENTRY_KEPT = Event("register_entry.kept", _("Ghi sổ"), ("register", "state"))
ENTRY_AMENDED = Event("register_entry.amended", _("Sửa mục"), ("register", "number"))
ENTRY_MOVED = Event("register_entry.moved", _("Chuyển trạng thái"), ("register", "move", "state"))
FILE_ATTACHED = Event("register_entry.file_attached", _("Thêm tệp"), ("register", "field"))
FILE_TAKEN_OFF = Event("register_entry.file_taken_off", _("Bỏ tệp"), ("register", "field"))
IMPORTED = Event("register.imported", _("Nhập từ tệp"), ("entries",))
DRAFTED = Event("register.drafted", _("Soạn định nghĩa sổ"), ("number",))
PUBLISHED = Event("register.published", _("Ban hành định nghĩa sổ"), ("number", "valid_from"))
OWNER_SET = Event("register.owner_set", _("Giao đơn vị phụ trách sổ"), ())
TRUSTED = Event("register.trusted", _("Giao người giữ sổ mật"), ("account",))
TRUST_ENDED = Event("register.trust_ended", _("Thôi giao người giữ sổ mật"), ("account",))
