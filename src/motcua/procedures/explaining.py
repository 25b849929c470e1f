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
    """Return “sổ đỏ” → giấy chứng nhận…; “nhà ở”."""
    meant = [f"“{said}” → {meaning}" for said, meaning in reason.meant if said.lower() != meaning.lower()]
    kept = [f"“{said}”" for said, meaning in reason.meant if said.lower() == meaning.lower()]
    parts = [*meant, *kept, *(f"“{word}”" for word in reason.words)]
    return gettext("khớp: %(parts)s") % {"parts": "; ".join(parts)} if parts else ""
