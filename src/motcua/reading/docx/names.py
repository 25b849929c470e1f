"""Names of WordprocessingML, written out once: comparing whole strings is the quickest way to walk a tree."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, R, T, TBL, TR, TC, SDT, SDT_CONTENT = (
    f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent")
)
P_PR, R_PR, TC_PR, TR_PR, TBL_GRID, VAL = (f"{W}{name}" for name in ("pPr", "rPr", "tcPr", "trPr", "tblGrid", "val"))
TEXT_BOX = f"{W}txbxContent"
# What holds runs, paragraphs or cells and prints nothing itself. Inserted text counts as accepted.
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)
REMOVED = frozenset((f"{W}del", f"{W}moveFrom"))
_OFF = frozenset(("0", "false", "off"))


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Return what a switch says ("w:caps", "w:vanish" …), None where it says nothing."""
    found = properties.find(name) if properties is not None else None
    return None if found is None else found.get(VAL, "1").lower() not in _OFF


def value(element: etree._Element | None, path: str) -> str | None:
    """Return the ``w:val`` of the element at ``path``, None without one."""
    found = element.find(path) if element is not None else None
    return None if found is None else found.get(VAL)


def whole(text: str | None, otherwise: int = 0) -> int:
    """Return a number that a document gives, ``otherwise`` where it is none."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
