"""Rows of a draft that somebody edited elsewhere, put in after their difference was seen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.actions.correcting import correct_task
from motcua.plans.actions.locking import changed_since, draft_for
from motcua.plans.actions.reshaping import add_task, drop_task
from motcua.plans.actions.undoing import undoable
from motcua.plans.models import Plan


@undoable("import", is_wide=True)
@transaction.atomic
def import_rows(
    plan_code: str,
    *,
    changed: Mapping[str, Mapping[str, Sequence[str]]],
    added: Sequence[tuple[str, Mapping[str, str]]],
    dropped: Sequence[str],
    actor: Account,
    seen: datetime,
) -> Plan:
    """Change, add and drop rows as a ``rules.task_sheet.Difference`` says; all or nothing, and one step to undo.

    Codes are short ones; ``seen`` is when the plan was last changed as the difference was made.

    Raises:
        Refused: as ``draft_for`` and the actions on rows; the plan was changed since.
    """
    plan = draft_for(plan_code, actor)
    if changed_since(seen, plan.changed_at):
        raise Refused(gettext("Kế hoạch vừa được sửa sau khi so sánh. Hãy nhập lại tệp."))
    for code, fields in changed.items():
        texts: dict[str, Any] = {name: pair[1] for name, pair in fields.items()}
        day = texts.pop("due_on", None)
        correct_task(
            f"{plan.code}.{code}", texts, actor=actor, is_due_set=day is not None,
            due_on=date.fromisoformat(day) if day else None,
        )  # fmt: skip
    behind: dict[str, str] = {}
    for above, told in added:
        after = behind.get(above) or (f"{plan.code}.{above}" if above else "")
        behind[above] = add_task(plan.code, told, after=after, actor=actor).code
    for code in dropped:
        drop_task(f"{plan.code}.{code}", actor=actor)
    record(
        events.IMPORTED, subject=plan.code, actor=actor.code, unit=plan.holder.code, changed=len(changed),
        added=len(added), dropped=len(dropped),
    )  # fmt: skip
    return plan
