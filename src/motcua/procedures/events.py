"""What happens to the catalogue and to what units offer of it."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

CATALOGUE_IMPORTED = Event(
    "catalogue.imported", _("Nạp danh mục thủ tục"), ("written", "superseded", "unchanged", "valid_from", "file")
)
PROCEDURES_OFFERED = Event("procedure.offered", _("Giao thủ tục cho đơn vị giải quyết"), ("offerings", "valid_from"))
