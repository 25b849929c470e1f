"""The way in: bytes or a path to a Document, whatever the format."""

from pathlib import Path

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.plain_text import MAX_BYTES as MAX_TEXT
from motcua.reading.plain_text import read_text
from motcua.reading.progress import Progress, unheard
from motcua.reading.recognition.kinds import is_picture

MAX_FILE = 60_000_000
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "Tệp DOC/XLS đời cũ chưa đọc được; hãy lưu lại thành DOCX."),
)


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


def read(source: Path | str | bytes, filename: str = "", *, on_progress: Progress = unheard) -> Document:
    """Return the blocks of a document. The content decides the format, not the name. Raise Refused for bad input.

    ``on_progress`` hears (page, pages) where pages take long. Users read through ``limited.read_limited``.
    """
    content = load(source)
    if content[:4] == b"PK\x03\x04":
        # Late: the library weighs 20 MB, and few requests need it.
        from motcua.reading.docx.reader import read_docx

        return read_docx(content)
    if b"%PDF-" in content[:1024]:
        from motcua.reading.pdf.document import read_pdf  # late: pdfium weighs 10 MB

        return read_pdf(content, on_progress)
    if is_picture(content):
        from motcua.reading.recognition.reader import read_picture  # late: numpy weighs 30 MB

        return read_picture(content, on_progress)
    for magic, message in _FOREIGN:
        if content.startswith(magic):
            raise Refused(f"{filename}: {message}" if filename else message)
    return read_text(content)


__all__ = ["MAX_FILE", "MAX_TEXT", "load", "read"]
