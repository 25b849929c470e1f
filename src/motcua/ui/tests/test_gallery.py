"""Every component is in the gallery and the README and explains its use; nothing comes from elsewhere."""

import re
from pathlib import Path

import pytest

from motcua.ui.tests.pages import gallery_html, rendered
from motcua.ui.web.pages import FACES

UI = Path(__file__).parents[1]
COMPONENTS = sorted((UI / "templates" / "cotton").glob("*.html"))
NAMES = [path.stem.replace("_", "-") for path in COMPONENTS]


@pytest.mark.parametrize("face", FACES)
def test_gallery_renders_in_every_face(face):
    assert f'data-face="{face}"' in gallery_html(face)


def test_gallery_falls_back_to_the_desk():
    assert 'data-face="desk"' in gallery_html("<script>")


@pytest.mark.parametrize("name", NAMES)
def test_component_is_shown_in_the_gallery(name):
    shown = (UI / "templates" / "ui" / "gallery.html").read_text("utf-8")
    assert re.search(rf"<c-{name}[\s/>]", shown)


@pytest.mark.parametrize("name", NAMES)
def test_component_is_told_in_the_readme(name):
    assert re.search(rf"<c-{name}[\s/>]", (UI / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("path", COMPONENTS, ids=NAMES)
def test_component_starts_with_its_use(path):
    comment = path.read_text("utf-8").split("{% endcomment %}")[0]
    assert re.search(rf"<c-{path.stem.replace('_', '-')}[\s/>]", comment)


@pytest.mark.parametrize("path", COMPONENTS, ids=NAMES)
def test_component_defends_itself_against_names_of_the_page(path):
    """What a component reads stands in its c-vars, so that a page's own ``label`` cannot leak in."""
    source = path.read_text("utf-8").split("{% endcomment %}")[1]
    declared = re.search(r"<c-vars\s([^>]*)/>", source)
    names = {name.lstrip(":").replace("-", "_") for name in re.findall(r"([:\w-]+)=", declared.group(1))}
    names |= {"slot", "attrs", "forloop", "request", "csrf_token"}
    for pattern in (r"for (\w+)(?:, \w+)? in", r"as (\w+) %}", r"(\w+)=[\w.|:\"']+", r"with (\w+)="):
        names |= set(re.findall(pattern, source))
    read = set(re.findall(r"{{ (\w+)", source)) | set(re.findall(r"{% (?:el)?if (\w+)", source))
    assert read - names - {"not"} == set()


def _shipped() -> list[Path]:
    found = [path for folder in ("static", "templates") for path in (UI / folder).rglob("*")]
    return [path for path in found if path.suffix in (".css", ".js", ".html", ".svg")]


@pytest.mark.parametrize("path", _shipped(), ids=lambda path: path.name)
def test_shipped_file_names_no_other_host(path):
    text = path.read_text("utf-8")
    # Names of markup languages are no addresses; in print the base sheet tells links by how they begin.
    text = re.sub(r"http://www\.w3\.org/[\w/]+", "", text)
    text = re.sub(r'\[href\^="?https?://"?\]', "", text)
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", text, re.IGNORECASE) == []


def test_base_sheet_brings_neither_the_foreign_font_nor_the_crest():
    sheet = (UI / "static/ui/vendor/govuk-frontend.min.css").read_text("utf-8")
    assert "GDS Transport" not in sheet
    assert "url(" not in sheet


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Yêu cầu không hợp lệ"),
        (403, "Yêu cầu bị từ chối"),
        (404, "Không tìm thấy trang"),
        (500, "Hệ thống gặp lỗi"),
    ],
)
def test_error_page_says_what_happened_and_the_way_out(status, words):
    page = rendered("ui/error.html", status=status)
    assert f"<h1>{words}" in page
    assert 'class="govuk-button" href="/' in page
