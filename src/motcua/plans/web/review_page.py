"""What the page of a review shows: rows, the chosen one open, what is left to look at, how far it is."""

from typing import Any

from django import forms

from motcua.organizations.models import Unit
from motcua.organizations.states import PROVINCE
from motcua.plans.access import may_approve, visible_to
from motcua.plans.actions.reviewing import is_sure, is_taken, taken_lines
from motcua.plans.forms import NewRowForm, PlanForm, RowForm, SplitForm, unit_choices
from motcua.plans.models import Plan, Task
from motcua.plans.queries import Blocker, blockers, groups_of
from motcua.plans.queries.beginning import draftable_units
from motcua.plans.queries.finding import twins
from motcua.plans.rules.bodies.suggestions import nearest
from motcua.plans.rules.confidence import AUTO_ACCEPT
from motcua.plans.web.review_asked import ROWS_PER_PAGE, Asked, address, doubts, filters, matches, sections_of
from motcua.plans.web.review_source import poorest, source_of

MOST_NAMES = 30
# The field of the form that a confidence is about.
_FIELD_OF = {
    "text": "text", "lead": "lead_text", "coordinating": "coordinating_text", "product": "product",
    "deadline": "deadline_text",
}  # fmt: skip


def context(
    account: Any,
    plan: Plan,
    asked: Asked,
    *,
    message: str = "",
    said: str = "",
    opened: dict[str, forms.Form] | None = None,
    is_fragment: bool = False,
) -> dict[str, Any]:
    """Return what ``plans/review.html`` shows, or only what its right side needs (``is_fragment``).

    ``message``: why something was refused; ``said``: what was done; ``opened``: forms to show again as they were typed.
    """
    tasks = list(plan.tasks.order_by("position"))
    for each in tasks:
        each.plan = plan
    chosen = next((task for task in tasks if task.short_code == asked.row), None)
    shown = _shown(tasks, chosen, asked)
    page, pages = _page_of(shown, chosen, asked)
    visible = shown[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    units = _units(plan)
    left = blockers(plan, tasks)
    standing = [task for task in tasks if not task.is_dropped]
    found: dict[str, Any] = {
        "plan": plan,
        "asked": asked,
        "rows": _rows(plan, visible, chosen, asked),
        "chosen": chosen,
        "place": shown.index(chosen) + 1 if chosen in shown else 0,
        "shown": len(shown),
        "around": _around(plan, shown, chosen, asked),
        "pages": [
            {"number": number, "url": address(plan, asked, page=number, row=""), "active": number == page}
            for number in range(1, pages + 1)
        ],
        "sections": _section_choices(plan, tasks, asked),
        "filters": filters(plan, tasks, asked),
        "doubts": doubts(plan, tasks, asked),
        "lost": _lost(plan, left, asked),
        "blockers": len(left),
        "checked": sum(task.is_checked for task in standing),
        "total": len(standing),
        "sure": sum(is_sure(task) and not task.is_checked for task in standing),
        "names": _unknown_names([task for task in standing if not task.is_checked], units),
        "units": unit_choices(units),
        "last_step": plan.steps.defer("before", "left").order_by("-pk").first(),
        "plan_seen": plan.changed_at.isoformat(),
        "may_approve": may_approve(account, plan.holder),
        "message": message,
        "said": said,
        "is_fragment": is_fragment,
        **_row_context(plan, chosen, tasks),
    }
    if not is_fragment:
        found |= source_of(plan, visible, chosen, asked) | _once(account, plan, asked)
    found |= opened or {}
    if chosen is not None:
        unsure = unsure_fields(chosen)
        found["fields"] = [{"field": field, "sure": unsure.get(field.name)} for field in found["form"]]
        # One doubt about the whole row is said once, not under each field.
        found["sure_alike"] = min(unsure.values()) if len(unsure) > 2 and len(set(unsure.values())) == 1 else 0
    return found


def _once(account: Any, plan: Plan, asked: Asked) -> dict[str, Any]:
    """Return what stands around the rows and does not change with them."""
    taken = taken_lines(plan)
    return {
        "plan_form": PlanForm.of(plan, unit_choices(draftable_units(account))),
        "new_form": NewRowForm(auto_id="new_%s"),
        "body_tasks": [{"told": one, "is_taken": is_taken(one, taken)} for one in plan.reading.get("body_tasks", [])],
        "twins": twins(plan, visible_to(account)),
        "side_urls": {"nguon": address(plan, asked, side="nguon"), "dong": address(plan, asked, side="")},
    }


def _shown(tasks: list[Task], chosen: Task | None, asked: Asked) -> list[Task]:
    """Return the rows that the filter leaves; the chosen one stays, so that it does not vanish once it is looked at."""
    sections = sections_of(tasks)
    path = sections[asked.section - 1] if 0 < asked.section <= len(sections) else None
    return [
        task
        for task in tasks
        if task is chosen or (matches(task, asked.only) and (path is None or task.section_path == path))
    ]


def _page_of(shown: list[Task], chosen: Task | None, asked: Asked) -> tuple[int, int]:
    pages = max(1, -(-len(shown) // ROWS_PER_PAGE))
    if asked.page:
        return min(asked.page, pages), pages
    at = shown.index(chosen) if chosen in shown else 0
    return at // ROWS_PER_PAGE + 1, pages


def _around(plan: Plan, shown: list[Task], chosen: Task | None, asked: Asked) -> dict[str, dict[str, Any]]:
    """Return the rows before and after the chosen one; ``far`` says that it stands on another page of rows."""
    if chosen not in shown:
        return {"next": _step(plan, shown[0], asked, is_far=False)} if shown else {}
    at, found = shown.index(chosen), {}
    for name, place in (("previous", at - 1), ("next", at + 1)):
        if 0 <= place < len(shown):
            found[name] = _step(plan, shown[place], asked, is_far=place // ROWS_PER_PAGE != at // ROWS_PER_PAGE)
    return found


def _step(plan: Plan, task: Task, asked: Asked, *, is_far: bool) -> dict[str, Any]:
    line = task.line_start
    return {"url": address(plan, asked, row=task.short_code, line=line), "row": task.short_code, "far": is_far}


def _rows(plan: Plan, tasks: list[Task], chosen: Task | None, asked: Asked) -> list[dict[str, Any]]:
    groups = groups_of(tasks)
    rows, section = [], None
    for task in tasks:
        rows.append(
            {
                "task": task,
                "url": address(plan, asked, row=task.short_code, line=task.line_start),
                "leads": [group for group in groups.get(task.pk, []) if group.is_lead],
                "groups": groups.get(task.pk, []),
                "is_chosen": task is chosen,
                "section": " › ".join(task.section_path) if task.section_path != section else "",
                "is_unsure": not task.is_checked and task.confidence < AUTO_ACCEPT,
                "sure_percent": round(task.confidence * 100),
            }
        )
        section = task.section_path
    return rows


def _row_context(plan: Plan, chosen: Task | None, tasks: list[Task]) -> dict[str, Any]:
    if chosen is None:
        return {"form": None}
    sections = sections_of(tasks)
    return {
        "form": RowForm.of(chosen),
        "split_form": SplitForm(initial={"first": chosen.text}, auto_id="split_%s", use_required_attribute=False),
        "seen": chosen.changed_at.isoformat(),
        "groups": groups_of([chosen]).get(chosen.pk, []),
        "poorest": poorest(plan, chosen),
        "targets": list(chosen.targets.order_by("position")),
        "other_sections": [(at, path[-1]) for at, path in enumerate(sections, start=1) if path != chosen.section_path],
    }


def unsure_fields(task: Task) -> dict[str, int]:
    """Return the fields of the form below the auto-accept line with how sure they are, in percent."""
    if task.is_checked:
        return {}
    return {
        _FIELD_OF[name]: round(sure * 100)
        for name, sure in task.field_confidence.items()
        if name in _FIELD_OF and sure < AUTO_ACCEPT and (getattr(task, _FIELD_OF[name]) or name in ("text", "lead"))
    }


def _section_choices(plan: Plan, tasks: list[Task], asked: Asked) -> list[dict[str, Any]]:
    sections = sections_of(tasks)
    return [
        {
            "label": " › ".join(path)[:120],
            "url": address(plan, asked, section=at, row=""),
            "active": asked.section == at,
            "count": sum(task.section_path == path and not task.is_dropped for task in tasks),
        }
        for at, path in enumerate(sections, start=1)
    ]


def _lost(plan: Plan, left: list[Blocker], asked: Asked) -> list[dict[str, Any]]:
    """Return what must be looked at before approval by kind: {"kind", "items": [{"message", "url", "key"}]}."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in left:
        kind = one.key.partition(":")[0]
        row = one.task.short_code if one.task else asked.row
        groups.setdefault(kind, []).append(
            {
                "message": one.message,
                "url": address(plan, asked, row=row, only="", section=0, line=one.line),
                "key": "" if one.task else one.key,
            }
        )
    return [{"kind": kind, "items": items} for kind, items in groups.items()]


def _unknown_names(tasks: list[Task], units: list[Unit]) -> list[dict[str, Any]]:
    """Return the names that nobody answers to, most frequent first, each with the units it may mean."""
    counts: dict[str, int] = {}
    for task in tasks:
        for name in task.unresolved:
            counts[name] = counts.get(name, 0) + 1
    choices = unit_choices(units)
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_NAMES]
    return [{"name": name, "count": count, "nearest": nearest(name, choices)} for name, count in most]


def _units(plan: Plan) -> list[Unit]:
    top = plan.holder
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    units = Unit.objects.in_force().below(top).only("code", "name", "kind", "path")
    return sorted(units, key=lambda unit: (unit.kind == "one_stop", unit.kind == "commune", unit.kind, unit.sort_key))
