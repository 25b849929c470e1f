"""PDF: the same blocks from pages. Pages with a text layer are read, pictures of pages recognised."""

import ctypes
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium
from PIL import Image

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.joining import document_of
from motcua.reading.pdf.frame import Frame
from motcua.reading.pdf.glyphs import Letters
from motcua.reading.pdf.rulings import Drawn, drawn_on
from motcua.reading.pdf.shapes import Piece
from motcua.reading.pdf.sheet import Sheet, sheet_of
from motcua.reading.progress import Progress, unheard
from motcua.reading.recognition.kinds import NO_TIME, RECOGNISED
from motcua.reading.recognition.tesseract import is_installed, must_be_installed

MAX_PAGES = 500
_MAX_SIDE = 14_400.0  # points, the format's own limit
_LOCKED = 4  # pdfium's error number where a password is wanted
RESOLUTION = 300  # pixels per inch for recognition
_MAX_PIXELS = 20_000_000  # of a rendered page: A3 at 300 dpi has 17
_SCANNED = 0.5  # share of the page that a picture covers
_FEW_LETTERS = 200  # beside a scan: a stamp, a signature, a page number
_LOST = 0.15  # share of letters
A4 = (595.3, 841.9)


def read_pdf(content: bytes, on_progress: Progress = unheard, until: float = math.inf) -> Document:
    """Return the blocks of a PDF. Raise Refused if it is broken, locked, too long or holds nothing to read.

    A page that cannot be read is told as lost, not the file: damaged, a scan where no recognition is installed, or one
    whose turn comes after ``until`` (of ``time.monotonic``).
    """
    sheets: list[Sheet] = []
    with opened(content) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if not 0 < count <= MAX_PAGES:
            raise Refused(f"Tệp PDF có {count} trang; đọc được từ 1 đến {MAX_PAGES} trang.")
        for at in range(count):
            on_progress(at + 1, count)
            sheets.append(_readable(document, at, until))
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        lost = next((sheet.lost for sheet in sheets if sheet.lost), "")
        raise Refused(lost or "Tệp PDF không có chữ nào để đọc.")
    return document_of(sheets, "pdf", _notes(sheets))


def _readable(document: object, at: int, until: float) -> Sheet:
    """Return a page (0-based), an empty one that says why where it cannot be read."""
    size = A4
    try:
        with page_of(document, at) as page:
            size = frame_of(page).shown_size
            return _sheet(page, at + 1, until)
    except Refused as refusal:
        return Sheet(at + 1, size, size[1], lost=refusal.message)


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


def _sheet(page: object, number: int, until: float) -> Sheet:
    frame = frame_of(page)
    letters = Letters(page, frame)
    try:
        frame = Frame(frame.crop, frame.turned, letters.turned())
        letters.frame = frame
        pieces = [piece for piece in letters.pieces() if _is_on(piece, frame)]
    finally:
        letters.close()
    drawn = drawn_on(page, frame)
    reason = _why_not_read(pieces, letters.lost, drawn, frame)
    if reason is not None and (is_installed() or not pieces):
        return _recognised(page, number, frame, until)
    sheet = sheet_of(number, frame.shown_size, frame.size, pieces, drawn.rulings(), frame.shown)
    if reason is not None:
        sheet.notes.append(f"Trang {number}: {reason}; máy chủ chưa cài bộ nhận dạng chữ nên có thể thiếu nội dung.")
    elif letters.lost:
        sheet.notes.append(f"Trang {number}: {letters.lost} ký tự không đọc được, hiện là �.")
    return sheet


def _why_not_read(pieces: list[Piece], lost: int, drawn: Drawn, frame: Frame) -> str | None:
    """Return why the letters of a page are not what a person sees on it, or None if they are."""
    width, height = frame.size
    count = sum(len(piece.text) for piece in pieces)
    largest = max((picture.width * picture.height for picture in drawn.pictures), default=0.0)
    if lost > _LOST * count:
        return "phông chữ không cho biết mặt chữ"
    if largest > _SCANNED * width * height and (count < _FEW_LETTERS or drawn.hidden_text > drawn.shown_text):
        return "là ảnh quét"
    return None


def _recognised(page: object, number: int, frame: Frame, until: float) -> Sheet:
    """Return the page read by eye. Raise Refused if there is nobody to read it, or no time."""
    from motcua.reading.recognition.page import recognised_sheet  # late: numpy weighs 30 MB, scans are few

    must_be_installed()
    if time.monotonic() >= until:
        raise Refused(NO_TIME)
    sheet = recognised_sheet(rendered(page, frame), number, frame.shown_size)
    sheet.is_recognised = True
    return sheet


def _notes(sheets: list[Sheet]) -> list[str]:
    seen = [str(sheet.number) for sheet in sheets if sheet.is_recognised]
    notes = [f"Trang {', '.join(seen)} là ảnh. {RECOGNISED}"] if seen else []
    return notes + [note for sheet in sheets for note in sheet.notes]


def rendered(page: object, frame: Frame) -> Image.Image:
    """Return a page in grey at the resolution of recognition, less for a page so large that it would not fit."""
    width, height = frame.shown_size
    scale = min(RESOLUTION / 72, math.sqrt(_MAX_PIXELS / max(width * height, 1.0)))
    wide, high = max(round(width * scale), 1), max(round(height * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise Refused("Trang PDF quá lớn, không vẽ được để nhận dạng chữ.")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        size = stride * high
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("L", (wide, high), pixels, "raw", "L", stride)


def _is_on(piece: Piece, frame: Frame) -> bool:
    width, height = frame.size
    box = piece.box
    return box.right > -1 and box.bottom > -1 and box.left < width + 1 and box.top < height + 1
