"""A published plan is never edited: a new version is drafted, reviewed, approved, and takes its place."""

import re
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.documents.actions.storing import keep
from motcua.documents.uploads import PDF, UploadPolicy
from motcua.indicators.actions.targets import withdraw_target
from motcua.indicators.models import Indicator, Target
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.access import may_approve, may_draft
from motcua.plans.actions.binding import bind_target
from motcua.plans.actions.copying import DEADLINE, copy_of, write_copies
from motcua.plans.actions.locking import locked_plan
from motcua.plans.actions.opening import NOTHING_READ, save_new, values_of
from motcua.plans.models import (
    Assignment,
    Extension,
    FactBinding,
    Occurrence,
    Plan,
    PlanTarget,
    Progress,
    Reminder,
    Task,
)
from motcua.plans.states import APPROVED, DRAFT, SUPERSEDED

SIGNED = UploadPolicy(kinds=frozenset({PDF}), most_bytes=40 * 1024 * 1024)
# What a version keeps of the one before.
_KEPT = (
    "number", "issued_on", "issuer", "title", "kind", "year", "first_day", "last_day", "unit", "holder", "assigner",
    "is_reform", "parent", "follows", "children_due_on", "children_lead_days", "source", "lines", "spots", "pages",
)  # fmt: skip
_PART = ("reported_on", "done_on", "person_id", "share", "grade", "grade_note")


@transaction.atomic
def amend(code: str, *, reason: str, actor: Account) -> Plan:
    """Begin the next version of an approved plan: a draft with all its rows, to be reviewed like any other.

    The version in force is followed until the new one is approved. There is one draft at a time: asked again, it is
    the same.

    Raises:
        Refused: the plan is not approved, the actor may not draft for its holder, or no reason is given.
    """
    plan = locked_plan(code)
    if not may_draft(actor, plan.holder):
        raise Refused(gettext("Bạn không sửa được kế hoạch của %(unit)s.") % {"unit": plan.holder})
    if plan.state != APPROVED:
        raise Refused(gettext("Chỉ sửa đổi được kế hoạch đang thực hiện."))
    if found := plan.amendments.filter(state=DRAFT).first():
        return found
    reason = nfc(reason).strip()
    if not reason or len(reason) > 1000 or "\0" in reason:
        raise Refused(gettext("Cần ghi lý do sửa đổi (tối đa 1000 ký tự)."), field="reason")
    at = now()
    fresh = Plan(
        code=f"{re.sub(r'-B[0-9]+$', '', code)[:36]}-B{plan.version + 1}", version=plan.version + 1, amends=plan,
        amend_reason=reason, reading=dict(NOTHING_READ), opened_at=at, changed_at=at,
        **{name: getattr(plan, name) for name in _KEPT},
    )  # fmt: skip
    save_new(fresh)
    rows = []
    for position, old in enumerate(plan.tasks.filter(is_dropped=False).order_by("position"), start=1):
        old.plan = plan
        new = copy_of(old, fresh, position, with_place=True)
        new.previous, new.parent_id, new.is_checked = old, old.parent_id, True
        rows.append((old, new))
    write_copies(rows, keeps_unit=lambda part: True, keeps_target=lambda target: True)
    record(
        events.AMENDING, subject=code, actor=actor.code, unit=plan.holder.code, version=fresh.version, into=fresh.code
    )
    return fresh


@transaction.atomic
def attach_signed(code: str, file: IO[bytes], *, name: str, actor: Account) -> Plan:
    """Attach the signed document of a plan, or of the decision that amends it; once approved it is not replaced.

    Raises:
        Refused: no PDF; the actor may not approve; an approved plan has its document already.
    """
    plan = locked_plan(code)
    if not may_approve(actor, plan.holder) and not (plan.is_draft and may_draft(actor, plan.holder)):
        raise Refused(gettext("Bạn không đính kèm được bản ký của kế hoạch này."))
    if plan.signed_file is not None and not plan.is_draft:
        raise Refused(gettext("Kế hoạch đã có bản ký; bản ký của kế hoạch đã duyệt không thay được."), field="file")
    plan.signed_file = keep(file, name=name, subject=code, actor=actor, policy=SIGNED)
    plan.changed_at = now()
    plan.save(update_fields=["signed_file", "changed_at"])
    record(events.SIGNED, subject=code, actor=actor.code, unit=plan.holder.code, sha256=plan.signed_file.sha256)
    return plan


def check_amendment(plan: Plan) -> None:
    """Say whether a version may take the place of the one before.

    Raises:
        Refused: the signed decision that amends it is not attached; the version before is not in force any more.
    """
    assert plan.amends is not None
    if plan.signed_file is None:
        raise Refused(gettext("Bản sửa đổi phải đính kèm quyết định sửa đổi đã ký (PDF) trước khi duyệt."))
    if plan.amends.state != APPROVED:
        raise Refused(gettext("Bản trước không còn hiệu lực nên bản sửa đổi này không duyệt được."))


def take_place(plan: Plan, actor: Account) -> None:
    """Let an approved version take the place of the one before; called inside its approval.

    In order: the old one is superseded; each task's units keep what they reported and did; turns, extensions, facts
    that close and history follow the task; numbers are measured by the new version; plans below follow too.
    """
    assert plan.amends_id is not None
    old = locked_plan(Plan.objects.values_list("code", flat=True).get(pk=plan.amends_id))
    check_amendment(plan)
    old.state, old.changed_at = SUPERSEDED, now()
    old.save(update_fields=["state", "changed_at"])
    tasks = list(plan.tasks.filter(is_dropped=False, previous__plan=old).select_related("previous"))
    for task in tasks:
        assert task.previous is not None
        _follow(task, task.previous)
        Task.objects.filter(parent=task.previous).exclude(plan=plan).update(parent=task)
    _measure_anew(plan, old, actor)
    old.children.update(parent=plan)
    record(
        events.SUPERSEDED, subject=old.code, actor=actor.code, unit=old.holder.code, by_version=plan.version,
        into=plan.code,
    )  # fmt: skip


def _follow(task: Task, old: Task) -> None:
    """Bring to ``task`` what became of it under its former version."""
    is_untouched = all(task.original.get(name) == value for name, value in values_of(task).items() if name in DEADLINE)
    if is_untouched and old.due_on != task.due_on:  # extended while the new version was drafted
        for name in DEADLINE:
            setattr(task, name, getattr(old, name))
    before = {part.unit_id: part for part in old.assignments.all()}
    parts = list(task.assignments.all())
    for part in parts:
        was = before.get(part.unit_id)
        if was is None:
            continue
        for name in _PART:
            setattr(part, name, getattr(was, name))
        # Who only helps has nothing to complete.
        if not part.is_lead:
            part.reported_on = part.done_on = None
        Occurrence.objects.filter(assignment=was).update(assignment=part)
        Reminder.objects.filter(assignment=was).update(assignment=part)
    Assignment.objects.bulk_update(parts, list(_PART))
    leads = [part for part in parts if part.is_lead]
    days = [part.done_on for part in leads if part.done_on is not None]
    task.done_on = max(days) if leads and len(days) == len(leads) else None
    task.save(update_fields=["done_on", *DEADLINE])
    for model in (Progress, Extension, FactBinding):
        model.objects.filter(task=old).update(task=task)


def _measure_anew(plan: Plan, old: Plan, actor: Account) -> None:
    codes = list(PlanTarget.objects.filter(task__plan=old).values_list("code", flat=True))
    for standing in Target.objects.filter(set_by__in=codes, withdrawn_at__isnull=True):
        withdraw_target(standing, actor=actor.code)
    bound = PlanTarget.objects.filter(task__plan=plan, task__is_dropped=False).exclude(indicator="")
    for target in bound:
        indicator = Indicator.objects.filter(code=target.indicator).order_by("-valid_from").first()
        if indicator is not None:
            bind_target(target.code, indicator=indicator, actor=actor, remark=target.remark)


@transaction.atomic
def take_back_approval(code: str, *, actor: Account) -> Plan:
    """Make an approved plan a draft again: on the day of its approval, and only if nothing was done with it yet.

    Raises:
        Refused: another day; something was reported, measured or derived; it amends another version; the actor may not.
    """
    plan = locked_plan(code)
    if not may_approve(actor, plan.holder):
        raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát làm được việc này."))
    if why := why_not_back(plan):
        raise Refused(why)
    plan.state, plan.approved_at, plan.changed_at = DRAFT, None, now()
    plan.save(update_fields=["state", "approved_at", "changed_at"])
    Occurrence.objects.filter(assignment__task__plan=plan).delete()
    plan.readers.all().delete()
    record(events.APPROVAL_TAKEN_BACK, subject=code, actor=actor.code, unit=plan.holder.code)
    return plan


def why_not_back(plan: Plan) -> str:
    """Return why the approval of ``plan`` cannot be taken back, "" where it can."""
    if plan.state != APPROVED or plan.approved_at is None:
        return gettext("Kế hoạch chưa duyệt hoặc không còn thực hiện.")
    if plan.approved_at.astimezone(now().tzinfo).date() != today():
        return gettext("Chỉ rút duyệt được trong ngày duyệt; sau đó hãy sửa đổi bằng bản mới.")
    if plan.amends_id is not None:
        return gettext("Bản sửa đổi đã thay bản trước nên không rút duyệt được; hãy sửa đổi bằng bản mới.")
    rows: dict[str, Any] = {"task__plan": plan}
    is_used = (
        Progress.objects.filter(**rows).exists()
        or Extension.objects.filter(**rows).exists()
        or PlanTarget.objects.filter(**rows).exclude(indicator="").exists()
        or plan.children.exists()
        or plan.amendments.exists()
        or plan.followed_by.exists()
        or plan.urgings.exists()
    )
    return gettext("Đã có báo cáo, chỉ tiêu hoặc kế hoạch khác dựa vào kế hoạch này.") if is_used else ""
