"""What a module puts on the desks of officials, in its ``desk.py``; ``workflow`` finds and shows it, knowing no module.

KINDS = [Kind("dossier", _("Hồ sơ"), words=applicant_words, together=(Together(_("Chuyển bước"), "dossiers:…", "m"),))]
TRAYS = [Tray("late", _("Hồ sơ quá hạn"), 20, may_lead, read_late)]
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.utils.functional import Promise

from motcua.base.guard import everyone

Words = str | Promise


@dataclass(frozen=True)
class Together:
    """What may be done to many ticked subjects: a page that takes their codes as ``ma`` by POST and previews."""

    label: Words
    url_name: str
    key: str  # pressed on the list
    opens_to: Callable[[Any], bool] = everyone


@dataclass(frozen=True)
class Kind:
    """One kind of subject of the work list.

    ``words`` returns an expression over ``OuterRef("subject")``: the subject's further words to search in, folded
    (``motcua_fold``); ``who`` one that says whom it is about, as the list shows it. Both are asked only for accounts
    for which ``may_search`` holds.
    """

    code: str
    label: Words
    words: Callable[[], Subquery] | None = None
    who: Callable[[], Subquery] | None = None
    may_search: Callable[[Any], bool] = everyone
    together: tuple[Together, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of a tray: what waits, where it is done, until when."""

    title: str
    url: str
    note: str = ""
    due_at: datetime | None = None
    code: str = ""  # of the subject
    kind: str = ""  # where many of the kind are ticked together


@dataclass(frozen=True)
class TrayPage:
    """The first lines of a tray, how many there are in all (counted up to a cap), and the page of the whole list."""

    entries: list[Entry]
    count: int
    url: str = ""


@dataclass(frozen=True)
class Tray:
    """One kind of thing that waits for a head or leader. ``read`` takes (account, most lines), in few statements."""

    code: str
    label: Words
    order: int
    opens_to: Callable[[Any], bool]
    read: Callable[[Any, int], TrayPage]
    together: tuple[Together, ...] = ()  # what may be done to the ticked entries of this tray
