"""ZIP containers and the Office documents inside them."""

import re
import stat
import zipfile
from typing import IO

from django.utils.translation import gettext
from lxml import etree

from motcua.base.refusal import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ZIP = "application/zip"
# With macros: taken only where a policy names them, to be read, and given back as a download alone.
DOCM = "application/vnd.ms-word.document.macroenabled.12"
XLSM = "application/vnd.ms-excel.sheet.macroenabled.12"
WITH_MACROS = frozenset({DOCM, XLSM})

MOST_ENTRIES = 5_000
_CHUNK = 256 * 1024
# Above this size a part must not shrink more than so many times: text compresses 20-fold, a bomb 1,000-fold.
_RATIO_FROM = 1024 * 1024
_MOST_SHRUNK = 200
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_DIRECTORY_READ_LIMIT = 20 * 1024 * 1024

_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"ms-word.document.macroEnabled.main+xml": DOCM,
    b"ms-excel.sheet.macroEnabled.main+xml": XLSM,
}
_ACTIVE_PARTS = re.compile(r"(vbaproject|vbadata|/activex/|oleobject|\.bin$|^basic/|^scripts/)", re.IGNORECASE)
_MACRO_PARTS = re.compile(r"^(word|xl)/(_rels/)?(vbaproject(signature\w*)?\.bin|vbadata\.xml)(\.rels)?$", re.IGNORECASE)
# Printer settings are the one binary part that an honest workbook carries.
_HARMLESS_BINARY = re.compile(r"^(xl|word)/printersettings/printersettings\d*\.bin$", re.IGNORECASE)
_PROGRAMS = re.compile(r"\.(exe|dll|com|scr|msi|bat|cmd|ps1|js|jse|vbs|vbe|wsf|hta|lnk|jar|sh)$", re.IGNORECASE)
_LOADED_FROM_OUTSIDE = ("attachedtemplate", "oleobject", "frame", "subdocument", "package", "control")
_COMMAND_FIELD = re.compile(rb"(<ddeLink|instr(Text)?[^>]*>\s*DDE(AUTO)?\b|w:instr=\"\s*DDE)", re.IGNORECASE)
_DECLARATIONS = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def inspect_zip(file: IO[bytes], name: str, *, most_unpacked: int, takes_macros: bool = False) -> str:
    """Return the media type of a ZIP container: DOCX, XLSX, ODT or plain ZIP; DOCM and XLSM with ``takes_macros``.

    Raises:
        Refused: broken, encrypted, a bomb, escaping its folder, or holding what acts by itself.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_directory(archive, name, most_unpacked=most_unpacked)
            kind = _office_kind(archive)
            for entry in archive.infolist():
                if not (takes_macros and kind in WITH_MACROS and _MACRO_PARTS.match(entry.filename)):
                    _check_entry(archive, entry, name, is_office=kind != ZIP)
            return kind
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Refused(gettext("Tệp “%(name)s” bị hỏng hoặc không đọc được.") % {"name": name}) from error


def _check_directory(archive: zipfile.ZipFile, name: str, *, most_unpacked: int) -> None:
    entries = archive.infolist()
    bomb = gettext("Tệp nén “%(name)s” bung ra quá lớn nên không được nhận.") % {"name": name}
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > most_unpacked:
        raise Refused(bomb)
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise zipfile.BadZipFile("two parts of one name: readers would differ on which counts")
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        # Entries that share bytes let a small file unpack to any size.
        if entry.header_offset < reached:
            raise Refused(bomb)
        reached = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        if entry.file_size > max(_RATIO_FROM, entry.compress_size * _MOST_SHRUNK):
            raise Refused(bomb)
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(gettext("Tệp “%(name)s” có mật khẩu; hãy bỏ mật khẩu rồi gửi lại.") % {"name": name})
        parts = entry.filename.replace("\\", "/").split("/")
        escapes = ".." in parts or parts[0] == "" or ":" in parts[0]
        if escapes or stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(
                gettext("Tệp nén “%(name)s” chứa đường dẫn không an toàn: %(entry)s.")
                % {"name": name, "entry": entry.filename[:80]}
            )


def _office_kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names:
        return ODT if "content.xml" in names and _is_open_text(archive, names) else ZIP
    with archive.open("[Content_Types].xml") as part:
        types = part.read(_RATIO_FROM)
    for marker, kind in _MAIN_PARTS.items():
        if marker in types:
            return kind
    # Templates and slides with macros name other main parts; they are no kind that we know.
    return "application/vnd.ms-office.macroEnabled" if b"macroEnabled" in types else ZIP


def _is_open_text(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "mimetype" not in names:
        return False
    with archive.open("mimetype") as part:
        return part.read(200).strip() == ODT.encode()


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, is_office: bool) -> None:
    """Unpack one part, which proves its checksum and size; look into the parts of Office documents."""
    active = gettext("Tệp “%(name)s” chứa macro hoặc nội dung tự chạy (%(entry)s) nên không được nhận.") % {
        "name": name,
        "entry": entry.filename[-80:],
    }
    if _PROGRAMS.search(entry.filename) or (is_office and _is_active(entry.filename)):
        raise Refused(active)
    is_markup = is_office and entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail, markup = b"", b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            if is_markup and (
                _COMMAND_FIELD.search(tail + chunk) or any(word in (tail + chunk) for word in _DECLARATIONS)
            ):
                raise Refused(active)
            tail = chunk[-128:]
            if entry.filename.lower().endswith(".rels") and len(markup) < _DIRECTORY_READ_LIMIT:
                markup += chunk
    if is_office and markup and _loads_from_outside(markup):
        raise Refused(active)


def _is_active(part: str) -> bool:
    return bool(_ACTIVE_PARTS.search(part)) and not _HARMLESS_BINARY.match(part)


def _loads_from_outside(relations: bytes) -> bool:
    """Say whether a part list names a template, object or frame that is fetched when the document opens."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(relations, parser)
    except etree.XMLSyntaxError:
        return True
    return any(
        relation.get("TargetMode", "").lower() == "external"
        and relation.get("Type", "").rpartition("/")[2].lower() in _LOADED_FROM_OUTSIDE
        for relation in root.iter("{*}Relationship")
    )
