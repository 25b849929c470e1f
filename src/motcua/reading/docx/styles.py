"""What a style gives its paragraphs and runs: a list, capitals, a font. Styles inherit from those they are based on."""

from dataclasses import dataclass

from lxml import etree

from motcua.reading.docx.names import P_PR, R_PR, W, is_on, value, whole

_DEEPEST = 12  # styles based on each other
_KIND, _ID, _DEFAULT = f"{W}type", f"{W}styleId", f"{W}default"


@dataclass(frozen=True)
class Style:
    """``number_id`` None: the style says nothing of lists; "0": it takes its paragraphs out of them."""

    name: str = ""
    number_id: str | None = None
    level: int | None = None
    is_caps: bool | None = None
    is_hidden: bool | None = None
    font: str | None = None


PLAIN = Style()


class Styles:
    """All styles of a document, looked up by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}  # read when a paragraph asks: most styles are never used
        self._whole: dict[str, Style] = {}
        self.default_id = ""
        self._font: str | None = None
        if root is None:
            return
        self._font = font_of(root.find(f"{W}docDefaults/{W}rPrDefault/{R_PR}"))
        for style in root.iterchildren(f"{W}style"):
            identity = style.get(_ID, "")
            self._elements[identity] = style
            if style.get(_DEFAULT, "0") in ("1", "true", "on") and style.get(_KIND) == "paragraph":
                self.default_id = identity

    def style(self, identity: str | None) -> Style:
        """Return a paragraph style (None: the document's default one) with all it inherits."""
        identity = self.default_id if identity is None else identity
        if identity not in self._whole:
            self._whole[identity] = self._inherited(identity)
        return self._whole[identity]

    def run_style(self, identity: str) -> Style:
        """Return a style of single runs with all it inherits."""
        return self.style(identity)

    def _inherited(self, identity: str) -> Style:
        chain: list[Style] = []
        at: str | None = identity
        while at is not None and at in self._elements and len(chain) < _DEEPEST:
            style = self._elements[at]
            chain.append(_own(style))
            at = value(style, f"{W}basedOn")
        if not chain:
            return Style(font=self._font)

        def first(name: str) -> object:
            return next((found for style in chain if (found := getattr(style, name)) is not None), None)

        return Style(
            name=chain[0].name,
            number_id=first("number_id"),  # type: ignore[arg-type]
            level=first("level"),  # type: ignore[arg-type]
            is_caps=first("is_caps"),  # type: ignore[arg-type]
            is_hidden=first("is_hidden"),  # type: ignore[arg-type]
            font=first("font") or self._font,  # type: ignore[arg-type]
        )


def font_of(properties: etree._Element | None) -> str | None:
    """Return the font that run properties name, None without one."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    return fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")


def _own(style: etree._Element) -> Style:
    properties, run = style.find(P_PR), style.find(R_PR)
    level = value(properties, f"{W}numPr/{W}ilvl")
    return Style(
        name=(value(style, f"{W}name") or "").lower(),
        number_id=value(properties, f"{W}numPr/{W}numId"),
        level=None if level is None else whole(level),
        is_caps=is_on(run, f"{W}caps"),
        is_hidden=is_on(run, f"{W}vanish"),
        font=font_of(run),
    )
