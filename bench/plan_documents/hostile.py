"""Bad files for readers of plans, made at run time: nothing here is committed, nothing is dangerous to keep.

``expect``: "refused" = a clear message in bounded time and memory; "read" = a result, with a note where something is
lost or special.
"""

import io
import struct
import unicodedata
import zipfile
from pathlib import Path

import pikepdf
from docx import Document as new_document
from openpyxl import Workbook
from PIL import Image, ImageDraw

HEADS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Sản phẩm", "Thời hạn")
ROWS = (
    ("1", "Xây dựng kế hoạch rà soát", "Sở Nội vụ", "Kế hoạch", "Tháng 3/2026"),
    ("2", "Đẩy mạnh cải cách thủ tục", "Văn phòng UBND tỉnh", "Báo cáo", "Trước ngày 15/6/2026"),
)
# The letters that the two old fonts show in other places; enough for the rows above, both cases.
TCVN3 = dict(zip("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
                 "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ", strict=True))  # fmt: skip
TCVN3 |= dict(zip("ĐĂÂÊÔƠƯ", "§¡¢£¤¥¦", strict=True))
VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
MACRO_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
)


def hostile(folder: Path, *, big: bool = True) -> list[dict[str, str]]:
    """Write the files and return ``{file, expect, note}`` of each. ``big=False`` leaves out those of many megabytes."""
    folder.mkdir(parents=True, exist_ok=True)
    plan = _docx()
    made: list[tuple[str, bytes, str, str]] = [
        ("empty.docx", b"", "refused", "nothing inside"),
        ("empty.txt", b"", "refused", "nothing inside"),
        ("truncated.docx", plan[: len(plan) // 2], "refused", "the second half is lost"),
        ("truncated.pdf", _pdf()[:-400], "read", "the table of objects is lost: repaired, or refused"),
        ("garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, "refused", "only the head is a PDF's"),
        ("encrypted.pdf", _pdf(password="mat-khau"), "refused", "needs a password to open"),
        ("encrypted.docx", _ole("EncryptedPackage"), "refused", "an OLE container with EncryptedPackage"),
        ("old.doc", _ole("WordDocument"), "refused", "the head of a Word 97 file and no more"),
        ("macro.docm", _docm(plan), "read", "rows as in plain.docx; macros never run, said in a note"),
        ("plain.docx", plan, "read", "the two rows"),
        ("no_tables.docx", _docx(tables=0), "read", "no rows, said so"),
        ("two_plans.docx", _docx(tables=2), "read", "two plans in one file: four rows in two sections, said so"),
        ("photo.jpg", _photo(), "read", "a picture of nothing: no rows, or refused"),
        ("not_a_document.docx", _zip({"readme.txt": b"no document"}), "refused", "a ZIP that is no document"),
        (
            "wrong_name.docx",
            "TT\tNhiệm vụ\n1\tViệc".encode(),
            "read",
            "text with the name of a Word file: read as text, or refused",
        ),
        ("tcvn3.txt", _table_text(_tcvn3).encode("latin-1"), "read", "the two rows in TCVN3 letters"),
        ("vni.txt", _table_text(_vni).encode("cp1252"), "read", "the two rows in VNI letters"),
        ("tcvn3.docx", _docx(turn=_tcvn3, font=".VnTime"), "read", "the two rows in TCVN3 letters, font named"),
        ("vni.docx", _docx(turn=_vni, font="VNI-Times"), "read", "the two rows in VNI letters, font named"),
        ("utf16.txt", _table_text(str).encode("utf-16"), "read", "the two rows"),
        (
            "hidden.xlsx",
            _workbook(),
            "read",
            "the two rows; a hidden sheet and a hidden row are noted, not silently read",
        ),
    ]
    if big:
        blanks, types = b" " * 400_000_000, {"[Content_Types].xml": b"<Types/>"}
        made += [
            ("zip_bomb.docx", _zip({**types, "word/document.xml": blanks}), "refused", "400 MB in 400 KB"),
            ("zip_bomb.xlsx", _zip({**types, "xl/workbook.xml": blanks}), "refused", "the same"),
            ("huge.txt", b"0123456789 " * 28_000_000, "refused", "308 MB of text"),
        ]  # fmt: skip
    for name, content, _, _ in made:
        (folder / name).write_bytes(content)
    return [{"file": name, "expect": expect, "note": note} for name, _, expect, note in made]


def _docx(*, tables: int = 1, turn=str, font: str = "") -> bytes:  # type: ignore[no-untyped-def]
    word = new_document()
    for one in range(max(tables, 1)):
        for text in (
            "ỦY BAN NHÂN DÂN TỈNH MẪU",
            f"Số: {one + 1}/KH-UBND",
            "KẾ HOẠCH",
            f"Thử nghiệm thứ {one + 1} năm 2026",
        ):
            word.add_paragraph(text)
        if tables:
            table = word.add_table(0, len(HEADS))
            for row in (HEADS, *ROWS):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    run = cell.paragraphs[0].add_run(turn(text))
                    if font:
                        run.font.name = font
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def _docm(plan: bytes) -> bytes:
    """Return the document with a part that claims to be a macro project (its bytes are none)."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(plan)) as source:
        for name in source.namelist():
            parts[name] = source.read(name)
    types = parts["[Content_Types].xml"].decode().replace(*MACRO_TYPES)
    entry = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", entry).encode()
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 no macro"
    return _zip(parts)


def _zip(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return held.getvalue()


def _pdf(*, password: str = "") -> bytes:
    held, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else None
    document.save(held, encryption=encryption) if encryption else document.save(held)
    return held.getvalue()


def _ole(stream: str) -> bytes:
    """Return a compound file with one named, empty stream: a locked or an old Office file, seen from outside."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head += b"\xff" * (512 - len(head))
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504

    def entry(name: str, kind: int, child: int) -> bytes:
        coded = name.encode("utf-16-le")
        start = coded + bytes(64 - len(coded)) + struct.pack("<HBB", len(coded) + 2, kind, 1)
        return (
            start + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
        )

    return head + table + entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF) + bytes(256)


def _photo() -> bytes:
    picture = Image.effect_noise((900, 600), 60).convert("RGB")
    ImageDraw.Draw(picture).ellipse((200, 120, 700, 480), fill=(90, 120, 60))
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=50)
    return held.getvalue()


def _table_text(turn) -> str:  # type: ignore[no-untyped-def]
    return "\n".join("\t".join(turn(text) for text in row) for row in (HEADS, *ROWS)) + "\n"


def _tcvn3(text: str) -> str:
    """Return a text in the bytes of TCVN3 (capital letters with tones borrow the small ones, as its fonts do)."""
    return "".join(
        TCVN3.get(letter, TCVN3.get(letter.lower(), letter)) if ord(letter) > 127 else letter for letter in text
    )


def _vni(text: str) -> str:
    """Return a text in the bytes of VNI: the letter, then its marks as letters of Western Europe."""
    whole = {
        "đ": "ñ",
        "Đ": "Ñ",
        "ư": "ö",
        "Ư": "Ö",
        "ơ": "ô",
        "Ơ": "Ô",
        "ỉ": "æ",
        "ĩ": "ó",
        "ị": "ò",
        "ỷ": "yû",
        "ỵ": "î",
        "í": "í",
        "ì": "ì",
    }
    roof = {"\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
    bowl = {"\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
    out = ""
    for letter in text:
        if letter in whole or ord(letter) < 128:
            out += whole.get(letter, letter)
            continue
        base, *marks = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in marks if mark in VNI_MARKS), "")
        if "\u0302" in marks:
            mark = roof[tone]
        elif "\u0306" in marks:
            mark = bowl[tone]
        else:
            mark = VNI_MARKS.get(tone, "")
        base = {"\u031b": {"u": "ö", "o": "ô", "U": "Ö", "O": "Ô"}}.get("\u031b" if "\u031b" in marks else "", {}).get(
            base, base
        )
        out += base + (mark.upper() if letter.isupper() else mark)
    return out


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("KẾ HOẠCH NĂM 2026",), HEADS, *ROWS, ("3", "Việc ở dòng ẩn", "Sở Ẩn", "Không", "2026")):
        sheet.append(row)
    sheet.row_dimensions[5].hidden = True
    other = book.create_sheet("Nháp")
    for row in (HEADS, ("9", "Việc ở trang ẩn", "Sở Ẩn", "Không", "2026")):
        other.append(row)
    other.sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
