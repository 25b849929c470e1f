"""An official document as DOCX: the look of the PDF, with real merged cells and header rows."""

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt

from motcua.documents.rendering import ooxml
from motcua.documents.rendering.description import Annex, OfficialDocument, Signature
from motcua.documents.rendering.encode import qr_png, recipient_lines
from motcua.documents.rendering.layout import Layout, layout_for
from motcua.documents.rendering.printable import clean
from motcua.documents.rendering.word_body import block_elements
from motcua.documents.rendering.word_head import letterhead, title_block

_LANGUAGE = "vi-VN"
_LONGEST_FACT = 255  # letters that a fact about a DOCX may have


def to_docx(document: OfficialDocument, layout: Layout | None = None) -> bytes:
    """Return ``document`` as DOCX.

    Raises:
        ValueError: the description itself is wrong (a table row that does not fit its columns).
    """
    layout = layout_for(document, layout)
    word = _blank(document, layout)
    for made in _first_part(word, document, layout):
        _append(word, made)
    for annex in document.annexes:
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _page(section, layout, landscape=annex.landscape)
        _number_pages(section, layout, restart=layout.annex_pages_restart)
        for made in _annex(annex, layout):
            _append(word, made)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _first_part(word: WordDocument, document: OfficialDocument, layout: Layout) -> list[BaseOxmlElement]:
    size = layout.body_pt
    picture = _picture(word, qr_png(document.qr.content), layout) if document.qr else None
    made = letterhead(document, layout)
    made += title_block(document, layout, picture)
    style: dict[str, Any] = {"after_pt": layout.paragraph_gap_pt, "spacing": layout.line_spacing}
    if len(document.addressees) == 1:
        runs = ooxml.text_run(clean(f"Kính gửi: {document.addressees[0]}"), size)
        made.append(ooxml.paragraph(runs, align="center", **style))
    elif document.addressees:
        lines = ["Kính gửi:", *(f"- {addressee}" for addressee in document.addressees)]
        made += [
            ooxml.paragraph(ooxml.text_run(clean(line), size), align="left", first_line_mm=30, **style)
            for line in lines
        ]
    for basis in document.legal_bases:
        run = ooxml.text_run(clean(basis), size, italic=True)
        made.append(ooxml.paragraph(run, first_line_mm=layout.indent_mm, **style))
    made += block_elements(document.blocks, layout, size, layout.text_width_mm)
    if document.signatures and made[-1].tag == qn("w:p"):
        # Signatures never stand alone on a page: the last words of the text go with them.
        made[-1].get_or_add_pPr().get_or_add_keepNext()
    return made + _closing(document, layout)


def _closing(document: OfficialDocument, layout: Layout) -> list[BaseOxmlElement]:
    halves = [_signature(signature, layout) for signature in document.signatures]
    if document.recipients:
        halves.insert(0, _recipients(document, layout))
    elif len(halves) == 1:
        halves.insert(0, [ooxml.paragraph()])
    if not halves:
        return []
    width = layout.text_width_mm / len(halves)
    cells = [ooxml.cell(*half, width_mm=width) for half in halves]
    gap = ooxml.paragraph(ooxml.text_run("", 6), keep_next=True)
    return [gap, ooxml.table([width] * len(halves), [ooxml.row(*cells, whole=True)], ruled=False)]


def _recipients(document: OfficialDocument, layout: Layout) -> list[BaseOxmlElement]:
    title = ooxml.text_run("Nơi nhận:", layout.recipients_title_pt, bold=True, italic=True)
    lines = [ooxml.text_run(clean(line), layout.recipients_pt) for line in recipient_lines(document.recipients)]
    return [ooxml.paragraph(run, align="left") for run in (title, *lines)]


def _signature(signature: Signature, layout: Layout) -> list[BaseOxmlElement]:
    size = layout.signature_pt
    bold = [clean(line.upper()) for line in (*signature.authority, signature.title)]
    made = [ooxml.paragraph(ooxml.text_run(line, size, bold=True), align="center", keep_next=True) for line in bold]
    if signature.note:
        note = ooxml.text_run(clean(signature.note), size - 1, italic=True)
        made.append(ooxml.paragraph(note, align="center", keep_next=True))
    name = ooxml.text_run(clean(signature.name), size, bold=True)
    gap_pt = layout.signature_gap_mm / 25.4 * 72
    return [*made, ooxml.paragraph(name, align="center", before_pt=gap_pt)]


def _annex(annex: Annex, layout: Layout) -> list[BaseOxmlElement]:
    size = layout.body_pt
    made = []
    if annex.label:
        run = ooxml.text_run(clean(annex.label), layout.kind_pt, bold=True)
        made.append(ooxml.paragraph(run, align="center", keep_next=True))
    title = ooxml.text_run(clean(annex.title.upper()), layout.subject_pt, bold=True)
    made.append(ooxml.paragraph(title, align="center", keep_next=True))
    if annex.note:
        note = ooxml.text_run(clean(annex.note), layout.body_pt - 1, italic=True)
        made.append(ooxml.paragraph(note, align="center", after_pt=layout.paragraph_gap_pt, keep_next=True))
    width = layout.landscape_width_mm if annex.landscape else layout.text_width_mm
    return made + block_elements(annex.blocks, layout, size, width)


def _blank(document: OfficialDocument, layout: Layout) -> WordDocument:
    word = Document()
    _page(word.sections[0], layout, landscape=False)
    _number_pages(word.sections[0], layout, restart=False)
    word.sections[0].different_first_page_header_footer = True
    normal = word.styles["Normal"]
    normal.font.name = layout.font
    normal.font.size = Pt(layout.body_pt)
    fonts = normal.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), layout.font)
    normal.element.rPr.append(ooxml.element("lang", val=_LANGUAGE, eastAsia=_LANGUAGE))
    facts = word.core_properties
    title, author = clean(document.title), clean(" ".join(document.agency))
    facts.title, facts.author, facts.language = title[:_LONGEST_FACT], author[:_LONGEST_FACT], "vi"
    facts.comments = ""
    if document.day:
        facts.created = facts.modified = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    return word


def _page(section: Section, layout: Layout, *, landscape: bool) -> None:
    width, height = Mm(layout.page_width_mm), Mm(layout.page_height_mm)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.top_margin, section.bottom_margin = Mm(layout.margin_top_mm), Mm(layout.margin_bottom_mm)
    section.left_margin, section.right_margin = Mm(layout.margin_left_mm), Mm(layout.margin_right_mm)
    # The number stands in the middle of the upper margin.
    section.header_distance = Mm(layout.margin_top_mm / 2) - Pt(layout.page_number_pt / 2)


def _number_pages(section: Section, layout: Layout, *, restart: bool) -> None:
    section.different_first_page_header_footer = restart
    section.header.is_linked_to_previous = False
    number = ooxml.paragraph(ooxml.page_number_run(layout.page_number_pt), align="center")
    holder = section.header.paragraphs[0]._p
    holder.getparent().replace(holder, number)
    if restart:
        section._sectPr.append(ooxml.element("pgNumType", start="1"))


def _picture(word: WordDocument, png: bytes, layout: Layout) -> BaseOxmlElement:
    """Return a run with the picture; python-docx stores the file, the run then moves to where it belongs."""
    holder = word.add_paragraph()
    holder.add_run().add_picture(io.BytesIO(png), width=Mm(layout.qr_mm))
    run: BaseOxmlElement = holder.runs[0]._r
    holder._p.getparent().remove(holder._p)
    return run


def _append(word: WordDocument, made: BaseOxmlElement) -> None:
    word.element.body.insert(len(word.element.body) - 1, made)
