"""What changed in the catalogue, as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as xml

from django.utils.translation import gettext

from motcua.base.clock import start_of
from motcua.procedures.models import ProcedureVersion

ATOM = "http://www.w3.org/2005/Atom"


def change_feed(versions: Sequence[ProcedureVersion], *, base: str) -> bytes:
    """Return the feed, latest change first; ``base`` is the catalogue's address. Same versions, same bytes."""
    xml.register_namespace("", ATOM)
    feed = xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", f"{base}thay-doi.atom")
    _add(feed, "title", gettext("Thay đổi của danh mục thủ tục hành chính"))
    latest = max((_changed_on(one) for one in versions), default=date(2000, 1, 1))
    _add(feed, "updated", start_of(latest).isoformat())
    xml.SubElement(feed, f"{{{ATOM}}}link", href=f"{base}thay-doi.atom", rel="self")
    author = xml.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "Motcua")
    for one in versions:
        _entry(feed, one, base)
    return xml.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed: xml.Element, version: ProcedureVersion, base: str) -> None:
    code, day = version.procedure.code, _changed_on(version)
    has_ended = version.valid_to is not None and day == version.valid_to
    entry = xml.SubElement(feed, f"{{{ATOM}}}entry")
    state = "end" if has_ended else "begin"
    _add(entry, "id", f"{base}{code}?day={version.valid_from.isoformat()}#{state}")
    words = gettext("hết hiệu lực") if has_ended else gettext("phiên bản mới")
    _add(entry, "title", f"{code} – {words}: {version.name}")
    _add(entry, "updated", start_of(day).isoformat())
    link = f"{base}{code}?day={version.valid_from.isoformat()}"
    xml.SubElement(entry, f"{{{ATOM}}}link", href=link)
    _add(entry, "summary", version.decision_number)


def _changed_on(version: ProcedureVersion) -> date:
    return max(version.valid_from, version.valid_to or version.valid_from)


def _add(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, f"{{{ATOM}}}{name}").text = text
