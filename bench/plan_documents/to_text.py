"""A description as text scraped from a portal, in the layouts that real scrapings have.

tabs: one row a line, cells between tabs. cells: one cell a line, rows between empty lines, a merged cell once.
doubled: the same, but a merged title as often as it has columns and cells printed twice from the third on. pipes: a "|"
line around each row, a cell a line or more. marks: a Markdown table. columns: cells beside each other, wrapped, kept
apart by blanks.
"""

import re
import textwrap
from pathlib import Path

from plan_documents.description import Cell, Description, Letterhead, Page, Paragraph, Signature, Table


def write_text(description: Description, path: Path, layout: str) -> None:
    """Write a description as UTF-8 text in one of the layouts above. Raise KeyError for another."""
    lines: list[str] = []
    for block in description.blocks:
        if isinstance(block, Table):
            lines += [*TABLES[layout](block), ""]
        elif not isinstance(block, Page):
            lines += [*_plain_block(block, layout), ""]
    for number, text in description.footnotes.items():
        lines += [f"({number}) {text}"]
    path.write_text(re.sub(r"\[\^(\w+)\]", r"(\1)", "\n".join(lines)) + "\n", "utf-8")


def _plain_block(block: Paragraph | Letterhead | Signature, layout: str) -> list[str]:
    if isinstance(block, Paragraph):
        text = f"{block.label} {block.text}".strip()
        if layout in {"pipes", "marks"} and block.style in {"bold", "centre"}:
            return [f"**{text}**"]
        return [text]
    if isinstance(block, Letterhead):
        said = block.motto or ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        if layout in {"tabs", "columns"}:
            left, motto = [*block.left, "-------"], [*said, "---------------"]
            gap = "\t" if layout == "tabs" else " " * 8
            pairs = [f"{a}{gap}{b}" for a, b in zip(left, motto, strict=False)] + left[len(motto) :]
            return [*pairs, f"{block.number}{gap}{block.place}"]
        return [
            *block.left,
            "-------",
            *said,
            "---------------",
            block.number,
            block.place,
        ]
    return ["Nơi nhận:", *block.recipients, "", *block.titles, "", block.name]


def _one_line(cell: Cell) -> str:
    return f"{cell.label} {cell.text}".replace("\n", " ").strip()


def _tabs(table: Table) -> list[str]:
    """One row a line; where a merged cell goes on, nothing stands."""
    lines = []
    for at, row in enumerate(table.rows):
        begun = {column for column, _ in table.anchors(at)}
        texts = [_one_line(cell) if column in begun else "" for column, cell in enumerate(row)]
        lines.append(texts[0] if at in table.sections and not any(texts[1:]) else "\t".join(texts))
    return lines


def _cells(table: Table) -> list[str]:
    lines: list[str] = []
    for at in range(len(table.rows)):
        for _, cell in table.anchors(at):
            label = f"{cell.label} " if cell.label else ""
            lines += [f"\t{line}" for line in f"{label}{cell.text}".split("\n")]
        lines.append("")
    return lines


def _doubled(table: Table) -> list[str]:
    lines: list[str] = []
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            times = 2 if column >= 2 and at not in table.sections and at >= table.headers else 1
            lines += [f"\t{_one_line(cell)}"] * times
        lines.append("")
    return lines


def _pipes(table: Table) -> list[str]:
    lines = ["|"]
    for at in range(len(table.rows)):
        for _, cell in table.anchors(at):
            label = f"{cell.label} " if cell.label else ""
            inside = "\n".join(textwrap.fill(line, 40) for line in f"{label}{cell.text}".split("\n"))
            lines += [f"**{inside}**" if cell.bold and inside else inside, "|"]
        lines.append("|")
    return lines


def _marks(table: Table) -> list[str]:
    lines = []
    for at, row in enumerate(table.rows):
        texts = [f"{cell.label} {cell.text}".replace("\n", "<br>").strip() for cell in row]
        begun = {column for column, _ in table.anchors(at)}
        if at in table.sections:
            texts = [f"**{text}**" if column in begun and text else "" for column, text in enumerate(texts)]
        lines.append("| " + " | ".join(texts) + " |")
        if at == 0:
            lines.append("|" + "---|" * len(row))
    return lines


def _columns(table: Table) -> list[str]:
    given = [float(one) for one in table.options.get("widths", "").split(",") if one] or [1.0] * len(table.roles)
    widths = [max(5, int(150 * one / sum(given))) for one in given]
    lines: list[str] = []
    for at in range(len(table.rows)):
        pieces: list[tuple[int, list[str]]] = []
        for column, cell in table.anchors(at):
            room = sum(widths[column : column + cell.colspan]) - 2
            wrapped = [part for line in _one_line(cell).split("\n") for part in textwrap.wrap(line, room)]
            pieces.append((sum(widths[:column]), wrapped))
        for line in range(max((len(wrapped) for _, wrapped in pieces), default=0)):
            printed = ""
            for left, wrapped in pieces:
                if line < len(wrapped):
                    printed = printed.ljust(left) + wrapped[line]
            lines.append(printed)
        lines.append("")
    return lines


TABLES = {"tabs": _tabs, "cells": _cells, "doubled": _doubled, "pipes": _pipes, "marks": _marks, "columns": _columns}
