"""Reading plans and tasks."""

from motcua.plans.queries.counting import Standing, count_tasks, standing, statuses_for
from motcua.plans.queries.listing import NamedGroup, TaskRow, groups_of, progress_of, targets_of, task_rows
from motcua.plans.queries.naming import days_of, holder_today, issuing_unit, name_book
from motcua.plans.queries.reviewing import Blocker, blockers
from motcua.plans.queries.turns import TURNING, TurnRow, open_turns, strips_of, turns_due_between
from motcua.plans.queries.work import assigned_to, chiefs_of, due_between, heads_of, holders_officers, units_of

__all__ = [
    "TURNING",
    "Blocker",
    "NamedGroup",
    "Standing",
    "TaskRow",
    "TurnRow",
    "assigned_to",
    "blockers",
    "chiefs_of",
    "count_tasks",
    "days_of",
    "due_between",
    "groups_of",
    "heads_of",
    "holder_today",
    "holders_officers",
    "issuing_unit",
    "name_book",
    "open_turns",
    "progress_of",
    "standing",
    "statuses_for",
    "strips_of",
    "targets_of",
    "task_rows",
    "turns_due_between",
    "units_of",
]
