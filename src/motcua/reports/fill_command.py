"""``motcua report fill``: a unit's form for a period, filled from the measures, as a file."""

import argparse
from pathlib import Path

from django.utils.translation import gettext

from motcua.base.command import Command, print_json, say
from motcua.base.refusal import Refused
from motcua.organizations.queries import unit_at
from motcua.reports.actions.writing import begun
from motcua.reports.measuring import measure_row
from motcua.reports.models import Report, ReportCell
from motcua.reports.queries import checked
from motcua.reports.queries import say as words_of
from motcua.reports.rendering.official import MEDIA_TYPES, render
from motcua.reports.rules.catalogue import form_on
from motcua.reports.rules.forms import Form
from motcua.reports.rules.periods import ReportPeriod


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--form", required=True, help="mã biểu mẫu, ví dụ cchc-appendix-3")
    parser.add_argument("--unit", required=True, help="mã đơn vị")
    parser.add_argument("--period", required=True, help="kỳ báo cáo, ví dụ 2026Q3")
    parser.add_argument("--out", required=True, help="tệp kết quả (.docx, .pdf, .xlsx, .csv hoặc .json)")
    parser.add_argument("--json", action="store_true", help="in số liệu và phát hiện dạng JSON")


def fill(options: argparse.Namespace) -> int:
    """Measure the form's rows and write the file; nothing is kept in the database. Exit 1 when the checker objects."""
    out = Path(options.out)
    file_format = out.suffix.lstrip(".").lower()
    if file_format not in MEDIA_TYPES:
        raise Refused(gettext("Tệp kết quả phải có đuôi .docx, .pdf hoặc .xlsx: %(name)s") % {"name": out.name})
    if not out.parent.is_dir():
        raise Refused(gettext("Không có thư mục %(folder)s.") % {"folder": out.parent})
    period = ReportPeriod.parse(options.period)
    unit = unit_at(options.unit)
    form = form_on(options.form, begun(period, "cchc").first)
    report = Report(regime=form.regime, unit=unit, period=period.code, appendices=[form.appendix])
    seen = checked(report, cells=_measured_cells(report, form, period))
    out.write_bytes(render(seen, file_format))
    if options.json:
        print_json(
            {
                "file": str(out),
                "rows": {row.row.code: row.shown for sheet in seen.sheets for row in sheet.rows if row.shown},
                "findings": [found.as_dict() for found in seen.findings],
            }
        )
    else:
        say(gettext("Đã ghi %(file)s.") % {"file": out})
        for found in seen.findings:
            say(f"- {found.rule} PL{found.where.appendix}-{found.where.row}: {words_of(found)}")
    return 1 if seen.findings else 0


def _measured_cells(report: Report, form: Form, period: ReportPeriod) -> list[ReportCell]:
    cells = []
    for code, row in form.rows_on(period.window(form.regime).last).items():
        if measured := measure_row(row, report.unit, period, form.regime):
            cells.append(
                ReportCell(appendix=form.appendix, row=code, measured=measured.value, lineage=measured.lineage)
            )
    return cells


REPORT_FILL = Command("report fill", "Lập biểu mẫu của đơn vị từ số đo, xuất ra tệp", fill, _arguments, True)
