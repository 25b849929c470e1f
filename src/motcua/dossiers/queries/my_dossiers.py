"""A citizen's own: what must be done first, what runs and how far, what ended, and the papers that may serve again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM, now
from motcua.base.text import fold, squash
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier, DossierPaper, SurveyAnswer
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.rules.code import is_dossier_code
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.states import (
    AWAITING_PAYMENT,
    AWAITING_SUPPLEMENT,
    DECIDED,
    IN_PERSON,
    ONLINE,
    OPEN_STATES,
    RESOLVED_STATES,
    RETURNED,
    SUPPLEMENT_BEFORE,
)
from motcua.payments.models import Fee
from motcua.workflow.models import Run
from motcua.workflow.queries import route_plan

TODO, RUNNING, ENDED = "can-lam", "dang-giai-quyet", "da-xong"
GROUPS = {TODO: _("Bạn cần làm"), RUNNING: _("Đang giải quyết"), ENDED: _("Đã xong")}

Key = tuple[datetime, int]
# What the state asks of the applicant; a fee and a result that was not opened are told by themselves.
ASKS = {
    SUPPLEMENT_BEFORE: _("Hoàn thiện hồ sơ theo hướng dẫn để được tiếp nhận"),
    AWAITING_SUPPLEMENT: _("Bổ sung giấy tờ; thời hạn đang tạm dừng"),
    AWAITING_PAYMENT: _("Thực hiện nghĩa vụ tài chính; thời hạn đang tạm dừng"),
}
_PAY, _COLLECT, _OPEN = _("Nộp phí, lệ phí"), _("Đến nhận kết quả"), _("Mở kết quả điện tử để xác nhận đã nhận")


@dataclass(frozen=True)
class Mine:
    """One dossier of a citizen as the list shows it."""

    dossier: Dossier
    asks: list[str | Promise]  # what must be done, [] is nothing
    done_steps: int
    steps: int  # 0: no progress to show
    step_name: str


@dataclass(frozen=True)
class MyPage:
    """One page of a group; ``after`` asks for the next one."""

    rows: list[Mine]
    after: Key | None


def my_dossiers(account: Any, group: str, *, text: str = "", after: Key | None = None, limit: int) -> MyPage:
    """Return a page of the account's dossiers of one group, newest filing first; three statements."""
    found = _named(Dossier.objects.filter(applicant=account), text).alias(is_unpaid=_UNPAID, is_unopened=_UNOPENED)
    found = found.filter(_condition(group)).annotate(unpaid=_UNPAID, unopened=_UNOPENED)
    if after is not None:
        filed_at, number = after
        found = found.filter(Q(filed_at__lt=filed_at) | Q(filed_at=filed_at, id__lt=number))
    rows = list(found.select_related("competent_unit", "receiving_unit").order_by("-filed_at", "-id")[: limit + 1])
    page = rows[:limit]
    return MyPage(_shown(page), (page[-1].filed_at, page[-1].pk) if len(rows) > limit else None)


_UNPAID = Exists(Fee.objects.filter(subject=OuterRef("code"), paid_at__isnull=True, cancelled_at__isnull=True))
_UNOPENED = Exists(
    Dossier.objects.filter(
        pk=OuterRef("pk"), result_return__method=ONLINE, result_return__arrived_at__isnull=True
    )
)  # fmt: skip


def _condition(group: str) -> Q:
    to_collect = Q(state=DECIDED, return_method__in=["", IN_PERSON])
    asked = Q(state__in=[*ASKS]) | to_collect
    owes = Q(has_fee=True, state__in=[*OPEN_STATES, DECIDED], is_unpaid=True)
    waits = Q(state=RETURNED, is_unopened=True)
    if group == TODO:
        return asked | owes | waits
    if group == RUNNING:
        return Q(state__in=[*OPEN_STATES, DECIDED]) & ~asked & ~owes
    return ~Q(state__in=[*OPEN_STATES, DECIDED]) & ~waits


def _named(found: QuerySet[Dossier], text: str) -> QuerySet[Dossier]:
    text = squash(text)
    if not text:
        return found
    if is_dossier_code(text.upper()):
        return found.filter(code=text.upper())
    named = found.alias(folded=Func("version__name", function="motcua_fold", output_field=TextField()))
    return named.filter(Q(folded__contains=fold(text)) | Q(code__icontains=text))


def _shown(dossiers: Sequence[Dossier]) -> list[Mine]:
    runs = {run.subject: run for run in Run.objects.filter(subject__in=[each.code for each in dossiers], branch=0)}
    rows = []
    for dossier in dossiers:
        dossier.version = version_of(dossier.version_id)
        run = runs.get(dossier.code)
        way = route_plan(run.route_id).own_way if run and dossier.is_open else ()
        rows.append(
            Mine(
                dossier=dossier,
                asks=_asks(dossier),
                done_steps=sum(step.position < run.position for step in way) if run else 0,
                steps=len(way),
                step_name=run.step_name if run and dossier.is_open else "",
            )
        )
    return rows


def _asks(dossier: Any) -> list[str | Promise]:
    asks: list[str | Promise] = [ASKS[dossier.state]] if dossier.state in ASKS else []
    if dossier.has_fee and dossier.unpaid and dossier.state not in (AWAITING_PAYMENT, RETURNED):
        asks.insert(0, _PAY)
    if dossier.state == DECIDED and dossier.return_method in ("", IN_PERSON):
        asks.append(_COLLECT)
    if dossier.unopened:
        asks.append(_OPEN)
    return asks


def to_survey(account: Any, *, limit: int = 3) -> list[Dossier]:
    """Return the account's dossiers that were returned lately and not judged yet, newest first."""
    instant = now()
    since = instant - timedelta(days=result_rules_on(instant.astimezone(VIETNAM).date()).survey_open_days)
    answered = Exists(SurveyAnswer.objects.filter(dossier=OuterRef("pk")))
    mine = Dossier.objects.filter(~answered, applicant=account, state=RETURNED, returned_at__gte=since)
    found = list(mine.order_by("-returned_at")[:limit])
    for dossier in found:
        dossier.version = version_of(dossier.version_id)
    return found


@dataclass(frozen=True)
class PaperPage:
    """One page of a citizen's papers, newest first."""

    papers: list[DossierPaper]  # with files and dossiers
    after: Key | None


def my_papers(account: Any, *, text: str = "", after: Key | None = None, limit: int) -> PaperPage:
    """Return the files that came with the account's own dossiers."""
    found = DossierPaper.objects.filter(dossier__applicant=account, file__isnull=False)
    if words := fold(squash(text)):
        named = found.alias(folded=Func("component_name", function="motcua_fold", output_field=TextField()))
        found = named.filter(Q(folded__contains=words) | Q(dossier__code__icontains=words))
    if after is not None:
        added_at, number = after
        found = found.filter(Q(added_at__lt=added_at) | Q(added_at=added_at, id__lt=number))
    rows = list(found.select_related("file", "dossier").order_by("-added_at", "-id")[: limit + 1])
    page = rows[:limit]
    return PaperPage(page, (page[-1].added_at, page[-1].pk) if len(rows) > limit else None)


def my_results(account: Any, *, limit: int = 50) -> list[Dossier]:
    """Return the account's dossiers whose signed result is there as a file, newest first."""
    mine = Dossier.objects.filter(applicant=account, state__in=RESOLVED_STATES, result_file__isnull=False)
    found = list(mine.select_related("result_file", "competent_unit").order_by("-decided_at", "-id")[:limit])
    for dossier in found:
        dossier.version = version_of(dossier.version_id)
    return found


def files_to_use_again(account: Any, component_name: str, *, limit: int = 5) -> list[StoredFile]:
    """Return files that the account filed before under a like name, newest first, for filing to offer."""
    named = DossierPaper.objects.filter(dossier__applicant=account, file__isnull=False).alias(
        folded=Func("component_name", function="motcua_fold", output_field=TextField())
    )
    papers = named.filter(folded=fold(squash(component_name))).select_related("file").order_by("-added_at", "-id")
    found: dict[str, StoredFile] = {}
    for paper in papers[: limit * 4]:
        if paper.file is not None:
            found.setdefault(paper.file.sha256, paper.file)  # the same bytes filed twice are one paper
    return list(found.values())[:limit]
