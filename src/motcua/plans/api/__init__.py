"""Plans and tasks over the API: the same actions as the pages."""

from motcua.plans.api import assigning, drafting, following, intake, overseeing, plans, relating, tasks
from motcua.plans.api.finding import router

__all__ = ["assigning", "drafting", "following", "intake", "overseeing", "plans", "relating", "router", "tasks"]
