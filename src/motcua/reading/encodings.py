"""Bytes to text: the charsets and old fonts in which Vietnamese files come, told apart by the words they give."""

import codecs
import re

from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.reading.legacy_fonts import likeness, to_unicode

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SINGLE_BYTE = ("cp1258", "cp1252")
_BELIEVED = ("utf-8", "utf-16", "cp125", "iso8859", "ascii")  # Python knows others that are slow, or no charsets
_ENOUGH = 0.08  # share of common words that makes a guess believable
_SAMPLE = 200_000
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")


def decoded(content: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes in Unicode, and notes on what was turned into it.

    ``declared`` is what the file says of itself: believed only where it is possible. Raise Refused for no text.
    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return _mended(_strict(content, charset))
    wide = _unmarked_utf16(content)
    if wide is not None and not _CONTROLS.search(text := _strict(content, wide)):
        return _mended(text)
    if b"\0" in content:
        raise Refused("Tệp là tệp nhị phân, không phải văn bản. Hãy gửi tệp TXT (UTF-8), DOCX hoặc PDF.")
    try:
        return _mended(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _guessed(content, declared, error.start)


def _unmarked_utf16(content: bytes) -> str | None:
    head = content[:2000]
    if len(head) < 4 or not head.count(b"\0") > len(head) / 5:
        return None
    little, big = head[1::2].count(b"\0"), head[0::2].count(b"\0")
    return "utf-16-le" if little > big else "utf-16-be"


def _strict(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        raise Refused("Tệp văn bản hỏng hoặc bị cụt: không đọc được hết các ký tự.") from error


def _guessed(content: bytes, declared: str, broken_at: int) -> tuple[str, tuple[str, ...]]:
    """Return the reading with the most Vietnamese words among those that the bytes allow."""
    candidates: list[tuple[float, str, tuple[str, ...]]] = []
    for charset in dict.fromkeys([_known(declared), *_SINGLE_BYTE, "latin-1"]):
        if not charset or charset in ("utf-8", "utf-16"):
            continue
        try:
            text = nfc(content.decode(charset))
        except UnicodeDecodeError:
            continue
        text, notes = _mended(text)
        is_said = charset == _known(declared)
        told = notes or (() if is_said else (f"Tệp không ở bảng mã UTF-8; đọc theo bảng mã {charset}.",))
        candidates.append((likeness(text[:_SAMPLE]), text, told))
    best = max(candidates, key=lambda one: one[0], default=None)
    if best is not None and (best[0] >= _ENOUGH):
        return best[1], best[2]
    # Nearly UTF-8: a few bytes were cut or damaged.
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost * 200 < len(text) and likeness(text[:_SAMPLE]) >= _ENOUGH:
        return nfc(text), (f"Tệp có {lost} chỗ hỏng ký tự (hiện là “\ufffd”).",)
    line = content[:broken_at].count(b"\n") + 1
    raise Refused(f"Không nhận ra bảng mã của tệp (dòng {line} không phải UTF-8). Hãy lưu lại ở bảng mã UTF-8.")


def _known(charset: str) -> str:
    """Return the usual name of a charset that a file may be believed to have, "" for any other."""
    try:
        name = codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        return ""
    return name if name.startswith(_BELIEVED) else ""


def _western(letter: str) -> bytes:
    """Return the byte that Western programs show as a letter; Windows leaves some bytes to Latin-1."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with old fonts and doubled encodings undone, and a note of it."""
    text = nfc(text.removeprefix("\ufeff"))
    if "á»" in text or "Ã¡" in text or "áº" in text:
        try:
            once = nfc(b"".join(map(_western, text)).decode("utf-8"))
        except (UnicodeEncodeError, UnicodeDecodeError):
            once = ""
        if likeness(once) > 2 * likeness(text):
            return once, ("Tệp bị mã hóa UTF-8 hai lần; đã chuyển lại.",)
    text, scheme = to_unicode(text)
    return text, (f"Văn bản dùng phông cũ {scheme}; đã chuyển sang Unicode.",) if scheme else ()
