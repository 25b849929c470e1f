"""Old office files: DOC and XLS (OLE containers), RTF. What acts by itself is refused by its marks."""

import re
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext

from motcua.base.refusal import Refused

OLE, RTF = "application/msword", "application/rtf"
_CHUNK = 1024 * 1024
_OVERLAP = 256
_MACROS = [word.encode("utf-16-le") for word in ("_VBA_PROJECT", "VBA_PROJECT_CUR", "Macros\0", "Ole10Native")]
_RTF_OBJECT = re.compile(rb"\\(objdata|objocx|objupdate|ddeauto|ddelink)|DDEAUTO", re.IGNORECASE)
_ENCRYPTED = [word.encode("utf-16-le") for word in ("EncryptedPackage", "EncryptionInfo")]


def inspect_ole(file: IO[bytes], name: str) -> None:
    """Refuse a DOC or XLS with macros or files inside it, or with a password.

    Raises:
        Refused: with what was found.
    """
    for part in _parts(file):
        if any(word in part for word in _ENCRYPTED):
            raise Refused(gettext("Tệp “%(name)s” có mật khẩu; hãy bỏ mật khẩu rồi gửi lại.") % {"name": name})
        if any(word in part for word in _MACROS):
            raise Refused(_active(name))


def inspect_rtf(file: IO[bytes], name: str) -> None:
    """Refuse an RTF with embedded objects or commands.

    Raises:
        Refused: with what was found.
    """
    if any(_RTF_OBJECT.search(part) for part in _parts(file)):
        raise Refused(_active(name))


def _active(name: str) -> str:
    return gettext("Tệp “%(name)s” chứa macro hoặc nội dung tự chạy nên không được nhận.") % {"name": name}


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the file in pieces that overlap, so that no mark is cut in two."""
    file.seek(0)
    tail = b""
    while chunk := file.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_OVERLAP:]
