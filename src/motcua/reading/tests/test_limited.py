"""The process in which strangers' files are read: what it gives, and what it can do no harm with."""

import errno
import io
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from motcua.base.refusal import Refused
from motcua.reading import limited, reader
from motcua.reading.blocks import Document, Paragraph, Place
from motcua.reading.exchange import from_json, to_json
from motcua.reading.limited import call_limited, picture_of, read_limited, understand_limited
from motcua.reading.reader import read

TEXT = "KẾ HOẠCH\n\n\tTT\n\tViệc\n\tAi\n\n\t1\n\tLàm\n\tSở A\n\n\t2\n\tNộp\n\tSở B\n".encode()


@pytest.fixture
def bad(monkeypatch):
    monkeypatch.setattr(limited, "WORKER", "motcua.reading.tests.bad_worker")

    def run(what: str, **limits):
        return read_limited(b"x", what, **limits)

    return run


def test_limited_reading_equals_reading():
    assert read_limited(TEXT, "ke-hoach.txt") == read(TEXT)


def test_refusal_of_the_reader_comes_through():
    with pytest.raises(Refused, match="Tệp rỗng"):
        read_limited(b"", "rong.txt")


def test_file_beyond_the_bound_is_refused_before_a_process_starts(monkeypatch):
    monkeypatch.setattr(reader, "MAX_FILE", 1_000_000)
    monkeypatch.setattr(limited, "WORKER", "no.such.module")
    with pytest.raises(Refused, match="tối đa 1 MB"):
        read_limited(b"a" * 1_000_001)


def test_worker_imports_no_django_and_no_heavy_library():
    script = (
        "import sys, motcua.reading.worker, motcua.reading.reader, motcua.reading.exchange;"
        "print(*{'django', 'lxml', 'numpy', 'PIL', 'openpyxl'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == ""


@pytest.mark.parametrize("what", ["sleep", "spin"])
def test_slow_reading_is_ended_and_the_limit_named(bad, what):
    with pytest.raises(Refused, match="quá 1 giây"):
        bad(what, seconds=1)


def test_reading_beyond_memory_is_ended_and_the_limit_named(bad):
    with pytest.raises(Refused, match="quá 300 MB bộ nhớ"):
        bad("hoard", megabytes=300)


@pytest.mark.parametrize("what", ["fall", "say nothing"])
def test_fallen_reader_is_a_refusal(bad, what):
    with pytest.raises(Refused, match="Hãy"):
        bad(what)


def test_document_of_too_many_lines_is_refused():
    with pytest.raises(Refused, match="60.000 dòng"):
        read_limited(b"a\n" * 60_001)


def test_reader_that_goes_on_may_take_longer_than_one_that_is_silent(bad):
    with pytest.raises(Refused, match="Hết chuyện"):
        bad("go on", seconds=2.5)


def test_reader_that_says_the_same_again_is_silent(bad):
    with pytest.raises(Refused, match="quá 1 giây"):
        bad("repeat", seconds=1)


def test_reading_ends_with_its_whole_time_however_it_goes_on(bad):
    with pytest.raises(Refused, match="giây"):
        bad("go on", seconds=3, most_seconds=2)


def test_document_and_its_meaning_come_from_one_process():
    document, head = understand_limited(head_of, Head, TEXT, "ke-hoach.txt")
    assert (document, head) == (read(TEXT), Head("KẾ HOẠCH", (7,)))


def test_meaning_that_takes_for_ever_is_ended():
    with pytest.raises(Refused, match="quá 2 giây"):
        understand_limited(never_understand, Head, TEXT, seconds=2)


def test_letters_that_no_database_holds_are_shown_as_lost():
    told = to_json(Document((Paragraph("a\0b", Place(1, 1)),), ("a\0b\ud800",)))
    assert (from_json(told).lines, from_json(told).blocks[0].text) == (("a\ufffdb\ufffd",), "a\ufffdb")


def test_full_disk_is_said_and_no_trace(monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Refused, match="hết chỗ"):
        read_limited(TEXT)


def test_reader_whose_own_work_fills_the_disk_says_so(bad):
    with pytest.raises(Refused, match="hết chỗ"):
        bad("fill")


@pytest.mark.parametrize("what", ["fall", "cut refusal"])
def test_reader_that_could_write_no_answer_on_a_full_disk(bad, monkeypatch, what):
    monkeypatch.setattr(limited, "_LEAST_ROOM", 10**18)
    with pytest.raises(Refused, match="hết chỗ"):
        bad(what)


def test_children_of_the_reader_end_with_it(bad):
    children: list[int] = []
    with pytest.raises(Refused, match="giây"):
        bad("beget", seconds=1.5, on_progress=lambda child, _: children.append(child))
    assert len(children) == 1
    for _attempt in range(100):
        if not _lives(children[0]):
            return
        time.sleep(0.02)
    raise AssertionError("the child of the worker outlived it")


def _lives(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_progress_is_heard_through_chatter(bad):
    heard = []
    with pytest.raises(Refused, match="Hết chuyện"):
        bad("chatter", on_progress=lambda page, pages: heard.append((page, pages)))
    assert heard == [(1, 2)]


def test_listener_who_raises_ends_the_reading(bad):
    def stop(_page: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bad("beget", on_progress=stop)


def test_reading_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_limited(TEXT)
    with pytest.raises(Refused):
        read_limited(b"")
    assert os.listdir(tmp_path) == []


def test_worker_knows_no_secret_of_the_server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "kín")
    monkeypatch.setenv("DATABASE_URL", "postgresql://kin")
    assert {"SECRET_KEY", "DATABASE_URL"} & set(limited._environment(Path("."))) == set()


def test_picture_file_is_shown_at_the_width_asked():
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(buffer, "JPEG")
    shown = Image.open(io.BytesIO(picture_of(buffer.getvalue(), width=200)))
    assert (shown.format, shown.size) == ("PNG", (200, 150))


def test_page_of_a_pdf_is_shown_and_a_missing_one_refused():
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(buffer, "PDF")
    shown = Image.open(io.BytesIO(picture_of(buffer.getvalue(), 1, width=150)))
    assert shown.size == (150, 200)
    with pytest.raises(Refused, match="không có trang 2"):
        picture_of(buffer.getvalue(), 2)


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\x89PNG\r\n", TEXT])
def test_what_shows_no_page_is_refused(content):
    with pytest.raises(Refused):
        picture_of(content)


@dataclass(frozen=True)
class Head:
    text: str
    lines: tuple[int, ...]


def head_of(document: Document) -> Head:
    return Head(document.paragraphs[0].text, (document.tables[0].rows[1].line_start,))


def never_understand(_document: Document) -> Head:
    while True:
        pass


def count_letters(content: bytes, filename: str) -> dict[str, int]:
    if filename == "không":
        raise Refused("Không đếm.")
    return {filename: len(content)}


def test_reader_of_another_module_is_called_in_the_process():
    assert call_limited(count_letters, b"abc", "tệp") == {"tệp": 3}
    with pytest.raises(Refused, match="Không đếm"):
        call_limited(count_letters, b"abc", "không")
