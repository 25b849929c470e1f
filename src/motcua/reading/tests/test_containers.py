"""Bad and foreign files: a clear word for each."""

import io
import shutil
import zipfile

import pytest

from motcua.base.refusal import Refused
from motcua.reading import office
from motcua.reading.containers import OLE
from motcua.reading.reader import read
from motcua.reading.tests.docx_files import docx_of, p, tbl, tr, zipped

ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}


def ole(*streams: str) -> bytes:
    return OLE + b"\0" * 500 + b"".join(stream.encode("utf-16-le") + b"\0\0" for stream in streams)


def locked_zip() -> bytes:
    content = bytearray(docx_of(p("a")))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "rỗng"),
        (ole("EncryptedPackage", "EncryptionInfo"), "mật khẩu"),
        (ole("PowerPoint Document"), "trình chiếu"),
        (ole("Khác"), "DOCX"),
        (locked_zip(), "mật khẩu"),
        (docx_of(p("a" * 900))[:-300], "cụt"),
        (zipped({"a.txt": "a"}), "giải nén"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "trình chiếu"),
        (zipped({"word/document.xml": "<w:document"}), "hỏng"),
        (zipped({"word/document.xml": "<a/>"}), "phần thân"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "nhị phân"),
    ],
)
def test_bad_file_is_refused_with_a_word(content, word):
    with pytest.raises(Refused, match=word):
        read(content)


def test_bomb_is_refused_without_unpacking():
    with pytest.raises(Refused, match="bất thường"):
        read(zipped({"word/document.xml": b"<a>" + b" " * 30_000_000}))
    with pytest.raises(Refused, match="bất thường"):
        read(zipped(ODT | {"content.xml": b" " * 30_000_000}))


def test_entities_are_not_blown_up():
    bomb = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]>'
    body = docx_of(p("&c;"))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = bomb.encode() + files["word/document.xml"]
    try:
        assert "xxxx" not in read(zipped(files)).lines[0]
    except Refused as refusal:
        assert refusal.message


def test_locked_open_document_is_refused():
    locked = "<manifest><encryption-data/></manifest>"
    with pytest.raises(Refused, match="mật khẩu"):
        read(zipped(ODT | {"META-INF/manifest.xml": locked}))


@pytest.mark.parametrize("content", [ole("WordDocument"), b"{\\rtf1 a}", zipped(ODT)])
def test_without_libreoffice_one_is_told_what_to_do(monkeypatch, content):
    monkeypatch.setattr(office.shutil, "which", lambda _name: None)
    with pytest.raises(Refused, match=r"lưu lại thành DOCX.*LibreOffice"):
        read(content)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is optional")
def test_rtf_is_read_through_libreoffice():
    document = read(b"{\\rtf1\\ansi Ke hoach\\par Thu hai}")
    assert [one.text for one in document.paragraphs] == ["Ke hoach", "Thu hai"]
    assert (document.kind, "LibreOffice" in document.notes[0]) == ("rtf", True)


def test_table_of_merely_three_columns_is_kept():
    assert read(docx_of(tbl(tr("TT", "Việc", "Ai"), tr("1", "a", "b")))).tables[0].width == 3


def test_part_whose_place_lies_before_the_file_is_refused_in_words():
    content = docx_of(p("a" * 900))
    at = content.index(b"PK\x01\x02")
    with pytest.raises(Refused, match="hỏng|cụt"):
        read(content[:200] + content[600:at] + content[at:])
