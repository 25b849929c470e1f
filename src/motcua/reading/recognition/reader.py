"""Picture files: JPEG, PNG, TIFF and the like, each page recognised."""

import math
import time

from PIL import Image

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.joining import document_of
from motcua.reading.pdf.sheet import Sheet
from motcua.reading.progress import Progress, unheard
from motcua.reading.recognition.kinds import NO_TIME, RECOGNISED
from motcua.reading.recognition.page import recognised_sheet
from motcua.reading.recognition.picture import paper_size, pictures_in
from motcua.reading.recognition.tesseract import must_be_installed


def read_picture(content: bytes, on_progress: Progress = unheard, until: float = math.inf) -> Document:
    """Return the blocks of a picture of pages. Raise Refused if it is no picture, or letters cannot be recognised.

    Pages whose turn comes after ``until`` (of ``time.monotonic``), or that cannot be read, are told as lost.
    """
    must_be_installed()
    pictures = pictures_in(content)
    sheets = []
    for number, picture in enumerate(pictures, start=1):
        on_progress(number, len(pictures))
        sheets.append(_sheet(picture, number, until))
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        lost = next((sheet.lost for sheet in sheets if sheet.lost), "")
        raise Refused(lost or "Ảnh không có chữ nào đọc được.")
    notes = [note for sheet in sheets for note in sheet.notes]
    return document_of(sheets, "picture", [RECOGNISED, *notes])


def _sheet(picture: Image.Image, number: int, until: float) -> Sheet:
    size = paper_size(picture)
    try:
        if time.monotonic() >= until:
            raise Refused(NO_TIME)
        return recognised_sheet(picture, number, size)
    except Refused as refusal:
        return Sheet(number, size, size[1], lost=refusal.message)
