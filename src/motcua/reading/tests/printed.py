"""Tables printed by typst: what the reader of PDF is tried on, with the cells that must come back."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

import motcua

FONTS = Path(motcua.__file__).parent / "documents" / "fonts"
_HERE = Path(__file__).parent


@dataclass
class Printed:
    """One cell to print: what it says, and how many rows and columns it covers."""

    parts: tuple[str, ...]
    rowspan: int = 1
    colspan: int = 1


def printed_pdf(
    cells: list[Printed],
    widths: list[float],
    *,
    header: int = 0,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    landscape: bool = True,
    breakable: bool = True,
    stroke: float = 0.5,
    size: float = 12,
    justify: bool = True,
    numbering: str | None = "1",
    style: str = "plain",
) -> bytes:
    """Return a PDF of one table with ``cells`` row by row; the first ``header`` cells repeat on each page.

    ``style`` is plain, dashed, dotted, double, shaded (no lines), level (no upright lines) or letterhead.
    """
    data = {
        "cells": [{"parts": list(cell.parts), "rowspan": cell.rowspan, "colspan": cell.colspan} for cell in cells],
        "widths": widths,
        "header": header,
        "before": list(before),
        "after": list(after),
        "landscape": landscape,
        "breakable": breakable,
        "stroke": stroke,
        "size": size,
        "justify": justify,
        "numbering": numbering,
        "style": style,
    }
    return _compiler().compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)})


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(_HERE / "printed.typ"), root=str(_HERE), font_paths=fonts)
