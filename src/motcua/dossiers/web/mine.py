"""A citizen's home: what must be done now, what runs, what ended, and the papers of one's own dossiers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import now
from motcua.base.guard import opens_to, signed_in
from motcua.base.paging import after_of, key_of
from motcua.dossiers.queries.dossier import drafts_of
from motcua.dossiers.queries.my_dossiers import (
    ENDED,
    GROUPS,
    RUNNING,
    TODO,
    Mine,
    my_dossiers,
    my_papers,
    my_results,
    to_survey,
)
from motcua.dossiers.web.showing import tone_of

PAGE = 30
FIRST = {TODO: 20, RUNNING: 10, ENDED: 10}  # of each group, where all three are shown


@never_cache
@require_GET
@opens_to(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """All groups one under the other, each with its first dossiers; with ?nhom= one of them, page by page."""
    group, text = request.GET.get("nhom", ""), request.GET.get("q", "").replace("\0", "")[:200]
    after = request.GET.get("after")
    wanted = [group] if group in GROUPS else list(GROUPS)
    is_whole = len(wanted) > 1
    groups = []
    for each in wanted:
        limit = FIRST[each] if is_whole else PAGE
        key = key_of(after) if after and not is_whole else None
        found = my_dossiers(request.user, each, text=text, after=key, limit=limit)
        groups.append(
            {
                "code": each,
                "label": GROUPS[each],
                "rows": [_row(row) for row in found.rows],
                "after": "" if is_whole else after_of(found.after),
                "has_more": is_whole and found.after is not None,
            }
        )
    page = {
        "groups": groups,
        "is_empty": not any(each["rows"] for each in groups),
        "is_narrowed": bool(text or not is_whole),
        "text": text,
        "group": group,
        "tabs": _tabs(group),
        "drafts": drafts_of(request.user) if is_whole and not text else [],
        "to_survey": to_survey(request.user) if is_whole and not text else [],
    }
    return render(request, "dossiers/mine.html", page)


@never_cache
@require_GET
@opens_to(signed_in)
def papers(request: HttpRequest) -> HttpResponse:
    """The results and papers of one's own dossiers, to take along or to file again."""
    text, after = request.GET.get("q", "").replace("\0", "")[:200], request.GET.get("after")
    found = my_papers(request.user, text=text, after=key_of(after) if after else None, limit=PAGE)
    page = {
        "results": [] if after or text else my_results(request.user),
        "papers": found.papers,
        "after": after_of(found.after),
        "text": text,
    }
    return render(request, "dossiers/my_papers.html", page)


def _tabs(group: str) -> list[dict[str, Any]]:
    every = {"label": gettext("Tất cả"), "url": "?", "active": group not in GROUPS}
    return [
        every,
        *({"label": label, "url": f"?nhom={code}", "active": code == group} for code, label in GROUPS.items()),
    ]


def _row(row: Mine) -> dict[str, Any]:
    dossier = row.dossier
    is_late = bool(dossier.is_clock_running and dossier.due_at and dossier.due_at < now())
    return {"mine": row, "dossier": dossier, "tone": tone_of(dossier.state, is_late=is_late)}
