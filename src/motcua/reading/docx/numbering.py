"""Automatic numbering: the labels that Word prints before the paragraphs of a list, "1.", "1.1", "a)", "Phần I"."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from motcua.reading.docx.names import W, is_on, value, whole
from motcua.reading.numerals import letters, roman

LEVELS = 9
_SLOT = re.compile(r"%([1-9])")
_MOST = 30_000  # a number that a label can show


@dataclass(frozen=True)
class Level:
    """One level of a list. ``text`` has %1 to %9 for the numbers of the levels."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str | None = None  # paragraphs of this style are on this level
    restarts_after: int | None = None  # the level (1-based) that starts this one anew; None: any higher one; 0: none
    is_legal: bool = False  # all numbers Arabic
    gap: str = " "


@dataclass
class _List:
    """An abstract list: its levels, the counters that all its instances share, and the instances already begun."""

    levels: dict[int, Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Gives each list paragraph its label; must be asked in the order of the document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}  # instance -> abstract list
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        linked: dict[str, str] = {}
        named: dict[str, str] = {}
        for abstract in root.iterchildren(f"{W}abstractNum"):
            identity = abstract.get(f"{W}abstractNumId", "")
            self._lists[identity] = _List(
                {whole(each.get(f"{W}ilvl")): _level(each) for each in abstract.iter(f"{W}lvl")}
            )
            if link := value(abstract, f"{W}numStyleLink"):
                linked[identity] = link
            if name := value(abstract, f"{W}styleLink"):
                named[name] = identity
        for instance in root.iterchildren(f"{W}num"):
            identity, abstract_id = instance.get(f"{W}numId", ""), value(instance, f"{W}abstractNumId") or ""
            self._of[identity] = named.get(linked.get(abstract_id, ""), abstract_id)
            self._override(identity, instance)

    def _override(self, identity: str, instance: etree._Element) -> None:
        for override in instance.iterchildren(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"))
            start, own = value(override, f"{W}startOverride"), override.find(f"{W}lvl")
            if own is not None:
                self._overrides.setdefault(identity, {})[at] = _level(own)
            if start is not None:
                self._starts.setdefault(identity, {})[at] = whole(start, 1)

    def level_of_style(self, number_id: str, style: str | None) -> int:
        """Return the level on which paragraphs of a style stand in a list."""
        found = self._lists.get(self._of.get(number_id, ""))
        levels = found.levels.items() if found and style else ()
        return next((at for at, level in levels if level.style == style), 0)

    def label(self, number_id: str, at: int) -> tuple[str, str]:
        """Count one paragraph of a list on level ``at`` (0-based); return its label and what parts it from the text."""
        found = self._lists.get(self._of.get(number_id, ""))
        if found is None or not 0 <= at < LEVELS:
            return "", ""
        level = self._level(found, number_id, at)
        self._count(found, number_id, at, level)
        if level.form == "bullet":
            return _bullet(level.text), " "
        shown = [
            _number(
                found.counters[each] or 0, "decimal" if level.is_legal else self._level(found, number_id, each).form
            )
            for each in range(LEVELS)
        ]
        return _SLOT.sub(lambda slot: shown[int(slot.group(1)) - 1], level.text).strip(), level.gap

    def _level(self, found: _List, number_id: str, at: int) -> Level:
        return self._overrides.get(number_id, {}).get(at) or found.levels.get(at) or Level()

    def _count(self, found: _List, number_id: str, at: int, level: Level) -> None:
        start = self._starts.get(number_id, {}).get(at)
        counters = found.counters
        for higher in range(at):
            if counters[higher] is None:
                counters[higher] = self._level(found, number_id, higher).start
        now = counters[at]
        if start is not None and (number_id, at) not in found.begun:
            counters[at] = start
        else:
            counters[at] = level.start if now is None else min(now + 1, _MOST)
        found.begun.add((number_id, at))
        for deeper in range(at + 1, LEVELS):
            after = self._level(found, number_id, deeper).restarts_after
            if after is None or (after > 0 and at < after):
                counters[deeper] = None


def _level(element: etree._Element) -> Level:
    found = Level(
        start=whole(value(element, f"{W}start"), 0),
        form=value(element, f"{W}numFmt") or "decimal",
        text=value(element, f"{W}lvlText") or "",
        style=value(element, f"{W}pStyle"),
        is_legal=bool(is_on(element, f"{W}isLgl")),
        gap="" if value(element, f"{W}suff") == "nothing" else " ",
    )
    restart = value(element, f"{W}lvlRestart")
    return found if restart is None else replace(found, restarts_after=whole(restart))


def _bullet(text: str) -> str:
    """Return the sign of an unnumbered list: "+" stays, the many shapes of a dash or dot are one dash."""
    return "+" if text.strip() == "+" else "-"


def _number(number: int, form: str) -> str:
    if form == "none":
        return ""
    if form in ("upperRoman", "lowerRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in ("upperLetter", "lowerLetter"):
        return letters(number) if form == "upperLetter" else letters(number).lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)
