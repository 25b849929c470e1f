"""Reads the small markup of sources/*.report into blocks, once clean and once with its errors planted (README.md)."""

import ast
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MARK = re.compile(r"\{\{(\*?)([a-z0-9,]+):(.*?)(?:=>(.*?))?\}\}")
NUMBER = re.compile(r"-?\d[\d. ]*(?:,\d+)?")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@dataclass(frozen=True)
class Spot:
    """Where an error stands, or (``counterpart``) the other place that shows it to be one."""

    error: str
    counterpart: bool
    clean: str
    planted: str
    place: dict[str, Any]


@dataclass
class Block:
    """``kind``: letterhead, title, heading, paragraph, annex, page, table or sign; a table has rows, the rest lines."""

    kind: str
    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)  # "<" = one cell with its left, "^" = with the one above
    header: int = 1
    caption: str = ""
    annex: str = ""


@dataclass
class Report:
    name: str
    head: dict[str, str]
    blocks: list[Block]
    spots: list[Spot]
    errors: dict[str, dict[str, str]]


def read(path: Path, *, planted: bool) -> Report:
    """Return the report of a source file. Raise ValueError where its clean figures do not add up or marks are amiss."""
    text, _, listed = path.read_text("utf-8").partition("\n=====\n")
    head_text, _, body = text.partition("\n\n")
    head = dict(line.split(": ", 1) for line in head_text.splitlines())
    report = Report(path.stem, head, [], [], _errors(listed))
    _Reader(report, planted=planted).read(body.splitlines())
    marked = {spot.error for spot in report.spots if not spot.counterpart}
    if marked != set(report.errors):
        raise ValueError(f"{path.stem}: marked and listed differ: {sorted(marked ^ set(report.errors))}")
    return report


def _errors(listed: str) -> dict[str, dict[str, str]]:
    found = {}
    for line in listed.strip().splitlines():
        name, kind, expected, note = (part.strip() for part in line.split(" | "))
        found[name] = {"kind": kind, "expected": expected, "note": note}
    return found


class _Reader:
    def __init__(self, report: Report, *, planted: bool) -> None:
        self.report = report
        self.planted = planted
        self.section: list[str] = []
        self.annex = ""
        self.tables = 0

    def read(self, lines: list[str]) -> None:
        groups = _grouped(lines)
        for kind, argument, group in groups:
            if kind == "check":
                self._check_table(argument)
            elif kind == "assert":
                self._check_sum(argument)
            elif kind == "table":
                self._table(argument, group)
            else:
                self._words(kind, argument, group)

    def _words(self, kind: str, argument: str, group: list[str]) -> None:
        if kind == "heading":
            depth = len(argument)
            self.section = [*self.section[: depth - 1], MARK.sub(r"\3", group[0])]
        if kind == "annex":
            self.annex, self.section = argument, []
        block = Block(kind, annex=self.annex)
        for line in group:
            shown, marks = self._resolve(line)
            block.lines.append(shown)
            place = {"section": " / ".join(self.section), "part": kind, "annex": self.annex}
            self._keep(marks, place | {"sentence": shown})
        self.report.blocks.append(block)

    def _table(self, argument: str, group: list[str]) -> None:
        self.tables += 1
        header = int(argument.split()[0])
        caption = argument.partition(" ")[2]
        raw = [[cell.strip() for cell in _cells(line)] for line in group]
        if len({len(row) for row in raw}) != 1:
            raise ValueError(
                f"{self.report.name} table {self.tables}: rows of {sorted({len(row) for row in raw})} cells"
            )
        block = Block("table", header=header, caption=caption, annex=self.annex)
        block.rows = [[self._resolve(cell)[0] for cell in row] for row in raw]
        filled = _filled(block.rows)
        for line, row in enumerate(raw):
            for column, cell in enumerate(row):
                titles = dict.fromkeys(filled[level][column] for level in range(header))
                label = max(filled[line][:3], key=lambda one: (not _is_number(one), len(one)))
                place = {
                    "annex": self.annex, "table": self.tables, "line": line, "row": filled[line][0], "label": label,
                    "column": " / ".join(titles), "column_number": column + 1, "cells": block.rows[line],
                }  # fmt: skip
                self._keep(self._resolve(cell)[1], place)
        self.report.blocks.append(block)

    def _resolve(self, text: str) -> tuple[str, list[tuple[bool, str, str, str]]]:
        marks = []
        for star, names, clean, wrong in MARK.findall(text):
            marks += [(bool(star), name, clean, clean if star else wrong) for name in names.split(",")]
        shown = MARK.sub(lambda found: (found[4] or "") if self.planted and not found[1] else found[3], text)
        return shown, marks

    def _keep(self, marks: list[tuple[bool, str, str, str]], place: dict[str, Any]) -> None:
        for star, name, clean, wrong in marks:
            self.report.spots.append(Spot(name, star, clean, wrong, place))

    def _check_sum(self, claim: str) -> None:
        left, _, right = claim.partition("==")
        if abs(_worth(left) - _worth(right)) > 0.051:  # what is rounded to one decimal may be 0.05 off
            raise ValueError(f"{self.report.name}: {claim}: {_worth(left)} is not {_worth(right)}")

    def _check_table(self, claim: str) -> None:
        """``3=4+5+6`` holds in every row of the table above; ``total last 3-13`` says its last row sums the rest."""
        if self.planted:
            return
        block = next(one for one in reversed(self.report.blocks) if one.kind == "table")
        rows = [[_amount(cell) for cell in row] for row in block.rows[block.header :]]
        for part in claim.split(";"):
            words = part.split()
            if words[0] == "total":
                self._check_total(rows, words[1] == "last", *(int(one) for one in words[2].split("-")))
                continue
            left, _, right = words[0].partition("=")
            for row in rows:
                if row[int(left) - 1] is None:
                    continue
                found = sum(row[int(one) - 1] or 0 for one in right.split("+"))
                if found != row[int(left) - 1]:
                    raise ValueError(f"{self.report.name} table {self.tables}: {part} gives {found} in {row}")

    def _check_total(self, rows: list[list[float | None]], last: bool, start: int, end: int) -> None:
        total, parts = (rows[-1], rows[:-1]) if last else (rows[0], rows[1:])
        for column in range(start - 1, end):
            found = sum(row[column] or 0 for row in parts)
            if found != (total[column] or 0):
                raise ValueError(f"{self.report.name} table {self.tables} column {column + 1}: the rows give {found}")


def _grouped(lines: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (kind, argument, lines): an @block runs to the next empty line, anything else is a paragraph a line."""
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        index += 1
        if line.startswith("@"):
            kind, _, argument = line[1:].partition(" ")
            group = []
            while kind != "check" and index < len(lines) and lines[index].strip():
                group.append(lines[index].strip())
                index += 1
            yield kind, argument, group
        elif line.startswith("%%"):
            yield "assert", line[2:].strip(), []
        elif line.startswith("#"):
            marks, _, title = line.partition(" ")
            yield "heading", marks, [title]
        elif line:
            yield "paragraph", "", [line]


def _cells(line: str) -> list[str]:
    return line.split("|")


def _filled(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with merged cells repeated."""
    done: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        for column, cell in enumerate(row):
            line.append(line[-1] if cell == "<" else done[-1][column] if cell == "^" else cell)
        done.append(line)
    return done


def _is_number(text: str) -> bool:
    return not text or bool(re.fullmatch(r"[\dIVX.,()%a-d ]+", text))


def _amount(cell: str) -> float | None:
    """Return a cell's number, dots and blanks between thousands taken off; None where there is none."""
    found = NUMBER.fullmatch(cell.rstrip("%* ").replace("\u00a0", " "))
    return float(re.sub(r"[. ]", "", found[0]).replace(",", ".")) if found else None


def _worth(expression: str) -> float:
    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))  # type: ignore[no-any-return]
        return float(ast.literal_eval(node))

    return value(ast.parse(expression.strip(), mode="eval").body)
