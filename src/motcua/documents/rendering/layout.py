"""Measures of an official document, as data with dates (DOMAIN 11.5)."""

from dataclasses import dataclass, replace
from datetime import date

from motcua.documents.rendering.description import OfficialDocument


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in points (``_pt``), lengths in millimetres (``_mm``), spacing as a factor of the line height.

    ``source`` names the rule; ``valid_from`` and ``valid_to`` (both included) say when it was in force.
    """

    source: str
    valid_from: date
    valid_to: date | None = None
    page_width_mm: float = 210
    page_height_mm: float = 297
    margin_top_mm: float = 20
    margin_bottom_mm: float = 20
    margin_left_mm: float = 30
    margin_right_mm: float = 15
    # Name that goes into a DOCX; a PDF embeds Tinos, which has the same metrics.
    font: str = "Times New Roman"
    nation_pt: float = 12
    motto_pt: float = 13
    superior_pt: float = 12
    agency_pt: float = 12
    number_pt: float = 13
    place_date_pt: float = 13
    # The subject of a letter without a kind title, which stands below its number.
    letter_subject_pt: float = 12
    kind_pt: float = 14
    subject_pt: float = 14
    body_pt: float = 14
    table_pt: float = 12
    signature_pt: float = 14
    recipients_title_pt: float = 12
    recipients_pt: float = 11
    page_number_pt: float = 13
    caption_pt: float = 9
    indent_mm: float = 10
    paragraph_gap_pt: float = 6
    line_spacing: float = 1.0
    # Rule below agency and subject: a third to a half of the text above it.
    short_rule_share: float = 0.4
    # Share of the text width that the agency's half of the letterhead takes.
    agency_column_share: float = 0.46
    signature_gap_mm: float = 25
    qr_mm: float = 24
    # Room beside the code, for its caption.
    qr_side_mm: float = 6
    # Room kept free between the two halves of the letterhead.
    letterhead_gap_mm: float = 3
    form_body_pt: float = 13
    form_signature_pt: float = 13
    form_paragraph_gap_pt: float = 3
    form_signature_gap_mm: float = 18
    annex_pages_restart: bool = False

    @property
    def text_width_mm(self) -> float:
        """Width between the margins of an upright page."""
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm

    @property
    def agency_width_mm(self) -> float:
        """Width of the agency's half of the letterhead."""
        return self.text_width_mm * self.agency_column_share

    @property
    def landscape_width_mm(self) -> float:
        """Width between the margins of a page that lies on its side."""
        return self.page_height_mm - self.margin_left_mm - self.margin_right_mm


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        source=(
            "Nghị định 30/2020/NĐ-CP, Phụ lục I; "
            "lề, khổ giấy, Quốc hiệu, Tiêu ngữ, tên cơ quan, ngày tháng: đã đối chiếu; "
            "cỡ chữ số ký hiệu, nội dung, nơi nhận, số trang, phụ lục: chưa đối chiếu"
        ),
        valid_from=date(2020, 3, 5),
    ),
)


def layout_for(document: OfficialDocument, layout: Layout | None = None) -> Layout:
    """Return the measures of ``document``: those given or in force on its day; denser for a form."""
    layout = layout or layout_on(document.day)
    if not document.is_form:
        return layout
    return replace(
        layout,
        body_pt=layout.form_body_pt,
        signature_pt=layout.form_signature_pt,
        paragraph_gap_pt=layout.form_paragraph_gap_pt,
        signature_gap_mm=layout.form_signature_gap_mm,
    )


def layout_on(day: date | None, layouts: tuple[Layout, ...] = LAYOUTS) -> Layout:
    """Return the layout in force on ``day``; a draft without a day takes the newest.

    Days before the first known rule take the first one: older rules are not loaded, and a page needs margins.
    """
    by_start = sorted(layouts, key=lambda layout: layout.valid_from)
    if day is None:
        return by_start[-1]
    in_force = [layout for layout in by_start if layout.valid_from <= day]
    return in_force[-1] if in_force else by_start[0]
