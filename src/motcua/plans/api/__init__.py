"""Plans and tasks over the API: the same actions as the pages."""

from motcua.plans.api import (
    assigning,
    drafting,
    exchange,
    following,
    intake,
    overseeing,
    plans,
    relating,
    reviewing,
    tasks,
)
from motcua.plans.api.finding import router

__all__ = [
    "assigning",
    "drafting",
    "exchange",
    "following",
    "intake",
    "overseeing",
    "plans",
    "relating",
    "reviewing",
    "router",
    "tasks",
]
