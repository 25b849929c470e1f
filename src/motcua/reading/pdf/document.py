"""PDF: the same blocks from pages. Pages with a text layer are read, pictures of pages recognised."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.joining import document_of
from motcua.reading.pdf.frame import Frame
from motcua.reading.pdf.glyphs import Letters
from motcua.reading.pdf.rulings import drawn_on
from motcua.reading.pdf.shapes import Piece
from motcua.reading.pdf.sheet import Sheet, sheet_of
from motcua.reading.progress import Progress, unheard

MAX_PAGES = 500
_MAX_SIDE = 14_400.0  # points, the format's own limit
_LOCKED, _DAMAGED = 4, 3  # pdfium's error numbers: password, format


def read_pdf(content: bytes, on_progress: Progress = unheard) -> Document:
    """Return the blocks of a PDF. Raise Refused if it is broken, locked, too long or holds nothing to read."""
    sheets: list[Sheet] = []
    with opened(content) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if not 0 < count <= MAX_PAGES:
            raise Refused(f"Tệp PDF có {count} trang; đọc được từ 1 đến {MAX_PAGES} trang.")
        for at in range(count):
            on_progress(at + 1, count)
            with page_of(document, at) as page:
                sheets.append(_sheet(page, at + 1))
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        raise Refused("Tệp PDF không có chữ nào để đọc.")
    return document_of(sheets, "pdf", [note for sheet in sheets for note in sheet.notes])


@contextmanager
def opened(content: bytes) -> Iterator[object]:
    """Open a PDF; pdfium reads ``content`` in place. Raise Refused if it cannot be opened."""
    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(content, len(content))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(content), None)
    if not document:
        if pdfium.FPDF_GetLastError() == _LOCKED:
            raise Refused("Tệp PDF bị khóa mật khẩu, không mở được. Hãy gửi bản không khóa.")
        raise Refused("Tệp PDF hỏng hoặc bị cắt cụt, không mở được.")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: object, at: int) -> Iterator[object]:
    """Open a page (0-based). Raise Refused if the file holds none there."""
    page = pdfium.FPDF_LoadPage(document, at)
    if not page:
        raise Refused(f"Trang {at + 1} của tệp PDF hỏng, không đọc được.")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def frame_of(page: object) -> Frame:
    """Return how a page is shown."""
    edges = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in edges]
    if not (pdfium.FPDFPage_GetCropBox(page, *references) or pdfium.FPDFPage_GetMediaBox(page, *references)):
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        return Frame((0.0, 0.0, width, height))
    left, bottom, right, top = (max(min(edge.value, _MAX_SIDE), -_MAX_SIDE) for edge in edges)
    crop = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    return Frame(crop, pdfium.FPDFPage_GetRotation(page) * 90)


def _sheet(page: object, number: int) -> Sheet:
    frame = frame_of(page)
    letters = Letters(page, frame)
    try:
        frame = Frame(frame.crop, frame.turned, letters.turned())
        letters.frame = frame
        pieces = [piece for piece in letters.pieces() if _is_on(piece, frame)]
    finally:
        letters.close()
    drawn = drawn_on(page, frame)
    return sheet_of(number, frame.shown_size, frame.size, pieces, drawn.rulings(), frame.shown)


def _is_on(piece: Piece, frame: Frame) -> bool:
    width, height = frame.size
    box = piece.box
    return box.right > -1 and box.bottom > -1 and box.left < width + 1 and box.top < height + 1
