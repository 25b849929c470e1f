"""Picture files: JPEG, PNG, TIFF and the like, each page recognised."""

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.joining import document_of
from motcua.reading.progress import Progress, unheard
from motcua.reading.recognition.kinds import RECOGNISED
from motcua.reading.recognition.page import recognised_sheet
from motcua.reading.recognition.picture import paper_size, pictures_in
from motcua.reading.recognition.tesseract import must_be_installed


def read_picture(content: bytes, on_progress: Progress = unheard) -> Document:
    """Return the blocks of a picture of pages. Raise Refused if it is no picture, or letters cannot be recognised."""
    must_be_installed()
    pictures = pictures_in(content)
    sheets = []
    for number, picture in enumerate(pictures, start=1):
        on_progress(number, len(pictures))
        sheets.append(recognised_sheet(picture, number, paper_size(picture)))
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        raise Refused("Ảnh không có chữ nào đọc được.")
    return document_of(sheets, "picture", [RECOGNISED])
