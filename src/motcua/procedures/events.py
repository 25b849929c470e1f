"""What happens to the catalogue and to what units offer of it."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

CATALOGUE_IMPORTED = Event(
    "catalogue.imported", _("Nạp danh mục thủ tục"), ("written", "superseded", "unchanged", "valid_from", "file")
)
PROCEDURES_OFFERED = Event("procedure.offered", _("Giao thủ tục cho đơn vị giải quyết"), ("offerings", "valid_from"))
FORM_DRAFTED = Event("form.drafted", _("Soạn phiên bản biểu mẫu"), ("number",))
FORM_DROPPED = Event("form.dropped", _("Bỏ bản nháp biểu mẫu"), ("number",))
FORM_PUBLISHED = Event("form.published", _("Công bố phiên bản biểu mẫu"), ("number", "valid_from", "digest"))
