"""Small pieces of WordprocessingML that python-docx has no words for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_MM_PER_TWIP = 25.4 / 1440


def twips(mm: float) -> str:
    """Return millimetres as twentieths of a point, the unit of WordprocessingML."""
    return str(round(mm / _MM_PER_TWIP))


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """Return ``<w:tag w:attribute="..">`` around ``children``."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def text_run(text: str, size_pt: float, *, bold: bool = False, italic: bool = False) -> BaseOxmlElement:
    """Return a run; a line feed in ``text`` becomes a line break. ``text`` must be clean."""
    style = element("rPr")
    if bold:
        style.append(element("b"))
    if italic:
        style.append(element("i"))
    half_points = str(round(size_pt * 2))
    style.extend((element("sz", val=half_points), element("szCs", val=half_points)))
    run = element("r", style)
    for position, line in enumerate(text.split("\n")):
        if position:
            run.append(element("br"))
        words = element("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    return run


def page_number_run(size_pt: float) -> BaseOxmlElement:
    """Return a run that shows the number of its page."""
    run = element("r", element("rPr", element("sz", val=str(round(size_pt * 2)))))
    for kind in ("begin", "separate", "end"):
        run.append(element("fldChar", fldCharType=kind))
        if kind == "begin":
            code = element("instrText")
            code.text = " PAGE "
            run.append(code)
    return run


def paragraph(
    *runs: BaseOxmlElement,
    align: str = "both",
    before_pt: float = 0,
    after_pt: float = 0,
    first_line_mm: float = 0,
    spacing: float = 1.0,
    keep_next: bool = False,
    style: str | None = None,
) -> BaseOxmlElement:
    """Return a paragraph; ``align`` is ``both``, ``left``, ``center`` or ``right``."""
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if keep_next:
        properties.append(element("keepNext"))
    distances = {"before": str(round(before_pt * 20)), "after": str(round(after_pt * 20))}
    properties.append(element("spacing", **distances, line=str(round(240 * spacing)), lineRule="auto"))
    if first_line_mm:
        properties.append(element("ind", firstLine=twips(first_line_mm)))
    properties.append(element("jc", val=align))
    return element("p", properties, *runs)


def rule(length_mm: float, room_mm: float) -> BaseOxmlElement:
    """Return a thin centred line in a column of ``room_mm``: a paragraph with a border on top."""
    side = twips(max(0.0, (room_mm - length_mm) / 2))
    line = element("top", val="single", sz="6", space="0", color="auto")
    properties = element(
        "pPr",
        element("pBdr", line),
        element("spacing", before="20", after="0", line="60", lineRule="exact"),
        element("ind", left=side, right=side),
    )
    return element("p", properties)


def cell(
    *content: BaseOxmlElement,
    width_mm: float,
    colspan: int = 1,
    merge: str | None = None,
    valign: str = "top",
) -> BaseOxmlElement:
    """Return a table cell; ``merge`` is ``restart`` in the first row of a tall cell, ``continue`` below."""
    properties = element("tcPr", element("tcW", w=twips(width_mm), type="dxa"))
    if colspan > 1:
        properties.append(element("gridSpan", val=str(colspan)))
    if merge:
        properties.append(element("vMerge", val=merge))
    properties.append(element("vAlign", val=valign))
    return element("tc", properties, *(content or (paragraph(),)))


def row(*cells: BaseOxmlElement, header: bool = False, whole: bool = False) -> BaseOxmlElement:
    """Return a table row; a header row stands again on every page, a whole one is never split."""
    properties = element("trPr")
    if header or whole:
        properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def table(widths_mm: list[float], rows: list[BaseOxmlElement], *, ruled: bool) -> BaseOxmlElement:
    """Return a table of fixed column widths, with thin rules or none."""
    properties = element("tblPr", element("tblW", w=twips(sum(widths_mm)), type="dxa"))
    if ruled:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = (element(side, val="single", sz="4", space="0", color="auto") for side in sides)
        properties.append(element("tblBorders", *lines))
    properties.append(element("tblLayout", type="fixed"))
    inset = "70" if ruled else "0"
    margins = (element(side, w=inset, type="dxa") for side in ("left", "right"))
    properties.append(element("tblCellMar", *margins))
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths_mm))
    return element("tbl", properties, grid, *rows)
