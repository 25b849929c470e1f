"""Plans and tasks over the API: the same actions as the pages."""

from motcua.plans.api import following, intake, plans, tasks
from motcua.plans.api.finding import router

__all__ = ["following", "intake", "plans", "router", "tasks"]
