"""One paragraph as text: what is printed of its runs, fields, formulas and marks."""

import re
from dataclasses import dataclass, field

from lxml import etree

from motcua.base.text import nfc
from motcua.reading.docx.names import (
    COMPATIBILITY,
    MATH,
    P_PR,
    R_PR,
    REMOVED,
    SDT,
    SDT_CONTENT,
    TEXT_BOX,
    WRAPPERS,
    R,
    T,
    W,
    is_on,
    value,
)
from motcua.reading.docx.styles import PLAIN, Style, Styles, font_of
from motcua.reading.legacy_fonts import from_font, scheme_of_font

_BREAKS = frozenset((f"{W}br", f"{W}cr"))
_TABS = frozenset((f"{W}tab", f"{W}ptab"))
_NOTE_MARKS = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_ALTERNATIVES, _CHOICE, _FALLBACK = (f"{COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_HYPHEN, _SOFT_HYPHEN, _SYMBOL = f"{W}noBreakHyphen", f"{W}softHyphen", f"{W}sym"
_BLIPS = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
# Signs of the fonts Symbol and Wingdings that stand for list dashes, boxes and arrows.
_SIGNS = str.maketrans({"\uf0b7": "-", "\uf02d": "-", "\uf0a7": "-", "\uf0d8": "-", "\uf0fc": "-", "\uf0e0": "→",
                        "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑", "\uf0a3": "☐", "\u200b": None, "\ufeff": None,
                        "\u00ad": None})  # fmt: skip
_ODD = frozenset(map(chr, _SIGNS))
_ADDED = frozenset((f"{W}ins", f"{W}moveTo"))
_FORMULAS = frozenset((f"{MATH}oMath", f"{MATH}oMathPara"))
_CAPS, _VANISH, _RUN_STYLE, _RAISED = (f"{W}{name}" for name in ("caps", "vanish", "rStyle", "vertAlign"))
_DIGITS = re.compile(r"\(?\d{1,2}\)?")


@dataclass
class Found:
    """What was met while reading that the reader must tell or put elsewhere."""

    has_changes: bool = False  # tracked, not yet accepted
    pictures: int = 0
    formulas: int = 0
    chunks: int = 0  # whole documents put inside (altChunk)
    schemes: set[str] = field(default_factory=set)  # old fonts made Unicode
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote|endnote, id) in order of their marks
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes of the paragraph just read


class Runs:
    """Turns paragraphs into text."""

    def __init__(self, styles: Styles, found: Found, *, has_old_fonts: bool) -> None:
        self._styles, self._found, self._has_old_fonts = styles, found, has_old_fonts
        self._style = PLAIN

    def text(self, paragraph: etree._Element, style: Style) -> str:
        """Return the printed text of a paragraph of a style, breaks as line feeds, in NFC."""
        self._style = style
        pieces: list[str] = []
        self._walk(paragraph, pieces)
        text = "".join(pieces)
        return nfc(text if _ODD.isdisjoint(text) else text.translate(_SIGNS))

    def _walk(self, element: etree._Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, pieces)
            elif tag in WRAPPERS:
                self._found.has_changes |= tag in _ADDED
                self._walk(child, pieces)
            elif tag in REMOVED:
                self._found.has_changes = True
            elif tag == SDT:
                inner = child.find(SDT_CONTENT)
                if inner is not None:
                    self._walk(inner, pieces)
            elif tag in _FORMULAS:
                self._found.formulas += 1
                pieces.append(formula(child))

    def _run(self, run: etree._Element, pieces: list[str]) -> None:
        properties = run.find(R_PR)
        if properties is None and not self._has_old_fonts:
            if self._style.is_hidden:
                return
            own: list[str] = []
            self._inside(run, own, is_old=False)
            text = "".join(own)
            pieces.append(text.upper() if self._style.is_caps else text)
            return
        self._styled_run(run, properties, pieces)

    def _styled_run(self, run: etree._Element, properties: etree._Element | None, pieces: list[str]) -> None:
        named = value(properties, _RUN_STYLE)
        mine = self._styles.run_style(named) if named else PLAIN
        if _first(is_on(properties, _VANISH), mine.is_hidden, self._style.is_hidden):
            return
        font = (
            (font_of(properties) or (mine.font if named else None) or self._style.font or "")
            if self._has_old_fonts
            else ""
        )
        scheme = scheme_of_font(font) if font else None
        own: list[str] = []
        self._inside(run, own, is_old=scheme is not None)
        text = "".join(own)
        if scheme is not None and text:
            converted = from_font(text, font)
            if converted != text:
                self._found.schemes.add(scheme)
            text = converted
        if _first(is_on(properties, _CAPS), mine.is_caps, self._style.is_caps):
            text = text.upper()
        if value(properties, _RAISED) == "superscript" and _DIGITS.fullmatch(text.strip()):
            text = note_mark(text, "".join(pieces[-3:]))
        pieces.append(text)

    def _inside(self, run: etree._Element, pieces: list[str], *, is_old: bool) -> None:
        for node in run:
            tag = node.tag
            if tag == T:
                pieces.append(node.text or "")
            elif tag in _TABS:
                pieces.append("\t")
            elif tag in _BREAKS:
                pieces.append("\n")
            elif tag == _HYPHEN:
                pieces.append("-")
            elif tag == _SOFT_HYPHEN:
                # Word keeps the sign 0xAD so: a soft hyphen, but "ư" in the fonts of TCVN3.
                pieces.append("\u00ad" if is_old else "")
            elif tag == _SYMBOL:
                pieces.append(chr(whole_hex(node.get(f"{W}char"))))
            elif tag in _NOTE_MARKS:
                self._found.notes.append((_NOTE_MARKS[tag], node.get(f"{W}id", "")))
                pieces.append(f"({len(self._found.notes)})")
            elif tag in _PICTURES:
                self._picture(node)
            elif tag == _ALTERNATIVES:
                # The same thing twice, for newer and for older programs.
                chosen = node.find(_CHOICE) if node.find(_CHOICE) is not None else node.find(_FALLBACK)
                if chosen is not None:
                    self._inside(chosen, pieces, is_old=is_old)

    def _picture(self, node: etree._Element) -> None:
        boxes = [box for box in node.iter(TEXT_BOX) if _is_chosen(box, node)]
        self._found.boxes += boxes
        if not boxes and next(node.iter(*_BLIPS), None) is not None:
            self._found.pictures += 1


def _is_chosen(box: etree._Element, picture: etree._Element) -> bool:
    """Tell whether a text box of a picture is printed itself: not in a box that is taken whole, no older twin."""
    for above in box.iterancestors():
        if above is picture:
            break
        if above.tag == TEXT_BOX or (above.tag == _FALLBACK and above.getparent().find(_CHOICE) is not None):
            return False
    return True


def note_mark(digits: str, before: str) -> str:
    """Return raised digits as a footnote's mark, "(1)"; as they are behind a unit ("m2") and inside formulas."""
    bare = digits.strip().strip("()")
    is_power = re.search(r"(?:^|[\W\d])[kcdm]?m$", before) is not None
    return digits if is_power or bare == "0" else f"({bare}) " if not before.strip() else f"({bare})"


def whole_hex(text: str | None) -> int:
    """Return the code of a sign ("F0B7"), that of a space for none."""
    try:
        return int(text or "20", 16) % 0x10000 or 0x20
    except ValueError:
        return 0x20


def formula(element: etree._Element) -> str:
    """Return a formula on one line: a fraction as (above)/(below)."""
    if element.tag == f"{MATH}f":
        parts = [element.find(f"{MATH}{name}") for name in ("num", "den")]
        above, below = ("".join(map(formula, part)) if part is not None else "" for part in parts)
        return f"{_bracketed(above)}/{_bracketed(below)}"
    if element.tag == f"{MATH}t" or element.tag == T:
        return element.text or ""
    if element.tag in (P_PR, R_PR):
        return ""
    return "".join(map(formula, element))


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text.strip() or "+" in text else text


def _first(*said: bool | None) -> bool:
    return next((one for one in said if one is not None), False)
