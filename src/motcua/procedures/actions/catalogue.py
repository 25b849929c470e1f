"""Taking a catalogue of procedures over: every part of each, in dated versions."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import error as BrokenArchive

from django.db import connection, transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.procedures.events import CATALOGUE_IMPORTED
from motcua.procedures.models import Component, FilingChannel, Procedure, ProcedureResult, ProcedureVersion
from motcua.procedures.queries import forget_catalogue
from motcua.procedures.rules.cells import BadCell, Parts, parts_of

NATIONAL_CATALOGUE = Path(__file__).parent.parent / "data" / "procedures.jsonl.gz"
BATCH = 500  # procedures in one transaction: a killed import keeps whole batches and goes on from there
LONGEST_LINE = 2_000_000  # characters; the longest real procedure has 120,000
IMPORT_LOCK = 766_003  # 766_001 and 766_002 are the courier's and the sealer's
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Imported:
    """How many procedures got a new version, how many of these replaced one, how many were there already."""

    written: int
    superseded: int
    unchanged: int


@dataclass(frozen=True)
class Row:
    """One line of a catalogue file: where it stands, its parts, the digest of what it states, and that where asked."""

    line: int
    parts: Parts
    digest: str
    stated: dict[str, Any] | None


def import_catalogue(*, path: Path, actor: str, valid_from: date, progress: Progress) -> Imported:
    """Take over the procedures of ``path`` (JSON lines, gzipped or not) as versions in force from ``valid_from``.

    First the whole file is read and checked; nothing is written when a line is wrong. Then batches of whole procedures
    are written. A row that is the same as the version in force makes no new one, so that the same import again does
    nothing and an interrupted one goes on; a changed row ends the version in force on the day before.

    Raises:
        Refused: a line cannot be read (says line and field), a code stands twice, or a changed procedure has a
            version from that day or later: published versions are never edited.
    """
    rows = read_rows(path)
    written = superseded = unchanged = 0
    what = gettext("Danh mục thủ tục")
    progress(what, 0, len(rows))
    for start in range(0, len(rows), BATCH):
        batch = _write_batch(rows[start : start + BATCH], actor=actor, valid_from=valid_from, file=path.name)
        written += batch.written
        superseded += batch.superseded
        unchanged += batch.unchanged
        progress(what, min(start + BATCH, len(rows)), len(rows))
    if written:
        forget_catalogue()
    return Imported(written, superseded, unchanged)


def read_rows(path: Path, *, keeps_stated: bool = False) -> list[Row]:
    """Return the rows of a catalogue file (JSON lines, gzipped or not); refuses a file with a wrong one."""
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            stated = json.loads(line)
            parts = parts_of(stated)
        except json.JSONDecodeError as wrong:
            raise Refused(
                gettext("Dòng %(line)s: không phải JSON đúng (ký tự %(column)s).")
                % {"line": number, "column": wrong.colno}
            ) from wrong
        except RecursionError as wrong:
            raise Refused(gettext("Dòng %(line)s: JSON lồng quá sâu.") % {"line": number}) from wrong
        except BadCell as wrong:
            raise Refused(words_for(number, wrong), field=wrong.field) from wrong
        if parts.code in seen:
            raise Refused(
                gettext("Dòng %(line)s: mã thủ tục %(code)s đã có ở dòng %(first)s.")
                % {"line": number, "code": parts.code, "first": seen[parts.code]},
                field="code",
            )
        seen[parts.code] = number
        rows.append(Row(number, parts, digest_of(stated), stated if keeps_stated else None))
    if not rows:
        raise Refused(gettext("Tệp “%(name)s” không có thủ tục nào.") % {"name": path.name})
    return rows


def digest_of(stated: Any) -> str:
    """Return the digest of a row as the source states it: the same row again is no change."""
    canonical = json.dumps(stated, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number from 1, text) of each line that is not empty."""
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                if len(line) >= LONGEST_LINE:
                    raise Refused(gettext("Dòng %(line)s dài quá mức cho phép.") % {"line": number})
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as wrong:
        raise Refused(gettext("Tệp “%(name)s” không phải văn bản UTF-8.") % {"name": path.name}) from wrong
    except (OSError, EOFError, BrokenArchive) as wrong:
        raise Refused(gettext("Không đọc được tệp “%(name)s”.") % {"name": path.name}) from wrong


def words_for(line: int, wrong: BadCell) -> str:
    """Return what is wrong with a cell, in the reader's words, with the line it stands on."""
    problems = {
        "not_object": gettext("không phải một đối tượng JSON"),
        "bad_code": gettext("mã thủ tục phải có dạng 1.000948, không phải “%(shown)s”"),
        "missing": gettext("thiếu nội dung"),
        "too_long": gettext("dài quá mức cho phép: “%(shown)s”"),
        "not_text": gettext("phải là văn bản, không phải “%(shown)s”"),
        "not_list": gettext("phải là danh sách, không phải “%(shown)s”"),
        "not_number": gettext("phải là số không âm, không phải “%(shown)s”"),
        "too_large": gettext("số quá lớn: “%(shown)s”"),
        "not_address": gettext("phải là địa chỉ trang web, không phải “%(shown)s”"),
        "unknown_level": gettext("không có cấp thực hiện “%(shown)s”"),
        "unknown_method": gettext("không có cách thức nộp “%(shown)s”"),
        "unknown_unit": gettext("không có đơn vị thời gian “%(shown)s”"),
    }
    problem = problems[wrong.problem] % {"shown": wrong.shown}
    if not wrong.field:
        return gettext("Dòng %(line)s: %(problem)s.") % {"line": line, "problem": problem}
    return gettext("Dòng %(line)s, trường “%(field)s”: %(problem)s.") % {
        "line": line, "field": wrong.field, "problem": problem,
    }  # fmt: skip


@transaction.atomic
def _write_batch(rows: list[Row], *, actor: str, valid_from: date, file: str) -> Imported:
    _one_import_at_a_time()
    procedures = _procedures_of(rows)
    latest = {
        version.procedure_id: version
        for version in ProcedureVersion.objects.filter(procedure__in=procedures.values())
        .only("procedure_id", "digest", "valid_from", "valid_to")
        .order_by("procedure", "valid_from")
    }
    changed: list[Row] = []
    ended: list[ProcedureVersion] = []
    for row in rows:
        before = latest.get(procedures[row.parts.code].pk)
        if before is not None and before.digest == row.digest and before.valid_to is None:
            continue
        if before is not None:
            _check_later(row, before, valid_from)
            if before.valid_to is None:
                before.valid_to = valid_from - timedelta(days=1)
                ended.append(before)
        changed.append(row)
    ProcedureVersion.objects.bulk_update(ended, ["valid_to"])
    write_versions([(procedures[row.parts.code], row.parts, row.digest) for row in changed], valid_from)
    done = Imported(len(changed), len(ended), len(rows) - len(changed))
    if changed:
        record(
            CATALOGUE_IMPORTED, subject="catalogue", actor=actor, file=file, written=done.written,
            superseded=done.superseded, unchanged=done.unchanged, valid_from=valid_from.isoformat(),
        )  # fmt: skip
    return done


def _one_import_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _procedures_of(rows: list[Row]) -> dict[str, Procedure]:
    codes = [row.parts.code for row in rows]
    Procedure.objects.bulk_create([Procedure(code=code) for code in codes], ignore_conflicts=True)
    return {procedure.code: procedure for procedure in Procedure.objects.filter(code__in=codes)}


def _check_later(row: Row, before: ProcedureVersion, valid_from: date) -> None:
    last_day = before.valid_to or before.valid_from
    if valid_from <= last_day:
        raise Refused(
            gettext(
                "Dòng %(line)s: thủ tục %(code)s đã có phiên bản khác đến ngày %(day)s; "
                "phiên bản mới phải có hiệu lực sau ngày đó."
            )
            % {"line": row.line, "code": row.parts.code, "day": f"{last_day:%d/%m/%Y}"},
            field="valid_from",
        )


def write_versions(contents: list[tuple[Procedure, Parts, str]], valid_from: date) -> list[ProcedureVersion]:
    """Write a version with all its parts for each (procedure, parts, digest), in force from ``valid_from``."""
    versions = ProcedureVersion.objects.bulk_create(
        [
            ProcedureVersion(procedure=procedure, valid_from=valid_from, digest=digest, **parts.columns)
            for procedure, parts, digest in contents
        ]
    )
    parted = [(version, parts) for version, (_, parts, _) in zip(versions, contents, strict=True)]
    FilingChannel.objects.bulk_create(
        FilingChannel(version=version, position=position, **vars(channel))
        for version, parts in parted
        for position, channel in enumerate(parts.channels, start=1)
    )
    _write_components(parted)
    ProcedureResult.objects.bulk_create(
        ProcedureResult(version=version, name=name, code=code)
        for version, parts in parted
        for name, code in parts.results
    )
    return versions


def _write_components(parted: list[tuple[ProcedureVersion, Parts]]) -> None:
    components = (
        Component(version=version, position=position, **vars(paper))
        for version, parts in parted
        for position, paper in enumerate(parts.papers, start=1)
    )
    while some := list(islice(components, 2000)):
        Component.objects.bulk_create(some)
