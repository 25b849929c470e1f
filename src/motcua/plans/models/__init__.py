"""Plans, their tasks, who is to do them, what was reported of them, and the documents they come from."""

from motcua.plans.models.following import Extension, FactBinding, Occurrence, Progress, Reminder, Urging
from motcua.plans.models.intake import Intake
from motcua.plans.models.plan import Plan, PlanReader
from motcua.plans.models.review import CalendarFeed, ReviewStep
from motcua.plans.models.task import TEXT_FIELDS, Assignment, PlanTarget, Task

__all__ = [
    "TEXT_FIELDS",
    "Assignment",
    "CalendarFeed",
    "Extension",
    "FactBinding",
    "Intake",
    "Occurrence",
    "Plan",
    "PlanReader",
    "PlanTarget",
    "Progress",
    "Reminder",
    "ReviewStep",
    "Task",
    "Urging",
]
