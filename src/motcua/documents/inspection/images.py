"""Pictures: encoded anew from their pixels, so that nothing hidden survives, nor place and camera."""

import io
import struct
import warnings
from typing import IO

from django.utils.translation import gettext
from PIL import Image, ImageOps

from motcua.base.refusal import Refused

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
TIFF = "image/tiff"  # scans of several pages: looked at, not encoded anew
MOST_PAGES = 300
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_MODES = {"JPEG": {"RGB", "L"}, "PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "WEBP": {"RGB", "RGBA"}}
_QUALITY = 90
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, TypeError, OverflowError)


def redraw(file: IO[bytes], media_type: str, name: str, *, most_pixels: int) -> IO[bytes]:
    """Return the picture encoded anew, upright, without metadata; of several frames the first.

    Raises:
        Refused: not a picture of that type, broken, or with more than ``most_pixels`` pixels.
    """
    try:
        with Image.open(file, formats=[_FORMATS[media_type]]) as image:
            # Asked before a pixel is unpacked: a file of 20 kB can hold a picture of gigabytes.
            if image.width * image.height > most_pixels:
                raise Refused(
                    gettext("Ảnh “%(name)s” quá lớn: tối đa %(mp)d triệu điểm ảnh.")
                    % {"name": name, "mp": most_pixels // 1_000_000}
                )
            return _encode(image, _FORMATS[media_type])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(
            gettext("Ảnh “%(name)s” quá lớn: tối đa %(mp)d triệu điểm ảnh.")
            % {"name": name, "mp": most_pixels // 1_000_000}
        ) from error
    except _BROKEN as error:
        raise Refused(gettext("Ảnh “%(name)s” bị hỏng hoặc không đọc được.") % {"name": name}) from error


def inspect_pages(file: IO[bytes], name: str, *, most_pixels: int) -> None:
    """Refuse a TIFF that is broken, has too many pages, or a page of too many pixels; no pixel is unpacked.

    Raises:
        Refused: with what was found.
    """
    try:
        with (
            warnings.catch_warnings(action="ignore", category=UserWarning),
            Image.open(file, formats=["TIFF"]) as image,
        ):
            count = getattr(image, "n_frames", 1)
            if count > MOST_PAGES:
                raise Refused(
                    gettext("Ảnh “%(name)s” có quá nhiều trang: tối đa %(most)d.") % {"name": name, "most": MOST_PAGES}
                )
            for page in range(count):
                image.seek(page)
                if image.width * image.height > most_pixels:
                    raise Refused(
                        gettext("Ảnh “%(name)s” quá lớn: tối đa %(mp)d triệu điểm ảnh.")
                        % {"name": name, "mp": most_pixels // 1_000_000}
                    )
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *_BROKEN) as error:
        raise Refused(gettext("Ảnh “%(name)s” bị hỏng hoặc không đọc được.") % {"name": name}) from error


def _encode(image: Image.Image, form: str) -> IO[bytes]:
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in _MODES[form]:
        upright = upright.convert("RGBA" if form != "JPEG" and "A" in upright.mode else "RGB")
    upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    out = io.BytesIO()
    upright.save(out, form, **({} if form == "PNG" else {"quality": _QUALITY}))
    out.seek(0)
    return out
