"""A description as DOCX: merges, repeated headers, Word's own numbering, footnotes, landscape pages, as raw XML."""

import re
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document as new_document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from plan_documents.description import Cell, Description, Letterhead, Page, Paragraph, Signature, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ALIGN = {"centre": "center"}
PORTRAIT_TWIPS, LANDSCAPE_TWIPS = 9350, 14300
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class _Writer:
    def __init__(self, description: Description) -> None:
        self.description = description
        self.word = new_document()
        self.word.core_properties.author = "Văn phòng mẫu"
        style = self.word.styles["Normal"]
        style.font.name = description.head.get("font", "Times New Roman")
        style.font.size = Pt(float(description.head.get("size", "12")))
        style.paragraph_format.space_after = Pt(4)
        self.numbers: dict[str, int] = {}  # kind of list -> the running w:num
        self.next_number = 500
        self.width = PORTRAIT_TWIPS
        self._page(self.word.sections[0], landscape=False)
        self.body = self.word.element.body

    def write(self, path: Path) -> None:
        for block in self.description.blocks:
            if isinstance(block, Page):
                section = self.word.add_section(WD_SECTION.NEW_PAGE)
                self._page(section, landscape=block.landscape)
            elif isinstance(block, Paragraph):
                self._add(_paragraph(block.text, style=block.style, numbering=self._numbering(block.label)))
            elif isinstance(block, Table):
                self._add(self._table(block))
                self._add(_paragraph(""))  # two tables that touch would become one
            elif isinstance(block, Letterhead):
                left = [*block.left, "_______", *block.number.split("\n")]
                right = [
                    *(block.motto or ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
                    "_______________",
                    block.place,
                ]
                self._add(self._columns(left, right))
            elif isinstance(block, Signature):
                self._add(self._columns(["Nơi nhận:", *block.recipients], [*block.titles, "", "", block.name]))
        self._footnotes()
        self.word.save(str(path))

    def _page(self, section, *, landscape: bool) -> None:  # type: ignore[no-untyped-def]
        long, short = Cm(29.7), Cm(21.0)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.left_margin, section.right_margin = (Cm(2), Cm(2)) if landscape else (Cm(2.7), Cm(1.8))
        section.top_margin = section.bottom_margin = Cm(2)
        self.width = LANDSCAPE_TWIPS if landscape else PORTRAIT_TWIPS

    def _add(self, xml: str) -> None:
        self.body.insert(len(self.body) - 1, parse_xml(xml))

    def _numbering(self, label: str) -> str:
        """Return the w:numPr that makes Word print this label. A list starts anew where the label is a first one."""
        if not label:
            return ""
        bare = label.rstrip(".)")
        end = label[len(bare) :]
        if re.fullmatch(r"[\d.]+", bare):
            kind, level, form = "decimal", bare.count("."), "decimal"
            first = bare == "1"
        elif re.fullmatch(r"[IVX]+", bare):
            kind, level, form, first = "roman", 0, "upperRoman", bare == "I"
        elif label == "-":
            kind, level, form, first, end = "bullet", 0, "bullet", "bullet" not in self.numbers, "-"
        else:
            kind, level, form, first = "letter", 0, "lowerLetter", bare == "a"
        kind += end
        if first or kind not in self.numbers:
            self.numbers[kind] = self._new_list(form, end)
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self.numbers[kind]}"/></w:numPr>'

    def _new_list(self, form: str, end: str) -> int:
        number, self.next_number = self.next_number, self.next_number + 1
        levels = ""
        for level in range(3):
            pattern = end if form == "bullet" else ".".join(f"%{one + 1}" for one in range(level + 1)) + end
            levels += (
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
                f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
            )
        part = self.word.part.numbering_part.element
        abstract = f'<w:abstractNum {W} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}'
        part.insert(0, parse_xml(abstract + "</w:abstractNum>"))
        part.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
        return number

    def _columns(self, left: list[str], right: list[str]) -> str:
        """Return the borderless table of a letterhead or signature."""
        half = self.width // 2
        cells = ""
        for texts in (left, right):
            lines = "".join(_paragraph(text, style="centre") for text in texts)
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{lines}</w:tc>'
        return f'<w:tbl {W}><w:tblPr><w:tblW w:w="{self.width}" w:type="dxa"/></w:tblPr><w:tr>{cells}</w:tr></w:tbl>'

    def _table(self, table: Table) -> str:
        widths = self._widths(table)
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        borders = "" if table.options.get("borders") == "no" else f"<w:tblBorders>{sides}</w:tblBorders>"
        xml = f'<w:tbl {W}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        xml += '<w:tblLayout w:type="fixed"/></w:tblPr>'
        xml += "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
        for at, row in enumerate(table.rows):
            properties = ""
            if at < table.headers and table.options.get("repeat") == "yes":
                properties += "<w:tblHeader/>"
            if table.options.get("split") == "no":
                properties = "<w:cantSplit/>" + properties
            if cut := len({id(cell) for cell in row if cell.absent}):
                properties = f'<w:gridAfter w:val="{cut}"/>' + properties
            xml += f"<w:tr><w:trPr>{properties}</w:trPr>{self._row(table, at, row, widths)}</w:tr>"
        return xml + "</w:tbl>"

    def _row(self, table: Table, at: int, row: list[Cell], widths: list[int]) -> str:
        xml, column = "", 0
        while column < len(row):
            cell = row[column]
            if cell.absent:  # the row ends here
                break
            merge = ""
            if cell.rowspan > 1:
                begins = at == 0 or not any(one is cell for one in table.rows[at - 1])
                merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
            width = sum(widths[column : column + cell.colspan])
            span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
            inside = "<w:p><w:pPr/></w:p>" if merge == "<w:vMerge/>" else self._inside(cell, at < table.headers)
            xml += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{inside}</w:tc>'
            column += cell.colspan
        return xml

    def _inside(self, cell: Cell, header: bool) -> str:
        style = "centre" if header else "bold" if cell.bold else "plain"
        numbering = self._numbering(cell.label)
        return "".join(_paragraph(text, style=style, numbering=numbering, bare=True) for text in cell.text.split("\n"))

    def _widths(self, table: Table) -> list[int]:
        given = [float(one) for one in table.options.get("widths", "").split(",") if one]
        if not given:
            weight = {
                "number": 1,
                "text": 6,
                "deadline": 2.2,
                "lead": 2.6,
                "product": 3,
                "coordinating": 2.8,
                "agencies": 4,
            }
            given = [weight.get(role.split(":")[0], 2) for role in table.roles]
        return [int(self.width * one / sum(given)) for one in given]

    def _footnotes(self) -> None:
        notes = self.description.footnotes
        if not notes:
            return
        kinds, raised = "", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        for place, kind in ((-1, "separator"), (0, "continuationSeparator")):
            kinds += f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, text in notes.items():
            kinds += f'<w:footnote w:id="{number}"><w:p><w:r>{raised}<w:footnoteRef/></w:r>'
            kinds += f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{kinds}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, self.word.part.package)
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _paragraph(text: str, *, style: str = "plain", numbering: str = "", bare: bool = False) -> str:
    align = f'<w:jc w:val="{ALIGN[style]}"/>' if style in ALIGN else ""
    look = {"bold": "<w:b/>", "centre": "<w:b/>", "italic": "<w:i/>"}.get(style, "")
    spacing = '<w:spacing w:after="0"/>' if bare else ""
    runs = ""
    for piece in re.split(r"(\[\^\d+\])", text):
        if note := re.fullmatch(r"\[\^(\d+)\]", piece):
            runs += (
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                + f'<w:footnoteReference w:id="{note[1]}"/></w:r>'
            )
        elif piece:
            runs += f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
    return f"<w:p {W}><w:pPr>{numbering}{spacing}{align}</w:pPr>{runs}</w:p>"


def write_docx(description: Description, path: Path) -> None:
    """Write a description as a Word document."""
    _Writer(description).write(path)
