"""What a new version of a plan changes: tasks added, removed, changed field by field and word by word. Pure."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "section": _("Nhóm"),
    "number": _("Số thứ tự"),
    "text": _("Nhiệm vụ"),
    "product": _("Sản phẩm"),
    "lead_text": _("Chủ trì"),
    "coordinating_text": _("Phối hợp"),
    "deadline_text": _("Thời hạn"),
    "due_on": _("Hạn cuối"),
    "units": _("Đơn vị thực hiện"),
    "targets": _("Chỉ tiêu"),
}
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
SAME, INSERTED, DELETED = "same", "inserted", "deleted"


@dataclass(frozen=True)
class VersionRow:
    """A row of one version: ``fields`` by the names of FIELDS, all as text; ``before`` the key in the old version."""

    key: str
    fields: dict[str, str]
    before: str = ""


@dataclass(frozen=True)
class FieldDifference:
    """One field before and after; ``words`` are (SAME, INSERTED or DELETED, text) in reading order."""

    name: str
    before: str
    after: str
    words: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        return str(FIELDS[self.name])


@dataclass(frozen=True)
class RowDifference:
    """A row that differs: ``kind`` is ADDED, REMOVED or CHANGED."""

    kind: str
    key: str
    text: str
    fields: tuple[FieldDifference, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "task": self.key,
            "text": self.text,
            "fields": [{"name": each.name, "before": each.before, "after": each.after} for each in self.fields],
        }


def differences(old: Sequence[VersionRow], new: Sequence[VersionRow]) -> list[RowDifference]:
    """Return what differs, in the order of the new version, then what was removed in the order of the old one."""
    by_key = {row.key: row for row in old}
    found = []
    for row in new:
        before = by_key.get(row.before)
        if before is None:
            found.append(RowDifference(ADDED, row.key, row.fields.get("text", "")))
        elif changed := tuple(_changed(before, row)):
            found.append(RowDifference(CHANGED, row.key, row.fields.get("text", ""), changed))
    kept = {row.before for row in new}
    found += [RowDifference(REMOVED, row.key, row.fields.get("text", "")) for row in old if row.key not in kept]
    return found


def _changed(before: VersionRow, after: VersionRow) -> list[FieldDifference]:
    pairs = [(name, before.fields.get(name, ""), after.fields.get(name, "")) for name in FIELDS]
    return [FieldDifference(name, was, now, words_between(was, now)) for name, was, now in pairs if was != now]


def words_between(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the way from one text to the other, word by word: deleted words stand before what took their place."""
    was, now = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    # Compared without the space behind, so that a word at the end of a line equals the same one inside.
    matcher = difflib.SequenceMatcher(None, [word.strip() for word in was], [word.strip() for word in now], False)
    found: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(now[j1:j2])))
            continue
        if i2 > i1:
            found.append((DELETED, "".join(was[i1:i2])))
        if j2 > j1:
            found.append((INSERTED, "".join(now[j1:j2])))
    return tuple((kind, text.strip()) for kind, text in found)
