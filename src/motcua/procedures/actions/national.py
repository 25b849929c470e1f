"""The national set beside the province's own: imported from what the portal gives, compared, proposed."""

import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.procedures import publication_events as events
from motcua.procedures.actions.catalogue import read_rows
from motcua.procedures.actions.deciding import check_may, new_code
from motcua.procedures.models import NationalRecord, Proposal
from motcua.procedures.publication_queries import Divergence, national_differences
from motcua.procedures.publishing_states import BY_DECISION, DIFFERS, OPEN, OUTDATED, SETTLED, TAKEN, UNPUBLISHED
from motcua.procedures.rules.decisions.values import ABOLISHED, MODIFIED, NEW
from motcua.procedures.rules.portal_sheet import BadSheet, ListedProcedure, listed_procedures

CHANGE_OF_REASON = {UNPUBLISHED: NEW, DIFFERS: MODIFIED, OUTDATED: ABOLISHED}
SOURCE_OF_SHEET = "Cổng Dịch vụ công quốc gia, tệp Excel xuất danh sách thủ tục"
MOST_BYTES = 60 * 1024 * 1024  # the whole national set has 5 MB packed
MOST_UNPACKED = 200 * 1024 * 1024  # bytes of a workbook; the largest real export has 1


@dataclass(frozen=True)
class NationalImport:
    """How many records the file has, how many of them were new or changed."""

    rows: int
    changed: int
    is_list: bool


def import_national_set(*, path: Path, actor: str, seen_on: date, name: str = "") -> NationalImport:
    """Take over the national set from ``path``: JSON lines with all parts, or the portal's Excel export of a list.

    The whole file is checked first; nothing is written when a line is wrong. A list says nothing of the parts it does
    not name: a record with all its parts keeps them. ``name`` is shown for the file, default its own.

    Raises:
        Refused: the file cannot be read, columns are missing, a code is wrong or stands twice (with its row).
    """
    shown = name or path.name
    if shown.lower().endswith(".xlsx"):
        return _write_list(_read_sheet(path, shown), actor=actor, seen_on=seen_on, file=shown)
    rows = read_rows(path, keeps_stated=True)
    records = [
        NationalRecord(
            procedure_code=row.parts.code, name=row.parts.columns["name"], field=row.parts.columns["field"],
            issuing_agency=row.parts.columns["issuing_agency"],
            executing_agencies=row.parts.columns["executing_agencies"], content=row.stated or {}, digest=row.digest,
            source=row.parts.columns["source"], seen_on=seen_on,
        )
        for row in rows
    ]  # fmt: skip
    return _write(records, actor=actor, file=shown, is_list=False)


def take_national_file(
    chunks: Iterable[bytes], *, name: str, size: int, actor: Account, seen_on: date
) -> NationalImport:
    """Take over an uploaded file of the national set; as ``import_national_set``, and refuses one of over 60 MB."""
    check_may(actor)
    if size > MOST_BYTES:
        raise Refused(gettext("Chọn một tệp không quá 60 MB."), field="file")
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix.lower()) as kept:
        for chunk in chunks:
            kept.write(chunk)
        kept.flush()
        return import_national_set(path=Path(kept.name), name=name, actor=actor.code, seen_on=seen_on)


def _read_sheet(path: Path, shown: str) -> list[ListedProcedure]:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Refused(gettext("Tệp “%(name)s” quá lớn khi giải nén.") % {"name": shown})
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError) as wrong:
        raise Refused(gettext("Không đọc được tệp “%(name)s”.") % {"name": shown}) from wrong
    try:
        return listed_procedures(book.worksheets[0].iter_rows(values_only=True))
    except BadSheet as wrong:
        raise Refused(_words_for(wrong, shown)) from wrong
    finally:
        book.close()


def _words_for(wrong: BadSheet, file: str) -> str:
    problems = {
        "no_headings": gettext("không có dòng tiêu đề với các cột “Mã số”, “Tên”"),
        "no_rows": gettext("không có thủ tục nào"),
        "column_missing": gettext("thiếu cột “%(shown)s”"),
        "bad_code": gettext("mã thủ tục phải có dạng 1.000948, không phải “%(shown)s”"),
        "code_twice": gettext("mã thủ tục đã có ở dòng trước: %(shown)s"),
        "no_name": gettext("thủ tục không có tên"),
    }
    columns = {"issuing_agency": gettext("Cơ quan ban hành"), "field": gettext("Lĩnh vực")}
    problem = problems[wrong.problem] % {"shown": columns.get(wrong.shown, wrong.shown)}
    if wrong.row:
        return gettext("Tệp “%(file)s”, dòng %(row)s: %(problem)s.") % {
            "file": file, "row": wrong.row, "problem": problem,
        }  # fmt: skip
    return gettext("Tệp “%(file)s”: %(problem)s.") % {"file": file, "problem": problem}


def _write_list(listed: list[ListedProcedure], *, actor: str, seen_on: date, file: str) -> NationalImport:
    whole = set(NationalRecord.objects.filter(is_list=False).values_list("procedure_code", flat=True))
    records = [
        NationalRecord(
            procedure_code=one.code, name=one.name, field=one.field, issuing_agency=one.issuing_agency,
            executing_agencies=list(one.executing_agencies), is_list=True, source=SOURCE_OF_SHEET, seen_on=seen_on,
        )
        for one in listed
        if one.code not in whole
    ]  # fmt: skip
    done = _write(records, actor=actor, file=file, is_list=True)
    return NationalImport(len(listed), done.changed, True)


@transaction.atomic
def _write(records: list[NationalRecord], *, actor: str, file: str, is_list: bool) -> NationalImport:
    present = {
        one.procedure_code: one
        for one in NationalRecord.objects.select_for_update().filter(
            procedure_code__in=[each.procedure_code for each in records]
        )
    }
    columns = (
        "name", "field", "issuing_agency", "executing_agencies", "is_list", "content", "digest", "source", "seen_on",
    )  # fmt: skip
    changed = sum(_is_changed(present.get(each.procedure_code), each) for each in records)
    for each in records:
        if (old := present.get(each.procedure_code)) is not None:
            each.pk = old.pk
    NationalRecord.objects.bulk_create([one for one in records if one.pk is None], batch_size=500)
    NationalRecord.objects.bulk_update([one for one in records if one.pk is not None], columns, batch_size=250)
    record(
        events.NATIONAL_SET_IMPORTED, subject="national_set", actor=actor, file=file, rows=len(records),
        changed=changed, is_list=is_list,
    )  # fmt: skip
    return NationalImport(len(records), changed, is_list)


def _is_changed(old: NationalRecord | None, new: NationalRecord) -> bool:
    def said(one: NationalRecord) -> tuple[Any, ...]:
        return one.digest, one.name, one.field, one.issuing_agency, tuple(one.executing_agencies)

    return old is None or said(old) != said(new)


@dataclass(frozen=True)
class Compared:
    """Proposals made anew, settled because nothing differs any more, and open after the comparison."""

    new: int
    settled: int
    open: int


@transaction.atomic
def propose_differences(*, actor: Account, day: date | None = None) -> Compared:
    """Compare the catalogue with the national set: each difference becomes an open proposal, once.

    What no longer differs is settled; what a decision has taken up already is left to it.
    """
    check_may(actor)
    found = {(one.code, one.reason): one for one in national_differences(day or today())}
    open_now = {
        (one.procedure_code, one.reason): one
        for one in Proposal.objects.select_for_update(of=("self",)).filter(state=OPEN).exclude(reason=BY_DECISION)
    }
    gone = [one for key, one in open_now.items() if key not in found]
    for one in gone:
        one.state, one.closed_at = SETTLED, now()
    Proposal.objects.bulk_update(gone, ["state", "closed_at"])
    taken = set(Proposal.objects.filter(state=TAKEN).values_list("procedure_code", flat=True))
    new = [one for key, one in found.items() if key not in open_now and one.code not in taken]
    Proposal.objects.bulk_create([_proposal(one) for one in new], batch_size=500)
    done = Compared(len(new), len(gone), len(open_now) - len(gone) + len(new))
    record(
        events.DIFFERENCES_FOUND, subject="national_set", actor=actor.code, new=done.new, settled=done.settled,
        open=done.open,
    )  # fmt: skip
    return done


def _proposal(one: Divergence) -> Proposal:
    return Proposal(
        code=new_code("DX"), procedure_code=one.code, name=one.name, change=CHANGE_OF_REASON[one.reason],
        reason=one.reason, parts=list(one.parts), state=OPEN, at=now(),
    )  # fmt: skip
