"""A list of procedures as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.procedures.rules.search import Hit
from motcua.procedures.states import LEVELS, ONLINE_KINDS


def catalogue_csv(hits: Iterable[Hit]) -> str:
    """Return one line for each procedure, under a head in the reader's language."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [gettext("Mã thủ tục"), gettext("Tên thủ tục"), gettext("Lĩnh vực"), gettext("Cấp giải quyết"),
         gettext("Cơ quan ban hành"), gettext("Cơ quan thực hiện"), gettext("Nộp trực tuyến")]
    )  # fmt: skip
    for hit in hits:
        one = hit.entry
        levels = "; ".join(str(LEVELS.get(level, level)) for level in one.levels)
        cells = [one.code, one.name, one.field, levels, one.issuing_agency, "; ".join(one.executing_agencies),
                 str(ONLINE_KINDS[one.online_kind])]  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return BYTE_ORDER_MARK + file.getvalue()
