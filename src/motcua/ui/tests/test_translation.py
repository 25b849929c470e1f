"""Every word of this module that readers see has its English; the gallery is for those who build pages."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

UI = Path(__file__).parents[1]


def _words() -> set[str]:
    found: set[str] = set()
    for path in (UI / "templates").rglob("*.html"):
        if path.name == "gallery.html":
            continue
        source = path.read_text("utf-8")
        found |= set(re.findall(r'{% translate "([^"]+)"', source))
        for block in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate", source):
            found.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", block))
    for name in ("forms.py", "templatetags/ui.py"):
        found |= set(re.findall(r'\b(?:gettext|_|ngettext)\("([^"]+)"', (UI / name).read_text("utf-8")))
    return found


def _english() -> dict[str, object]:
    with (UI / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: message.string
            for message in read_po(file)
            if message.id
        }


def test_every_word_has_its_english():
    english = _english()
    assert len(_words()) > 50
    assert {word for word in _words() if not english.get(word)} == set()


def test_no_english_is_left_over():
    assert _english().keys() - _words() == set()


def test_no_vietnamese_stands_untranslated_in_a_template():
    letters = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]", re.IGNORECASE)
    loose = {}
    for path in (UI / "templates").rglob("*.html"):
        if path.name in ("gallery.html", "sheet.html"):  # a sheet of paper speaks Vietnamese by law
            continue
        source = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text("utf-8"), flags=re.DOTALL)
        source = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}", "", source, flags=re.DOTALL)
        source = source.replace("— Một cửa", "").replace("Tiếng Việt", "")  # names
        if letters.search(source):
            loose[path.name] = letters.findall(source)
    assert loose == {}
