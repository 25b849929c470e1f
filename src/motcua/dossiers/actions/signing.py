"""Deciding many dossiers after one preview: each signed in its own transaction, by the rules of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import why_not
from motcua.dossiers.actions import handling
from motcua.dossiers.models.results import ResultDocument
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.organizations.models import Account

MOST_AT_ONCE = 50  # a preview that nobody reads to its end is none


@dataclass(frozen=True)
class Draft:
    """One result to be signed, as the preview shows it, or why it cannot be signed."""

    code: str
    title: str
    applicant: str
    position: int
    due_at: datetime | None
    text: str  # of the proposed result
    document: int | None  # version of the drafted or uploaded document; None: there is none
    kind: str  # how that version is shown: "pdf" where it is drawn, "tep" where it is a file
    refusal: str  # "" where it can be signed


def drafts_of(codes: Sequence[str], *, actor: Account) -> list[Draft]:
    """Return what signing each of ``codes`` would decide, in their order; changes nothing."""
    drafts, documents = [], _documents(codes)
    for code in list(dict.fromkeys(codes))[:MOST_AT_ONCE]:
        try:
            dossier = dossier_of(code, account=actor)
        except Http404:
            continue
        run = run_of(code, account=actor)
        refusal = why_not("approve", actor, dossier, run)
        version, kind = documents.get(code, (None, ""))
        if not refusal and not dossier.result_text and version is None:
            refusal = gettext("Hồ sơ %(code)s chưa có dự thảo kết quả.") % {"code": code}
        drafts.append(
            Draft(
                code=code,
                title=dossier.version.name,
                applicant=dossier.applicant_name,
                position=run.position,
                due_at=dossier.due_at,
                text=dossier.result_text,
                document=version,
                kind=kind,
                refusal=refusal,
            )
        )
    return drafts


def _documents(codes: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return the newest version of each dossier's result document, and how it is shown."""
    rows = ResultDocument.objects.filter(dossier__code__in=codes[:MOST_AT_ONCE]).order_by("version")
    return {
        code: (version, "tep" if file is not None else "pdf")
        for code, version, file in rows.values_list("dossier__code", "version", "signed_file")
    }


def sign_many(seen: Sequence[tuple[str, int]], *, actor: Account) -> tuple[list[str], dict[str, str]]:
    """Sign each (code, position as previewed); return the codes decided, and why the others were not."""
    done, refused = [], {}
    for code, position in seen[:MOST_AT_ONCE]:
        try:
            handling.approve(code, actor=actor, at_step=position)
            done.append(code)
        except Refused as refusal:
            refused[code] = refusal.message
        except Http404:
            refused[code] = gettext("Không có hồ sơ này.")
    return done, refused
