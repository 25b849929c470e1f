"""How states and facts are shown."""

from typing import Any

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.dossiers.queries.timeline import Entry
from motcua.dossiers.states import (
    AWAITING_PAYMENT,
    AWAITING_SUPPLEMENT,
    DECIDED,
    FILED,
    IN_PROGRESS,
    RECEIVED,
    REFUSED,
    RETURNED,
    STOPPED,
    SUPPLEMENT_BEFORE,
    WITHDRAWAL_ASKED,
    WITHDRAWN,
)
from motcua.ui.rules.numbers import as_instant

TONES = {
    FILED: "info",
    SUPPLEMENT_BEFORE: "waiting",
    RECEIVED: "progress",
    IN_PROGRESS: "progress",
    AWAITING_SUPPLEMENT: "waiting",
    AWAITING_PAYMENT: "waiting",
    WITHDRAWAL_ASKED: "warning",
    DECIDED: "good",
    RETURNED: "good",
    REFUSED: "danger",
    STOPPED: "danger",
    WITHDRAWN: "neutral",
}
BAD = {"dossier.refused", "dossier.stopped", "dossier.sent_back", "dossier.withdrawal_turned_down"}


def tone_of(state: str, *, is_late: bool = False) -> str:
    """Return the tone of a state; an open dossier past its due instant is a danger."""
    return "danger" if is_late else TONES[state]


def timeline_items(entries: list[Entry]) -> list[dict[str, Any]]:
    """Return what happened as ``<c-timeline>`` shows it, newest first; the newest is where it stands."""
    items = [
        {
            "what": f"{entry.label}: {entry.step}" if entry.step else entry.label,
            "when": entry.at,
            "url": "",
            "who": ", ".join(filter(None, (entry.who, entry.unit_name))),
            "note": _note(entry),
            "tone": "danger" if entry.verb in BAD else "",
        }
        for entry in reversed(entries)
    ]
    if items and not items[0]["tone"]:
        items[0]["tone"] = "now"
    return items


def _note(entry: Entry) -> str:
    notes = []
    if entry.to_unit_name and entry.to_unit_name != entry.unit_name:
        notes.append(gettext("Chuyển đến %(unit)s.") % {"unit": entry.to_unit_name})
    if entry.due_at:
        notes.append(gettext("Hạn: %(due)s.") % {"due": as_instant(entry.due_at, VIETNAM)})
    return " ".join(notes)
