"""Prints a report as PDF by Typst: other fonts, other breaks, tables that run over pages."""

import re
from pathlib import Path

import typst
from reports_blind.markup import Block, Report
from reports_blind.to_files import MOTTO, spans


def write_typst(report: Report, path: Path) -> None:
    lines = ['#set page(paper: "a4", margin: 1.8cm)', '#set text(lang: "vi", size: 11pt, font: "Libertinus Serif")']
    path.write_bytes(typst.compile("\n".join([*lines, *(_block(one) for one in report.blocks)]).encode()))


def _words(text: str) -> str:
    escaped = re.sub(r"([\\#*_`$<>@=\[\]~/\-+'\"])", r"\\\1", text)
    return re.sub(r"^(\d+)\.", r"\1\\.", escaped)  # or it becomes a numbered list


def _block(block: Block) -> str:
    match block.kind:
        case "letterhead":
            return _sides(block.lines[:-1], [*MOTTO, block.lines[-1]])
        case "sign":
            middle = block.lines.index("--")
            return _sides(block.lines[:middle], block.lines[middle + 1 :])
        case "table":
            return _table(block)
        case "page":
            return "#set page(flipped: true)"
        case "title" | "annex":
            return f"#align(center)[#strong[{' #linebreak() '.join(map(_words, block.lines))}]]\n"
        case "heading":
            return f"#strong[{_words(block.lines[0])}]\n"
    return f"#par(first-line-indent: (amount: 1cm, all: true), justify: true)[{_words(block.lines[0])}]\n"


def _sides(left: list[str], right: list[str]) -> str:
    cells = [f"[{' #linebreak() '.join(map(_words, side))}]" for side in (left, right)]
    return f"#grid(columns: (1fr, 1.2fr), align: center, {', '.join(cells)})\n"


def _table(block: Block) -> str:
    cells: dict[bool, list[str]] = {True: [], False: []}
    for top, _, down, across, words in spans(block.rows):
        cells[top < block.header].append(f"table.cell(rowspan: {down}, colspan: {across})[{_words(words)}]")
    columns = [[row[column] for row in block.rows] for column in range(len(block.rows[0]))]
    needed = [max(min(6, len(cell) / 5) for cell in cells) for cells in columns]
    unbroken = [max(len(word) for cell in cells for word in (cell.split() or [""])) / 3 for cells in columns]
    wide = ", ".join(f"{max(1, *sizes):.1f}fr" for sizes in zip(needed, unbroken, strict=True))
    head = f"table.header({', '.join(cells[True])})"
    caption = f"#strong[{_words(block.caption)}]\n\n" if block.caption else ""
    return f"{caption}#table(columns: ({wide}), {head}, {', '.join(cells[False])})\n"
