"""What a reader downloads, compressed: the whole look at the first visit, one page afterwards."""

import gzip
import re
from pathlib import Path

import pytest

from motcua.ui.tests.pages import gallery_html, piece
from motcua.ui.web.samples import samples

STATIC = Path(__file__).parents[1] / "static"
FIRST_VISIT = 118_000
NEXT_PAGE = 5_000
OWN_SCRIPT = 3_000

LIST = """{% extends "ui/base.html" %}{% load ui %}{% block face %}desk{% endblock %}
{% block main %}<h1>Hồ sơ</h1><c-tabs :items="tabs" />
<c-table caption="Hồ sơ đang xử lý"><c-slot name="head"><c-column sort="code">Mã</c-column>
<c-column>Thủ tục</c-column><c-column>Trạng thái</c-column><c-column sort="due">Hạn</c-column>
<c-column numeric="1">Phí</c-column></c-slot>{% for row in many %}
<tr><th scope="row"><a href="/ho-so/{{ row.code }}" class="mc-code">{{ row.code }}</a></th>
<td data-label="Thủ tục">{{ row.title }}</td><td data-label="Trạng thái">{% tag row.state row.tone %}</td>
<td data-label="Hạn">{% due row.due.at at=present %}</td>
<td data-label="Phí" class="mc-num">{{ row.fee|vnd }}</td></tr>{% endfor %}</c-table>
<c-pagination :page="pages" />{% endblock %}"""


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def weights() -> dict[str, int]:
    """Return the compressed bytes of everything the first page draws in; woff2 is compressed already."""
    page = gallery_html()
    linked = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', (STATIC / "ui/tokens.css").read_text("utf-8"))
    found = {name: packed((STATIC / name).read_bytes()) for name in linked if not name.endswith(".woff2")}
    found |= {name: (STATIC / "ui" / name).stat().st_size for name in fonts}
    found["page"] = packed(page.encode())
    return found


def test_first_visit_stays_within_the_budget():
    found = weights()
    drawn = {"ui/vendor/htmx.min.js", "ui/motcua.js", "ui/logo.svg", "fonts/be-vietnam-pro-latin-400.woff2"}
    assert drawn <= found.keys()
    assert sum(found.values()) <= FIRST_VISIT, found


@pytest.mark.parametrize("rows", [25])
def test_next_page_stays_within_the_budget(rows):
    sample = samples()
    many = [{**sample["rows"][n % 3], "code": f"H27.12-260209-{1000 + n * 37}"} for n in range(rows)]
    assert packed(piece(LIST, **sample, many=many).encode()) <= NEXT_PAGE


def test_own_script_stays_small():
    assert packed((STATIC / "ui/motcua.js").read_bytes()) <= OWN_SCRIPT
