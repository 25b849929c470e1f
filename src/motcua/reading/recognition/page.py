"""One picture of a page to a sheet: each cell of its tables recognised apart, the text around them together."""

import re
from dataclasses import dataclass, replace

import numpy
from PIL import Image, ImageDraw, ImageFilter

from motcua.reading.pdf.frame import Frame
from motcua.reading.pdf.grid import Grid, GridCell, grids_of
from motcua.reading.pdf.shapes import Box, Piece
from motcua.reading.pdf.sheet import Sheet, sheet_of
from motcua.reading.recognition.picture import Ink, ink_of, straightened
from motcua.reading.recognition.ruled import lines_in
from motcua.reading.recognition.tesseract import AUTOMATIC, BLOCK, LINE, WORD, Word, turn_of, words_of

_MARGIN = 12  # white pixels around a cell, without which its first letters are lost
_LEAST_INK = 25  # pixels: less is dust
_LINE_HEIGHT = 0.26  # inch: ink no higher is one line
_SHORT = 0.36  # inch: ink no wider is a number or a short word
_DOUBTFUL = 0.4
_SMALLER = 0.7
_DISAGREED = 0.5
_MENDED = 0.9  # what is left of the confidence in a numeral whose strokes were misread
_SENSELESS = 0.5  # mean confidence of letters; faint scans have 0.7, pages upside down 0.3
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
_LAID = {90: "nằm ngang", 180: "ngược", 270: "nằm ngang"}
_STROKES = str.maketrans({"H": "II", "Ị": "I", "T": "I", "l": "I", "|": "I", "!": "I"})
_NUMERAL = re.compile(r"(?:X{0,3}(?:IX|IV|V?I{0,3}))(?:\.\d{1,2}){0,3}\.?")


@dataclass
class _Crop:
    """A part of a page and where it lies, in pixels."""

    picture: Image.Image
    left: int
    top: int


def recognised_sheet(grey: Image.Image, number: int, size: tuple[float, float]) -> Sheet:
    """Return the page that a grey picture shows; ``size`` in points is that of its paper. Raise Refused.

    A page that makes hardly any sense may have been laid on the scanner sideways or upside down: it is looked at once
    more the right way up. What stays senseless is said to be so.
    """
    sheet, sense = _seen(grey, number, Frame((0.0, 0.0, *size)))
    if sense >= _SENSELESS:
        return sheet
    if turn := turn_of(grey.reduce(2), round(72 / (size[0] / grey.width)) // 2):
        turned, sense_turned = _seen(grey.transpose(_TURNS[turn]), number, Frame((0.0, 0.0, *size), 0, turn))
        if sense_turned > sense:
            turned.notes.append(f"Trang {number} quét {_LAID[turn]}; đã xoay lại để đọc.")
            sheet, sense = turned, sense_turned
    if sense < _SENSELESS and (sheet.lines or sheet.grids):
        sheet.notes.append(f"Trang {number}: chữ trong ảnh hầu như không nhận ra được (mờ, nghiêng hoặc viết tay).")
    return sheet


def _seen(grey: Image.Image, number: int, frame: Frame) -> tuple[Sheet, float]:
    """Return the page of a picture whose text stands upright, and the mean confidence of its letters (1: has none)."""
    size = frame.size
    grey, _tilt = straightened(grey)
    scale = size[0] / grey.width
    ink = ink_of(grey)
    rulings, ruled = lines_in(ink, 72 / scale)
    cleaned = _without(grey, ruled)
    grids = grids_of(rulings)
    ink &= ~ruled
    crops = _crops(cleaned, ink, grids, scale)
    resolution = round(72 / scale)
    around = _only_ink(cleaned, ink)
    painter = ImageDraw.Draw(around)
    for grid in grids:
        painter.rectangle([edge / scale for edge in grid.box], fill=255)
    pieces = [piece for piece in _pieces([_Crop(around, 0, 0)], AUTOMATIC, resolution, scale) if _is_text(piece)]
    for layout, own in crops.items():
        pieces += _pieces(own, layout, resolution, scale)
    letters = sum(len(piece.text) for piece in pieces)
    sense = sum((piece.confidence or 0.0) * len(piece.text) for piece in pieces) / letters if letters else 1.0
    return sheet_of(number, frame.shown_size, size, pieces, rulings, frame.shown), sense


def _without(grey: Image.Image, ruled: Ink) -> Image.Image:
    """Return the picture with its ruling lines painted white."""
    mask = Image.fromarray(ruled.astype(numpy.uint8) * 255).filter(ImageFilter.MaxFilter(5))
    cleaned = grey.copy()
    cleaned.paste(255, (0, 0), mask)
    return cleaned


def _only_ink(cleaned: Image.Image, ink: Ink) -> Image.Image:
    """Return the picture with white paper: beside the white of covered tables tesseract takes grey paper for ink."""
    mask = Image.fromarray(ink.astype(numpy.uint8) * 255).filter(ImageFilter.MaxFilter(3))
    paper = Image.new("L", cleaned.size, 255)
    paper.paste(cleaned, (0, 0), mask)
    return paper


def _crops(cleaned: Image.Image, ink: Ink, grids: list[Grid], scale: float) -> dict[int, list[_Crop]]:
    """Return the cells that hold ink by how tesseract reads them: a number or word, one line, several lines."""
    found: dict[int, list[_Crop]] = {WORD: [], LINE: [], BLOCK: []}
    for grid in grids:
        for cell in grid.cells:
            crop = _crop(cleaned, ink, cell, scale)
            if crop is None:
                continue
            wide, high = (side - 2 * _MARGIN for side in crop.picture.size)
            is_one_line = high * scale < _LINE_HEIGHT * 72
            is_short = is_one_line and wide * scale < _SHORT * 72
            found[WORD if is_short else LINE if is_one_line else BLOCK].append(crop)
    return found


def _crop(cleaned: Image.Image, ink: Ink, cell: GridCell, scale: float) -> _Crop | None:
    """Return the part of the picture that a cell's ink covers, with a white margin; None if it is blank."""
    left, top, right, bottom = (round(edge / scale) for edge in cell.box)
    left, top, right, bottom = max(left + 3, 0), max(top + 3, 0), right - 3, bottom - 3
    own = ink[top:bottom, left:right]
    if own.size == 0 or int(own.sum()) < _LEAST_INK:
        return None
    rows, columns = numpy.flatnonzero(own.any(axis=1)), numpy.flatnonzero(own.any(axis=0))
    box = (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)
    framed = Image.new("L", (box[2] - box[0] + 2 * _MARGIN, box[3] - box[1] + 2 * _MARGIN), 255)
    framed.paste(cleaned.crop(box), (_MARGIN, _MARGIN))
    return _Crop(framed, box[0] - _MARGIN, box[1] - _MARGIN)


def _pieces(crops: list[_Crop], layout: int, resolution: int, scale: float) -> list[Piece]:
    found = words_of([crop.picture for crop in crops], layout, resolution)
    if layout == WORD:
        # Numbers decide which task a row is, and a lone digit tells little: a second look, smaller, must agree.
        again = words_of([_smaller(crop.picture) for crop in crops], LINE, round(resolution * _SMALLER))
        found = [_agreed(first, second) for first, second in zip(found, again, strict=True)]
    return [_piece(word, crop, scale) for crop, words in zip(crops, found, strict=True) for word in words]


def _smaller(picture: Image.Image) -> Image.Image:
    size = (max(round(picture.width * _SMALLER), 1), max(round(picture.height * _SMALLER), 1))
    framed = Image.new("L", (size[0] + 2 * _MARGIN, size[1] + 2 * _MARGIN), 255)
    framed.paste(picture.resize(size, Image.Resampling.BICUBIC), (_MARGIN, _MARGIN))
    return framed


def _agreed(first: list[Word], second: list[Word]) -> list[Word]:
    """Return the words of the first look, less sure where the second differs; the second's if the first saw none."""
    if not first:
        return [replace(word, left=_MARGIN, right=2 * _MARGIN) for word in second[:1]]
    if len(first) > 1:
        return first
    one = _as_numeral(first[0])
    other = _as_numeral(second[0]) if len(second) == 1 else None
    if other is not None and other.text == one.text:
        return [replace(one, confidence=max(one.confidence, other.confidence))]
    is_numeral = other is not None and _NUMERAL.fullmatch(other.text) and not one.text[:1].isdigit()
    text = other.text if other is not None and is_numeral else one.text
    return [replace(one, text=text, confidence=min(one.confidence, _DISAGREED))]


def _as_numeral(word: Word) -> Word:
    """Return a Roman numeral whose strokes were taken for other letters ("VIH", "IL2") as it stands on paper."""
    text = re.sub(r"L(?=\d)", "I.", word.text)
    strokes = text.translate(_STROKES)
    if strokes == word.text or not _NUMERAL.fullmatch(strokes) or not re.search("[IVXỊHL]", word.text):
        return word
    return replace(word, text=strokes, confidence=round(word.confidence * _MENDED, 3))


def _piece(word: Word, crop: _Crop, scale: float) -> Piece:
    left, right = (crop.left + word.left) * scale, (crop.left + word.right) * scale
    top, bottom = (crop.top + word.top) * scale, (crop.top + word.bottom) * scale
    step = (right - left) / max(len(word.text), 1)
    lefts = [left + at * step for at in range(len(word.text))]
    return Piece(word.text, Box(left, top, right, bottom), lefts, confidence=word.confidence)


def _is_text(piece: Piece) -> bool:
    """Tell whether a word outside tables is more than dust, a stamp's rim or a signature."""
    return any(letter.isalnum() for letter in piece.text) or (piece.confidence or 0) > _DOUBTFUL
