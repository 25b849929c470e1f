"""A list as CSV: streamed, capped with words, and safe to open in a spreadsheet."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.clock import VIETNAM
from motcua.dossiers.models import Dossier
from motcua.ui.rules.numbers import as_instant

MOST_ROWS = 20_000

Page = tuple[list[Dossier], Any]  # dossiers, and what asks for the next page or None


def as_csv(read: Callable[[Any], Page], name: str) -> StreamingHttpResponse:
    """Return all pages that ``read(after)`` gives, up to MOST_ROWS; a last line says when there is more."""
    response = StreamingHttpResponse(lines_of(_rows(read)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Line:
    def write(self, text: str) -> str:
        return text


def lines_of(rows: Iterable[list[Any]]) -> Iterator[str]:
    """Yield ``rows`` as lines of a CSV that a spreadsheet opens without running any of it."""
    yield BYTE_ORDER_MARK
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([harmless(value) for value in row])


def _rows(read: Callable[[Any], Page]) -> Iterator[list[Any]]:
    yield [
        gettext("Mã hồ sơ"),
        gettext("Mã thủ tục"),
        gettext("Thủ tục"),
        gettext("Người nộp"),
        gettext("Đơn vị giải quyết"),
        gettext("Nơi tiếp nhận"),
        gettext("Kênh nộp"),
        gettext("Trạng thái"),
        gettext("Nộp lúc"),
        gettext("Tiếp nhận lúc"),
        gettext("Hạn"),
        gettext("Xong lúc"),
        gettext("Đúng hạn"),
    ]
    written, after = 0, None
    while True:
        dossiers, after = read(after)
        for dossier in dossiers[: MOST_ROWS - written]:
            yield _row(dossier)
        written += len(dossiers)
        if after is None:
            return
        if written >= MOST_ROWS:
            yield [gettext("Danh sách còn nữa: tệp chỉ chứa %(most)s dòng đầu. Hãy lọc hẹp hơn.") % {"most": MOST_ROWS}]
            return


def _row(dossier: Dossier) -> list[Any]:
    on_time = {True: gettext("Có"), False: gettext("Không"), None: ""}[dossier.is_on_time]
    return [
        dossier.code,
        dossier.version.procedure.code,
        dossier.version.name,
        dossier.applicant_name,
        dossier.competent_unit.name,
        dossier.receiving_unit.name,
        dossier.channel_label,
        dossier.state_label,
        *(_at(each) for each in (dossier.filed_at, dossier.received_at, dossier.due_at, dossier.decided_at)),
        on_time,
    ]


def _at(instant: datetime | None) -> str:
    return as_instant(instant, VIETNAM) if instant else ""
