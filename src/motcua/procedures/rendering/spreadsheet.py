"""A list of procedures as CSV that a spreadsheet opens without running anything."""

from collections.abc import Iterable

from django.utils.translation import gettext

from motcua.documents.rendering.list_file import csv_text
from motcua.procedures.rules.search import Hit
from motcua.procedures.states import LEVELS, ONLINE_KINDS


def catalogue_csv(hits: Iterable[Hit]) -> str:
    """Return one line for each procedure, under a head in the reader's language."""
    head = [
        gettext("Mã thủ tục"), gettext("Tên thủ tục"), gettext("Lĩnh vực"), gettext("Cấp giải quyết"),
        gettext("Cơ quan ban hành"), gettext("Cơ quan thực hiện"), gettext("Nộp trực tuyến"),
    ]  # fmt: skip
    return csv_text(head, (_line(hit) for hit in hits))


def _line(hit: Hit) -> list[str]:
    one = hit.entry
    levels = "; ".join(str(LEVELS.get(level, level)) for level in one.levels)
    agencies = "; ".join(one.executing_agencies)
    return [one.code, one.name, one.field, levels, one.issuing_agency, agencies, str(ONLINE_KINDS[one.online_kind])]
