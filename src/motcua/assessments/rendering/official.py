"""Results of a round and lists of grades as files; documents in the layout of Decree 30/2020."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.documents.rendering.description import (
    Annex,
    Column,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    Value,
)
from motcua.documents.rendering.pdf import to_pdf
from motcua.organizations.models import Unit
from motcua.organizations.states import PROVINCE

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
DOCUMENTS = ("pdf", "docx", "xlsx")


def to_document(document: OfficialDocument, file_format: str) -> bytes:
    """Return an official document as ``pdf``, ``docx`` or ``xlsx``."""
    if file_format == "pdf":
        return to_pdf(document)
    if file_format == "docx":
        # Late: the library weighs 20 MB, and few requests need it.
        from motcua.documents.rendering.word import to_docx

        return to_docx(document)
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.documents.rendering.sheets import document_sheets, to_xlsx

    return to_xlsx(document_sheets(document), title=document.title)


def document(
    unit: Unit,
    *,
    kind: str,
    subject: str,
    paragraphs: Sequence[str],
    annexes: Sequence[Annex],
    day: date | None,
) -> OfficialDocument:
    """Return a document of a unit; its number and day are left to the one who signs where ``day`` is None."""
    province = unit
    while province.parent is not None and province.kind != PROVINCE:
        province = province.parent
    committee = f"Ủy ban nhân dân {_lower_first(province.name)}"
    return OfficialDocument(
        superior=() if unit.pk == province.pk else (committee,),
        agency=(committee,) if unit.pk == province.pk else (unit.name,),
        place=province.name.removeprefix("Tỉnh ").removeprefix("Thành phố "),
        day=day,
        kind=kind,
        subject=subject,
        blocks=tuple(Paragraph(text) for text in paragraphs),
        annexes=tuple(annexes),
        signatures=(Signature("CHỦ TỊCH" if unit.kind == PROVINCE else "THỦ TRƯỞNG ĐƠN VỊ"),),
        recipients=("Các đơn vị có tên tại phụ lục", "Lưu: VT"),
    )


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def annex(
    label: str, title: str, head: Sequence[str], widths: Sequence[float], lines: Sequence[Sequence[Value]]
) -> Annex:
    """Return an annex of one table lying on its side; numbers to the right, the first column in the middle."""
    numeric = [
        all(isinstance(line[at], (int, Decimal)) or line[at] is None for line in lines) for at in range(len(head))
    ]
    columns = tuple(
        Column(width, "center" if at == 0 else "right" if numeric[at] and lines else "left")
        for at, width in enumerate(widths)
    )
    rows = tuple(Row(tuple(line)) for line in lines)
    return Annex(title, (Table(columns, (Row(tuple(head), bold=True),), rows),), label, landscape=True)


def decimal(text: Any) -> Decimal | None:
    """Return frozen text as the number it is."""
    return None if text is None else Decimal(str(text))
