"""A page as a picture, for showing the source beside what was read from it."""

import io
from typing import TYPE_CHECKING

from motcua.base.refusal import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 120_000_000  # an A3 page at 600 dpi has 70 million
_TALLEST = 6  # heights per width that a shown page may have


def page_picture(content: bytes, page: int, width: int) -> bytes:
    """Return a page (1-based) of a PDF, or of a picture file, as PNG of ``width`` pixels. Raise Refused without one."""
    picture = _of_pdf(content, page, width) if b"%PDF" in content[:1024] else _of_picture(content, page, width)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _of_pdf(content: bytes, page: int, width: int) -> "Image":
    import pypdfium2  # late: it opens a library of 7 MB

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("Tệp PDF hỏng hoặc bị khóa mật khẩu, không mở được.") from error
    if not 1 <= page <= len(document):
        raise Refused(f"Tệp không có trang {page}.")
    sheet = document[page - 1]
    wide, high = sheet.get_size()
    if wide <= 0 or high / wide > _TALLEST:
        raise Refused(f"Trang {page} có kích thước bất thường, không vẽ được.")
    return sheet.render(scale=width / wide).to_pil().convert("RGB")


def _of_picture(content: bytes, page: int, width: int) -> "Image":
    from PIL import Image, ImageOps, UnidentifiedImageError  # late: readers of text need none

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        picture: Image.Image = Image.open(io.BytesIO(content))
        picture.seek(page - 1)
        picture = ImageOps.exif_transpose(picture).convert("RGB")
    except EOFError as error:
        raise Refused(f"Tệp không có trang {page}.") from error
    except UnidentifiedImageError as error:
        raise Refused("Tệp này không có trang nào xem được dưới dạng ảnh.") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("Tệp ảnh hỏng hoặc quá lớn, không mở được.") from error
    high = round(picture.height * width / picture.width)
    if high > _TALLEST * width:
        raise Refused(f"Trang {page} có kích thước bất thường, không vẽ được.")
    return picture.resize((width, high), Image.Resampling.LANCZOS)
