"""Reading what publication needs: versions as parts, what differs, what is wrong in a decision, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.organizations.models import in_force
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.procedures.models import (
    Decision,
    DecisionRow,
    NationalRecord,
    ProcedureVersion,
    Proposal,
)
from motcua.procedures.publishing_states import ACTIVE, CONFIRMED, LEFT_OUT, PART_LABELS, TAKEN
from motcua.procedures.queries import with_parts
from motcua.procedures.rules.cells import CODE, Channel, Parts, parts_of
from motcua.procedures.rules.decisions.values import LISTED, NEW
from motcua.procedures.rules.differences import (
    LIST_PARTS,
    PartDifference,
    differences,
    parts_that_differ,
    texts_of,
)
from motcua.procedures.rules.papers import Paper
from motcua.procedures.rules.publication_limits import Deadlines, deadlines

COLUMNS = (
    "name", "decision_number", "field", "kind", "issuing_agency", "levels", "subjects", "executing_agencies",
    "competent_agency", "coordinating_agency", "reception_address", "steps", "conditions", "channels_text",
    "components_text", "legal_text", "legal_references", "online_kind", "source", "source_url",
)  # fmt: skip


def parts_in(version: ProcedureVersion) -> Parts:
    """Return the parts of a version as the importer knows them."""
    return Parts(
        version.procedure.code,
        {name: getattr(version, name) for name in COLUMNS},
        tuple(
            Channel(one.method, one.limit_value, one.limit_unit, one.fee, one.note) for one in version.channels.all()
        ),
        tuple(
            Paper(one.case, one.name, one.form, one.originals, one.copies) for one in version.components.all()
        ),
        tuple((one.name, one.code) for one in version.results.all()),
    )  # fmt: skip


def compare(before: ProcedureVersion, after: ProcedureVersion) -> list[PartDifference]:
    """Return what differs between two versions, word by word."""
    return differences(texts_of(parts_in(before)), texts_of(parts_in(after)))


def part_label(part: str) -> str:
    """Return the words for a part."""
    return str(PART_LABELS[part])


def version_of_day(code: str, day: date) -> ProcedureVersion | None:
    """Return the version that began on ``day``, with its parts."""
    return with_parts(ProcedureVersion.objects.filter(procedure__code=code, valid_from=day)).first()


def decisions() -> QuerySet[Decision]:
    """Return all decisions that were not left out, newest first."""
    return Decision.objects.exclude(state=LEFT_OUT).order_by("-at")


def decision_for(code: str) -> Decision | None:
    """Return a decision by its code."""
    return Decision.objects.filter(code=code[:40].replace("\0", "")).first()


def rows_of(decision: Decision) -> list[DecisionRow]:
    """Return the rows that count, in order."""
    return list(decision.rows.filter(is_dropped=False).select_related("proposal"))


@dataclass(frozen=True)
class Problem:
    """Why a decision cannot be confirmed: what, and in which row (None: the decision itself)."""

    message: str
    row: DecisionRow | None = None


def problems_of(decision: Decision, *, is_signed: bool = True) -> list[Problem]:
    """Return all that is wrong with a decision: days, codes twice, rows that fit no procedure or another decision.

    Number and day of a draft come with its signature: until then (``is_signed`` False) they are not missing.
    """
    found: list[Problem] = []
    if is_signed and not decision.number:
        found.append(Problem(gettext("Chưa có số quyết định.")))
    if is_signed and decision.signed_on is None:
        found.append(Problem(gettext("Chưa có ngày ký.")))
    if decision.valid_from is None:
        found.append(Problem(gettext("Chưa có ngày hiệu lực.")))
    if decision.number and Decision.objects.filter(
        number=decision.number, signed_on=decision.signed_on, state__in=(CONFIRMED, ACTIVE)
    ).exclude(pk=decision.pk):
        found.append(Problem(gettext("Quyết định số %(number)s đã có trong hệ thống.") % {"number": decision.number}))
    rows = rows_of(decision)
    seen: dict[str, DecisionRow] = {}
    known = _known({row.procedure_code for row in rows}, decision.valid_from or today())
    for row in rows:
        found += [Problem(message, row) for message in _row_problems(row, seen, known, decision)]
        seen.setdefault(row.procedure_code, row)
    return found


@dataclass(frozen=True)
class _Known:
    in_force: dict[str, ProcedureVersion]
    latest: dict[str, date]
    national: set[str]
    taken: dict[tuple[str, date], str]


def _known(codes: set[str], day: date) -> _Known:
    versions = ProcedureVersion.objects.filter(procedure__code__in=codes).select_related("procedure")
    few = versions.only("procedure__code", "valid_from", "valid_to").order_by("valid_from")
    waiting = Proposal.objects.filter(procedure_code__in=codes, state=TAKEN).select_related("decision")
    return _Known(
        {one.procedure.code: one for one in few if one.valid_from <= day and (one.valid_to or day) >= day},
        {one.procedure.code: one.valid_from for one in few},
        set(
            NationalRecord.objects.filter(procedure_code__in=codes, is_list=False)
            .values_list("procedure_code", flat=True)
        ),
        {
            (one.procedure_code, one.valid_from): one.decision.number if one.decision else one.code
            for one in waiting
            if one.valid_from
        },
    )  # fmt: skip


def _row_problems(row: DecisionRow, seen: dict[str, DecisionRow], known: _Known, decision: Decision) -> list[str]:
    code = row.procedure_code
    if not code:
        return [gettext("Dòng này chưa có mã thủ tục: mở “Sửa dòng này” để ghi mã.")]
    if not CODE.fullmatch(code):
        return [gettext("Mã thủ tục “%(code)s” không đúng dạng 1.000948.") % {"code": code}]
    words = {"code": code}
    if code in seen:
        return [gettext("Mã %(code)s đã có ở dòng %(first)s.") % {**words, "first": seen[code].position}]
    if row.change == LISTED:
        return []
    found = []
    version = known.in_force.get(code)
    if not row.name:
        found.append(gettext("Thủ tục %(code)s chưa có tên.") % words)
    if row.change == NEW and version is not None:
        found.append(gettext("Thủ tục %(code)s đang có hiệu lực: chọn “Sửa đổi, bổ sung” nếu đúng mã.") % words)
    if row.change != NEW and version is None:
        found.append(gettext("Không có thủ tục %(code)s đang có hiệu lực để sửa đổi hoặc bãi bỏ.") % words)
    if row.change == NEW and version is None and code not in known.national and not row.content:
        found.append(
            gettext("Chưa có nội dung của thủ tục %(code)s: nạp bộ thủ tục quốc gia hoặc nhập nội dung.") % words
        )
    day = decision.valid_from
    if day is not None and code in known.latest and known.latest[code] >= day:
        found.append(
            gettext("Thủ tục %(code)s đã có phiên bản từ ngày %(day)s; ngày hiệu lực phải sau ngày đó.")
            % {**words, "day": f"{known.latest[code]:%d/%m/%Y}"}
        )
    if day is not None and (code, day) in known.taken:
        found.append(
            gettext("Quyết định %(number)s cũng thay đổi thủ tục %(code)s từ cùng ngày.")
            % {**words, "number": known.taken[code, day]}
        )
    return found


def stuck_proposals() -> QuerySet[Proposal]:
    """Return what could not be published on its day: left behind by decisions that are in force otherwise."""
    return Proposal.objects.filter(state=TAKEN, decision__state=ACTIVE).select_related("decision")


def deadlines_of(decision: Decision) -> Deadlines:
    """Return by when a decision must be signed and public; nothing where the calendar does not reach."""
    try:
        return deadlines(decision.issuer, decision.signed_on, decision.basis_valid_on, calendar_for())
    except CalendarRefused:
        return Deadlines(None, None)


@dataclass(frozen=True)
class Lateness:
    """A confirmed decision with its last days, and whether each was kept."""

    decision: Decision
    deadlines: Deadlines
    is_signed_late: bool
    is_public_late: bool


def lateness(first: date, last: date) -> list[Lateness]:
    """Return the decisions signed from ``first`` to ``last`` that were confirmed, each with its days."""
    found = Decision.objects.filter(signed_on__range=(first, last), state__in=(CONFIRMED, ACTIVE))
    result = []
    for decision in found.order_by("signed_on", "pk"):
        limits = Deadlines(decision.sign_by, decision.public_by)
        result.append(
            Lateness(
                decision,
                limits,
                limits.is_signed_late(decision.signed_on),
                limits.is_public_late(decision.public_on, today()),
            )
        )
    return result


@dataclass(frozen=True)
class Divergence:
    """A procedure whose national record and whose version here are not the same."""

    code: str
    name: str
    reason: str
    parts: tuple[str, ...] = ()


def national_differences(day: date) -> list[Divergence]:
    """Return where the catalogue on ``day`` and the national set disagree: unpublished, differing, outdated.

    Only procedures of agencies that the national set covers can be outdated: an agency that was never imported says
    nothing of its procedures.
    """
    ours = {one.procedure.code: one for one in _compared(day)}
    found: list[Divergence] = []
    agencies: set[str] = set()
    for record in NationalRecord.objects.order_by("procedure_code").iterator(chunk_size=500):
        agencies.add(record.issuing_agency)
        version = ours.pop(record.procedure_code, None)
        if version is None:
            if _is_local(record):
                found.append(Divergence(record.procedure_code, record.name, "unpublished"))
        elif record.is_list or version.digest != record.digest:
            parts = _differing(version, record)
            if parts:
                found.append(Divergence(record.procedure_code, record.name, "differs", tuple(parts)))
    gone = [one for one in ours.values() if one.issuing_agency in agencies]
    found += [Divergence(one.procedure.code, one.name, "outdated") for one in gone]
    return sorted(found, key=lambda one: one.code)


def _compared(day: date) -> Iterable[ProcedureVersion]:
    columns = ("procedure__code", "digest", "name", "field", "issuing_agency", "executing_agencies")
    return ProcedureVersion.objects.filter(in_force(day)).select_related("procedure").only(*columns)


def _is_local(record: NationalRecord) -> bool:
    """Tell whether the province or its communes carry the procedure out, as far as the record tells."""
    if not record.is_list:
        return bool({"Cấp tỉnh", "Cấp xã"} & set(record.content.get("levels") or []))
    agencies = " ".join(record.executing_agencies).lower()
    return any(word in agencies for word in ("sở ", "cấp tỉnh", "cấp xã", "ủy ban nhân dân", "uỷ ban nhân dân"))


def _differing(version: ProcedureVersion, record: NationalRecord) -> list[str]:
    if record.is_list:
        theirs = {
            "name": record.name,
            "field": record.field,
            "issuing_agency": record.issuing_agency,
            "executing_agencies": "\n".join(record.executing_agencies),
        }
        ours = {name: getattr(version, name) for name in LIST_PARTS}
        ours["executing_agencies"] = "\n".join(version.executing_agencies)
        stated = tuple(name for name in LIST_PARTS if theirs[name])  # many cells of the portal's exports are empty
        return parts_that_differ(ours, theirs, stated)
    whole = with_parts(ProcedureVersion.objects.filter(pk=version.pk)).get()
    return parts_that_differ(texts_of(parts_in(whole)), texts_of(parts_of(record.content)))


def national_texts(record: NationalRecord, version: ProcedureVersion | None) -> list[PartDifference]:
    """Return what the national record says otherwise than the version here; everything where there is none."""
    ours = texts_of(parts_in(version)) if version else {}
    if not record.is_list:
        return differences(ours, texts_of(parts_of(record.content)))
    theirs = dict(ours)
    theirs |= {"name": record.name, "field": record.field, "issuing_agency": record.issuing_agency}
    theirs["executing_agencies"] = "\n".join(record.executing_agencies) or ours.get("executing_agencies", "")
    return differences(ours, theirs)


def content_for(row: DecisionRow, decision: Decision) -> Parts | None:
    """Return the content of the new version under the row's name: what was typed, the national record, the old one."""
    record = NationalRecord.objects.filter(procedure_code=row.procedure_code, is_list=False).first()
    if row.content:
        parts = parts_of({**row.content, "code": row.procedure_code, "name": row.name, "source": decision.issuer})
    elif record is not None:
        parts = parts_of(record.content)
    else:
        day = decision.valid_from or today()
        found = with_parts(ProcedureVersion.objects.filter(in_force(day), procedure__code=row.procedure_code)).first()
        if found is None:
            return None
        parts = parts_in(found)
    columns = {**parts.columns, "name": row.name or parts.columns["name"], "decision_number": decision.number}
    return replace(parts, columns=columns)


def changes_since(first: date, most: int = 100) -> list[ProcedureVersion]:
    """Return versions that began or ended since ``first``, the latest change first: the change feed."""
    found = ProcedureVersion.objects.filter(Q(valid_from__gte=first) | Q(valid_to__gte=first)).select_related(
        "procedure"
    )
    return sorted(found, key=lambda one: (_changed_on(one), one.procedure.code), reverse=True)[:most]


def _changed_on(version: ProcedureVersion) -> date:
    return max(version.valid_from, version.valid_to or version.valid_from)
