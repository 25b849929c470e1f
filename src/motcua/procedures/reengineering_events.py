"""What happens to records of redesign."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

REENGINEERED = Event(
    "procedure.reengineered",
    _("Ghi kết quả tái cấu trúc thủ tục"),
    ("decision", "steps_before", "steps_after", "saved"),
)
REDESIGN_CORRECTED = Event("procedure.redesign_corrected", _("Sửa kết quả tái cấu trúc thủ tục"), ("old", "new"))
