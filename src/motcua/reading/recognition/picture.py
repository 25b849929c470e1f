"""A picture of a page made fit to be read: its size bounded, upright, straight, ink parted from paper."""

import io
import math
import struct
import warnings
from typing import Any

import numpy
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from motcua.base.refusal import Refused

RESOLUTION = 300  # pixels per inch at which letters are recognised best
MAX_PIXELS = 60_000_000  # of one picture: A4 at 600 dpi has 35
MAX_FRAMES = 100  # pages of one TIFF
# What pillow raises for damaged files: its readers trust what a file says of itself.
BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError, struct.error,
    TypeError, IndexError, KeyError, OverflowError, AttributeError,
)  # fmt: skip
_A4 = (595.3, 841.9)
_DARKER = 0.82  # ink is darker than so much of the paper around it
_MOST_TILT = 5.0  # degrees
_LEAST_TILT = 0.06

Ink = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]


def pictures_in(content: bytes) -> list[Image.Image]:
    """Return the pages of a picture file in grey, upright by what the camera noted. Raise Refused for bad pictures."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size: ours is bounded below, before any pixel is unpacked
            source = Image.open(io.BytesIO(content))
            count = min(getattr(source, "n_frames", 1), MAX_FRAMES + 1)
            if count > MAX_FRAMES:
                raise Refused(f"Tệp ảnh có quá {MAX_FRAMES} trang.")
            found = []
            for at in range(count):
                source.seek(at)
                if source.width * source.height > MAX_PIXELS:
                    raise Refused(f"Ảnh quá lớn (tối đa {MAX_PIXELS // 1_000_000} triệu điểm ảnh).")
                found.append(_fit(ImageOps.exif_transpose(source)))
    except BROKEN as error:
        raise Refused("Tệp ảnh hỏng hoặc bị cắt cụt, không mở được.") from error
    return found


def _fit(picture: Image.Image) -> Image.Image:
    """Return the picture in grey on white, as wide as its paper is at our resolution: cameras do not know that."""
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    grey = picture.convert("L")
    width, _ = paper_size(grey)
    wide = round(width / 72 * RESOLUTION)
    scale = wide / grey.width
    if 0.8 < scale < 1.25:
        return grey
    return grey.resize((wide, max(round(grey.height * scale), 1)), Image.Resampling.LANCZOS)


def paper_size(picture: Image.Image) -> tuple[float, float]:
    """Return width and height in points of the paper that a picture shows: A4, lying or standing."""
    width = _A4[1] if picture.width > picture.height else _A4[0]
    return width, width * picture.height / picture.width


def straightened(grey: Image.Image) -> tuple[Image.Image, float]:
    """Return the picture turned so that its lines of text are level, and by how many degrees (counter-clockwise)."""
    tilt = _tilt(ink_of(grey.reduce(4)))
    if abs(tilt) < _LEAST_TILT:
        return grey, 0.0
    return grey.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255), tilt


def ink_of(grey: Image.Image) -> Ink:
    """Return where ink is: darker than the paper around, so that shadows of photographs do not count."""
    small = grey.reduce(8) if min(grey.size) > 64 else grey
    # The brightest of a neighbourhood is paper; its blur is the light that falls on it.
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(6)).resize(grey.size)
    light = numpy.asarray(paper, dtype=numpy.uint16)
    # In whole numbers: floating ones would take four times the memory of a page.
    return numpy.asarray(grey, dtype=numpy.uint16) * 100 < light * round(_DARKER * 100)


def _tilt(ink: Ink) -> float:
    down, across = numpy.nonzero(ink)
    if len(down) < 200:
        return 0.0
    step = max(len(down) // 60_000, 1)
    down, across = down[::step].astype(numpy.float32), across[::step].astype(numpy.float32)
    best = _sharpest(down, across, 0.0, _MOST_TILT, 0.25)
    best = _sharpest(down, across, best, 0.25, 0.05)
    return best if abs(best) < _MOST_TILT - 0.3 else 0.0


def _sharpest(down: Any, across: Any, middle: float, reach: float, step: float) -> float:
    """Return the angle at which rows of ink and rows of paper differ most."""
    scores = []
    for count in range(-round(reach / step), round(reach / step) + 1):
        angle = middle + count * step
        rows = (down - across * math.tan(math.radians(angle))).astype(numpy.int32)
        profile = numpy.bincount(rows - rows.min()).astype(numpy.float64)
        scores.append((float((profile**2).sum()), -abs(angle), angle))
    return max(scores)[2]
