"""A QR code as it stands in a page: drawn in the page itself, in black on white whatever the theme."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(content: str, *, label: str) -> SafeString:
    """Return a QR code of ``content`` as an SVG element, ``label`` being its words for who does not see it."""
    drawn = segno.make_qr(content, error="m").svg_inline(scale=4, border=2, light="#fff", title=label, omitsize=False)
    return mark_safe(drawn)  # noqa: S308 - drawn here; the title is escaped by segno
