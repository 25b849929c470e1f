"""What reading a file costs, and whether every cell comes back, beside other libraries in the same run.

The tables are those of the five sample documents (hand-made answers in ``../shared/gold``), printed anew by typst with
ruling lines and repeated headings, so what must be read is known to the letter. CPU seconds of this process, each the
median of rounds in which the things compared take turns. Recognition is judged on the same pages as pictures of 300
dots an inch; they are cleaner than scans from a corridor's copier, so its error there is higher than here.
"""

import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pikepdf
from rapidfuzz.distance import Levenshtein

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.plans.rules.reader import read_plan
from motcua.plans.tests.gold import SEEDS, gold, seed_path, shared
from motcua.reading.blocks import Document
from motcua.reading.pdf.document import frame_of, opened, page_of, read_pdf, rendered
from motcua.reading.reader import read
from motcua.reading.recognition.tesseract import is_installed
from motcua.reading.tests.printed import Printed, printed_pdf

HEADINGS = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành"]
FIELDS = ("text", "lead_raw", "coordinating_raw", "product", "deadline_text")
WIDTHS = [1, 6, 3, 3, 3, 2.5]
Rows = list[list[str]]


def arguments(parser: ArgumentParser) -> None:
    """Say how often, and how many pages are recognised."""
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scanned", type=int, default=8, help="pages recognised; 0 for none")


def run(options: Namespace) -> dict[str, Any]:
    """Return figures and ``summary`` lines. Raise Refused if the samples are not there."""
    if shared() is None:
        raise Refused("bench read: không thấy ../shared/gold bên cạnh mã nguồn.")
    tables = {seed: rows for seed in SEEDS if len(rows := _rows(seed)) > 1}
    figures = {
        "pdf": _pdf(tables, options.rounds),
        "docx": _docx([HEADINGS, *(row for rows in tables.values() for row in rows[1:])], options.rounds),
        "seed_000_cpu_seconds": _seed_cost(options.rounds),
        "memory_mb": _memory(tables["000"]),
    }
    if options.scanned and is_installed():
        figures["recognition"] = _recognition(tables, options.scanned)
    figures["met"] = {
        "pdf_exact": figures["pdf"]["exact_cells"] == 1,
        "pdf_exact_upright": figures["pdf"]["exact_cells_upright"] == 1,
        "pdf_five_times_pdfplumber": figures["pdf"]["ratio"] >= 5,
        "docx_two_times_python_docx": figures["docx"]["ratio"] >= 2,
        "seed_000_half_second": figures["seed_000_cpu_seconds"] < 0.5,
        "memory_300_mb": figures["memory_mb"] < 300,
    }
    return figures | {"summary": _summary(figures)}


def _rows(seed: str) -> Rows:
    found = [HEADINGS]
    for number, task in enumerate(gold(seed)["tasks"], start=1):
        found.append([str(number), *(squash(task[field] or "") for field in FIELDS)])
    return found


def _printed(rows: Rows, *, landscape: bool = True) -> bytes:
    cells = [Printed((text,)) for row in rows for text in row]
    return printed_pdf(cells, WIDTHS, header=len(HEADINGS), landscape=landscape)


def _turns(rounds: int, *works: Callable[[], Any]) -> list[float]:
    """Return the median CPU seconds of each work, done in turns."""
    cost: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for own, work in zip(cost, works, strict=True):
            start = time.process_time()
            work()
            own.append(time.process_time() - start)
    return [statistics.median(own) for own in cost]


def _table(document: Document) -> Rows:
    return [row.texts for table in document.tables for row in table.rows]


def _equal(expected: Rows, found: Rows) -> int:
    """Return how many cells say what they should, rows paired by their number."""
    by_number = {row[0]: row for row in reversed(found) if row}
    return sum(wanted == got for row in expected for wanted, got in zip(row, by_number.get(row[0], []), strict=False))


def _plumbed(content: bytes) -> Rows:
    """Return the rows as pdfplumber gives them, white space and repeated headings taken out."""
    found: Rows = []
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                found += [[squash(text or "") for text in row] for row in table]
    return [row for at, row in enumerate(found) if not at or row != found[0]]


def _pdf(tables: dict[str, Rows], rounds: int) -> dict[str, Any]:
    files = {seed: _printed(rows) for seed, rows in tables.items()}
    pages = sum(len(read_pdf(content).pages) for content in files.values())
    ours, theirs = _turns(
        rounds,
        lambda: [read_pdf(content) for content in files.values()],
        lambda: [_plumbed(content) for content in files.values()],
    )
    cells = sum(len(row) for rows in tables.values() for row in rows)
    exact = sum(_equal(rows, _table(read_pdf(files[seed]))) for seed, rows in tables.items())
    plumbed = sum(_equal(rows, _plumbed(files[seed])) for seed, rows in tables.items())
    upright = sum(_equal(rows, _table(read_pdf(_printed(rows, landscape=False)))) for rows in tables.values())
    return {
        "pages": pages,
        "cells": cells,
        "exact_cells": exact / cells,
        "exact_cells_upright": round(upright / cells, 4),  # narrower columns, more words broken
        "pdfplumber_exact_cells": round(plumbed / cells, 4),
        "pages_per_second": round(pages / ours, 1),
        "pdfplumber_pages_per_second": round(pages / theirs, 1),
        "ratio": round(theirs / ours, 2),
    }


def _docx(rows: Rows, rounds: int) -> dict[str, Any]:
    rows = [row if row[0] == HEADINGS[0] else [str(at), *row[1:]] for at, row in enumerate(rows)]
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(HEADINGS))
    for own, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(own.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    content = buffer.getvalue()

    def theirs() -> Rows:
        return [
            [cell.text for cell in row.cells] for one in docx.Document(io.BytesIO(content)).tables for row in one.rows
        ]

    mine, other = _turns(rounds, lambda: read(content), theirs)
    cells = len(rows) * len(HEADINGS)
    return {
        "exact_cells": _equal(rows, _table(read(content))) / cells,
        "cpu_seconds": round(mine, 4),
        "python_docx_cpu_seconds": round(other, 4),
        "ratio": round(other / mine, 2),
    }


def _seed_cost(rounds: int) -> float:
    return round(_turns(rounds, lambda: read_plan(seed_path("000")))[0], 4)


def _memory(rows: Rows) -> float:
    """Return the most memory in MB of a process that reads a PDF of some fifty pages, and a page of it as a picture."""
    script = (
        "import re, sys; from pathlib import Path; from motcua.reading.reader import read\n"
        "for name in sys.argv[1:]: read(name)\n"
        # Not ru_maxrss: that of a new process begins with what its parent held.
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024)"
    )
    content = _printed([rows[0], *rows[1:] * 5])
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / "plan.pdf"]
        files[0].write_bytes(content)
        if is_installed():
            files.append(Path(name) / "page.png")
            _pictures(content, 1)[0].save(files[1])
        said = subprocess.run([sys.executable, "-c", script, *files], capture_output=True, text=True, check=True)
    return round(float(said.stdout), 1)


def _pictures(content: bytes, most: int) -> list[Any]:
    found = []
    with opened(content) as document:
        for at in range(min(len(read_pdf(content).pages), most)):
            with page_of(document, at) as page:
                found.append(rendered(page, frame_of(page)))
    return found


def _recognition(tables: dict[str, Rows], most: int) -> dict[str, Any]:
    """Return pages a minute and the share of wrong letters, of pages of every sample in turn."""
    wrong = letters = pages = equal = cells = 0
    wall = cpu = 0.0
    share = max(most // len(tables), 1)
    for rows in tables.values():
        content = _printed(rows)
        pictures = _pictures(content, share)
        scan = io.BytesIO()
        pictures[0].save(scan, "PDF", save_all=True, append_images=pictures[1:], resolution=300, quality=90)
        known = _table(read_pdf(_first_pages(content, len(pictures))))
        start, began = time.monotonic(), _cpu()
        found = _table(read_pdf(scan.getvalue()))
        wall, cpu = wall + time.monotonic() - start, cpu + _cpu() - began
        pages += len(pictures)
        for at, row in enumerate(known):
            got = found[at] if at < len(found) else [""] * len(row)
            wrong += sum(Levenshtein.distance(one, other) for one, other in zip(row, got, strict=False))
            letters += sum(map(len, row))
            equal += sum(one == other for one, other in zip(row, got, strict=False))
            cells += len(row)
    return {
        "pages": pages,
        "pages_per_minute": round(60 * pages / wall, 1),
        "pages_per_cpu_minute": round(60 * pages / cpu, 1),
        "character_error_rate": round(wrong / letters, 5),
        "equal_cells": round(equal / cells, 4),
    }


def _first_pages(content: bytes, count: int) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.pages[count:]
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _summary(figures: dict[str, Any]) -> list[str]:
    pdf, word = figures["pdf"], figures["docx"]
    lines = [
        f"PDF có kẻ bảng ({pdf['pages']} trang, {pdf['cells']} ô): đúng {pdf['exact_cells']:.2%} khổ ngang, "
        f"{pdf['exact_cells_upright']:.2%} khổ dọc, "
        f"{pdf['pages_per_second']} trang mỗi giây CPU; pdfplumber đúng {pdf['pdfplumber_exact_cells']:.2%}, "
        f"{pdf['pdfplumber_pages_per_second']} trang: nhanh gấp {pdf['ratio']} lần",
        f"DOCX: đúng {word['exact_cells']:.2%}, {word['cpu_seconds']} giây CPU; "
        f"python-docx {word['python_docx_cpu_seconds']}: nhanh gấp {word['ratio']} lần",
        f"Đọc hiểu mẫu 000: {figures['seed_000_cpu_seconds']} giây CPU",
        f"Bộ nhớ cao nhất: {figures['memory_mb']} MB",
    ]
    if "recognition" in figures:
        seen = figures["recognition"]
        lines.append(
            f"Nhận dạng ({seen['pages']} trang 300 dpi): {seen['pages_per_minute']} trang mỗi phút, "
            f"{seen['pages_per_cpu_minute']} mỗi phút CPU; sai {seen['character_error_rate']:.3%} ký tự; "
            f"ô giống hệt {seen['equal_cells']:.1%}"
        )
    lines += [f"KHÔNG ĐẠT: {name}" for name, is_met in figures["met"].items() if not is_met]
    return lines
