"""Periodic reports: a narrative and tables of figures in annexes (DOMAIN 8.3-8.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.documents.rendering.description import (
    Annex,
    Block,
    Cell,
    Column,
    OfficialDocument,
    Row,
    SectionRow,
    Signature,
    Table,
)
from motcua.documents.rendering.wording import day_in_words

_COLUMNS = (
    ("STT", Column(1.2, "center")),
    ("Chỉ tiêu", Column(7)),
    ("Đơn vị tính", Column(2, "center")),
    ("Số liệu của kỳ báo cáo", Column(2.4, "right")),
    ("Ghi chú", Column(3)),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of an annex: ``number`` as printed (``1.4.2``), ``value`` None when nothing was reported."""

    number: str
    name: str
    unit: str = ""
    value: int | Decimal | str | None = None
    note: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A row that heads a group of figures."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class FigureAnnex:
    """An annex of figures: ``label`` is ``Phụ lục 3``, ``title`` what it counts; ``table`` has columns of its own."""

    label: str
    title: str
    rows: tuple[Figure | Section, ...] = ()
    landscape: bool = False
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who reports: the lines of the letterhead, number, place and day, signer and recipients."""

    agency: tuple[str, ...]
    place: str
    day: date | None = None
    superior: tuple[str, ...] = ()
    number: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def report_document(
    *,
    sender: Sender,
    subject: str,
    narrative: Sequence[Block] = (),
    figures: Iterable[FigureAnnex] = (),
    legal_bases: tuple[str, ...] = (),
    kind: str = "Báo cáo",
) -> OfficialDocument:
    """Return a report whose annexes carry the five columns of the reform report."""
    note = _attached_to(kind, sender)
    return OfficialDocument(
        superior=sender.superior,
        agency=sender.agency,
        number=sender.number,
        place=sender.place,
        day=sender.day,
        kind=kind,
        subject=subject,
        legal_bases=legal_bases,
        blocks=tuple(narrative),
        signatures=sender.signatures,
        recipients=sender.recipients,
        annexes=tuple(
            Annex(annex.title, (annex.table or figure_table(annex.rows),), annex.label, note, annex.landscape)
            for annex in figures
        ),
    )


def figure_table(rows: Iterable[Figure | Section]) -> Table:
    """Return the table STT, Chỉ tiêu, Đơn vị tính, Số liệu của kỳ báo cáo, Ghi chú."""
    header = Row(tuple(title for title, _ in _COLUMNS))
    return Table(tuple(column for _, column in _COLUMNS), (header,), tuple(_row(row) for row in rows))


def _row(row: Figure | Section) -> Row | SectionRow:
    if isinstance(row, Section):
        return SectionRow(row.name, marker=row.number)
    value = Cell(row.value, align="left") if isinstance(row.value, str) else Cell(row.value)
    return Row((row.number, row.name, row.unit, value, row.note), bold=row.bold)


def _attached_to(kind: str, sender: Sender) -> str:
    number = f" số {sender.number}" if sender.number else ""
    day = f" {day_in_words(sender.day)}" if sender.day else ""
    return f"(Kèm theo {kind}{number}{day} của {' '.join(sender.agency)})"
