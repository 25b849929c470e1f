"""Body blocks of a DOCX: paragraphs, headings, lists and ruled tables."""

from docx.oxml.xmlchemy import BaseOxmlElement

from motcua.documents.rendering import ooxml
from motcua.documents.rendering.description import (
    Block,
    Heading,
    Inline,
    NumberedList,
    Paragraph,
    Span,
    Table,
)
from motcua.documents.rendering.grid import Placed, place_header, place_rows
from motcua.documents.rendering.layout import Layout
from motcua.documents.rendering.printable import clean

_ALIGN = {"justify": "both", "left": "left", "center": "center", "right": "right"}


def block_elements(blocks: tuple[Block, ...], layout: Layout, size_pt: float, width_mm: float) -> list[BaseOxmlElement]:
    """Return the blocks as paragraphs and tables of a text ``width_mm`` wide."""
    made: list[BaseOxmlElement] = []
    for block in blocks:
        if isinstance(block, Table):
            made += _table(block, layout, width_mm)
        elif isinstance(block, NumberedList):
            for marker, item in block.numbered():
                runs = [ooxml.text_run(clean(f"{marker} "), size_pt), *inline_runs(item, size_pt)]
                made.append(_body_paragraph(runs, layout))
        elif isinstance(block, Heading):
            made.append(_heading(block, layout, size_pt))
        else:
            runs = inline_runs(block.text, size_pt, block)
            indent = block.indent and block.align in {"justify", "left"}
            made.append(_body_paragraph(runs, layout, align=_ALIGN[block.align], indent=indent))
    return made


def inline_runs(text: Inline, size_pt: float, style: Paragraph | None = None) -> list[BaseOxmlElement]:
    """Return text as runs; the style of ``style`` is added to that of each span."""
    bold, italic = (style.bold, style.italic) if style else (False, False)
    spans = (Span(text),) if isinstance(text, str) else text
    return [
        ooxml.text_run(clean(span.text), size_pt, bold=span.bold or bold, italic=span.italic or italic)
        for span in spans
    ]


def _body_paragraph(
    runs: list[BaseOxmlElement], layout: Layout, *, align: str = "both", indent: bool = True
) -> BaseOxmlElement:
    return ooxml.paragraph(
        *runs,
        align=align,
        after_pt=layout.paragraph_gap_pt,
        first_line_mm=layout.indent_mm if indent else 0,
        spacing=layout.line_spacing,
    )


def _heading(heading: Heading, layout: Layout, size_pt: float) -> BaseOxmlElement:
    run = ooxml.text_run(clean(heading.text), size_pt, bold=True, italic=heading.level == 3)
    made = ooxml.paragraph(
        run,
        align=_ALIGN[heading.align],
        after_pt=layout.paragraph_gap_pt,
        first_line_mm=0 if heading.align == "center" else layout.indent_mm,
        spacing=layout.line_spacing,
        keep_next=True,
    )
    # A level in the outline, without the blue face of the built-in heading styles.
    made.pPr.append(ooxml.element("outlineLvl", val=str(heading.level - 1)))
    return made


def _table(table: Table, layout: Layout, width_mm: float) -> list[BaseOxmlElement]:
    shares = sum(column.width for column in table.columns)
    widths = [column.width / shares * width_mm for column in table.columns]
    rows = _rows(place_header(table), widths, layout, header=True)
    rows += _rows(place_rows(table), widths, layout, header=False)
    made = [ooxml.table(widths, rows, ruled=True)]
    if table.caption:
        caption = ooxml.text_run(clean(table.caption), layout.table_pt, italic=True)
        made.insert(0, ooxml.paragraph(caption, align="right", keep_next=True))
    return [*made, ooxml.paragraph(ooxml.text_run("", 6))]


def _rows(
    placed_rows: list[list[Placed]], widths: list[float], layout: Layout, *, header: bool
) -> list[BaseOxmlElement]:
    below: dict[tuple[int, int], Placed] = {}
    made = []
    for number, placed_row in enumerate(placed_rows):
        for placed in placed_row:
            for lower in range(number + 1, number + placed.cell.rowspan):
                below[lower, placed.column] = placed
        continued = [placed for (row, _), placed in below.items() if row == number]
        both = sorted([*placed_row, *continued], key=lambda placed: placed.column)
        made.append(ooxml.row(*(_cell(placed, number, widths, layout) for placed in both), header=header))
    return made


def _cell(placed: Placed, row: int, widths: list[float], layout: Layout) -> BaseOxmlElement:
    width = sum(widths[placed.column : placed.column + placed.cell.colspan])
    is_first = placed.row == row
    merge = None if placed.cell.rowspan == 1 else "restart" if is_first else "continue"
    runs = inline_runs(placed.spans(), layout.table_pt) if is_first else []
    content = ooxml.paragraph(*runs, align=_ALIGN[placed.align], before_pt=2, after_pt=2)
    return ooxml.cell(content, width_mm=width, colspan=placed.cell.colspan, merge=merge, valign="center")
