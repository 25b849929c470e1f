"""Hostile files are refused with a message that names them; honest ones pass. Every file is made here."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from docx import Document
from PIL import Image

from motcua.base.refusal import Refused
from motcua.documents.inspection.archives import DOCM, DOCX, ODT, XLSM, XLSX, ZIP
from motcua.documents.inspection.images import TIFF
from motcua.documents.inspection.office import OLE, RTF
from motcua.documents.uploads import HTML, PDF, UploadPolicy, check_upload

MB = 1024 * 1024


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **options: object) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if change:
        change(made)
    made.save(out, **options)
    return out.getvalue()


def docx() -> bytes:
    out, made = io.BytesIO(), Document()
    made.add_paragraph("Đơn đề nghị")
    made.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out, made = io.BytesIO(), openpyxl.Workbook()
    made.active["A1"] = "Số liệu"
    made.save(out)
    return out.getvalue()


def picture(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **options)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    return archive_of(parts)


def archive_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_parts(container: bytes, parts: dict[str, bytes]) -> bytes:
    """Return an Office document with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(container)) as old:
        return archive_of({name: old.read(name) for name in old.namelist()} | parts)


def png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header promises a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def open_with(action: dict[str, object]) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Dictionary(action)

    return change


def attach(made: pikepdf.Pdf) -> None:
    made.attachments["a.exe"] = b"MZ"


def hide_script_in_annotation(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].Annots = pikepdf.Array([link])


def overlapping_bomb() -> bytes:
    """Return a ZIP whose second directory entry points at the bytes of the first."""
    made = bytearray(archive(a=b"x" * 500, b=b"x" * 500))
    with zipfile.ZipFile(io.BytesIO(bytes(made))) as opened:
        second = opened.getinfo("b")
        directory = opened.start_dir
    offset_field = made.index(struct.pack("<I", second.header_offset), directory + 46)
    made[offset_field : offset_field + 4] = struct.pack("<I", 0)
    return bytes(made)


REMOTE_TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Target="http://example.vn/a.dotm" TargetMode="External" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    b"</Relationships>"
)
DDE = b'<w:document xmlns:w="x"><w:instrText> DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText></w:document>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'
MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'

DAMAGED, LOCKED, TOO_LARGE = "bị hỏng hoặc không đọc được", "có mật khẩu", "quá lớn"
ACTIVE, COMMAND, UNSAFE_PATH = (
    "macro hoặc nội dung tự chạy",
    "lệnh tự chạy hoặc tệp đính kèm",
    "đường dẫn không an toàn",
)
NOT_TAKEN, WRONG_ENDING = "không thuộc loại được nhận", "có đuôi không đúng với nội dung"

SCRIPT = {"/S": pikepdf.Name("/JavaScript"), "/JS": "app.alert(1)"}
LAUNCH = {"/S": pikepdf.Name("/Launch"), "/F": "cmd.exe"}
SUBMIT = {"/S": pikepdf.Name("/SubmitForm"), "/F": "http://example.vn"}
LOCK = {"encryption": pikepdf.Encryption(owner="a", user="b")}
HALF_LOCK = {"encryption": pikepdf.Encryption(owner="a", user="")}

HOSTILE = {
    "script": ("a.pdf", lambda: pdf(open_with(SCRIPT)), COMMAND),
    "script in an annotation": ("a.pdf", lambda: pdf(hide_script_in_annotation), COMMAND),
    "script in an object stream": (
        "a.pdf",
        lambda: pdf(open_with(SCRIPT), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        COMMAND,
    ),
    "launch": ("a.pdf", lambda: pdf(open_with(LAUNCH)), COMMAND),
    "submit": ("a.pdf", lambda: pdf(open_with(SUBMIT)), COMMAND),
    "attachment": ("a.pdf", lambda: pdf(attach), COMMAND),
    "locked": ("a.pdf", lambda: pdf(**LOCK), LOCKED),
    "half locked": ("a.pdf", lambda: pdf(**HALF_LOCK), LOCKED),
    "truncated pdf": ("a.pdf", lambda: pdf()[:60], DAMAGED),
    "header alone": ("a.pdf", lambda: b"%PDF-1.7\n", DAMAGED),
    "program": ("a.pdf", lambda: b"MZ" + b"\0" * 500, NOT_TAKEN),
    "page": ("a.pdf", lambda: b"<html><script>alert(1)</script></html>", NOT_TAKEN),
    "drawing with script": ("a.svg", lambda: b"<svg onload='alert(1)'/>", NOT_TAKEN),
    "old office": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, NOT_TAKEN),
    "plain archive": ("a.zip", lambda: archive(a=b"x"), NOT_TAKEN),
    "archive called docx": ("a.docx", lambda: archive(a=b"x"), NOT_TAKEN),
    "bomb": ("a.docx", lambda: with_parts(docx(), {"word/b.xml": b"\0" * (30 * MB)}), TOO_LARGE),
    "overlapping bomb": ("a.docx", overlapping_bomb, TOO_LARGE),
    "escaping path": ("a.docx", lambda: with_parts(docx(), {"../../etc/passwd": b"x"}), UNSAFE_PATH),
    "absolute path": ("a.docx", lambda: with_parts(docx(), {"/etc/passwd": b"x"}), UNSAFE_PATH),
    "drive path": ("a.docx", lambda: with_parts(docx(), {"C:\\a": b"x"}), UNSAFE_PATH),
    "macro": ("a.docx", lambda: with_parts(docx(), {"word/vbaProject.bin": b"x"}), ACTIVE),
    "macro types": ("a.docx", lambda: with_parts(docx(), {"[Content_Types].xml": MACRO_TYPES}), NOT_TAKEN),
    "object": ("a.docx", lambda: with_parts(docx(), {"word/embeddings/oleObject1.bin": b"x"}), ACTIVE),
    "remote template": (
        "a.docx",
        lambda: with_parts(docx(), {"word/_rels/settings.xml.rels": REMOTE_TEMPLATE}),
        ACTIVE,
    ),
    "command field": ("a.docx", lambda: with_parts(docx(), {"word/document.xml": DDE}), ACTIVE),
    "entities": ("a.xlsx", lambda: with_parts(xlsx(), {"xl/workbook.xml": ENTITIES}), ACTIVE),
    "wide entities": (
        "a.xlsx",
        lambda: with_parts(xlsx(), {"xl/workbook.xml": ENTITIES.decode().encode("utf-16")}),
        ACTIVE,
    ),
    "damaged archive": ("a.docx", lambda: docx()[:-40], DAMAGED),
    "pixel bomb": ("a.png", lambda: png_that_claims(60_000, 60_000), TOO_LARGE),
    "damaged picture": ("a.jpg", lambda: picture("JPEG")[:200], "Ảnh “a.jpg” bị hỏng"),
    "picture in name only": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "Ảnh “a.png” bị hỏng"),
    "empty": ("a.pdf", lambda: b"", "trống"),
    "double ending": ("don.pdf.exe", pdf, WRONG_ENDING),
    "ending behind a null": ("don.pdf\0.exe", pdf, WRONG_ENDING),
    "ending turned round": ("don\u202efdp.exe", pdf, "“donfdp.exe” có đuôi không đúng"),
    "pdf called docx": ("don.docx", pdf, WRONG_ENDING),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_with_its_name(case):
    name, make, words = HOSTILE[case]

    with pytest.raises(Refused) as refused:
        check_upload(io.BytesIO(make()), name)

    assert words in refused.value.message
    assert name.rpartition(".")[2] in refused.value.message


GOOD = {
    "pdf": ("Đơn đề nghị.pdf", pdf, PDF),
    "pdf that opens at a page": (
        "a.pdf",
        lambda: pdf(open_with({"/S": pikepdf.Name("/GoTo"), "/D": pikepdf.Array([0, pikepdf.Name("/Fit")])})),
        PDF,
    ),
    "docx": ("Tờ khai.docx", docx, DOCX),
    "xlsx": ("Bảng.xlsx", xlsx, XLSX),
    "workbook with printer settings": (
        "a.xlsx",
        lambda: with_parts(xlsx(), {"xl/printerSettings/printerSettings1.bin": b"x"}),
        XLSX,
    ),
    "jpeg": ("Ảnh thẻ.JPG", lambda: picture("JPEG"), "image/jpeg"),
    "png": ("a.png", lambda: picture("PNG"), "image/png"),
    "webp": ("a.webp", lambda: picture("WEBP"), "image/webp"),
}


@pytest.mark.parametrize("case", GOOD)
def test_honest_file_passes(case):
    name, make, media_type = GOOD[case]
    content = make()

    checked = check_upload(io.BytesIO(content), name)

    assert (checked.name, checked.media_type) == (name, media_type)
    assert checked.content.tell() == 0
    assert len(checked.content.read()) == checked.size
    if not media_type.startswith("image/"):
        checked.content.seek(0)
        assert checked.content.read() == content


def test_our_own_documents_pass(tmp_path):
    from motcua.documents.rendering.description import Column, OfficialDocument, Paragraph, Row, Table
    from motcua.documents.rendering.pdf import to_pdf
    from motcua.documents.rendering.sheets import document_to_xlsx
    from motcua.documents.rendering.word import to_docx

    table = Table((Column(1), Column(1)), (Row(("a", "b")),), (Row(("c", 1)),))
    document = OfficialDocument(("Văn phòng",), "Hà Tĩnh", None, blocks=(Paragraph("Nội dung"), table))

    kinds = [
        check_upload(io.BytesIO(made), name).media_type
        for name, made in (
            ("a.pdf", to_pdf(document)),
            ("a.docx", to_docx(document)),
            ("a.xlsx", document_to_xlsx(document)),
        )
    ]

    assert kinds == [PDF, DOCX, XLSX]


class Counted(io.RawIOBase):
    """A file of zeros that counts what is read of it."""

    def __init__(self, size: int, *, seekable: bool) -> None:
        self.size, self.place, self.was_read, self._seekable = size, 0, 0, seekable

    def seekable(self) -> bool:
        return self._seekable

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self.place = offset + (self.size if whence == os.SEEK_END else 0)
        return self.place

    def tell(self) -> int:
        return self.place

    def read(self, wanted: int = -1) -> bytes:
        got = min(self.size - self.place, wanted if wanted >= 0 else self.size)
        self.place += got
        self.was_read += got
        return b"\0" * got


@pytest.mark.parametrize(("seekable", "most_read"), [(True, 0), (False, 21 * MB)])
def test_file_of_300_mb_is_refused_without_being_read(seekable, most_read):
    file = Counted(300 * MB, seekable=seekable)

    with pytest.raises(Refused, match="tối đa 20 MB"):
        check_upload(file, "to.pdf")

    assert file.was_read <= most_read


def test_unseekable_file_passes_within_the_limit():
    content = pdf()

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with check_upload(Pipe(content), "a.pdf").content as checked:
        assert checked.read() == content


def test_django_uploads_pass():
    content = pdf()
    with TemporaryUploadedFile("a.pdf", "application/pdf", len(content), None) as on_disk:
        on_disk.write(content)
        assert check_upload(on_disk, "a.pdf").size == len(content)

    assert check_upload(SimpleUploadedFile("a.pdf", content), "a.pdf").size == len(content)
    assert check_upload(SimpleUploadedFile("a.docx", docx()), "a.docx").media_type == DOCX
    assert check_upload(SimpleUploadedFile("a.png", picture("PNG")), "a.png").media_type == "image/png"


def test_picture_loses_place_and_hidden_bytes_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = "Nguyễn Văn Thử"
    content = picture("JPEG", (40, 30), exif=exif, comment=b"<script>") + b"PK\x03\x04 hidden"

    checked = check_upload(io.BytesIO(content), "a.jpg")

    made = checked.content.read()
    redrawn = Image.open(io.BytesIO(made))
    assert redrawn.size == (30, 40)
    assert dict(redrawn.getexif()) == {}
    assert b"<script>" not in made
    assert b"hidden" not in made


def test_picture_named_as_another_kind_gets_its_own_ending():
    assert check_upload(io.BytesIO(picture("PNG")), "anh.jpg").name == "anh.png"


def test_file_without_ending_gets_one():
    assert check_upload(io.BytesIO(pdf()), "don").name == "don.pdf"


def test_policy_decides_kinds_and_size():
    archives = UploadPolicy(kinds=frozenset({ZIP}), most_bytes=MB)

    assert check_upload(io.BytesIO(archive(a=b"x")), "a.zip", archives).media_type == ZIP
    with pytest.raises(Refused, match=r"loại được nhận \(ZIP\)"):
        check_upload(io.BytesIO(pdf()), "a.pdf", archives)
    with pytest.raises(Refused, match="tối đa 1 MB"):
        check_upload(io.BytesIO(b"PK\x03\x04" + b"\0" * MB), "a.zip", archives)
    with pytest.raises(Refused, match="tự chạy"):
        check_upload(io.BytesIO(archive_of({"a/setup.EXE": b"MZ"})), "a.zip", archives)


OFFICE = UploadPolicy(kinds=frozenset({TIFF, HTML, ODT, OLE, RTF}), most_pixels=2000)
_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def odt(**parts: bytes) -> bytes:
    return archive_of({"mimetype": ODT.encode(), "content.xml": b"<a/>", **parts})


def scan(pages: int = 2, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    images = [Image.new("L", size, 200) for _ in range(pages)]
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.tif", scan(), TIFF),
        ("a.html", b"<p>K\xe1\xba\xbf ho\xe1\xba\xa1ch</p>", HTML),
        ("a.odt", odt(), ODT),
        ("a.doc", _OLE_HEAD, OLE),
        ("a.xls", _OLE_HEAD, OLE),
        ("a.rtf", rb"{\rtf1 text}", RTF),
        ("a.doc", rb"{\rtf1 text}", RTF),
    ],
)
def test_office_kinds_pass_where_a_policy_names_them(name, content, kind):
    assert check_upload(io.BytesIO(content), name, OFFICE).media_type == kind
    with pytest.raises(Refused):
        check_upload(io.BytesIO(content), name)  # elsewhere they are not taken


WITH_MACROS = UploadPolicy(kinds=frozenset({DOCX, DOCM, XLSM}))
MACRO = {"[Content_Types].xml": MACRO_TYPES, "word/vbaProject.bin": b"x"}


def test_macros_pass_where_a_policy_names_them_and_nothing_else_that_acts():
    content = with_parts(docx(), MACRO)
    assert check_upload(io.BytesIO(content), "a.docm", WITH_MACROS).media_type == DOCM
    for name, changed, why in [
        ("a.docx", content, WRONG_ENDING),  # one that hides what it is
        ("a.docx", with_parts(docx(), {"word/vbaProject.bin": b"x"}), ACTIVE),
        ("a.docm", with_parts(docx(), {**MACRO, "word/embeddings/oleObject1.bin": b"x"}), ACTIVE),
        ("a.docm", with_parts(docx(), {**MACRO, "word/_rels/document.xml.rels": REMOTE_TEMPLATE}), ACTIVE),
        ("a.docm", with_parts(docx(), {**MACRO, "word/setup.exe": b"MZ"}), ACTIVE),
    ]:
        with pytest.raises(Refused, match=why):
            check_upload(io.BytesIO(changed), name, WITH_MACROS)
    with pytest.raises(Refused, match=ACTIVE):
        check_upload(io.BytesIO(content), "a.docm")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.tif", scan(size=(50, 50)), "quá lớn"),
        ("a.tif", b"II*\0 broken", "không đọc được"),
        ("a.odt", odt(**{"Basic/Standard/Module1.xml": b"<a/>"}), "macro"),
        ("a.doc", _OLE_HEAD + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
        ("a.doc", _OLE_HEAD + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.docx", _OLE_HEAD + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.rtf", rb"{\rtf1 {\object\objdata 0105}}", "macro"),
        ("a.pdf", _OLE_HEAD, "đuôi"),
    ],
)
def test_dangerous_office_files_are_refused(name, content, why):
    with pytest.raises(Refused, match=why):
        check_upload(io.BytesIO(content), name, OFFICE)
