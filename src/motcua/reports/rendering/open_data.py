"""A report's figures as open data: CSV and JSON, a row per figure with where it comes from."""

import csv
import io
import json
from collections.abc import Iterator

from motcua.reports.queries import CheckedReport

FIELDS = ("unit", "regime", "period", "form", "row", "name", "unit_of_measure", "value", "origin", "measure")


def to_open_data(checked: CheckedReport, file_format: str) -> bytes:
    """Return every figure of the report as ``csv`` (with a mark so that spreadsheets read the letters) or ``json``."""
    rows = list(_rows(checked))
    if file_format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1).encode()
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _rows(checked: CheckedReport) -> Iterator[dict[str, str]]:
    report = checked.report
    for sheet in checked.sheets:
        for row in sheet.rows:
            if row.is_group:
                continue
            yield {
                "unit": report.unit.code,
                "regime": report.regime,
                "period": report.period,
                "form": sheet.form.code,
                "row": row.row.code,
                "name": row.row.name,
                "unit_of_measure": row.row.unit,
                "value": row.shown,
                "origin": "computed" if row.is_computed else row.cell.origin if row.cell else "",
                "measure": row.cell.lineage.get("measure", "") if row.cell else "",
            }


def _plain(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in "=+@" or (value[:1] == "-" and not value[1:2].isdigit()) else value
