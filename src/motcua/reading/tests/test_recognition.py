"""Scans and photographs: tables found by their lines, words with their confidence, bad pictures refused in words."""

import io

import numpy
import pikepdf
import pytest
from PIL import Image, ImageDraw

from motcua.base.refusal import Refused
from motcua.reading.pdf.document import frame_of, opened, page_of, read_pdf, rendered
from motcua.reading.pdf.grid import grids_of
from motcua.reading.reader import read
from motcua.reading.recognition import picture, tesseract
from motcua.reading.recognition.kinds import NO_TIME
from motcua.reading.recognition.page import _as_numeral, recognised_sheet
from motcua.reading.recognition.picture import ink_of, straightened
from motcua.reading.recognition.ruled import lines_in
from motcua.reading.recognition.tesseract import Word
from motcua.reading.tests.printed import Printed, printed_pdf

ROWS = [
    ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
    ["1", "Rà soát, đơn giản hóa thủ tục hành chính nội bộ", "Sở Nội vụ", "Quý I/2024"],
    ["2", "Công khai thủ tục hành chính tại trụ sở", "Ủy ban nhân dân xã", "Tháng 6/2024"],
]
needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="NOT RUN: tesseract with its Vietnamese model is not on this machine"
)


@pytest.fixture(scope="module")
def printed() -> bytes:
    cells = [Printed((text,)) for row in ROWS for text in row]
    return printed_pdf(cells, [1, 6, 3, 3], before=("Kế hoạch kiểm soát thủ tục hành chính năm 2024.",), size=14)


@pytest.fixture(scope="module")
def seen(printed) -> Image.Image:
    with opened(printed) as document, page_of(document, 0) as page:
        return rendered(page, frame_of(page))


def saved(image: Image.Image, kind: str, **more) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def test_lines_of_a_picture_make_the_grid(seen):
    rulings, _ink = lines_in(ink_of(seen), 300)
    (grid,) = grids_of(rulings)
    assert (len(grid.xs) - 1, len(grid.ys) - 1) == (4, 3)


def test_letters_are_no_ruling_lines():
    page = Image.new("L", (1200, 600), 255)
    ImageDraw.Draw(page).text((50, 50), "mmmm HHHH ||||| ____ EEEE", fill=0, font_size=50)
    rulings, _ink = lines_in(ink_of(page), 300)
    assert rulings.upright == []


@pytest.mark.parametrize("tilt", [-2.5, -0.4, 0.0, 1.3])
def test_tilted_page_is_straightened(seen, tilt):
    _page, found = straightened(seen.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255))
    assert found == pytest.approx(-tilt, abs=0.15)


def test_shadow_on_a_photograph_is_no_ink(seen):
    light = numpy.linspace(1.0, 0.45, seen.width)[None, :]
    dark = Image.fromarray((numpy.asarray(seen) * light).astype(numpy.uint8))
    plain, shaded = ink_of(seen), ink_of(dark)
    assert (plain ^ shaded).sum() < 0.1 * plain.sum()


@needs_tesseract
def test_scanned_pdf_reads_as_the_table_it_shows(seen):
    content = saved(seen.rotate(0.8, Image.Resampling.BICUBIC, fillcolor=255), "PDF", resolution=300)
    pages: list[tuple[int, int]] = []
    document = read_pdf(content, lambda page, count: pages.append((page, count)))
    # A lone digit may be misread, but then not surely: the two looks at it differ.
    rows = [row for table in document.tables for row in table.rows]
    assert [row.texts[1:] for row in rows] == [texts[1:] for texts in ROWS]
    for row, texts in zip(rows, ROWS, strict=True):
        cell = row.cells[0]
        assert cell.text == texts[0] or document.confidence(cell.line_start, cell.line_end) <= 0.5
    assert [paragraph.text for paragraph in document.paragraphs] == ["Kế hoạch kiểm soát thủ tục hành chính năm 2024."]
    assert 0.2 < document.confidence(1, len(document.lines)) <= 1
    assert pages == [(1, 1)]
    assert any("nhận dạng" in note for note in document.notes)


@needs_tesseract
def test_scanned_page_among_read_ones_is_recognised_alone(printed, seen):
    scan = io.BytesIO(saved(seen, "PDF", resolution=300))
    with pikepdf.open(io.BytesIO(printed)) as first, pikepdf.open(scan) as second:
        first.pages.extend(second.pages)
        buffer = io.BytesIO()
        first.save(buffer)
    document = read_pdf(buffer.getvalue())
    known = {spot.page: spot.confidence for spot, line in zip(document.spots, document.lines, strict=True) if line}
    assert known[1] is None
    assert known[2] is not None
    assert document.notes[0].startswith("Trang 2 là ảnh")


@needs_tesseract
def test_photograph_is_read_by_its_content(seen):
    document = read(saved(seen.convert("RGB"), "JPEG", quality=70), "anh.dat")
    assert document.kind == "picture"
    assert [row.texts[1:] for table in document.tables for row in table.rows] == [texts[1:] for texts in ROWS]


def test_missing_tesseract_is_said_with_what_to_install(seen, monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    with pytest.raises(Refused, match="tesseract-ocr-vie"):
        read(saved(seen, "PNG"), "anh.png")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"x" * 300, b"GIF89a"])
def test_broken_picture_is_refused_in_words(content, monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: True)
    with pytest.raises(Refused, match="hỏng"):
        read(content, "anh")


def test_huge_picture_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: True)
    monkeypatch.setattr(picture, "MAX_PIXELS", 10_000)
    with pytest.raises(Refused, match="quá lớn"):
        read(saved(Image.new("1", (200, 200)), "PNG"), "anh.png")


@pytest.mark.parametrize(
    ("seen_as", "meant"),
    [
        ("H", "II"),
        ("VIH", "VIII"),
        ("VỊ", "VI"),
        ("IL2", "II.2"),
        ("L1", "I.1"),
        ("12", "12"),
        ("Sở", "Sở"),
        ("T", "T"),
    ],
)
def test_misread_strokes_of_roman_numerals_are_mended(seen_as, meant):
    assert _as_numeral(Word(seen_as, 0, 0, 9, 9, 0.8)).text == meant


def pdf_of(*pages: bytes) -> bytes:
    with pikepdf.new() as whole:
        for page in pages:
            with pikepdf.open(io.BytesIO(page)) as one:
                whole.pages.extend(one.pages)
        buffer = io.BytesIO()
        whole.save(buffer)
        return buffer.getvalue()


def test_scan_among_read_pages_is_lost_alone_without_tesseract(printed, seen, monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    monkeypatch.setattr("motcua.reading.pdf.document.is_installed", lambda: False)
    scan = saved(seen, "PDF", resolution=300)
    document = read_pdf(pdf_of(printed, scan, scan, printed, scan))
    assert [row.texts for row in document.tables[0].rows] == ROWS
    assert len(document.losses) == 1
    assert document.losses[0].startswith("Trang 2–3, 5 không đọc được: ")
    assert "tesseract-ocr-vie" in document.losses[0]


def test_table_does_not_go_on_behind_a_page_that_was_lost(printed, seen, monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    monkeypatch.setattr("motcua.reading.pdf.document.is_installed", lambda: False)
    cells = [Printed((text,)) for row in ROWS for text in row]
    bare = printed_pdf(cells, [1, 6, 3, 3], size=14, numbering=None)
    assert len(read_pdf(pdf_of(printed, bare)).tables) == 1
    assert len(read_pdf(pdf_of(printed, saved(seen, "PDF", resolution=300), bare)).tables) == 2


def test_scans_whose_turn_comes_too_late_are_told_as_lost(printed, seen, monkeypatch):
    monkeypatch.setattr(tesseract, "is_installed", lambda: True)
    scan = saved(seen, "PDF", resolution=300)
    document = read(pdf_of(scan, printed, scan), until=0)
    assert document.losses == (f"Trang 1, 3 không đọc được: {NO_TIME}",)
    with pytest.raises(Refused, match="Hết thời gian"):
        read(scan, until=0)
    with pytest.raises(Refused, match="Hết thời gian"):
        read(saved(seen, "PNG"), until=0)


@needs_tesseract
def test_page_scanned_sideways_is_turned_and_shown_where_it_stands(seen):
    laid = seen.transpose(Image.Transpose.ROTATE_90)
    document = read_pdf(saved(laid, "PDF", resolution=300))
    assert [row.texts[1:] for table in document.tables for row in table.rows] == [texts[1:] for texts in ROWS]
    assert "Trang 1 quét nằm ngang; đã xoay lại để đọc." in document.notes
    (width, height), spot = document.pages[0], document.spots[0]
    assert width < height
    left, top, right, bottom = spot.box
    assert right - left < bottom - top  # a line that runs upwards
    assert bottom > height / 2


def test_page_that_makes_no_sense_however_it_is_turned_says_so(seen, monkeypatch):
    words = [Word("ÿZ06", 50, 50, 300, 90, 0.2), Word("ẨnÒ", 320, 50, 500, 90, 0.3)]
    monkeypatch.setattr("motcua.reading.recognition.page.words_of", lambda pictures, *_: [words for _ in pictures])
    monkeypatch.setattr("motcua.reading.recognition.page.turn_of", lambda *_: 180)
    sheet = recognised_sheet(Image.new("L", (1200, 1600), 255), 4, (595.0, 842.0))
    assert [note[:8] for note in sheet.notes] == ["Trang 4:"]
    assert "hầu như không nhận ra" in sheet.notes[0]
