"""ZIP packages and the older containers of Office: which document is inside, and who reads it."""

import io
import zipfile
from dataclasses import replace

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def read_zip(content: bytes) -> Document:
    """Return the blocks of the DOCX, XLSX, ODT or ODS that a ZIP is. Raise Refused for others and for broken ones."""
    # Late, here and below: the XML library weighs 20 MB, and plain text needs none.
    from motcua.reading.package import Package

    package = Package(content)
    names = package.names
    if "mimetype" in names:
        kind = next((kind for sign, kind in _OPEN_DOCUMENT.items() if package.read("mimetype").startswith(sign)), "")
        if kind:
            _check_open_document(content)
            return _read_foreign(content, kind)
    if any(name.startswith("word/") for name in names):
        from motcua.reading.docx.reader import read_package

        return read_package(package)
    if any(name.startswith("xl/") for name in names):
        from motcua.reading.workbook.reader import read_workbook

        if "xl/workbook.bin" in names:
            raise Refused("Tệp XLSB không đọc được. Hãy lưu lại thành XLSX rồi gửi lại.")
        return read_workbook(package)
    if any(name.startswith("ppt/") for name in names):
        raise Refused("Đây là tệp trình chiếu, không phải văn bản. Hãy gửi DOCX hoặc PDF.")
    raise Refused("Tệp ZIP này không phải tài liệu DOCX hay XLSX. Nếu là tệp nén, hãy giải nén rồi gửi từng văn bản.")


def _check_open_document(content: bytes) -> None:
    """Refuse a bomb before a program that does not count what it unpacks gets it, and what is locked."""
    from motcua.reading.package import MAX_SHRUNK, MAX_UNPACKED, SHRUNK_FROM

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED or any(
            entry.file_size > max(SHRUNK_FROM, entry.compress_size * MAX_SHRUNK) for entry in entries
        ):
            raise Refused("Tệp nén bất thường (bung ra quá lớn), không được đọc.")
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise Refused("Tệp bị khóa mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")


def read_ole(content: bytes) -> Document:
    """Return the blocks of the DOC or XLS that an OLE container is. Raise Refused for locked and other ones."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Refused("Tệp bị khóa mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    if holds("WordDocument"):
        return _read_foreign(content, "doc")
    if holds("Workbook") or holds("Book"):
        return _read_foreign(content, "xls")
    if holds("PowerPoint Document"):
        raise Refused("Đây là tệp trình chiếu, không phải văn bản. Hãy gửi DOCX hoặc PDF.")
    raise Refused("Tệp không phải tài liệu DOC hay XLS, hoặc chưa tải xong. Hãy lưu lại thành DOCX rồi gửi lại.")


def read_rtf(content: bytes) -> Document:
    """Return the blocks of an RTF."""
    return _read_foreign(content, "rtf")


def _read_foreign(content: bytes, kind: str) -> Document:
    if kind in ("xls", "ods"):
        from motcua.reading.workbook.reader import read_old_workbook

        return read_old_workbook(content)
    from motcua.reading.docx.reader import read_docx
    from motcua.reading.office import to_docx

    document = read_docx(to_docx(content, kind))
    note = f"Tệp {kind.upper()} được LibreOffice chuyển sang DOCX trước khi đọc."
    return replace(document, kind=kind, notes=(note, *document.notes))
