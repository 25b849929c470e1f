"""The result: drafted from a template or uploaded, by versions; numbered when it is approved; its signed file."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.dossiers.access.dossier import sees
from motcua.dossiers.access.results import may_draft, may_sign_file
from motcua.dossiers.events import RESULT_DRAFTED, RESULT_SIGNED
from motcua.dossiers.models import Dossier, OwnResultTemplate, ResultDocument
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.queries.result_templates import templates_for
from motcua.dossiers.rules.result_templates import ResultTemplate, checked_values, shipped_templates
from motcua.organizations.models import Account
from motcua.workflow.actions import runs
from motcua.workflow.models import Run
from motcua.workflow.queries import part_for

UPLOADED = "tai-len"  # how facts name a version that came as a file
# Take the next number of a unit in a year and give it to a version, in one statement; the row of the numbers stays
# locked until the commit, so there are no gaps.
_NUMBER = """
WITH taken AS (
    INSERT INTO dossiers_resultnumber (unit_id, year, last) VALUES (%(unit)s, %(year)s, 1)
    ON CONFLICT (unit_id, year) DO UPDATE SET last = dossiers_resultnumber.last + 1
    RETURNING last
)
UPDATE dossiers_resultdocument SET number = taken.last, year = %(year)s, issued_at = %(at)s, issued_by = %(by)s,
       signed_file_id = %(file)s
FROM taken WHERE id = %(document)s
RETURNING number
"""


@transaction.atomic
def draft_result(
    code: str, *, template: str, values: Mapping[str, str], actor: Account, at: datetime | None = None
) -> ResultDocument:
    """Write a new version of the result from a template in force; the one before stays as it was.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor does not write results at this step, no such template, or a value at fault (its ``field``).
    """
    dossier, _run, drafted_at = _lock_to_draft(code, actor=actor, at=at)
    chosen = _held(template_now(dossier, template, drafted_at))
    clean = checked_values(chosen, values)

    document = _add(dossier, actor, drafted_at, template=chosen.code, template_from=chosen.valid_from, values=clean)
    _name(dossier, f"{chosen.name}{': ' if clean.get('subject') else ''}{clean.get('subject', '')}")

    record(
        RESULT_DRAFTED,
        subject=code,
        actor=actor.code,
        unit=dossier.competent_unit.code,
        at=drafted_at,
        version=document.version,
        template=chosen.code,
    )
    return document


@transaction.atomic
def upload_result(code: str, *, file: StoredFile, actor: Account, at: datetime | None = None) -> ResultDocument:
    """Let a file be the new version of the result instead of a draft; it becomes the signed one with the approval.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor does not write results at this step, or the file is not the actor's.
    """
    dossier, _run, added_at = _lock_to_draft(code, actor=actor, at=at)

    storing.claim([file.pk], subject=code, actor=actor)
    document = _add(dossier, actor, added_at, signed_file=file)
    _name(dossier, gettext("Theo tệp %(name)s") % {"name": file.name})

    record(
        RESULT_DRAFTED,
        subject=code,
        actor=actor.code,
        unit=dossier.competent_unit.code,
        at=added_at,
        version=document.version,
        template=UPLOADED,
    )
    return document


def issue(dossier: Dossier, *, actor: Account, at: datetime) -> ResultDocument | None:
    """Number the newest version as the result is approved, inside the transaction of the approval; None: no document.

    The number is the next one of the competent unit in the year. Changes ``dossier.result_file``; saves it not.
    """
    document = ResultDocument.objects.filter(dossier=dossier).select_related("signed_file").order_by("-version").first()
    if document is None and dossier.result_file is not None:
        return _add(dossier, actor, at, signed_file=dossier.result_file, issued_at=at, issued_by=actor.code)
    if document is None or document.issued_at is not None:
        return None
    document.issued_at, document.issued_by = at, actor.code
    if dossier.result_file is not None:
        document.signed_file = dossier.result_file
    else:
        dossier.result_file = document.signed_file
    if document.template:
        document.year = at.astimezone(VIETNAM).year
        document.number = _number(document)
    else:
        document.save(update_fields=["issued_at", "issued_by", "signed_file"])
    return document


@transaction.atomic
def attach_signed(code: str, *, file: StoredFile, actor: Account, at: datetime | None = None) -> Dossier:
    """Add the signed file of a result that was approved and signed on paper; from then on it can go out electronically.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not decided, has a signed file already, the actor has no part in it, or the file is not the
            actor's.
    """
    dossier, run = _lock(code, actor)
    signed_at = at or now()
    if not may_sign_file(actor, dossier):
        raise Refused(gettext("Hồ sơ %(code)s: bạn không gắn được tệp kết quả lúc này.") % {"code": code})
    if dossier.result_file_id is not None:
        raise Refused(gettext("Hồ sơ %(code)s đã có tệp kết quả đã ký.") % {"code": code})

    storing.claim([file.pk], subject=code, actor=actor)
    document = ResultDocument.objects.filter(dossier=dossier).order_by("-version").first()
    if document is None:
        document = _add(dossier, actor, signed_at, signed_file=file, issued_at=signed_at, issued_by=actor.code)
    else:
        document.signed_file = file
        document.save(update_fields=["signed_file"])
    dossier.result_file = file
    dossier.save(update_fields=["result_file"])

    record(RESULT_SIGNED, subject=code, actor=actor.code, unit=run.unit.code, at=signed_at, version=document.version)
    return dossier


def template_now(dossier: Dossier, code: str, at: datetime) -> ResultTemplate:
    """Return the template ``code`` in force for the dossier's procedure.

    Raises:
        Refused: there is none.
    """
    day = at.astimezone(VIETNAM).date()
    for each in templates_for(dossier.version.procedure.code, day):
        if each.code == code:
            return each
    raise Refused(gettext("Không có mẫu kết quả này cho thủ tục."), field="template")


def _held(template: ResultTemplate) -> ResultTemplate:
    """Return ``template`` as it stands, locked: nobody changes it between the look at it and the draft.

    Raises:
        Refused: it was taken back in between.
    """
    row = OwnResultTemplate.objects.select_for_update(of=("self",), no_key=True)
    own = row.filter(code=template.code, valid_from=template.valid_from).first()
    if own is None and template not in shipped_templates():
        raise Refused(gettext("Không có mẫu kết quả này cho thủ tục."), field="template")
    return own.template if own else template


def _lock(code: str, actor: Account) -> tuple[Dossier, Run]:
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit", "receiving_unit")
    dossier = dossiers.filter(code=code).first()
    if dossier is None:
        raise Http404
    run = runs.lock(code)
    if run.branches:
        run = part_for(actor, [run, *run.branches])
    if not actor.is_official or not sees(actor, dossier, run):
        raise Http404
    dossier.version = version_of(dossier.version_id)
    return dossier, run


def _lock_to_draft(code: str, *, actor: Account, at: datetime | None) -> tuple[Dossier, Run, datetime]:
    dossier, run = _lock(code, actor)
    if not may_draft(actor, dossier, run):
        raise Refused(
            gettext("Hồ sơ %(code)s, bước “%(step)s”: việc soạn kết quả do người khác phụ trách hoặc đã xong.")
            % {"code": code, "step": run.step_name}
        )
    return dossier, run, at or now()


def _add(dossier: Dossier, actor: Account, at: datetime, **what: object) -> ResultDocument:
    last = ResultDocument.objects.filter(dossier=dossier).order_by("-version").values_list("version", flat=True).first()
    document = ResultDocument(
        dossier=dossier,
        version=(last or 0) + 1,
        unit_id=dossier.competent_unit_id,
        drafted_at=at,
        drafted_by=actor.code,
        **what,
    )
    document.save(force_insert=True)
    return document


def _name(dossier: Dossier, words: str) -> None:
    """Say in one line what the result is; lists and the proposal show it."""
    dossier.result_text = words[:1000]
    dossier.save(update_fields=["result_text"])


def _number(document: ResultDocument) -> int:
    """Write that a drafted version is issued, under the next number of its unit in its year; return the number."""
    values = {
        "unit": document.unit_id,
        "year": document.year,
        "at": document.issued_at,
        "by": document.issued_by,
        "file": document.signed_file_id,
        "document": document.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, values)
        return int(cursor.fetchone()[0])
