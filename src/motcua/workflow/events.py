"""What happens to routes. What happens to a run is told by the life that it carries."""

from django.utils.translation import gettext_lazy as _

from motcua.base.facts import Event

ROUTE_DRAFTED = Event("route.drafted", _("Soạn quy trình"), ("steps", "is_drawn"))
ROUTE_DRAFT_DROPPED = Event("route.draft_dropped", _("Bỏ bản soạn quy trình"), ())
ROUTE_PUBLISHED = Event("route.published", _("Ban hành quy trình"), ("version", "steps", "valid_from"))
