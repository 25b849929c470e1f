"""The way in: bytes or a path to a Document, whatever the format."""

import math
from pathlib import Path

from motcua.base.refusal import Refused
from motcua.reading import containers
from motcua.reading.blocks import Document
from motcua.reading.page_signs import looks_like_page
from motcua.reading.plain_text import MAX_BYTES as MAX_TEXT
from motcua.reading.plain_text import read_text
from motcua.reading.progress import Progress, unheard
from motcua.reading.recognition.kinds import is_picture

MAX_FILE = 60_000_000
_PDF_WITHIN = 1024  # bytes in which a PDF may begin
_ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"), (b"\x1f\x8b", "GZ"))


def load(source: Path | str | bytes) -> bytes:
    """Return the bytes of a path, or the bytes given. Raise Refused if the path cannot be read or is too large."""
    if isinstance(source, bytes):
        if len(source) > MAX_FILE:
            raise Refused(f"Tệp quá lớn (tối đa {MAX_FILE // 1_000_000} MB).")
        return source
    path = Path(source)
    try:
        if not path.exists():
            raise Refused(f"Không thấy tệp {path.name}.")
        if not path.is_file():
            raise Refused(f"{path.name} không phải là tệp.")
        if path.stat().st_size > MAX_FILE:
            raise Refused(f"Tệp {path.name} quá lớn (tối đa {MAX_FILE // 1_000_000} MB).")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise Refused(f"Không mở được tệp: {source!s}.") from error


def read(
    source: Path | str | bytes, filename: str = "", *, on_progress: Progress = unheard, until: float = math.inf
) -> Document:
    """Return the blocks of a document. The content decides the format, not the name. Raise Refused for bad input.

    ``on_progress`` hears (page, pages) where pages take long. ``until`` (of ``time.monotonic``): after it no further
    picture of a page is recognised, and ``losses`` of the Document says which were not. Users read through
    ``limited.read_limited``.
    """
    content = load(source)
    if content.startswith(containers.ZIP):
        return containers.read_zip(content)
    if content.startswith(containers.OLE):
        return containers.read_ole(content)
    if content.startswith(containers.RTF):
        return containers.read_rtf(content)
    if b"%PDF-" in content[:_PDF_WITHIN]:
        from motcua.reading.pdf.document import read_pdf  # late: pdfium weighs 10 MB

        return read_pdf(content, on_progress, until)
    if is_picture(content):
        from motcua.reading.recognition.reader import read_picture  # late: numpy weighs 30 MB

        return read_picture(content, on_progress, until)
    for sign, kind in _ARCHIVES:
        if content.startswith(sign):
            raise Refused(f"Đây là tệp nén {kind}. Hãy giải nén rồi gửi từng văn bản.")
    if looks_like_page(content):
        from motcua.reading.html import read_html  # late: the XML library weighs 20 MB

        return read_html(content)
    return read_text(content)


__all__ = ["MAX_FILE", "MAX_TEXT", "load", "read"]
