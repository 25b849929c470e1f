"""Forms: begun as a draft, changed, published for a day on, or dropped. A published version is never edited."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import in_force
from motcua.procedures.events import FORM_DRAFTED, FORM_DROPPED, FORM_PUBLISHED
from motcua.procedures.models import FormVersion, Procedure, ProcedureVersion
from motcua.procedures.models.eforms import DRAFT, PUBLISHED
from motcua.procedures.queries import version_at
from motcua.procedures.rules.eforms.exchange import Unreadable, read, to_layout, to_schema
from motcua.procedures.rules.eforms.faults import faults_of
from motcua.procedures.rules.eforms.form import Eform

LONGEST_SOURCE = 300


@transaction.atomic
def begin_draft(procedure_code: str, *, actor: str) -> FormVersion:
    """Return the procedure's draft: the one there is, else a copy of the newest version, else an empty form.

    Raises:
        Refused: there is no such procedure.
    """
    procedure = _locked(procedure_code)
    if found := procedure.forms.filter(state=DRAFT).first():
        return found
    newest = procedure.forms.order_by("-number").first()
    version = version_at(procedure_code)
    form = newest.form if newest else Eform(title=version.name[:300] if version else procedure_code)
    draft = _write_draft(procedure, newest, form, newest.source if newest else "", actor)
    record(FORM_DRAFTED, subject=procedure_code, actor=actor, number=draft.number)
    return draft


@transaction.atomic
def put_draft(procedure_code: str, *, schema: Any, layout: Any, source: str, actor: str) -> FormVersion:
    """Write a whole form as the procedure's draft, over the draft there is. It may still have faults.

    Raises:
        Refused: there is no such procedure, or what was given is no form.
    """
    try:
        form = read(schema, layout)
    except Unreadable as error:
        raise Refused(
            gettext("Không đọc được biểu mẫu: %(why)s") % {"why": str(error)[:300]}, field="schema"
        ) from error
    procedure = _locked(procedure_code)
    draft = procedure.forms.filter(state=DRAFT).first()
    if draft is None:
        newest = procedure.forms.order_by("-number").first()
        draft = _write_draft(procedure, newest, form, source, actor)
        record(FORM_DRAFTED, subject=procedure_code, actor=actor, number=draft.number)
        return draft
    draft.source = source[:LONGEST_SOURCE]
    _keep(draft, form)
    return draft


@transaction.atomic
def change_draft(draft: FormVersion, *, form: Eform, seen: str, actor: str, source: str | None = None) -> FormVersion:
    """Replace what a draft asks. ``seen`` is the digest the officer saw (``digest_of``), so that two do not overwrite
    each other. Single changes of a draft are no facts: publication is.

    Raises:
        Refused: it was published or dropped meanwhile, or somebody else changed it.
    """
    locked = FormVersion.objects.select_for_update().filter(pk=draft.pk, state=DRAFT).first()
    if locked is None:
        raise Refused(gettext("Bản nháp này đã được công bố hoặc đã bỏ, không sửa được nữa."))
    if seen and digest_of(locked) != seen:
        raise Refused(gettext("Biểu mẫu vừa được người khác sửa. Hãy xem lại rồi sửa tiếp."))
    locked.made_by = actor
    locked.source = locked.source if source is None else source[:LONGEST_SOURCE]
    _keep(locked, form)
    return locked


@transaction.atomic
def drop_draft(procedure_code: str, *, actor: str) -> None:
    """Drop the procedure's draft.

    Raises:
        Refused: there is none.
    """
    draft = _draft_of(_locked(procedure_code))
    number = draft.number
    draft.delete()
    record(FORM_DROPPED, subject=procedure_code, actor=actor, number=number)


@transaction.atomic
def publish_draft(procedure_code: str, *, valid_from: date, actor: str) -> FormVersion:
    """Publish the draft for ``valid_from`` on; the version before ends the day before.

    Raises:
        Refused: there is no draft, it has faults, the day is past or not after that of the version before, or the
            procedure is not in force on that day.
    """
    if valid_from < today():
        raise Refused(gettext("Ngày áp dụng không được ở trước hôm nay."), field="valid_from")
    procedure = _locked(procedure_code)
    return _publish(procedure, _draft_of(procedure), valid_from, actor)


@transaction.atomic
def load_form(
    procedure_code: str, *, definition: Mapping[str, Any], valid_from: date, actor: str
) -> FormVersion | None:
    """Publish a form that is delivered with the house (``{"schema", "layout", "source"}``); None where one is there.

    Raises:
        Refused: as for publication; a delivered form may begin in the past.
    """
    procedure = _locked(procedure_code)
    if procedure.forms.exists():
        return None
    form = read(definition["schema"], definition["layout"])
    draft = _write_draft(procedure, None, form, definition.get("source", ""), actor)
    return _publish(procedure, draft, valid_from, actor)


def digest_of(version: FormVersion) -> str:
    """Return a digest of what a version asks."""
    text = json.dumps([version.schema, version.layout], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _publish(procedure: Procedure, draft: FormVersion, valid_from: date, actor: str) -> FormVersion:
    if faults := faults_of(draft.form):
        first = faults[0]
        where = f"{first.where}: " if first.where else ""
        raise Refused(
            gettext("Chưa công bố được. %(fault)s") % {"fault": where + first.message}, field=first.where or None
        )
    before = procedure.forms.filter(state=PUBLISHED).order_by("-valid_from").first()
    if before and before.valid_from and before.valid_from >= valid_from:
        raise Refused(
            gettext("Đã có phiên bản áp dụng từ %(day)s; ngày áp dụng phải sau ngày đó.")
            % {"day": f"{before.valid_from:%d/%m/%Y}"},
            field="valid_from",
        )
    version = ProcedureVersion.objects.filter(in_force(valid_from), procedure=procedure).first()
    if version is None:
        raise Refused(gettext("Thủ tục không có hiệu lực vào ngày áp dụng."), field="valid_from")
    if before:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    draft.state, draft.valid_from, draft.published_with = PUBLISHED, valid_from, version
    draft.published_by, draft.published_at, draft.digest = actor, now(), digest_of(draft)
    draft.save()
    record(
        FORM_PUBLISHED, subject=procedure.code, actor=actor, number=draft.number, valid_from=valid_from.isoformat(),
        digest=draft.digest,
    )  # fmt: skip
    return draft


def _locked(procedure_code: str) -> Procedure:
    found = Procedure.objects.select_for_update().filter(code=procedure_code.replace("\0", "")).first()
    if found is None:
        raise Refused(
            gettext("Không có thủ tục mang mã “%(code)s”.") % {"code": procedure_code[:20]}, field="procedure"
        )
    return found


def _draft_of(procedure: Procedure) -> FormVersion:
    draft = procedure.forms.filter(state=DRAFT).first()
    if draft is None:
        raise Refused(gettext("Thủ tục này không có bản nháp biểu mẫu."))
    return draft


def _write_draft(procedure: Procedure, newest: FormVersion | None, form: Eform, source: str, actor: str) -> FormVersion:
    return FormVersion.objects.create(
        procedure=procedure, number=newest.number + 1 if newest else 1, schema=to_schema(form), layout=to_layout(form),
        source=source[:LONGEST_SOURCE], made_by=actor,
    )  # fmt: skip


def _keep(draft: FormVersion, form: Eform) -> None:
    draft.schema, draft.layout = to_schema(form), to_layout(form)
    draft.__dict__.pop("form", None)
    draft.save()
