"""A description as a saved web page: ``portal`` (a page full of other things) or ``word`` (saved by Word)."""

import re
from html import escape
from pathlib import Path

from plan_documents.description import Cell, Description, Letterhead, Page, Paragraph, Signature, Table

BEFORE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{title} - Cổng thông tin điện tử mẫu</title>
<style>.menu li{{display:inline}} .an{{display:none}}</style>
<script>var trang = {{"loai": "van-ban"}};
if (1 < 2) {{ document.title = "<table><tr><td>1</td></tr></table>"; }}</script>
</head>
<body><header><a href="/">Trang chủ</a><nav><ul class="menu"><li><a href="#">Giới thiệu</a></li>
<li><a href="#">Tin tức</a></li><li><a href="#">Văn bản</a></li></ul></nav></header>
<table width="100%"><tr><td valign="top" width="20%"><h3>Văn bản mới</h3><ul>
<li><a href="#">Quyết định về việc phê duyệt dự toán</a></li>
<li><a href="#">Công văn về việc nghỉ lễ</a></li></ul><form><input name="q" value="Tìm kiếm"></form></td>
<td valign="top"><div class="breadcrumb">Trang chủ &raquo; Văn bản &raquo; Chi tiết</div>
<h1>{title}</h1>
<p class="ngay">Cập nhật: 08:15 | Lượt xem: 1.204 | <a href="#">Tải về</a> | <a href="#">In</a></p>
<div class="noi-dung">
"""
AFTER = """
</div><div class="an">Bản nháp không hiển thị: 1. Xây dựng kế hoạch</div>
<h3>Văn bản liên quan</h3><table><tr><th>STT</th><th>Số ký hiệu</th><th>Trích yếu</th></tr>
<tr><td>1</td><td>01/VB-M</td><td>Văn bản mẫu thứ nhất</td></tr>
<tr><td>2</td><td>02/VB-M</td><td>Văn bản mẫu thứ hai</td></tr></table>
</td></tr></table>
<footer>Bản quyền thuộc Cổng mẫu. Ghi rõ nguồn khi phát hành lại.</footer></body></html>
"""
WORD_BEFORE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<title>{title}</title>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
</head><body lang=VI><div class=WordSection1>
"""
WORD_AFTER = "</div></body></html>\n"


def write_html(description: Description, path: Path, layout: str) -> None:
    """Write a description as a web page, ``portal`` or ``word``."""
    word = layout == "word"
    before, after = (WORD_BEFORE, WORD_AFTER) if word else (BEFORE, AFTER)
    pieces = [before.format(title=escape(description.head.get("title", "")))]
    pieces += [_block(block, word) for block in description.blocks if not isinstance(block, Page)]
    for number, text in description.footnotes.items():
        pieces.append(f'<p><a name="_ftn{number}">[{number}]</a> {escape(text)}</p>')
    path.write_text("\n".join(pieces) + after, "utf-8")


def _inline(text: str) -> str:
    marked = escape(text, quote=False)
    return re.sub(r"\[\^(\w+)\]", r'<sup><a href="#_ftn\1">[\1]</a></sup>', marked)


def _paragraph(text: str, style: str, word: bool) -> str:
    inside = _inline(text) or "&nbsp;"
    inside = {"bold": f"<b>{inside}</b>", "centre": f"<b>{inside}</b>", "italic": f"<i>{inside}</i>"}.get(style, inside)
    if word:
        return (
            f"<p class=MsoNormal><span lang=VI style='font-family:\"Times New Roman\"'>{inside}<o:p></o:p></span></p>"
        )
    align = ' align="center"' if style == "centre" else ""
    return f"<p{align}>{inside}</p>"


def _block(block: Paragraph | Letterhead | Signature | Table, word: bool) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(f"{block.label} {block.text}".strip(), block.style, word)
    if isinstance(block, Table):
        return _table(block, word)
    if isinstance(block, Letterhead):
        left = "<br>".join(escape(one) for one in [*block.left, "-------", *block.number.split("\n")])
        motto = block.motto or ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        right = "<br>".join(escape(one) for one in [*motto, "---------------", ""])
        right += f"<i>{escape(block.place)}</i>"
    else:
        left = "<b>Nơi nhận:</b><br>" + "<br>".join(escape(one) for one in block.recipients)
        right = "<br>".join(escape(one) for one in block.titles) + f"<br><br><b>{escape(block.name)}</b>"
    return (
        f'<table border="0" width="100%"><tr><td align="center">{left}</td><td align="center">{right}</td></tr></table>'
    )


def _table(table: Table, word: bool) -> str:
    lines = ['<table border="1" cellspacing="0" cellpadding="0">' + ("" if word else "<tbody>")]
    for at in range(len(table.rows)):
        cells = ""
        for _, cell in table.anchors(at):
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            tag = "th" if at < table.headers and not word else "td"
            cells += f"<{tag}{spans}>{_inside(cell, word)}</{tag}>"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, ("" if word else "</tbody>") + "</table>"])


def _inside(cell: Cell, word: bool) -> str:
    parts = f"{cell.label} {cell.text}".strip().split("\n")
    style = "bold" if cell.bold else "plain"
    if word:
        return "".join(_paragraph(part, style, word) for part in parts)
    if len(parts) > 2 and all(part.startswith("- ") for part in parts[1:]):
        items = "".join(f"<li>{_inline(part)}" for part in parts[1:])  # real pages leave list items open
        return f"{_inline(parts[0])}<ul style='list-style:none'>{items}</ul>"
    inside = "<br/>".join(_inline(part) for part in parts)
    return f"<strong>{inside}</strong>" if cell.bold else inside
