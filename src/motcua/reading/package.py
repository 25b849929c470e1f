"""ZIP packages (DOCX, XLSX, ODT …): what is in them, taken out within bounds."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from motcua.base.refusal import Refused

MAX_UNPACKED = 200_000_000  # bytes of the parts that are read, together
MAX_ENTRIES = 10_000
SHRUNK_FROM = 2_000_000  # above this size …
MAX_SHRUNK = 200  # … a part may not have shrunk more than so many times: text shrinks 20-fold, a bomb 1,000-fold
_ENCRYPTED = 0x1
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO's "strict" documents say the same in other words.
_STRICT = b"http://purl.oclc.org/ooxml/"
_SAID_STRICTLY = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package:
    """An open ZIP whose parts are read within bounds. ``names`` are those of its parts."""

    def __init__(self, content: bytes) -> None:
        """Raise Refused if the ZIP is broken, locked or has too many parts."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise Refused("Tệp DOCX, XLSX này hỏng hoặc chưa tải xong (bị cụt), không mở được.") from error
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Refused("Tệp nén bất thường, không được đọc.")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Refused("Tệp bị khóa mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
        self.names = frozenset(entry.filename for entry in entries)
        self._left = MAX_UNPACKED
        self._kept: dict[str, bytes] = {}

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in self.names)

    def read(self, name: str) -> bytes:
        """Return a part's bytes; empty if there is none. Raise Refused for a bomb or a broken part."""
        if name not in self.names:
            return b""
        if name in self._kept:
            return self._kept[name]
        entry = self._archive.getinfo(name)
        if entry.file_size > max(SHRUNK_FROM, entry.compress_size * MAX_SHRUNK) or entry.file_size > self._left:
            raise Refused("Tệp nén bất thường (bung ra quá lớn), không được đọc.")
        self._left -= entry.file_size
        try:
            # A header may lie about the size; ``open`` gives no byte beyond the one it names.
            with self._archive.open(entry) as part:
                self._kept[name] = part.read(entry.file_size)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise Refused("Tệp hỏng (một phần bên trong không bung được), không đọc được.") from error
        return self._kept[name]

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part; None if there is none. Raise Refused if it is broken."""
        content = self.read(name)
        if not content:
            return None
        if _STRICT in content[:20_000]:
            for strict, usual in _SAID_STRICTLY:
                content = content.replace(strict, usual)
        return parsed(content)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id -> (kind, name of the part) of what ``part`` refers to inside the package ("" : the package)."""
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(_RELATIONS) if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], whole)
        return found

    def main_part(self, usual: str) -> str:
        """Return the name of the package's main part; ``usual`` if it does not say."""
        named = [target for kind, target in self.relations("").values() if kind == "officeDocument"]
        return next((name for name in named if name in self.names), usual)


def parsed(content: bytes) -> etree._Element:
    """Return the root of XML that may come from anyone. Raise Refused if it is broken."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise Refused("Nội dung bên trong tệp bị hỏng, không đọc được.") from error
    if root is None:
        raise Refused("Nội dung bên trong tệp bị hỏng, không đọc được.")
    return root
