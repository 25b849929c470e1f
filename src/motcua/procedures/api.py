"""The catalogue for machines; public."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from motcua.base.guard import everyone, opens_to
from motcua.procedures.eform_api import router as eform_router
from motcua.procedures.explaining import reasons_of
from motcua.procedures.fee_rate_api import router as fee_rate_router
from motcua.procedures.file_api import router as file_router
from motcua.procedures.life_events import LIFE_EVENTS, procedures_for
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.publication_api import router as publication_router
from motcua.procedures.queries import Filters, search, version_at
from motcua.procedures.reengineering_api import router as redesign_router
from motcua.procedures.rules.search import LONGEST_QUERY

router = Router(tags=["procedures"])


class ProcedureLine(Schema):
    """A procedure in a list."""

    code: str = Field(description="National code, as 1.001193")
    name: str
    field: str = Field(description="Lĩnh vực")
    levels: list[str] = Field(description="ministry, province, commune, other")
    issuing_agency: str
    online_kind: str = Field(description="none, partial, full, or unknown: offered online to an unstated degree")
    score: float = Field(description="0 to 1; likeness to the query, 1 when nothing was asked")
    why: str = Field("", description='What of the query it answers, as “sổ đỏ” → giấy chứng nhận; "": nothing to tell')


class ProcedureList(Schema):
    """A part of the procedures found."""

    total: int
    items: list[ProcedureLine]


class ChannelOut(Schema):
    """One way to file."""

    method: str
    limit_value: Decimal | None = Field(description="null: not stated")
    limit_unit: str = Field(description='working_day, day, working_hour, month; "": the source names none')
    fee: int | None = Field(description="đồng; null: not stated as one number, see note")
    note: str


class ComponentOut(Schema):
    """A paper that the dossier must hold."""

    case: str = Field(description='In which case it is needed; "": in every case')
    name: str
    form: str
    originals: int
    copies: int


class ResultOut(Schema):
    """What the applicant receives."""

    name: str
    code: str


class ProcedureOut(Schema):
    """A procedure with all its parts, in the version in force."""

    code: str
    valid_from: date
    valid_to: date | None
    name: str
    decision_number: str
    field: str
    kind: str
    issuing_agency: str
    levels: list[str]
    subjects: list[str]
    executing_agencies: list[str]
    competent_agency: str
    coordinating_agency: str
    reception_address: str
    steps: str
    conditions: str
    channels: list[ChannelOut]
    channels_text: str = Field(description="As published: the split into channels loses something")
    components: list[ComponentOut]
    components_text: str
    results: list[ResultOut]
    legal_references: list[str]
    legal_text: str
    online_kind: str
    source: str
    source_url: str

    @staticmethod
    def resolve_code(version: ProcedureVersion) -> str:
        return version.procedure.code


class Asked(Schema):
    """What a list is narrowed to."""

    q: str = Field("", max_length=LONGEST_QUERY, description="Words without diacritics, with typos, or a code")
    field: str = Field("", description="Lĩnh vực, as it stands in an answer")
    level: Literal["", "ministry", "province", "commune", "other"] = ""
    agency: str = Field("", description="An issuing or executing agency")
    online: Literal["", "here", "yes", "no"] = Field("", description="here: a unit of this province takes it online")
    mark: str = Field("", max_length=24, description="A mark it bears today: internal, vertical, non_territorial …")
    limit: int = Field(20, ge=1, le=200)
    offset: int = Field(0, ge=0)


@router.get("/procedures", response=ProcedureList, auth=None, operation_id="list_procedures", summary="Find procedures")
@opens_to(everyone)
def list_procedures(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Procedures in force today, best first; without ``q`` all of them, by name."""
    filters = Filters(asked.field, asked.level, asked.agency, asked.online, asked.mark)
    found = search(asked.q, filters, limit=asked.limit, offset=asked.offset)
    items = [
        {
            "code": hit.entry.code, "name": hit.entry.name, "field": hit.entry.field, "levels": list(hit.entry.levels),
            "issuing_agency": hit.entry.issuing_agency, "online_kind": hit.entry.online_kind, "score": hit.score,
            "why": why,
        }
        for hit, why in zip(found.hits, reasons_of(asked.q, found.hits), strict=True)
    ]  # fmt: skip
    return {"total": found.total, "items": items}


class LifeEventOut(Schema):
    """What happens to people, with the procedures that it calls for."""

    slug: str
    title: str
    lede: str
    procedures: list[str] = Field(description="Codes, in the order in which people need them")


@router.get(
    "/life-events", response=list[LifeEventOut], auth=None, operation_id="list_life_events", summary="Life events"
)
@opens_to(everyone)
def list_life_events(request: HttpRequest) -> list[dict[str, Any]]:
    """All life events with the procedures in force that each calls for."""
    return [
        {
            "slug": event.slug, "title": str(event.title), "lede": str(event.lede),
            "procedures": [hit.entry.code for hit in procedures_for(event)],
        }
        for event in LIFE_EVENTS
    ]  # fmt: skip


@router.get(
    "/procedures/{code}", response=ProcedureOut, auth=None, operation_id="get_procedure", summary="One procedure"
)
@opens_to(everyone)
def get_procedure(request: HttpRequest, code: str) -> ProcedureVersion:
    """The version in force today with all its parts; 404 when there is none."""
    version = version_at(code) if "\x00" not in code else None
    if version is None:
        raise Http404
    return version


router.add_router("", eform_router)
router.add_router("", fee_rate_router)
router.add_router("", file_router)
router.add_router("", publication_router)
router.add_router("", redesign_router)
