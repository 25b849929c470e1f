"""Operations of the province's own words: the same actions as the pages."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from ninja import Query, Router, Status

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.documents.rendering.pdf import to_pdf
from motcua.dossiers.access.words import may_see_words, may_set_words
from motcua.dossiers.actions import message_words as telling
from motcua.dossiers.actions import result_templates as acts
from motcua.dossiers.models import OwnMessageWords
from motcua.dossiers.queries.message_words import all_words
from motcua.dossiers.queries.result_templates import Version, template_listed, version_of, versions
from motcua.dossiers.rendering.result import invented
from motcua.dossiers.rules.result_templates import ResultTemplate, template_from
from motcua.dossiers.schemas.words import (
    LastDayIn,
    ResultTemplateIn,
    ResultTemplateOut,
    SetWordsOut,
    WordsIn,
    WordsOut,
)
from motcua.organizations.access import SignedInRequest

router = Router(tags=["dossiers"])


@router.get("/result-templates", response=list[ResultTemplateOut], operation_id="list_result_template_versions")
@opens_to(may_see_words)
def list_versions(
    request: SignedInRequest,
    limit: int = Query(100, ge=1, le=500),  # noqa: B008
    offset: int = Query(0, ge=0, le=10**6),  # noqa: B008
) -> list[dict[str, Any]]:
    """Every version of every template, shipped and the province's own, by code and day."""
    found = sorted(versions(), key=lambda each: (each.template.code, each.template.valid_from))
    return [ResultTemplateOut.of(each) for each in found[offset : offset + limit]]


@router.get("/result-templates/{code}", response=list[ResultTemplateOut], operation_id="get_result_template")
@opens_to(may_see_words)
def get_template(request: SignedInRequest, code: str) -> list[dict[str, Any]]:
    """The versions of one template, newest first."""
    found = template_listed(code, today())
    if found is None:
        raise Http404
    return [ResultTemplateOut.of(each) for each in found.versions]


@router.post("/result-templates", response={201: ResultTemplateOut}, operation_id="set_result_template")
@opens_to(may_set_words)
def set_template(request: SignedInRequest, form: ResultTemplateIn) -> Status:
    """Set a template, or the next version of one, from a day on."""
    row = acts.set_template(_described(form), source=form.source, actor=request.user)
    return Status(201, ResultTemplateOut.of(version_of(row.code, row.valid_from)))


@router.post("/result-templates/{code}/end", response=ResultTemplateOut, operation_id="end_result_template")
@opens_to(may_set_words)
def end_template(request: SignedInRequest, code: str, form: LastDayIn) -> dict[str, Any]:
    """Offer the version in force for the last time on a day."""
    row = acts.end_template(code, on=form.on, actor=request.user)
    return ResultTemplateOut.of(version_of(row.code, row.valid_from))


@router.post("/result-templates/{code}/reopen", response=ResultTemplateOut, operation_id="reopen_result_template")
@opens_to(may_set_words)
def reopen_template(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Offer a template again that was ended."""
    row = acts.reopen_template(code, actor=request.user)
    return ResultTemplateOut.of(version_of(row.code, row.valid_from))


@router.put("/result-templates/{code}/{day}", response=ResultTemplateOut, operation_id="change_result_template")
@opens_to(may_set_words)
def change_template(request: SignedInRequest, code: str, day: date, form: ResultTemplateIn) -> dict[str, Any]:
    """Write a version anew with which nothing was drafted."""
    acts.change_template(code, day, _described(form), source=form.source, actor=request.user)
    return ResultTemplateOut.of(version_of(code, day))


@router.delete("/result-templates/{code}/{day}", response={204: None}, operation_id="withdraw_result_template")
@opens_to(may_set_words)
def withdraw_template(request: SignedInRequest, code: str, day: date) -> Status:
    """Take back a version with which nothing was drafted."""
    acts.withdraw_template(code, day, actor=request.user)
    return Status(204, None)


@router.get(
    "/result-templates/{code}/{day}/preview",
    operation_id="preview_result_template",
    openapi_extra={"responses": {200: {"description": "For an invented dossier", "content": {"application/pdf": {}}}}},
)
@opens_to(may_see_words)
def preview_template(request: SignedInRequest, code: str, day: date) -> HttpResponse:
    """A version as PDF, filled for an invented dossier."""
    drawn = to_pdf(invented(_version(code, day).template, request.user.posts_now[0].unit))
    return HttpResponse(drawn, content_type="application/pdf")


def _described(form: ResultTemplateIn) -> ResultTemplate:
    row = form.dict() | {"valid_from": form.valid_from.isoformat(), "valid_to": None}
    return template_from(row)


def _version(code: str, day: date) -> Version:
    try:
        return version_of(code, day)
    except LookupError as error:
        raise Http404 from error


@router.get("/message-words", response=list[WordsOut], operation_id="list_message_words")
@opens_to(may_see_words)
def list_words(request: SignedInRequest) -> list[dict[str, Any]]:
    """What applicants are told today, by event and channel."""
    return [
        {"event": each.event, "label": each.label, "channel": one.channel, "text": one.text, "source": one.source,
         "is_own": one.own is not None}
        for each in all_words(today())
        for one in each.words
        if one.text
    ]  # fmt: skip


@router.get("/message-words/history", response=list[SetWordsOut], operation_id="list_message_words_history")
@opens_to(may_see_words)
def list_words_history(
    request: SignedInRequest,
    event: str = "",
    limit: int = Query(100, ge=1, le=500),  # noqa: B008
    offset: int = Query(0, ge=0, le=10**6),  # noqa: B008
) -> list[OwnMessageWords]:
    """Who changed what, newest first."""
    rows = OwnMessageWords.objects.order_by("-pk")
    return list((rows.filter(event=event.replace("\0", "")) if event else rows)[offset : offset + limit])


@router.post("/message-words", response={201: SetWordsOut}, operation_id="set_message_words")
@opens_to(may_set_words)
def set_words(request: SignedInRequest, form: WordsIn) -> Status:
    """Tell an event with other words from a day on, or with the shipped ones again."""
    values = form.dict()
    event, channel = values.pop("event"), values.pop("channel")
    if form.text:
        return Status(201, telling.set_words(event, channel, actor=request.user, **values))
    values.pop("text")
    return Status(201, telling.reset_words(event, channel, actor=request.user, **values))


@router.delete("/message-words/{number}", response={204: None}, operation_id="drop_message_words")
@opens_to(may_set_words)
def drop_words(request: SignedInRequest, number: int) -> Status:
    """Drop words that have not begun."""
    telling.drop_words(min(max(number, 0), 2**63 - 1), actor=request.user)
    return Status(204, None)
