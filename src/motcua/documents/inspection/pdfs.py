"""PDF: readable, open, and without anything that runs."""

from collections.abc import Iterator
from typing import IO, BinaryIO, cast

import pikepdf
import pikepdf.settings
from django.utils.translation import gettext

from motcua.base.refusal import Refused

# Process-wide, set once before any file is opened: a stream may not unpack to more than this.
_MOST_UNPACKED = 64 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_MOST_UNPACKED, png_max_memory=_MOST_UNPACKED, run_length_max_memory=_MOST_UNPACKED
)

MOST_OBJECTS = 200_000
_DEEPEST = 100
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}
_KEYS = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EF", "/RichMedia", "/RichMediaContent", "/XFA"}


def inspect_pdf(file: IO[bytes], name: str) -> None:
    """Refuse a PDF that is broken, encrypted, or carries scripts, launch actions or files inside it.

    Raises:
        Refused: with what was found.
    """
    broken = gettext("Tệp “%(name)s” bị hỏng hoặc không đọc được.") % {"name": name}
    locked = gettext("Tệp “%(name)s” có mật khẩu; hãy bỏ mật khẩu rồi gửi lại.") % {"name": name}
    try:
        with pikepdf.open(cast(BinaryIO, file), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Refused(locked)
            if len(pdf.pages) == 0 or len(pdf.objects) > MOST_OBJECTS:
                raise Refused(broken)
            found = _first_active(pdf)
    except pikepdf.PasswordError as error:
        raise Refused(locked) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OSError) as error:
        raise Refused(broken) from error
    if found:
        raise Refused(
            gettext("Tệp “%(name)s” chứa lệnh tự chạy hoặc tệp đính kèm (%(found)s) nên không được nhận.")
            % {"name": name, "found": found}
        )


def _first_active(pdf: pikepdf.Pdf) -> str:
    # The trailer is no numbered object; the rest hangs on numbered ones, each visited once.
    for root in (pdf.trailer, *pdf.objects):
        for key, value in _entries(root):
            if key in _KEYS:
                return key
            if key == "/S" and isinstance(value, pikepdf.Name) and str(value) in _ACTIONS:
                return str(value)
    return ""


def _entries(root: pikepdf.Object) -> Iterator[tuple[str, object]]:
    """Yield every key and value of the dictionaries inside one numbered object, not following references."""
    waiting: list[tuple[object, int]] = [(root, 0)]
    while waiting:
        holder, depth = waiting.pop()
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)):
            children = []
            for key in list(holder.keys()):
                value = holder.get(key)
                yield str(key), value
                children.append(value)
        elif isinstance(holder, pikepdf.Array):
            children = list(holder)
        else:
            continue
        waiting += [
            (child, depth + 1) for child in children if isinstance(child, pikepdf.Object) and not child.is_indirect
        ]
