"""Letterhead and title of a DOCX (DOMAIN 11.5)."""

from docx.oxml.xmlchemy import BaseOxmlElement

from motcua.documents.rendering import ooxml
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.encode import agency_lines, kind_lines
from motcua.documents.rendering.layout import Layout
from motcua.documents.rendering.printable import clean, width_mm
from motcua.documents.rendering.wording import place_and_day

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def letterhead(document: OfficialDocument, layout: Layout) -> list[BaseOxmlElement]:
    """Return the two-column head: agency and number to the left, nation, place and day to the right."""
    left, right = layout.agency_width_mm, layout.text_width_mm - layout.agency_width_mm
    names = agency_lines(document, layout)
    agency = [_centred(clean(line), layout.superior_pt) for line in names["superior"]]
    agency += [_centred(clean(line), layout.agency_pt, bold=True) for line in names["agency"]]
    agency.append(_short_rule(names["agency"], layout.agency_pt, left, layout))
    nation = [_centred(NATION, layout.nation_pt, bold=True), _centred(MOTTO, layout.motto_pt, bold=True)]
    nation.append(ooxml.rule(width_mm(MOTTO, layout.motto_pt, bold=True), right))
    number = []
    if document.number:
        number.append(_centred(clean(f"Số: {document.number}"), layout.number_pt))
    if not document.kind and document.subject:
        number.append(_centred(clean(f"V/v {document.subject}"), layout.letter_subject_pt))
    day = ooxml.text_run(clean(place_and_day(document.place, document.day)), layout.place_date_pt, italic=True)
    rows = [
        ooxml.row(ooxml.cell(*agency, width_mm=left), ooxml.cell(*nation, width_mm=right)),
        ooxml.row(
            ooxml.cell(*number, width_mm=left),
            ooxml.cell(ooxml.paragraph(day, align="center"), width_mm=right),
        ),
    ]
    made = [ooxml.table([left, right], rows, ruled=False)]
    if document.form_label:
        label = ooxml.text_run(clean(document.form_label), layout.recipients_pt, italic=True)
        made.insert(0, ooxml.paragraph(label, align="right"))
    return made


def title_block(document: OfficialDocument, layout: Layout, picture: BaseOxmlElement | None) -> list[BaseOxmlElement]:
    """Return kind, subject and the rule below them, beside the QR code when there is a ``picture`` of one."""
    gap = ooxml.paragraph(ooxml.text_run("", 6), align="center")
    if picture is None or document.qr is None:
        return [gap, *_title_lines(document, layout, layout.text_width_mm), _after_title()]
    side = layout.qr_mm + layout.qr_side_mm
    middle = layout.text_width_mm - 2 * side
    caption = _centred(clean(document.qr.caption), layout.caption_pt)
    cells = (
        ooxml.cell(ooxml.paragraph(picture, align="center"), caption, width_mm=side),
        ooxml.cell(*_title_lines(document, layout, middle), width_mm=middle, valign="center"),
        ooxml.cell(width_mm=side),
    )
    return [
        gap,
        ooxml.table([side, middle, side], [ooxml.row(*cells, whole=True)], ruled=False),
        _after_title(),
    ]


def _title_lines(document: OfficialDocument, layout: Layout, room_mm: float) -> list[BaseOxmlElement]:
    if not document.kind:
        return [ooxml.paragraph()]
    made = [_centred(clean(line), layout.kind_pt, bold=True) for line in kind_lines(document, layout)]
    if document.subject:
        made.append(_centred(clean(document.subject), layout.subject_pt, bold=True))
        made.append(_short_rule(clean(document.subject).split("\n"), layout.subject_pt, room_mm, layout))
    return made


def _short_rule(lines: list[str], size_pt: float, room_mm: float, layout: Layout) -> BaseOxmlElement:
    widest = max((width_mm(line, size_pt, bold=True) for line in lines), default=0.0)
    return ooxml.rule(min(widest, room_mm) * layout.short_rule_share, room_mm)


def _centred(text: str, size_pt: float, *, bold: bool = False) -> BaseOxmlElement:
    return ooxml.paragraph(ooxml.text_run(text, size_pt, bold=bold), align="center")


def _after_title() -> BaseOxmlElement:
    return ooxml.paragraph(ooxml.text_run("", 6), align="center")
