"""Write files/ and gold/ from sources/*.decision: ``python bench/decisions_blind/make.py [--set FOLDER] [NAME …]``."""

import argparse
import json
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docx import Document
from docx.table import _Cell, _Row

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from decisions_blind.markup import Decision, read  # noqa: E402
from reports_blind.markup import Block, Report  # noqa: E402
from reports_blind.to_files import MOTTO, write_docx, write_html, write_text  # noqa: E402
from reports_blind.to_typst import write_typst  # noqa: E402

LONGEST_SECONDS = 300
BREAK = "\ue000"  # stands for a line break within a cell while the page is escaped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=HERE, dest="folder", help="folder that holds sources/")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    home = options.folder.resolve()
    for name in ("files", "gold"):
        (home / name).mkdir(exist_ok=True)
    rows, changes = 0, Counter[str]()
    printed: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted((home / "sources").glob("*.decision")):
            decision = read(source)
            rows += len(decision.procedures)
            changes.update(one["change"] for one in decision.procedures)
            if options.names and source.stem not in options.names:
                continue
            gold = json.dumps(decision.answer(), ensure_ascii=False, indent=1) + "\n"
            (home / "gold" / f"{source.stem}.json").write_text(gold, "utf-8")
            printed += _write(decision, home / "files", Path(folder))
            sys.stdout.write(f"{source.stem:38} {len(decision.procedures):3}  {decision.head['formats']}\n")
        _print(printed, home / "files")
    sys.stdout.write(f"{rows} procedures: {dict(changes)}\n")


def _write(decision: Decision, files: Path, folder: Path) -> list[Path]:
    """Write one decision in its formats; return the Word files that are still to be printed as PDF."""
    printed = []
    for form in decision.head["formats"].split():
        report = Report(decision.name, decision.head, decision.blocks, [], {})
        path = files / f"{decision.name}.{'pdf' if form == 'typst' else form}"
        match form:
            case "docx":
                _word(report, path)
            case "pdf":
                printed.append(folder / f"{decision.name}.docx")
                _word(report, printed[-1])
            case "typst":
                write_typst(report, path)
            case "html":
                write_html(_broken(report, BREAK), path)
                path.write_text(path.read_text("utf-8").replace(BREAK, "</p><p>"), "utf-8")
            case "txt" if decision.head["text"] == "scraped":
                path.write_text("\n".join(_scraped(report.blocks)) + "\n", "utf-8")
            case "txt":
                write_text(_broken(report, " ") if decision.head["text"] == "tabs" else report, path)
    return printed


def _word(report: Report, path: Path) -> None:
    """Write a Word file whose columns fit their words as a clerk would draw them: rows of one cell do not count.

    ``narrow: yes`` leaves so little room that a code breaks over two lines.
    """
    write_docx(report, path)
    word = Document(str(path))
    least = 10 if report.head.get("narrow") else 13
    blocks = [one for one in report.blocks if one.kind in ("letterhead", "sign", "table")]
    for table, block in zip(word.tables, blocks, strict=True):
        if block.kind != "table":
            continue
        rows = [row for row in block.rows if "<" not in row]
        longest = [max(len(row[column]) for row in rows) for column in range(len(block.rows[0]))]
        sizes = [6 if size <= 5 else min(40, max(least, size**0.85)) for size in longest]
        room = sum(column.width for column in table.columns)
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = int(room * size / sum(sizes))
        for row in table.rows:
            for cell, place in _cells(row):
                cell.width = sum(table.columns[one].width for one in place)
    word.save(str(path))


def _cells(row: _Row) -> Iterator[tuple[_Cell, list[int]]]:
    """Yield each cell of a row once, with the columns it covers."""
    covered: dict[int, tuple[_Cell, list[int]]] = {}
    for number, cell in enumerate(row.cells):
        covered.setdefault(id(cell._tc), (cell, []))[1].append(number)
    yield from covered.values()


def _broken(report: Report, mark: str) -> Report:
    blocks = [
        replace(one, rows=[[cell.replace("\n", mark) for cell in row] for row in one.rows]) for one in report.blocks
    ]
    return replace(report, blocks=blocks)


def _scraped(blocks: list[Block]) -> Iterator[str]:
    """Yield lines as portals' pages are copied: cells between lines of one bar, bold and slant as stars."""
    for block in blocks:
        match block.kind:
            case "letterhead":
                yield from ["|", f"**{block.lines[0]}**", *block.lines[1:-2], "-------", "|"]
                yield from [f"**{MOTTO[0]}**", MOTTO[1], "---------------", "|", "|", block.lines[-2], "|"]
                yield from [f"*{block.lines[-1]}*", "|"]
            case "sign":
                middle = block.lines.index("--")
                yield from ["|", *block.lines[:middle], "|", f"**{block.lines[middle + 1]}**"]
                yield from [*block.lines[middle + 2 :], "|"]
            case "title" | "annex":
                yield f"**{block.lines[0]}**"
                for line in block.lines[1:]:
                    yield from textwrap.wrap(line if line.startswith("(") else line.upper(), 52)
            case "heading":
                yield from textwrap.wrap(f"**{block.lines[0]}**", 58)
            case "table":
                yield from _scraped_table(block)
            case "paragraph":
                yield from textwrap.wrap(block.lines[0], 58, break_on_hyphens=True)


def _scraped_table(block: Block) -> Iterator[str]:
    for number, row in enumerate(block.rows):
        yield "|"
        for cell in row:
            if cell in ("<", "^"):
                continue
            for line in cell.split("\n"):
                folded = textwrap.wrap(line, 54) or [""]
                yield from [f"**{one}**" for one in folded] if number < block.header else folded
            yield "|"


def _print(documents: list[Path], files: Path) -> None:
    if not documents:
        return
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
        ]
        command += [str(files), *map(str, documents)]
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)


if __name__ == "__main__":
    main()
