"""Why a procedure was found, in words for people."""

from collections.abc import Sequence

from django.utils.translation import gettext

from motcua.procedures.queries import catalogue
from motcua.procedures.rules.search import Hit, Reason


def reasons_of(query: str, hits: Sequence[Hit]) -> list[str]:
    """Return for each hit what of the query it answers, "" where there is nothing to tell (a code, no query)."""
    if not query.strip() or not hits:
        return ["" for _hit in hits]
    return [in_words(reason) for reason in catalogue().reasons(query, hits)]


def in_words(reason: Reason) -> str:
    """Return “sổ đỏ”, “bìa đỏ” → giấy chứng nhận…; “nhà ở”: each meaning once, behind all that was said for it."""
    said_for: dict[str, list[str]] = {}
    for said, meaning in reason.meant:
        said_for.setdefault(meaning, []).append(f"“{said}”")
    meant = [
        said[0] if said == [f"“{meaning}”"] else f"{', '.join(said)} → {meaning}" for meaning, said in said_for.items()
    ]
    parts = [*meant, *(f"“{word}”" for word in reason.words)]
    return gettext("khớp: %(parts)s") % {"parts": "; ".join(parts)} if parts else ""
