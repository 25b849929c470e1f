"""A Document as JSON and back: what the limited process answers with. Short keys: a long plan has 10,000 lines.

What a database cannot hold (the letter NUL) and what is no letter (half of a surrogate pair) becomes the sign of a lost
letter on the way.
"""

import re
from typing import Any

from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Row, Spot, Table

Json = dict[str, Any]
_NO_LETTERS = re.compile("[\0\ud800-\udfff]")
LOST = "\ufffd"


def to_json(document: Document) -> Json:
    """Return a document as JSON values; ``from_json`` gives an equal one."""
    return {
        "kind": document.kind,
        "notes": list(map(_storable, document.notes)),
        "lines": list(map(_storable, document.lines)),
        "blocks": [_block_to_json(block) for block in document.blocks],
        "spots": [_spot_to_json(spot) for spot in document.spots],
        "pages": [list(page) for page in document.pages],
        "losses": list(document.losses),
    }


def from_json(value: Json) -> Document:
    """Return the document that ``to_json`` wrote. Raise KeyError, TypeError or ValueError for anything else."""
    return Document(
        blocks=tuple(_block_from_json(block) for block in value["blocks"]),
        lines=tuple(value["lines"]),
        kind=value["kind"],
        notes=tuple(value["notes"]),
        spots=tuple(_spot_from_json(spot) for spot in value["spots"]),
        pages=tuple((width, height) for width, height in value["pages"]),
        losses=tuple(value["losses"]),
    )


def _block_to_json(block: Block) -> Json:
    if isinstance(block, Paragraph):
        return {"text": _storable(block.text), "at": [block.line_start, block.line_end]}
    return {"width": block.width, "rows": [_row_to_json(row) for row in block.rows]}


def _block_from_json(value: Json) -> Block:
    if "rows" in value:
        return Table(tuple(_row_from_json(row) for row in value["rows"]), value["width"])
    start, end = value["at"]
    return Paragraph(value["text"], Place(start, end))


def _row_to_json(row: Row) -> Json:
    shown: Json = {"cells": [_cell_to_json(cell) for cell in row.cells]}
    if row.lines:
        shown["lines"] = list(row.lines)
    for name in ("cut_before", "cut_after", "starts_page"):
        if getattr(row, name):
            shown[name] = True
    return shown


def _cell_to_json(cell: Cell) -> list[Any]:
    return [cell.column, cell.is_merged_up, *([line, _storable(text)] for line, text in cell.parts)]


def _row_from_json(value: Json) -> Row:
    lines = value.get("lines")
    return Row(
        cells=tuple(_cell_from_json(cell) for cell in value["cells"]),
        cut_before=value.get("cut_before", False),
        cut_after=value.get("cut_after", False),
        lines=(lines[0], lines[1]) if lines else None,
        starts_page=value.get("starts_page", False),
    )


def _cell_from_json(value: list[Any]) -> Cell:
    column, is_merged_up, *parts = value
    return Cell(tuple((line, text) for line, text in parts), column, is_merged_up)


def _spot_to_json(spot: Spot) -> list[Any]:
    return [
        spot.page,
        list(spot.box) if spot.box else None,
        _storable(spot.address) if spot.address else spot.address,
        spot.confidence,
    ]


def _spot_from_json(value: list[Any]) -> Spot:
    page, box, address, confidence = value
    return Spot(page, (box[0], box[1], box[2], box[3]) if box else None, address, confidence)


def _storable(text: str) -> str:
    return _NO_LETTERS.sub(LOST, text) if _NO_LETTERS.search(text) else text
