"""What happens to the house itself."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

DEMONSTRATION_LOADED = Event("house.demonstration_loaded", _("Nạp tỉnh trình diễn"), ("dossiers",))
