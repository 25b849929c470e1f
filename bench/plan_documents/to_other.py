"""The same descriptions by other hands: Chromium, Typst, LibreOffice's own export, a workbook as an office types it.

``pdf:chromium`` and ``pdf:typst`` print with them; ``docx:office`` is a web page that LibreOffice saved as Word,
``docx:odt`` a Word file that went through ODT; ``html:office`` is LibreOffice's export; ``xlsx:office`` a
sheet with a letterhead that begins in column B.
"""

import json
import re
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

import typst
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from plan_documents.description import Block, Cell, Description, Letterhead, Page, Paragraph, Signature, Table

FONTS = Path(__file__).resolve().parents[2] / "src" / "motcua" / "documents" / "fonts"
LONGEST_SECONDS = 120
BROWSER_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
WEIGHTS = {"number": 1, "text": 6, "deadline": 2.2, "lead": 2.6, "product": 3, "coordinating": 2.8, "agencies": 4}
THIN = Side(style="thin")


def redraw(description: Description, drafts: Path) -> None:
    """Replace the drafts of a description where a format names another maker (see above)."""
    draft = drafts / description.name
    for form in description.formats:
        match form:
            case "pdf:chromium":
                _print_by_browser(description, draft)
            case "pdf:typst":
                source = typst_source(description).encode()
                draft.with_suffix(".pdf").write_bytes(typst.compile(source, font_paths=[str(FONTS)]))
            case "docx:office":
                page = draft.with_suffix(".page.html")
                page.write_text(page_source(description), "utf-8")
                _convert(page, "docx:MS Word 2007 XML", draft.with_suffix(".docx"), "HTML (StarWriter)")
            case "docx:odt":
                _convert(draft.with_suffix(".docx"), "odt", draft.with_suffix(".odt"))
                _convert(draft.with_suffix(".odt"), "docx:MS Word 2007 XML", draft.with_suffix(".docx"))
            case "html:office":
                _convert(draft.with_suffix(".docx"), "html:HTML (StarWriter):UTF8", draft.with_suffix(".html"))
            case "xlsx:office":
                write_sheet(description, draft.with_suffix(".xlsx"))


def _print_by_browser(description: Description, draft: Path) -> None:
    page = draft.with_suffix(".print.html")
    page.write_text(page_source(description), "utf-8")
    browser = shutil.which("chromium")
    if browser is None:
        raise FileNotFoundError("chromium")
    target = f"--print-to-pdf={draft.with_suffix('.pdf')}"
    command = [browser, *BROWSER_FLAGS, target, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)


def _convert(source: Path, form: str, wanted: Path, reader: str = "") -> None:
    """Let LibreOffice save a file as another kind (``form`` is its filter) and put it where it is wanted."""
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as made:
        command = [office, f"-env:UserInstallation=file://{profile}", "--headless"]
        command += [f"--infilter={reader}"] if reader else []
        command += ["--convert-to", form, "--outdir", made, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)
        shutil.move(next(Path(made).iterdir()), wanted)


def _widths(table: Table) -> list[float]:
    given = [float(one) for one in table.options.get("widths", "").split(",") if one]
    return given or [WEIGHTS.get(role.split(":")[0], 2) for role in table.roles]


def _printed(cell: Cell) -> list[str]:
    return f"{cell.label} {cell.text}".strip().split("\n")


def _heads(block: Letterhead) -> tuple[list[str], list[str]]:
    return [*block.left, *block.number.split("\n")], [*(block.motto or NATION), block.place]


# --- a page for printing -----------------------------------------------------------------------------------------


def page_source(description: Description) -> str:
    """Return the document as a web page made for paper."""
    font, size = description.head.get("font", "Tinos"), description.head.get("size", "13")
    faces = "".join(
        f'@font-face{{font-family:Tinos;src:url("{(FONTS / f"Tinos-{face}.ttf").as_uri()}");{look}}}\n'
        for face, look in (
            ("Regular", ""),
            ("Bold", "font-weight:bold"),
            ("Italic", "font-style:italic"),
        )
    )
    style = f"""{faces}@page{{size:A4;margin:20mm 15mm 20mm 28mm;@top-center{{content:counter(page)}}}}
@page ngang{{size:A4 landscape;margin:18mm 15mm}}
body{{font-family:"{font}",serif;font-size:{size}pt;line-height:1.25}} .ngang{{page:ngang}} p{{margin:4pt 0}}
table{{border-collapse:collapse;width:100%;margin:6pt 0}} .ke td,.ke th{{border:1px solid #000;padding:2pt 4pt;
vertical-align:middle;font-size:{float(size) - 1}pt}} .ke p{{margin:0}} .giua{{text-align:center}}"""
    pieces, across = [], False
    for block in description.blocks:
        if isinstance(block, Page):
            pieces.append("</div>" if across else "")
            across = block.landscape
            pieces.append('<div class="ngang">' if across else '<div style="page-break-before:always"></div>')
        else:
            pieces.append(_page_block(block))
    pieces.append("</div>" if across else "")
    pieces += [f"<p><sup>{number}</sup> {escape(text)}</p>" for number, text in description.footnotes.items()]
    head = f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>-</title><style>{style}</style></head>'
    return head + "<body>" + "\n".join(pieces) + "</body></html>"


def _page_text(text: str) -> str:
    return re.sub(r"\[\^(\w+)\]", r"<sup>\1</sup>", escape(text, quote=False))


def _page_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        inside = _page_text(f"{block.label} {block.text}".strip())
        tag = {"bold": "b", "centre": "b", "italic": "i"}.get(block.style)
        inside = f"<{tag}>{inside}</{tag}>" if tag else inside
        return f'<p class="giua" align="center">{inside}</p>' if block.style == "centre" else f"<p>{inside}</p>"
    if isinstance(block, Table):
        return _page_table(block)
    if isinstance(block, Letterhead):
        left, right = _heads(block)
    else:
        assert isinstance(block, Signature)
        left, right = ["Nơi nhận:", *block.recipients], [*block.titles, "", "", block.name]
    sides = ("".join(f"<p>{escape(one) or '&nbsp;'}</p>" for one in side) for side in (left, right))
    cells = "".join(f'<td width="50%" align="center" valign="top" class="giua">{side}</td>' for side in sides)
    return f'<table border="0"><tr>{cells}</tr></table>'


def _page_table(table: Table) -> str:
    widths = _widths(table)
    columns = "".join(f'<col style="width:{100 * one / sum(widths):.1f}%">' for one in widths)
    lines = [f'<table class="ke" border="1">{columns}', "<thead>" if table.headers else "<tbody>"]
    for at in range(len(table.rows)):
        if table.headers and at == table.headers:
            lines.append("</thead><tbody>")
        cells = ""
        for _, cell in table.anchors(at):
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            inside = "".join(f"<p>{_page_text(one)}</p>" for one in _printed(cell))
            cells += f"<td{spans}>{f'<b>{inside}</b>' if cell.bold else inside}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</tbody></table>"])


# --- Typst ---------------------------------------------------------------------------------------------------------


def typst_source(description: Description) -> str:
    """Return the document as Typst source; every printed word stands in a string."""
    font, size = description.head.get("font", "Tinos"), description.head.get("size", "13")
    lines = [
        f'#set text(font: "{font}", size: {size}pt, lang: "vi", hyphenate: false)',
        "#set par(justify: true)",
        '#set page(paper: "a4", margin: (left: 28mm, rest: 18mm))',
        "#set page(header: context align(center, counter(page).display()))",
    ]
    lines += [_typst_block(block, description) for block in description.blocks]
    return "\n\n".join(lines)


def _typst_text(text: str, description: Description) -> str:
    made = ""
    for piece in re.split(r"(\[\^\w+\])", text):
        note = re.fullmatch(r"\[\^(\w+)\]", piece)
        if note:
            made += f"#footnote[#{_quoted(description.footnotes[note[1]])}]"
        elif piece:
            made += f"#{_quoted(piece)}"
    return made


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _typst_block(block: Block, description: Description) -> str:
    if isinstance(block, Page):
        return f"#set page(flipped: {'true' if block.landscape else 'false'})"
    if isinstance(block, Paragraph):
        inside = f"[{_typst_text(f'{block.label} {block.text}'.strip(), description)}]"
        look = {"bold": "#strong", "italic": "#emph", "centre": "#align(center, strong"}.get(block.style, "#par")
        return f"{look}({inside})" if block.style != "centre" else f"#align(center, strong({inside}))"
    if isinstance(block, Table):
        return _typst_table(block, description)
    if isinstance(block, Letterhead):
        left, right = _heads(block)
    else:
        left, right = ["Nơi nhận:", *block.recipients], [*block.titles, "", "", block.name]
    sides = (f"[{' #linebreak() '.join(f'#{_quoted(one)}' for one in side)}]" for side in (left, right))
    return f"#grid(columns: (1fr, 1fr), align: center, {', '.join(sides)})"


def _typst_table(table: Table, description: Description) -> str:
    widths = ", ".join(f"{one}fr" for one in _widths(table))
    head, body = "", ""
    for at in range(len(table.rows)):
        cells = ""
        for _, cell in table.anchors(at):
            inside = " #linebreak() ".join(_typst_text(one, description) for one in _printed(cell))
            inside = f"#strong[{inside}]" if cell.bold and inside else inside
            cells += f"  table.cell(colspan: {cell.colspan}, rowspan: {cell.rowspan})[{inside}],\n"
        if at < table.headers:
            head += cells
        else:
            body += cells
    header = f"table.header(\n{head}),\n" if head else ""
    return f"#[#set par(justify: false)\n#table(columns: ({widths}), stroke: 0.5pt, inset: 4pt,\n{header}{body})]"


# --- a workbook as an office types it --------------------------------------------------------------------------------


def write_sheet(description: Description, path: Path) -> None:
    """Write all tables on one sheet from column B on, under a letterhead; a title of a section is not merged."""
    book, at = Workbook(), 1
    sheet = book.active
    assert sheet is not None
    sheet.title = "Phụ lục"
    for block in description.blocks:
        if isinstance(block, Letterhead):
            left, right = _heads(block)
            for line, texts in enumerate(zip(left, right, strict=False)):
                sheet.cell(at + line, 2, texts[0])
                sheet.cell(at + line, 5, texts[1])
            at += 4
        elif isinstance(block, Paragraph) and block.style in {"centre", "bold"}:
            sheet.cell(at, 2, block.text).font = Font(bold=True, size=14, name="Times New Roman")
            at += 1
        elif isinstance(block, Table):
            at = _sheet_table(sheet, block, at + 1)
    book.save(path)


def _sheet_table(sheet, table: Table, top: int) -> int:  # type: ignore[no-untyped-def]
    for column, width in enumerate(_widths(table)):
        sheet.column_dimensions[get_column_letter(column + 2)].width = max(6, 110 * width / sum(_widths(table)))
    for at in range(len(table.rows)):
        for column, cell in table.anchors(at):
            put = sheet.cell(top + at, column + 2, "\n".join(_printed(cell)) or None)
            put.number_format = "@"  # as text: "01" and "30/6" stay what was typed
            put.font = Font(bold=cell.bold, name="Times New Roman")
            put.alignment = Alignment(wrap_text=True, vertical="top")
            put.border = Border(THIN, THIN, THIN, THIN)
            if at < table.headers:
                put.fill = PatternFill("solid", fgColor="DDEBF7")
            if at not in table.sections and (cell.colspan > 1 or cell.rowspan > 1):
                sheet.merge_cells(
                    start_row=top + at, start_column=column + 2,
                    end_row=top + at + cell.rowspan - 1, end_column=column + 1 + cell.colspan,
                )  # fmt: skip
    sheet.freeze_panes = sheet.cell(top + table.headers, 2)
    return top + len(table.rows) + 2
