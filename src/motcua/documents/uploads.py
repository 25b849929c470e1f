"""The one door for foreign files: size, name, content. What comes through may be stored and shown.

A file is judged by its content, its name only has to agree. Nothing is read before its size is known.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, cast

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.documents.inspection.archives import DOCM, DOCX, ODT, WITH_MACROS, XLSM, XLSX, ZIP, inspect_zip
from motcua.documents.inspection.images import JPEG, PNG, TIFF, WEBP, inspect_pages, redraw
from motcua.documents.inspection.names import clean_name, extension_of
from motcua.documents.inspection.office import OLE, RTF, inspect_ole, inspect_rtf
from motcua.documents.inspection.pdfs import inspect_pdf
from motcua.documents.inspection.spool import fresh_file

PDF = "application/pdf"
# Taken only where a policy names them: any bytes without a signature could be text.
TEXT, HTML = "text/plain", "text/html"
UNKNOWN = "application/octet-stream"  # of bytes that were let in by nobody
_CHUNK = 256 * 1024
_MB = 1024 * 1024
_EXTENSIONS = {
    PDF: ("pdf",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    ZIP: ("zip",),
    JPEG: ("jpg", "jpeg", "jfif"),
    PNG: ("png",),
    WEBP: ("webp",),
    TEXT: ("txt",),
    HTML: ("html", "htm"),
    TIFF: ("tif", "tiff"),
    ODT: ("odt",),
    DOCM: ("docm",),
    XLSM: ("xlsm",),
    OLE: ("doc", "xls"),
    RTF: ("rtf", "doc"),  # Word saves RTF under either name
}
_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
)
_PICTURES = {JPEG, PNG, WEBP}


@dataclass(frozen=True, slots=True)
class UploadPolicy:
    """What one place takes: media types, bytes of a file, bytes it may unpack to, pixels of a picture."""

    kinds: frozenset[str] = frozenset({PDF, DOCX, XLSX, JPEG, PNG, WEBP})
    most_bytes: int = 20 * _MB
    most_unpacked: int = 200 * _MB
    # A sheet of A4 at 600 points an inch has 35 million, which unpack to about 105 MB.
    most_pixels: int = 36_000_000

    def allowed_words(self) -> str:
        """Return the kinds as people name them: ``DOCX, JPG, PDF``."""
        return ", ".join(sorted(_EXTENSIONS[kind][0].upper() for kind in self.kinds))


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that passed, at its start. Pictures are encoded anew; size and hash are of the new file."""

    name: str
    media_type: str
    size: int
    sha256: str
    content: IO[bytes]


DEFAULT_POLICY = UploadPolicy()


class Untrusted(Refused):
    """The file is of a kind that is taken, by its signature, but broken, locked, a bomb, or able to act by itself."""


def check_upload(file: IO[bytes], filename: str, policy: UploadPolicy = DEFAULT_POLICY) -> CheckedUpload:
    """Return ``file`` checked under ``policy``, or refuse it with a message that names it.

    Raises:
        Untrusted: broken, encrypted, a bomb, or able to act by itself.
        Refused: too large, empty, or of a kind not taken.
    """
    name = clean_name(filename)
    with ExitStack() as on_refusal:
        content = _seekable(file, policy)
        if content is not file:
            on_refusal.callback(content.close)
        _check_size(content, name, policy)
        with _distrusting():
            media_type = _media_type(content, name, policy)
        if media_type not in policy.kinds:
            raise Refused(_not_taken(name, policy))
        if media_type not in _PICTURES:  # before its name: a locked DOCX looks like a DOC outside
            with _distrusting():
                _inspect(content, media_type, name, policy)
        agreed_name = _agreed_name(name, media_type)
        if media_type in _PICTURES:
            content = redraw(content, media_type, name, most_pixels=policy.most_pixels)
        on_refusal.pop_all()
    size, digest = measure(content)
    return CheckedUpload(agreed_name, media_type, size, digest, content)


@contextmanager
def _distrusting() -> Iterator[None]:
    """Let what an inspection refuses be known for its content: some places keep such a file for a person to look at."""
    try:
        yield
    except Refused as refusal:
        raise Untrusted(refusal.message, field=refusal.field) from refusal


def _inspect(content: IO[bytes], media_type: str, name: str, policy: UploadPolicy) -> None:
    if media_type == PDF:
        inspect_pdf(content, name)
    elif media_type == TIFF:
        inspect_pages(content, name, most_pixels=policy.most_pixels)
    elif media_type == OLE:
        inspect_ole(content, name)
    elif media_type == RTF:
        inspect_rtf(content, name)


def _seekable(file: IO[bytes], policy: UploadPolicy) -> IO[bytes]:
    """Return ``file``, or a copy of one that cannot seek, taken no further than just past the limit."""
    if file.seekable():
        return file
    copied = fresh_file()
    while copied.tell() <= policy.most_bytes and (chunk := file.read(_CHUNK)):
        copied.write(chunk)
    return cast("IO[bytes]", copied)


def _check_size(content: IO[bytes], name: str, policy: UploadPolicy) -> None:
    content.seek(0, os.SEEK_END)
    size = content.tell()
    content.seek(0)
    if size > policy.most_bytes:
        raise Refused(
            gettext("Tệp “%(name)s” quá lớn: tối đa %(mb)d MB.") % {"name": name, "mb": policy.most_bytes // _MB}
        )
    if size == 0:
        raise Refused(gettext("Tệp “%(name)s” trống.") % {"name": name})


def _media_type(content: IO[bytes], name: str, policy: UploadPolicy) -> str:
    """Return the type by content; a kind that is not taken is answered with an empty text.

    A signature opens the right inspection, and that proves the rest by reading the whole file.
    """
    start = content.read(16)
    content.seek(0)
    if start.startswith(b"PK\x03\x04"):
        takes_macros = bool(policy.kinds & WITH_MACROS)
        kind = inspect_zip(content, name, most_unpacked=policy.most_unpacked, takes_macros=takes_macros)
        content.seek(0)
        return kind
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return WEBP
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    extension = extension_of(name)
    return next((kind for kind in (TEXT, HTML) if kind in policy.kinds and extension in _EXTENSIONS[kind]), "")


def _agreed_name(name: str, media_type: str) -> str:
    """Return ``name``, its extension put right for pictures; refuse another kind's extension."""
    usual = _EXTENSIONS[media_type]
    extension = extension_of(name)
    if extension in usual:
        return name
    is_other_picture = media_type in _PICTURES and any(extension in _EXTENSIONS[kind] for kind in _PICTURES)
    if is_other_picture or not extension:
        return f"{name.removesuffix('.' + name.rpartition('.')[2])}.{usual[0]}" if extension else f"{name}.{usual[0]}"
    raise Refused(
        gettext("Tệp “%(name)s” có đuôi không đúng với nội dung %(kind)s.") % {"name": name, "kind": usual[0].upper()}
    )


def _not_taken(name: str, policy: UploadPolicy) -> str:
    return gettext("Tệp “%(name)s” không thuộc loại được nhận (%(kinds)s).") % {
        "name": name,
        "kinds": policy.allowed_words(),
    }


def measure(content: IO[bytes]) -> tuple[int, str]:
    """Return the size and the SHA-256 of a file, which is left at its start."""
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()
