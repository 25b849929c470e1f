"""A report as PDF, DOCX or XLSX; what is exported can be read back and checked by ``motcua report check``."""

from decimal import Decimal

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.documents.rendering.description import Block, Heading, OfficialDocument, Paragraph, Signature
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.report import Figure, FigureAnnex, Section, Sender, report_document
from motcua.organizations.states import COMMUNE, PROVINCE
from motcua.reports.queries import CheckedReport, SheetPage, SheetRow
from motcua.reports.rendering.open_data import to_open_data
from motcua.reports.rules.bound_text import filled_text
from motcua.reports.rules.figures import read_figure, rounded

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
    return tuple(
        Heading(line.lstrip("#").strip()) if line.startswith("#") else Paragraph(line.strip()) for line in lines
    )


_SUBJECTS = {
    "cchc": "Kết quả thực hiện cải cách hành chính",
    "kstt": "Tình hình, kết quả thực hiện công tác kiểm soát thủ tục hành chính",
    "resolution-131": "Kết quả thực hiện Nghị quyết số 131/NQ-CP",
}


def _subject(checked: CheckedReport) -> str:
    return f"{_SUBJECTS.get(checked.report.regime, 'Kết quả công tác')} {checked.report.report_period.label}"


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
    return tuple(FigureAnnex(sheet.form.name, sheet.form.title, tuple(_figures(sheet))) for sheet in checked.sheets)


def _figures(sheet: SheetPage) -> list[Figure | Section]:
    return [
        Section(row.row.number, row.row.name)
        if row.is_group
        else Figure(row.row.number, row.row.name, row.row.unit, _value(row), _note(row))
        for row in sheet.rows
    ]


def _value(row: SheetRow) -> int | Decimal | str | None:
    """Numbers go out as numbers, so that a spreadsheet can reckon with them."""
    if not row.shown.strip():
        return None
    figure = read_figure(row.shown, is_percent=row.row.kind == "percent") if row.row.kind != "text" else None
    if figure is None or row.row.kind == "enum":
        return row.shown
    exact = figure.value
    if exact.denominator == 1:
        return int(exact)
    return rounded(exact, figure.decimals)


def _note(row: SheetRow) -> str:
    return (row.cell.note if row.cell else "") or row.row.note
