"""Giving a task's units: names of the text looked up in the tree, the rest left to a person."""

from collections.abc import Iterable

from motcua.plans.models import Assignment, Plan, Task
from motcua.plans.names import NameBook
from motcua.plans.queries import name_book
from motcua.plans.states import CHOSEN

BATCH = 2000


def give_units(plan: Plan, tasks: Iterable[Task]) -> None:
    """Write the units that the names of ``tasks`` lead to, anew; what a person chose stays."""
    book = name_book(plan.holder, plan.issued_on)
    tasks = list(tasks)
    chosen: dict[int, dict[int, Assignment]] = {task.pk: {} for task in tasks}
    for each in Assignment.objects.filter(task__in=list(chosen), origin=CHOSEN):
        chosen[each.task_id][each.unit_id] = each
    Assignment.objects.filter(task__in=list(chosen)).exclude(origin=CHOSEN).delete()
    rows: list[Assignment] = []
    for task in tasks:
        rows += _rows(task, book, chosen[task.pk])
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    Task.objects.bulk_update(tasks, ["unresolved"], batch_size=BATCH)


def _rows(task: Task, book: NameBook, chosen: dict[int, Assignment]) -> list[Assignment]:
    taken = set(chosen)
    named = {each.named_as for each in chosen.values()}
    unresolved, rows = [], []
    for is_lead, names in ((True, task.lead), (False, task.coordinating)):
        # A unit named by itself goes before a collective that holds it too.
        answers = sorted((book.find(name) for name in names), key=lambda answer: len(answer.units))
        for answer in answers:
            if is_lead and not answer.is_resolved and answer.name not in named:
                unresolved.append(answer.name)
            for unit in answer.units:
                if unit not in taken:
                    taken.add(unit)
                    rows.append(
                        Assignment(
                            task=task, unit_id=unit, is_lead=is_lead, named_as=answer.name[:300], origin=answer.origin
                        )
                    )
    task.unresolved = [name for name in task.lead if name in unresolved]
    return rows
