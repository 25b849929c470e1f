"""Plans and tasks over the API: the same actions as the pages."""

from motcua.plans.api import assigning, following, intake, overseeing, plans, tasks
from motcua.plans.api.finding import router

__all__ = ["assigning", "following", "intake", "overseeing", "plans", "router", "tasks"]
