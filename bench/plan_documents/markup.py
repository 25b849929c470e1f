"""Reads ``sources/*.plan`` into descriptions. The markup is explained in README.md."""

import calendar
import re
from pathlib import Path
from typing import Any

from plan_documents.description import Cell, Description, Letterhead, Page, Paragraph, Signature, Table
from plan_documents.meaning import Unclear, agencies, deadline, marks, plain, shown

STYLES = {"P": "plain", "B": "bold", "C": "centre", "I": "italic"}
DITTO = "="  # before "-nt-", "//": printed so, meaning what stands above
MARKED = {"T": "text", "L": "lead", "C": "coordinating", "P": "product", "D": "deadline", "N": "number"}


def describe(path: Path) -> Description:
    """Return the description in a source file. Raise Unclear with file and line where it makes no sense."""
    reading = _Reading(path.stem)
    lines = path.read_text("utf-8").splitlines()
    for place, line in enumerate(lines, 1):
        try:
            reading.take(line.rstrip())
        except (Unclear, ValueError, KeyError, IndexError) as problem:
            raise Unclear(f"{path.name}:{place}: {problem!r} in {line[:90]}") from problem
    return reading.document


def _cells(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _pieces(text: str) -> list[str]:
    return [part.strip() for part in text.split("//")]


class _Reading:
    """What is known while going through a source from top to bottom."""

    def __init__(self, name: str) -> None:
        self.document = Description(name, {})
        self.in_head = True
        self.deadlines: dict[str, list[dict[str, Any]]] = {}
        self.splits: dict[str, list[str]] = {}
        self.path: dict[int, str] = {}  # sections of the body by level
        self.table: Table | None = None
        self.table_path: dict[int, str] = {}
        self.group = ""
        self.table_lead: list[str] = []
        self.open_task: dict[str, Any] | None = None
        self.open_body: dict[str, Any] | None = None

    def take(self, line: str) -> None:
        if self.in_head:
            self._head(line)
        elif not line or line.startswith("#"):
            return
        elif self.table is not None:
            self._table_line(line)
        else:
            word, _, rest = line.partition(" ")
            self._body(word, rest.strip())

    def _head(self, line: str) -> None:
        if not line:
            self.in_head = False
            return
        key, value = (part.strip() for part in line.split(":", 1))
        if key == "deadline":
            text, meaning = value.rsplit(" = ", 1)
            self.deadlines[plain(text)] = [deadline(one) for one in meaning.split("||")]
        elif key == "split":
            text, names = value.rsplit(" = ", 1)
            self.splits[plain(text)] = [name.strip() for name in names.split(";")]
        else:
            self.document.head[key] = value

    def _body(self, word: str, rest: str) -> None:
        style, _, level = word.partition("@")
        if style in STYLES or style == "A":
            self._paragraph(style, level, rest)
        elif word == "TASK":
            self.open_body = None
            self.open_task = self._new_task(rest, [self.path[key] for key in sorted(self.path)])
            self.document.tasks.append(self.open_task)
        elif word == "BT":
            self.open_task = None
            self.open_body = {"text": "", "lead": [], "deadline_text": None, "deadline": None}
            if rest:
                self.open_body[rest] = True
            self.document.body_tasks.append(self.open_body)
        elif word == "LEADS":  # the unit that a heading above names
            assert self.open_body is not None
            self.open_body["lead"] = agencies(rest, self.splits)
        elif word == "END":
            self.open_task = self.open_body = None
        elif word in {"*", "~", "!", "!!"}:
            self._about_row(word, rest)
        else:
            self._other(word, rest)

    def _other(self, word: str, rest: str) -> None:
        document, parts = self.document, _cells(rest)
        if word == "LETTERHEAD":
            motto = _pieces(parts[3]) if len(parts) > 3 else []
            document.blocks.append(Letterhead(_pieces(parts[0]), "\n".join(_pieces(parts[1])), parts[2], motto))
        elif word == "SIGN":
            document.blocks.append(Signature(_pieces(parts[0]), _pieces(parts[1]), parts[2]))
        elif word == "PAGE":
            document.blocks.append(Page(rest == "landscape"))
        elif word == "FOOT":
            number, text = rest.split(" ", 1)
            document.footnotes[number] = text
        elif word == "BASIS":
            basis: dict[str, Any] = dict(zip(("type", "number", "date", "issuer", "doubt"), parts, strict=False))
            if basis.get("doubt") == "optional":
                basis = {**basis, "doubt": "", "optional": True}
            document.legal_bases.append(basis)
        elif word == "CLAIM":
            counts = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", rest)}
            text = plain(next(one.text for one in reversed(document.blocks) if isinstance(one, Paragraph)))
            document.claims.append({"text": text, "counts": counts, "agrees": "disagrees" not in rest})
        elif word == "MISSING":
            document.missing_rows.append(dict(zip(("number", "after", "section"), parts, strict=False)))
        elif word == "OPTIONAL":
            document.optional_rows.append(plain(rest))
        elif word == "TABLE":
            self.table = Table(dict(one.split("=", 1) for one in rest.split()))
            self.table_path, self.group, self.table_lead = {}, "", []
            self.open_task = None
        else:
            raise Unclear(f"unknown word {word}")

    def _paragraph(self, style: str, level: str, rest: str) -> None:
        label = ""
        if style == "A":
            label, rest = (part.strip() for part in rest.split("|", 1))
            style = "B" if level else "P"
        if level:
            self.open_task = None
            for key in [key for key in self.path if key >= int(level)]:
                del self.path[key]
            if rest != "-":
                self.path[int(level)] = plain(f"{label} {rest}")
        if rest == "-":
            return
        self.document.blocks.append(Paragraph(shown(rest), STYLES[style], label))
        if self.open_task is not None:
            self._fill(self.open_task, marks(rest))
        elif self.open_body is not None:
            self._fill_body(rest)

    def _fill_body(self, rest: str) -> None:
        body, held = self.open_body, marks(rest)
        assert body is not None
        body["text"] = plain(f"{body['text']} {held.get('T', rest)}")
        if "L" in held:
            body["lead"] = agencies(held["L"], self.splits)
        if "D" in held:
            body["deadline_text"] = plain(held["D"])
            body["deadline"], *other = self._meaning(body["deadline_text"])
            if other:
                body["also"] = {"deadline": other}

    def _meaning(self, text: str) -> list[dict[str, Any]]:
        if not text:
            return [{"kind": "unspecified"}]
        if text not in self.deadlines:
            raise Unclear(f"no meaning given for the deadline «{text}»")
        return self.deadlines[text]

    def _new_task(self, number: str, path: list[str]) -> dict[str, Any]:
        return {
            "number": number, "section_path": path, "text": "", "lead": [], "lead_raw": "", "coordinating": [],
            "coordinating_raw": "", "product": "", "deadline_text": "", "deadline": {"kind": "unspecified"},
            "damaged": False, "extra": {}, "also": {}, "unasked": {}, "inherited": [],
        }  # fmt: skip

    def _fill(self, task: dict[str, Any], held: dict[str, str]) -> None:
        for mark, raw in held.items():
            name = MARKED[mark]
            if name in {"lead", "coordinating"}:
                task[f"{name}_raw"], task[name] = plain(raw), agencies(raw, self.splits)
            elif name == "deadline":
                task["deadline_text"] = plain(raw)
                task["deadline"], *other = self._meaning(task["deadline_text"])
                if other:
                    task["also"]["deadline"] = other
            else:
                task[name] = plain(f"{task[name]} {raw}")

    def _about_row(self, word: str, rest: str) -> None:
        task = self.document.tasks[-1] if self.document.tasks else None
        if word == "*":
            self._target(rest, None if task is None or rest.startswith("- ") else len(self.document.tasks) - 1)
            return
        assert task is not None
        if word == "!!":
            task["damaged"] = True
        elif word == "~":
            name, value = (part.strip() for part in rest.split("=", 1))
            other: Any = deadline(value) if name == "deadline" else plain(value)
            if name in {"lead", "coordinating"}:
                other = [one.strip() for one in value.split(";")]
            if name == "section_path":
                other = [plain(one) for one in value.split(";;")]
            task["also"].setdefault(name, []).append(other)
        else:
            form, fields = rest.split(":", 1)
            task["unasked"][form.strip()] = fields.split()

    def _target(self, rest: str, task: int | None) -> None:
        parts = _cells(rest.removeprefix("- ")) + [""] * 7
        text, value, unit, comparator, tier, scope, flags = parts[:7]
        target: dict[str, Any] = {
            "task": task,
            "text": text,
            "value": float(value),
            "unit": unit,
            "comparator": (comparator or "none").split("/")[0],
            "tier": tier,
            "scope": scope,
            "is_exception": "exception" in flags,
        }
        if "/" in comparator:
            target["also"] = {"comparator": comparator.split("/")[1:]}
        year = re.search(r"\b20\d\d\b", flags)
        target["year"] = int(year[0]) if year else None
        if "optional" in flags:
            target["optional"] = True
        self.document.targets.append(target)

    def _table_line(self, line: str) -> None:
        table = self.table
        assert table is not None
        word, _, rest = line.partition(" ")
        if word == "ENDTABLE":
            self.document.blocks.append(table)
            self.table = None
        elif word == "COLS":
            table.roles = _cells(rest)
        elif word == "HEAD":
            self._row(_cells(rest), bold=True)
            table.headers = len(table.rows)
        elif re.fullmatch(r"S\d", word):
            self._section(int(word[1]), _cells(rest))
        elif word == "ROW":  # printed, but no task
            self._row(_cells(rest))
        elif word == "CLAIM":
            self._other(word, rest)
        elif word == "LEAD":  # said above the table, not in it
            self.table_lead = agencies(rest, self.splits)
        elif word in {"*", "~", "!", "!!", "OPTIONAL", "MISSING"}:
            self._body(word, rest)
        else:
            self._task_row(_cells(line))

    def _row(self, texts: list[str], *, bold: bool = False) -> list[Cell]:
        table = self.table
        assert table is not None
        if len(texts) != len(table.roles):
            raise Unclear(f"{len(texts)} cells for {len(table.roles)} columns")
        row: list[Cell] = []
        above = table.rows[-1] if table.rows else []
        for column, text in enumerate(texts):
            if text == "<":
                cell = row[-1]
                if not any(one is cell for one in above):
                    cell.colspan = 1 + column - next(at for at, one in enumerate(row) if one is cell)
            elif text == "^":
                cell = above[column]
                if not any(one is cell for one in row):
                    cell.rowspan += 1
            else:
                printed = re.sub(r"\s*//\s*", "\n", shown(text.removeprefix(DITTO)))
                absent = text == "%" and table.roles[column] != "skip"  # a unit of figures may well be "%"
                cell = Cell(printed, bold=bold, absent=absent)
                if table.options.get("number") == "auto" and table.roles[column] == "number" and text and not bold:
                    cell.label, cell.text = text, ""
            row.append(cell)
        table.rows.append(row)
        return row

    def _section(self, level: int, parts: list[str]) -> None:
        """Print a section row in the table's manner: full, numbered (number | merged), column (text column only)."""
        table = self.table
        assert table is not None
        number, title = parts[0], parts[1]
        whole = f"{number}. {title}" if number and not number.endswith((".", ")", ":")) else f"{number} {title}".strip()
        manner, count = table.options.get("section", "full"), len(table.roles)
        if manner == "full" or not number:
            texts = [whole] + ["<"] * (count - 1)
        elif manner == "numbered":
            texts = [number, title] + ["<"] * (count - 2)
        else:
            at = table.roles.index("text")
            texts = [""] * count
            texts[at] = title
            texts[table.roles.index("number")] = number
        for cell in {id(one): one for one in self._row(texts)}.values():
            cell.bold = True
        table.sections.add(len(table.rows) - 1)
        for key in [key for key in self.table_path if key >= level]:
            del self.table_path[key]
        self.table_path[level] = plain(whole)

    def _task_row(self, texts: list[str]) -> None:
        table = self.table
        assert table is not None
        row = self._row(texts)
        path = [self.path[key] for key in sorted(self.path)] + [self.table_path[key] for key in sorted(self.table_path)]
        task = self._new_task("", path)
        task["lead"] = self.table_lead
        before = self.document.tasks[-1] if self.document.tasks else None
        for role, text, cell in zip(table.roles, texts, row, strict=True):
            self._field(task, role, text, cell, before)
        self._from_columns(task, dict(zip(table.roles, texts, strict=True)))
        self.document.tasks.append(task)

    def _from_columns(self, task: dict[str, Any], texts: dict[str, str]) -> None:
        """Fill the deadline from columns of start and end (dd/mm/yyyy), or of quarters with marks (first to last)."""
        if "start" in texts:
            first, last = ("-".join(reversed(texts[name].split("/"))) for name in ("start", "end"))
            task["deadline"] = {"kind": "period", "start": first, "end": last}
            task["also"]["deadline"] = [{"kind": "date", "date": last}]
        if months := [int(role[6:]) for role, text in texts.items() if role.startswith("month:") and text.strip()]:
            self._from_months(task, months)
        quarters = [int(role[-1]) for role, text in texts.items() if role.startswith("quarter:") and text.strip()]
        if quarters:
            year, first, last = self.document.head["year"], min(quarters), max(quarters)
            end = ("03-31", "06-30", "09-30", "12-31")[last - 1]
            task["deadline"] = {"kind": "period", "start": f"{year}-{3 * first - 2:02}-01", "end": f"{year}-{end}"}
            if len(quarters) > 1:
                task["also"]["deadline"] = [
                    {"kind": "recurring", "every": "quarter"},
                    {"kind": "recurring", "every": "half"},
                ]

    def _from_months(self, task: dict[str, Any], months: list[int]) -> None:
        """Marks under months, first to last; even distances, or all months, may be meant as a rhythm."""
        year, first, last = self.document.head["year"], min(months), max(months)
        end = f"{year}-{last:02}-{calendar.monthrange(int(year), last)[1]}"
        task["deadline"] = {"kind": "period", "start": f"{year}-{first:02}-01", "end": end}
        steps = {later - earlier for earlier, later in zip(months, months[1:], strict=False)}
        if steps in ({3}, {6}):
            task["also"]["deadline"] = [{"kind": "recurring", "every": "quarter" if steps == {3} else "half"}]
        elif len(months) == 12:
            task["also"]["deadline"] = [{"kind": "recurring", "every": "month"}, {"kind": "ongoing"}]

    def _field(self, task: dict[str, Any], role: str, text: str, cell: Cell, before: dict[str, Any] | None) -> None:
        role, _, name = role.partition(":")
        if role == "group":
            self.group = self.group if text == "^" else plain(text)
            task["section_path"] = [*task["section_path"], self.group]
            return
        if text == "^" or text.startswith(DITTO):
            self._inherit(task, role, name, before)
            if text != "^":
                self._as_ditto(task, role, text.removeprefix(DITTO))
            return
        if text in {"<", "%"} or role in {"skip", "start", "end", "quarter", "month"}:
            return
        text = text.replace("//", "\n")
        held = marks(text)
        letters = {value: key for key, value in MARKED.items()}
        if role == "extra":
            task["extra"][name] = plain(text)
        elif role == "agencies" or held:
            self._fill(task, held)
        elif role in letters:
            if text or role != "deadline":
                self._fill(task, {letters[role]: text})
        else:
            raise Unclear(f"unknown role {role}")
        if "[^" in text and role in {"text", "product", "deadline"}:
            field = "deadline_text" if role == "deadline" else role
            for pattern in (r"(\1)", r"[\1]", r"\1"):
                task["also"].setdefault(field, []).append(plain(re.sub(r"\[\^(\w+)\]", pattern, text)))

    def _as_ditto(self, task: dict[str, Any], role: str, printed: str) -> None:
        """The mark itself is a right value too where the words of the cell are asked."""
        names = {"lead": ["lead_raw"], "coordinating": ["coordinating_raw"], "deadline": ["deadline_text"]}
        for name in names.get(role, [role]):
            task["also"][name] = [*task["also"].get(name, []), plain(printed)]

    def _inherit(self, task: dict[str, Any], role: str, name: str, before: dict[str, Any] | None) -> None:
        assert before is not None
        if role == "extra":
            task["extra"][name] = before["extra"][name]
            return
        fields = {
            "lead": ["lead", "lead_raw"],
            "coordinating": ["coordinating", "coordinating_raw"],
            "agencies": ["lead", "lead_raw", "coordinating", "coordinating_raw"],
            "deadline": ["deadline", "deadline_text"],
        }.get(role, [role])
        for field in fields:
            task[field] = before[field]
        if role == "deadline" and "deadline" in before["also"]:
            task["also"]["deadline"] = before["also"]["deadline"]
        task["inherited"] += [field for field in fields if not field.endswith(("_raw", "_text"))]
