"""Work for machines: the list, its numbers, the inbox, kept filters; the same queries as the pages."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Query, Router, Schema, Status

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.actions.saved_views import forget_view, save_view
from motcua.organizations.models import SavedView
from motcua.organizations.queries import usable_views
from motcua.workflow.access import may_see_inbox, may_see_work
from motcua.workflow.my_work import ALL, Asked, Cursor, is_substitute, my_work, work_counts
from motcua.workflow.trays import read_trays

router = Router(tags=["work"])
LIST = "workflow:my_work"


class WorkQuery(Schema):
    """What the list is narrowed to and ordered by."""

    q: str = Field("", max_length=200, description="In the code, the title, the applicant")
    title: str = Field("", max_length=200)
    kind: str = Field("", max_length=20)
    unit: str = Field("", max_length=40, description="Code of the unit where it lies")
    step: str = Field("", max_length=120, description="Name of the step")
    whose: Literal["", "mine", "free", "substitute"] = ""
    due: Literal["all", "soon", "today", "overdue", "waiting"] = "all"
    sort: Literal["", "step", "-step", "due", "-due", "since", "-since"] = ""
    after: str = Field("", max_length=200, description="As the page before told it")
    limit: int = Field(100, ge=1, le=500)


class WorkOut(Schema):
    """One step that waits for the caller."""

    subject: str
    kind: str
    title: str
    who: str = Field(description="Whom it is about, as far as the caller may see it")
    step: str
    unit: str = Field(description="Code of the unit where it lies")
    step_due_at: datetime
    due_at: datetime
    is_claimed: bool = Field(description="By the caller; what colleagues claimed is not listed")
    is_substitute: bool
    section: str = Field(description='soon (two working hours), late, today, rest; "" in lists that are ordered')


class WorkPageOut(Schema):
    """One page of work; ``after`` asks for the next, null on the last."""

    work: list[WorkOut]
    after: str | None


class CountsOut(Schema):
    """How much waits, each number counted up to 1000."""

    all: int
    soon: int
    today: int
    overdue: int
    waiting: int


class EntryOut(Schema):
    """One line of a tray."""

    title: str
    url: str
    note: str
    due_at: datetime | None
    code: str


class TrayOut(Schema):
    """One kind of thing that waits for a head or leader; at most the first lines."""

    code: str
    label: str
    count: int
    entries: list[EntryOut]


class ViewIn(Schema):
    """Filters to be kept under a name."""

    name: str = Field(max_length=80)
    query: str = Field(max_length=1000, description="As in the page's address: due=soon&q=an")


class ViewOut(Schema):
    """Filters kept under a name."""

    id: int
    name: str
    query: str
    is_mine: bool
    unit: str | None = Field(description="Code of the unit that they are shared with")


@router.get("/my-work", response=WorkPageOut, operation_id="list_my_work")
@opens_to(may_see_work)
def list_my_work(request: SignedInRequest, query: Query[WorkQuery]) -> dict[str, Any]:
    """List what waits for the caller: first what is due in two working hours, then by the step's due instant."""
    asked = Asked(
        due=query.due or ALL,
        text=query.q,
        title=query.title,
        kind=query.kind,
        unit=query.unit,
        step=query.step,
        whose=query.whose,
        order=query.sort,
    )
    after = Cursor.from_text(query.after) if query.after else None
    found = my_work(request.user, asked, after=after, limit=query.limit)
    rows = [
        {
            "subject": run.subject,
            "kind": run.kind,
            "title": run.title,
            "who": getattr(run, "who", "") or "",
            "step": run.step_name,
            "unit": run.unit.code,
            "step_due_at": run.step_due_at,
            "due_at": run.due_at,
            "is_claimed": run.assignee_id is not None,
            "is_substitute": is_substitute(request.user, run),
            "section": section,
        }
        for run, section in zip(found.runs, found.sections, strict=True)
    ]
    return {"work": rows, "after": found.after.as_text() if found.after else None}


@router.get("/my-work/counts", response=CountsOut, operation_id="count_my_work")
@opens_to(may_see_work)
def count_my_work(request: SignedInRequest) -> dict[str, int]:
    """How much waits for the caller, in one statement."""
    return work_counts(request.user)


@router.get("/my-work/views", response=list[ViewOut], operation_id="list_work_views")
@opens_to(may_see_work)
def list_views(request: SignedInRequest) -> list[dict[str, Any]]:
    """The caller's kept filters of the work list, and those shared with the caller's units."""
    return [_view(request, view) for view in usable_views(request.user, LIST)]


@router.post("/my-work/views", response={201: ViewOut}, operation_id="save_work_view")
@opens_to(may_see_work)
def add_view(request: SignedInRequest, body: ViewIn) -> Status:
    """Keep filters under a name; the same name is overwritten."""
    return Status(201, _view(request, save_view(page=LIST, name=body.name, query=body.query, actor=request.user)))


@router.delete("/my-work/views/{view}", response={204: None}, operation_id="forget_work_view")
@opens_to(may_see_work)
def drop_view(request: SignedInRequest, view: int) -> Status:
    """Drop kept filters of the caller; twice is once."""
    forget_view(min(view, 2**63 - 1), actor=request.user)
    return Status(204, None)


@router.get("/inbox", response=list[TrayOut], operation_id="list_inbox")
@opens_to(may_see_inbox)
def list_inbox(request: SignedInRequest, tray: str = "") -> list[dict[str, Any]]:
    """What waits for the caller as head or leader, tray by tray; the one named ``tray`` at length."""
    return [
        {
            "code": each.tray.code,
            "label": str(each.tray.label),
            "count": each.page.count,
            "entries": [vars(entry) for entry in each.page.entries],
        }
        for each in read_trays(request.user, wanted=tray)
    ]


def _view(request: SignedInRequest, view: SavedView) -> dict[str, Any]:
    return {
        "id": view.pk,
        "name": view.name,
        "query": view.query,
        "is_mine": view.account_id == request.user.pk,
        "unit": view.unit.code if view.unit else None,
    }
