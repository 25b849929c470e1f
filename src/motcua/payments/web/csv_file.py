"""A list as a CSV file that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from motcua.base.cells import BYTE_ORDER_MARK, harmless


def as_csv(head: Sequence[str], lines: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """Return ``lines`` under ``head`` as the file ``name``.csv, UTF-8 with its mark."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
    response = HttpResponse(BYTE_ORDER_MARK + file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
