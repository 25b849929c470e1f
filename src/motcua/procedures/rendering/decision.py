"""A drafted decision in the layout of Decree 30/2020, its annex the lists by change (Circular 02/2017, art. 10.1).

The words of official documents are Vietnamese whatever language the screen has.
"""

from collections.abc import Sequence

from motcua.documents.rendering.description import (
    Annex,
    Block,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)
from motcua.documents.rendering.wording import day_in_words
from motcua.procedures.models import Decision, DecisionRow, ProcedureVersion
from motcua.procedures.queries import with_parts
from motcua.procedures.rules.decisions.values import ABOLISHED, MODIFIED, NEW, REPLACED

_HEADINGS = {
    NEW: "Danh mục thủ tục hành chính mới ban hành",
    MODIFIED: "Danh mục thủ tục hành chính được sửa đổi, bổ sung",
    REPLACED: "Danh mục thủ tục hành chính được thay thế",
    ABOLISHED: "Danh mục thủ tục hành chính bị bãi bỏ",
}
_NUMERALS = ("I", "II", "III", "IV")
_BASES = (
    "Luật Tổ chức chính quyền địa phương",
    "Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính",
    "Thông tư số 02/2017/TT-VPCP ngày 31 tháng 10 năm 2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn về "
    "nghiệp vụ kiểm soát thủ tục hành chính",
)
_COLUMNS = (
    ("TT", Column(0.8, "center")),
    ("Mã TTHC", Column(1.8, "center")),
    ("Tên thủ tục hành chính", Column(6)),
    ("Lĩnh vực", Column(2.4)),
    ("Cơ quan thực hiện", Column(3)),
)


def decision_document(decision: Decision, rows: Sequence[DecisionRow]) -> OfficialDocument:
    """Return the decision with its rows in one annex, a list for each change."""
    assert decision.unit is not None
    province = decision.unit.name
    inside = province[:1].lower() + province[1:]
    place = province.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    number = f" số {decision.number}" if decision.number else ""
    day = f" {day_in_words(decision.signed_on)}" if decision.signed_on else ""
    note = f"(Kèm theo Quyết định{number}{day} của Chủ tịch Ủy ban nhân dân {inside})"
    return OfficialDocument(
        agency=(f"Ủy ban nhân dân {inside}",),
        place=place,
        day=decision.signed_on,
        kind="Quyết định",
        subject=decision.title,
        number=decision.number or " ",
        blocks=(
            Paragraph(f"CHỦ TỊCH ỦY BAN NHÂN DÂN {inside.upper()}", align="center", indent=False, bold=True),
            *(Paragraph(f"Căn cứ {base};", italic=True) for base in _BASES),
            *_articles(decision, rows),
        ),
        signatures=(Signature("Chủ tịch"),),
        recipients=("Như Điều 3", "Cục Kiểm soát thủ tục hành chính, Văn phòng Chính phủ", "Lưu: VT"),
        annexes=(Annex("Danh mục thủ tục hành chính", tuple(_lists(rows)), "Phụ lục", note, landscape=True),),
    )


def _articles(decision: Decision, rows: Sequence[DecisionRow]) -> list[Block]:
    counts = [
        f"{number:02} thủ tục hành chính {_HEADINGS[change].removeprefix('Danh mục thủ tục hành chính ')}"
        for change in _HEADINGS
        if (number := sum(row.change == change for row in rows))
    ]
    since = "kể từ ngày ký"
    if decision.valid_from is not None and decision.valid_from != decision.signed_on:
        since = f"kể từ {day_in_words(decision.valid_from)}"
    return [
        Paragraph("QUYẾT ĐỊNH:", align="center", indent=False, bold=True),
        Paragraph(f"Điều 1. Công bố kèm theo Quyết định này {'; '.join(counts)}."),
        Paragraph(f"Điều 2. Quyết định này có hiệu lực thi hành {since}."),
        Paragraph(
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân, Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch Ủy ban "
            "nhân dân các xã, phường và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./."
        ),
    ]


def _lists(rows: Sequence[DecisionRow]) -> list[Block]:
    codes = [row.procedure_code for row in rows]
    found = with_parts(ProcedureVersion.objects.filter(procedure__code__in=codes)).order_by("valid_from")
    versions = {one.procedure.code: one for one in found}
    blocks: list[Block] = []
    shown = [change for change in _HEADINGS if any(row.change == change for row in rows)]
    for numeral, change in zip(_NUMERALS, shown, strict=False):
        blocks.append(Heading(f"{numeral}. {_HEADINGS[change].upper()}"))
        listed = [row for row in rows if row.change == change]
        cells = [
            Row((str(at), row.procedure_code, row.name, *_known(versions.get(row.procedure_code))))
            for at, row in enumerate(listed, start=1)
        ]
        header = Row(tuple(words for words, _ in _COLUMNS))
        blocks.append(Table(tuple(column for _, column in _COLUMNS), (header,), tuple(cells)))
    return blocks


def _known(version: ProcedureVersion | None) -> tuple[str, str]:
    return (version.field, "; ".join(version.executing_agencies)) if version else ("", "")
