"""The words of ``data/citizen_messages.csv``, the places they may hold, and what is wrong with others."""

import csv
from functools import cache
from pathlib import Path

from motcua.notifications.rules.templates import ANY, Template

FILE = Path(__file__).parent.parent / "data" / "citizen_messages.csv"
# What every message may hold, with a value of an invented dossier. ``step``, ``new_due`` and ``item`` are told by few.
INVENTED = {
    "code": "H00.00.00-261121-0001",
    "where": "Trung tâm Phục vụ hành chính công xã Mẫu",
    "due": "16:30 04/12/2026",
    "new_due": "16:30 11/12/2026",
    "step": "Thẩm định",
    "collect": "Mời đến Trung tâm Phục vụ hành chính công xã Mẫu để nhận.",
    "item": "Số hiệu bưu gửi: EB000000000VN.",
    "link": "https://motcua.example.vn/tra-cuu/H00.00.00-261121-0001",
}
FIELDS = frozenset(INVENTED)
# Places that are empty in every other event.
ONLY_IN = {
    "new_due": frozenset({"dossier.apologised"}),
    "step": frozenset({"dossier.forwarded"}),
    "item": frozenset({"dossier.returned_by_post"}),
}
# A return is told by how it went out; the steps themselves are told once handling begins, not each one.
BY_METHOD = {"online": "dossier.returned_electronically", "post": "dossier.returned_by_post"}
CHANNELS = (ANY, "sms", "email", "zalo")
LONGEST = 500  # of a notice


@cache
def shipped_words() -> tuple[Template, ...]:
    """Return the words of every event and channel."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Template(row["event"], row["channel"], row["valid_from"], row["valid_to"], row["text"], row["source"])
            for row in csv.DictReader(file)
        )


@cache
def kind_of() -> dict[str, str]:
    """Return the kind of message of each event."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["event"]: row["kind"] for row in csv.DictReader(file)}


def fields_for(event: str) -> list[str]:
    """Return the places that the words of ``event`` may hold."""
    return [name for name in INVENTED if name not in ONLY_IN or event in ONLY_IN[name]]
