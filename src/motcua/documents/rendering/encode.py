"""An ``OfficialDocument`` as JSON data for the page ``official.typ``: final texts and measures."""

import io
from dataclasses import asdict
from typing import Any

import segno

from motcua.documents.rendering.description import (
    Annex,
    Block,
    Heading,
    Inline,
    NumberedList,
    OfficialDocument,
    Paragraph,
    QrCode,
    Signature,
    Span,
    Table,
)
from motcua.documents.rendering.grid import Placed, place_header, place_rows
from motcua.documents.rendering.layout import Layout
from motcua.documents.rendering.printable import balanced, clean, for_print
from motcua.documents.rendering.wording import place_and_day

_LONGEST_WORD_IN_CELL = 20


def to_data(document: OfficialDocument, layout: Layout) -> dict[str, Any]:
    """Return the document and its measures as values that JSON can carry."""
    return {
        "layout": {name: value for name, value in asdict(layout).items() if isinstance(value, (int, float))},
        "title": for_print(document.title).strip() or "Văn bản",
        "author": for_print(" ".join(document.agency)),
        "day": [document.day.year, document.day.month, document.day.day] if document.day else None,
        "form_label": for_print(document.form_label),
        **{name: [for_print(line) for line in lines] for name, lines in agency_lines(document, layout).items()},
        "number": for_print(f"Số: {document.number}") if document.number else "",
        "place_day": for_print(place_and_day(document.place, document.day)),
        "kind": [for_print(line) for line in kind_lines(document, layout)],
        "subject": for_print(document.subject),
        "addressees": [for_print(line) for line in document.addressees],
        "legal_bases": [for_print(line) for line in document.legal_bases],
        "blocks": encode_blocks(document.blocks),
        "signatures": [_signature(signature) for signature in document.signatures],
        "recipients": [for_print(line) for line in recipient_lines(document.recipients)],
        "annexes": [_annex(annex) for annex in document.annexes],
        "qr": _qr(document.qr) if document.qr else None,
    }


def agency_lines(document: OfficialDocument, layout: Layout) -> dict[str, list[str]]:
    """Return ``superior`` and ``agency`` in capitals, in lines that fit their half of the page."""
    width = layout.agency_width_mm - layout.letterhead_gap_mm
    superior = (balanced(clean(line).upper(), layout.superior_pt, width) for line in document.superior)
    agency = (balanced(clean(line).upper(), layout.agency_pt, width, bold=True) for line in document.agency)
    return {
        "superior": [part for parts in superior for part in parts],
        "agency": [part for parts in agency for part in parts],
    }


def kind_lines(document: OfficialDocument, layout: Layout) -> list[str]:
    """Return the title of the type in capitals, in lines of about equal width beside a QR code."""
    room = layout.text_width_mm - (2 * (layout.qr_mm + layout.qr_side_mm) if document.qr else 0)
    return balanced(clean(document.kind).upper(), layout.kind_pt, room, bold=True)


def recipient_lines(recipients: tuple[str, ...]) -> list[str]:
    """Return the list below “Nơi nhận:”: a dash before each, a semicolon after, a full stop at the end."""
    bare = [line.strip().removeprefix("-").strip().rstrip(";.") for line in recipients]
    return [f"- {line}{'.' if place == len(bare) else ';'}" for place, line in enumerate(bare, 1)]


def qr_png(content: str) -> bytes:
    """Return a QR code as PNG, with the quiet zone that readers ask for."""
    image = io.BytesIO()
    segno.make_qr(content, error="m").save(image, kind="png", scale=8, border=2)
    return image.getvalue()


def encode_blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Return the blocks as data, each with its ``type``; no empty heading and no level skipped (PDF/UA)."""
    encoded = []
    level_before = 0
    for block in blocks:
        if isinstance(block, Heading) and not clean(block.text).strip():
            continue
        data = _block(block)
        if isinstance(block, Heading):
            data["outline"] = level_before = min(block.level, level_before + 1)
        encoded.append(data)
    return encoded


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "align": block.align, "text": for_print(block.text)}
    if isinstance(block, NumberedList):
        items = [[_span(Span(f"{marker} ")), *_inline(item)] for marker, item in block.numbered()]
        return {"type": "list", "items": items}
    if isinstance(block, Table):
        return _table(block)
    style = {"align": block.align, "indent": block.indent}
    return {"type": "paragraph", "text": _inline(block.text, block), **style}


def _inline(text: Inline, style: Paragraph | None = None) -> list[dict[str, Any]]:
    bold, italic = (style.bold, style.italic) if style else (False, False)
    spans = (Span(text),) if isinstance(text, str) else text
    return [_span(Span(span.text, span.bold or bold, span.italic or italic)) for span in spans]


def _span(span: Span, longest_word: int = 60) -> dict[str, Any]:
    return {"t": for_print(span.text, longest_word=longest_word), "b": span.bold, "i": span.italic}


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": for_print(table.caption),
        "widths": [column.width for column in table.columns],
        "header": [_cell(placed) for row in place_header(table) for placed in row],
        "cells": [_cell(placed) for row in place_rows(table) for placed in row],
    }


def _cell(placed: Placed) -> dict[str, Any]:
    return {
        "text": [_span(span, _LONGEST_WORD_IN_CELL) for span in placed.spans()],
        "align": placed.align,
        "colspan": placed.cell.colspan,
        "rowspan": placed.cell.rowspan,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "authority": [for_print(line.upper()) for line in signature.authority],
        "title": for_print(signature.title.upper()),
        "note": for_print(signature.note),
        "name": for_print(signature.name),
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "label": for_print(annex.label),
        "title": for_print(annex.title.upper()),
        "note": for_print(annex.note),
        "landscape": annex.landscape,
        "blocks": encode_blocks(annex.blocks),
    }


def _qr(qr: QrCode) -> dict[str, Any]:
    return {
        "png": list(qr_png(qr.content)),
        "alt": for_print(qr.caption) or "Mã QR",
        "caption": for_print(qr.caption),
    }
