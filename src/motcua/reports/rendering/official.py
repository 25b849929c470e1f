"""A report as PDF, DOCX or XLSX; what is exported can be read back and checked by ``motcua report check``."""

import re
from typing import Literal

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.documents.rendering.description import Block, Heading, OfficialDocument, Paragraph, Signature
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.report import Figure, FigureAnnex, Section, Sender, report_document
from motcua.organizations.states import COMMUNE, PROVINCE
from motcua.reports.queries import CheckedReport, SheetPage, SheetRow
from motcua.reports.rendering.open_data import to_open_data
from motcua.reports.rendering.values import printed_value
from motcua.reports.rendering.wide_forms import wide_table
from motcua.reports.rules.bound_text import filled_text

HEADING_LEVELS: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def render(checked: CheckedReport, file_format: str) -> bytes:
    """Return the report as ``pdf``, ``docx``, ``xlsx``, or as open data: ``csv`` or ``json``.

    Raises:
        Refused: another format is asked for.
    """
    if file_format in ("csv", "json"):
        return to_open_data(checked, file_format)
    if file_format == "pdf":
        return to_pdf(_document(checked))
    if file_format == "docx":
        # Late: the library weighs 20 MB, and few requests need it.
        from motcua.documents.rendering.word import to_docx

        return to_docx(_document(checked))
    if file_format == "xlsx":
        # Late: the library weighs 20 MB, and few requests need it.
        from motcua.documents.rendering.sheets import document_sheets, to_xlsx

        document = _document(checked)
        return to_xlsx(document_sheets(document), title=document.title)
    raise Refused(f"Không có định dạng “{file_format}”: chọn pdf, docx hoặc xlsx.")


def _document(checked: CheckedReport) -> OfficialDocument:
    return report_document(
        sender=_sender(checked),
        subject=_subject(checked),
        narrative=_narrative(checked),
        figures=_annexes(checked),
    )


def _narrative(checked: CheckedReport) -> tuple[Block, ...]:
    """Return the words with their numbers filled in; a line that begins with # is a heading."""
    lines = [line for line in filled_text(checked.report.narrative, checked.values).splitlines() if line.strip()]
    if not lines:
        lines = [
            f"{checked.report.unit.name} báo cáo số liệu {_lower_first(checked.report.report_period.label)} "
            f"({checked.report.report_period.window(checked.report.regime)}) tại các phụ lục kèm theo."
        ]
    return tuple(_heading(line) if line.startswith("#") else Paragraph(line.strip()) for line in lines)


def _heading(line: str) -> Heading:
    """Return a heading one level down where it is numbered "1." or "##"; "a)" is two down."""
    words = line.lstrip("#").strip()
    depth = len(line) - len(line.lstrip("#"))
    numbered = 2 if re.match(r"\d+\.", words) else 3 if re.match(r"[a-zđ]\)", words) else 1
    return Heading(words, level=HEADING_LEVELS[min(max(depth, numbered), len(HEADING_LEVELS)) - 1])


_SUBJECTS = {
    "cchc": "Kết quả thực hiện cải cách hành chính",
    "kstt": "Tình hình, kết quả thực hiện công tác kiểm soát thủ tục hành chính",
    "resolution-131": "Kết quả thực hiện Nghị quyết số 131/NQ-CP",
    "discipline": "Kết quả thực hiện kỷ luật, kỷ cương hành chính",
}


def _subject(checked: CheckedReport) -> str:
    about = _SUBJECTS.get(checked.report.regime, "Kết quả công tác")
    return f"{about} {_lower_first(checked.report.report_period.label)}"


def _sender(checked: CheckedReport) -> Sender:
    unit = checked.report.unit
    province = unit
    while province.parent is not None and province.kind != PROVINCE:
        province = province.parent
    place = province.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    committee = f"Ủy ban nhân dân {_lower_first(province.name)}"
    agency: tuple[str, ...] = (unit.name,)
    superior: tuple[str, ...] = (committee,)
    if unit.kind == PROVINCE:
        agency, superior = (committee,), ()
    elif unit.kind == COMMUNE:
        agency = (f"Ủy ban nhân dân {_lower_first(unit.name)}",)
    return Sender(
        agency=agency,
        superior=superior,
        place=place,
        day=today() if checked.report.submitted_at is None else checked.report.submitted_at.date(),
        signatures=(Signature("THỦ TRƯỞNG ĐƠN VỊ"),),
        recipients=("Như trên", "Lưu: VT"),
    )


def _lower_first(name: str) -> str:
    """Return ``name`` as it stands inside a sentence: "tỉnh Hà Tĩnh", "quý III năm 2026"."""
    return name[:1].lower() + name[1:]


def _annexes(checked: CheckedReport) -> tuple[FigureAnnex, ...]:
    return tuple(_annex(sheet) for sheet in checked.sheets)


def _annex(sheet: SheetPage) -> FigureAnnex:
    """Return a form as its five columns, or lying on its side where it is lines by columns."""
    if sheet.form.cells:
        return FigureAnnex(sheet.form.name, sheet.form.title, landscape=True, table=wide_table(sheet))
    return FigureAnnex(sheet.form.name, sheet.form.title, tuple(_figures(sheet)))


def _figures(sheet: SheetPage) -> list[Figure | Section]:
    return [
        Section(row.row.number, row.row.name)
        if row.is_group
        else Figure(row.row.number, row.row.name, row.row.unit, printed_value(row), _note(row))
        for row in sheet.rows
    ]


def _note(row: SheetRow) -> str:
    return (row.cell.note if row.cell else "") or row.row.note
