"""Where in the document's outline a row stands: open headings, the numbers seen, the gaps that numbers prove."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.plans.rules.layout.labels import Label
from motcua.plans.rules.values import Finding, MissingRow

LOST_TITLE = "(mất tiêu đề trong nguồn)"
_MOST = 30  # a larger gap is a misread number, not lost rows


@dataclass
class Heading:
    """An open section. ``shown`` is its element of the section path."""

    label: Label | None
    shown: str
    rank: int
    last_child: int = 0  # number of the last row or heading right below
    has_dotted: bool = False  # its rows are numbered 1.1, 1.2
    seen: set[int] = field(default_factory=set)  # numbers of its rows


@dataclass
class Outline:
    """The open headings of one annex and what its numbering proves."""

    annex: str  # "PL1", "PL" or empty
    title: str
    open: list[Heading] = field(default_factory=list)
    missing: list[MissingRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    running: int = 0  # last one-level number of a task, over sections
    last_heading: int = 0  # last one-level number of a heading below a section, over sections
    seen: set[int] = field(default_factory=set)  # numbers of rows below no heading
    restarts: bool = False  # some section but the first began with 1 again
    last_section: int = 0
    seen_sections: list[str] = field(default_factory=list)
    lost_headings: list[str] = field(default_factory=list)
    headings_below: dict[str, set[int]] = field(default_factory=dict)  # task headings per section, seen or implied

    @property
    def path(self) -> list[str]:
        return [self.title] * bool(self.title) + [heading.shown for heading in self.open]

    @property
    def section(self) -> str:
        """The label of the topmost open section, empty if there is none."""
        return self.open[0].label.text if self.open and self.open[0].label else ""

    def enter(self, label: Label | None, title: str, line: int, *, rank: int | None = None) -> None:
        """Open a heading; those it ends are closed. Gaps before it become missing headings."""
        rank = rank if rank is not None else (label.rank if label else 1)
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        if label is not None:
            self._check_heading(label, line)
        shown = f"{label.text}. {title}" if label else title
        self.open.append(Heading(label, shown, rank))
        if len(self.open) == 1:
            self.seen_sections.append(label.text if label else title)
        if label is not None and label.style == "arabic" and len(self.open) > 1:
            self.headings_below.setdefault(self.section, set()).add(label.path[0])

    def stand_below(self, label: Label | None, title: str, rank: int) -> None:
        """Open a heading that stands above a table; ``rank`` is negative, above all headings inside tables."""
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        self.open.append(Heading(label, f"{label.text}. {title}" if label else title, rank))
        if len(self.open) == 1:
            self.seen_sections.append(label.text if label else title)

    def _check_heading(self, label: Label, line: int) -> None:
        number = label.path[-1]
        if label.style == "roman" and not self.open:
            gap = range(self.last_section + 1, number) if 0 < number - self.last_section <= _MOST else ()
            # A first section other than I goes on from the annex before; only inner gaps prove a loss.
            if self.last_section:
                self._lose(gap, label, line)
            self.last_section = number
        elif label.style == "arabic" and self.open:
            parent = self.open[-1]
            self.restarts = self.restarts or number == 1 and self.last_heading > 0
            last = parent.last_child or self._before_section(number)
            if 0 < number - last <= _MOST:
                self._lose(range(last + 1, number), label, line, row=True)
            parent.last_child = self.last_heading = number

    def _lose(self, numbers: "range | tuple[()]", label: Label, line: int, *, row: bool = False) -> None:
        for number in numbers:
            shown = f"{number}"
            self.lost_headings.append(".".join(filter(None, (self.section, shown))))
            message = f"Mất tiêu đề số {number} trước mục {label.text} (dòng {line})."
            self.findings.append(Finding("heading-lost", message, "error", line))
            if row:
                self.missing.append(
                    MissingRow(
                        [*self.path, f"{shown}. {LOST_TITLE}"],
                        shown,
                        f"Mục {label.text} đứng ngay sau mục {number - 1 or 'cha'}.",
                        line,
                    )
                )

    def place(self, label: Label, line: int) -> None:
        """Note a task's number: open a lost parent heading, report rows that the numbering skips."""
        if label.style != "arabic":
            return
        if label.depth == 1:
            self._place_plain(label, line)
            return
        parent = label.path[-2]
        heading = self.open[-1] if self.open else None
        fits = heading is not None and heading.label is not None and heading.label.path[-1] == parent
        if not fits and (
            heading is None or heading.label is None or heading.label.style in ("roman", "upper", "arabic")
        ):
            self._open_lost(label, line)
            heading = self.open[-1]
        if heading is not None:
            self._gap(heading, label, line)

    def _open_lost(self, label: Label, line: int) -> None:
        parent = label.path[-2]
        while self.open and self.open[-1].rank >= label.rank - 1:
            self.open.pop()
        above = self.open[-1] if self.open else None
        if above is not None:
            for number in range(above.last_child + 1, parent) if parent - above.last_child <= _MOST else ():
                self.lost_headings.append(f"{self.section}.{number}")
            above.last_child = max(above.last_child, parent)
        lost = Label(".".join(map(str, label.path[:-1])), "arabic", label.path[:-1])
        self.open.append(Heading(lost, f"{lost.text}. {LOST_TITLE}", lost.rank))
        self.lost_headings.append(".".join(filter(None, (self.section, lost.text))))
        self.headings_below.setdefault(self.section, set()).add(parent)
        self.findings.append(
            Finding("heading-lost", f"Mất tiêu đề mục {lost.text} (trước dòng {line}).", "error", line)
        )

    def _place_plain(self, label: Label, line: int) -> None:
        number = label.path[0]
        self._leave_siblings(number)
        heading = self.open[-1] if self.open else None
        last = (heading.last_child or self._before_section(number)) if heading else self.running
        if number == 1 and self.running and heading is not None and not heading.last_child:
            self.restarts = True
        seen = heading.seen if heading else self.seen
        if number > last + 1 and number - last <= _MOST:
            self._report([one for one in range(last + 1, number) if one not in seen], "", label, line)
        elif number <= last and number != 1:
            self._is_there(f"{number}")
            self.findings.append(
                Finding("number-order", f"Số thứ tự {label.text} không theo thứ tự (sau số {last}).", "warning", line)
            )
        seen.add(number)
        if heading is not None:
            heading.last_child = number
        self.running = number

    def _before_section(self, number: int) -> int:
        """Return the number after which the first number of a section is to come.

        The last one before the section where the numbering runs on over the sections, 0 where each begins anew.
        """
        before = max((one for one in (self.running, self.last_heading) if one < number), default=0)
        return before if number == before + 1 or not self.restarts else 0

    def _is_there(self, shown: str) -> None:
        """Take back that a row is missing: it stands at another place of the same section."""
        gone = [row for row in self.missing if row.number == shown and row.section_path == self.path]
        for row in gone:
            self.missing.remove(row)
            self.findings = [one for one in self.findings if one.message != _missing_message(shown, row.line)]

    def _leave_siblings(self, number: int) -> None:
        """Close "1. …" when row "2" stands beside it and not below it."""
        while self.open:
            top = self.open[-1]
            if top.label is None or top.label.style != "arabic" or top.rank < 0:
                return
            if not top.has_dotted and number == top.last_child + 1:
                return
            self.open.pop()

    def _gap(self, heading: Heading, label: Label, line: int) -> None:
        number = label.path[-1]
        prefix = ".".join(map(str, label.path[:-1])) + "."
        if 0 < number - heading.last_child <= _MOST:
            self._report(range(heading.last_child + 1, number), prefix, label, line)
        heading.last_child, heading.has_dotted = number, True

    def _report(self, numbers: Iterable[int], prefix: str, label: Label, line: int) -> None:
        for number in numbers:
            shown = f"{prefix}{number}"
            self.missing.append(MissingRow(self.path, shown, f"Có số {label.text} nhưng không có số {shown}.", line))
            self.findings.append(Finding("row-missing", _missing_message(shown, line), "error", line))


def _missing_message(number: str, line: int) -> str:
    return f"Thiếu dòng số {number} (trước dòng {line})."
