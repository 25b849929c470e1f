"""An official document as PDF/A-2b with tags (PDF/UA-1), drawn by typst with the embedded face."""

import json
import threading
from functools import cache
from typing import cast

import typst

from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.encode import to_data
from motcua.documents.rendering.layout import Layout, layout_for
from motcua.documents.rendering.printable import FONTS, TEMPLATES

# One compiler serves all threads in turn: it keeps fonts in memory and refuses to be entered twice.
_turn = threading.Lock()


def to_pdf(document: OfficialDocument, layout: Layout | None = None) -> bytes:
    """Return ``document`` as PDF; the same description with a day gives the same bytes.

    Raises:
        ValueError: the description itself is wrong (a table row that does not fit its columns).
    """
    data = json.dumps(to_data(document, layout_for(document, layout)), ensure_ascii=False)
    with _turn:
        pdf = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["a-2b", "ua-1"])
    return cast(bytes, pdf)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(TEMPLATES / "official.typ"), root=str(TEMPLATES), font_paths=fonts)
