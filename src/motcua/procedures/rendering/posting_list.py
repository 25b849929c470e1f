"""The list that a unit posts: its procedures by field with limit and fee, and one QR code to the list on the web."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from motcua.documents.rendering.description import (
    Column,
    OfficialDocument,
    QrCode,
    Row,
    SectionRow,
    Signature,
    Table,
)
from motcua.organizations.models import Unit
from motcua.procedures.models import FilingChannel, ProcedureVersion

_COLUMNS = (
    ("TT", Column(0.8, "center")),
    ("Mã TTHC", Column(1.7, "center")),
    ("Tên thủ tục hành chính", Column(6.5)),
    ("Thời hạn giải quyết", Column(2.2)),
    ("Phí, lệ phí", Column(2.2)),
)


def posting_list(unit: Unit, procedures: Sequence[ProcedureVersion], *, day: date, url: str) -> OfficialDocument:
    """Return the list of ``unit`` as it stands on ``day``; ``url`` shows the same list."""
    rows: list[Row | SectionRow] = []
    number = 0
    for field, group in groupby(procedures, key=lambda one: one.field):
        rows.append(SectionRow(field))
        for one in group:
            number += 1
            channel = next(iter(one.channels.all()), None)
            rows.append(Row((str(number), one.procedure.code, one.name, _limit(channel), _fee(channel))))
    return OfficialDocument(
        agency=(unit.name,),
        place="",
        day=day,
        kind="Danh mục thủ tục hành chính",
        subject=f"niêm yết tại {unit.name}",
        blocks=(
            Table(tuple(column for _, column in _COLUMNS), (Row(tuple(words for words, _ in _COLUMNS)),), tuple(rows)),
        ),
        signatures=(Signature("Thủ trưởng đơn vị"),),
        qr=QrCode(url, "Quét mã để xem chi tiết từng thủ tục"),
    )


def _limit(channel: FilingChannel | None) -> str:
    if channel is None or channel.limit_value is None:
        return ""
    return f"{channel.limit_value.normalize():f} {channel.unit_label}".strip()


def _fee(channel: FilingChannel | None) -> str:
    if channel is None or channel.fee is None:
        return "Theo quy định"
    return "Không" if channel.fee == 0 else f"{channel.fee:,} đồng".replace(",", ".")
