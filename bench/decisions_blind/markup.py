"""Reads the small markup of sources/*.decision into blocks to print and the answer beside them (README.md)."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports_blind.markup import Block

SHOWN = re.compile(r"\{\{(.*?)=>(.*?)\}\}", re.DOTALL)
CODE = re.compile(r"(\d\.\d{6})(?:\.\d{3}\.\d\d\.\d\d\.[A-Z]\d\d)?")
LISTS = ("kinds", "kinds_also", "issuer_also", "formats")
CHANGES = ("new", "amended", "replaced", "abolished", "listed")


@dataclass
class Decision:
    """A document to print (``head``, ``blocks``: what the writers of reports_blind take) and what is in it."""

    name: str
    head: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    procedures: list[dict[str, Any]] = field(default_factory=list)

    def answer(self) -> dict[str, Any]:
        """Return the gold answer (README.md says what each key holds)."""
        head = {key: [one.strip() for one in self.head.get(key, "").split(";") if one.strip()] for key in LISTS}
        single = {key: self.head[key] for key in ("manner", "number", "date", "issuer", "title")}
        valid_from = self.head["valid_from"]
        return {
            "name": self.name,
            **single,
            **head,
            "formats": [one.replace("typst", "pdf") for one in self.head["formats"].split()],
            "valid_from": None if valid_from == "null" else valid_from,
            "unnamed": self.head.get("unnamed", ""),
            "procedures": self.procedures,
        }


def read(path: Path) -> Decision:
    """Return the decision of a source file. Raise ValueError where a code, a change or a table is amiss."""
    text, _, listed = path.read_text("utf-8").partition("\n=====\n")
    head_text, _, body = text.partition("\n\n")
    head = {key: value.strip() for key, _, value in (line.partition(":") for line in head_text.splitlines())}
    decision = Decision(path.stem, head)
    for group in body.split("\n\n"):
        _add(decision, [line.strip() for line in group.splitlines() if line.strip()])
    for line in listed.strip().splitlines():
        change, code, name = (part.strip() for part in line.split(" | "))
        decision.procedures.append(_procedure(decision, change, "" if code == "null" else code, name))
    return decision


def _add(decision: Decision, lines: list[str]) -> None:
    """Add one group: ``@kind argument`` and its lines, or paragraphs (``# `` a heading), one a line."""
    if not lines:
        return
    if lines[0].startswith("@table"):
        _table(decision, lines[0].split()[1:], lines[1:])
    elif lines[0].startswith("@"):
        kind, _, argument = lines[0][1:].partition(" ")
        decision.blocks.append(Block(kind, lines[1:], annex=argument))
    else:
        for line in lines:
            kind = "heading" if line.startswith("# ") else "paragraph"
            decision.blocks.append(Block(kind, [line.removeprefix("# ")]))


def _table(decision: Decision, words: list[str], lines: list[str]) -> None:
    """``@table HEADER_ROWS CHANGE [code=COLUMN] [name=COLUMN]``; a change of "-" answers for nothing by itself."""
    header, change = int(words[0]), words[1]
    columns = {key: int(number) - 1 for key, number in (word.split("=") for word in words[2:])}
    raw = [[cell.strip().replace(" // ", "\n") for cell in line.split("|")] for line in lines]
    if len({len(row) for row in raw}) != 1:
        widths = [(len(row), row[0]) for row in raw]
        raise ValueError(f"{decision.name}: rows of unequal width: {widths}")
    block = Block("table", header=header)
    block.rows = [[SHOWN.sub(r"\1", cell) for cell in row] for row in raw]
    decision.blocks.append(block)
    for row in raw[header:] if change != "-" else []:
        name = row[columns["name"]]
        if "<" in row or name in ("", "^") or re.fullmatch(r"\(\d+\)", name):
            continue
        name = SHOWN.sub(r"\2", name)
        code = SHOWN.sub(r"\2", row[columns["code"]]) if "code" in columns else ""
        if name != "-":
            decision.procedures.append(_procedure(decision, change, code, name.replace("\n", " ")))


def _procedure(decision: Decision, change: str, code: str, name: str) -> dict[str, Any]:
    """Return {"code", "name", "change"[, "name_also", "change_also", "optional"]}.

    ``listed/new`` means listed, and new is no mistake; so does ``name // other name`` for names. ``?replaced`` is
    a row that may be read or left: it is neither asked for nor counted as invented (``"optional": true``).
    """
    optional = change.startswith("?")
    first, *also = change.removeprefix("?").split("/")
    found = CODE.fullmatch(code)
    if (code and not found) or not {first, *also} <= set(CHANGES):
        raise ValueError(f"{decision.name}: {change} | {code} | {name}")
    name, *others = name.split(" // ")
    answer: dict[str, Any] = {"code": found[1] if found else None, "name": name, "change": first}
    more = {"name_also": others, "change_also": also, "optional": optional}
    return answer | {key: value for key, value in more.items() if value}
