"""Footnotes whose marks are glued to a task's text: "…toàn trình(1)"."""

import re

from motcua.plans.rules.prose import Passage
from motcua.plans.rules.values import Task

_NOTE = re.compile(r"^\(?(\d{1,2})\)?\s+(?=[A-ZĐÁÀẢÃẠĂÂÊÔƠƯ])(.+)$", re.S)
_MARK = re.compile(r"[\wÀ-ỹ]\s?\((\d{1,2})\)")


def attach(tasks: list[Task], texts: list[Passage]) -> None:
    """Give each task with a mark the footnote of that number, if the document has one."""
    notes: dict[str, Passage] = {}
    expected = 1
    for passage in texts:
        found = _NOTE.match(passage.text)
        if found and int(found.group(1)) == expected:
            notes[found.group(1)] = Passage(found.group(2), passage.line_start, passage.line_end)
            expected += 1
    for task in tasks:
        for mark in _MARK.findall(task.text):
            if mark in notes and "footnote" not in task.parts:
                task.footnote = notes[mark].text
                task.parts["footnote"] = ((notes[mark].line_start, notes[mark].text),)
