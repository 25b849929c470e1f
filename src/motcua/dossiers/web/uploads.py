"""Files that come with a form: kept at once in the sender's inbox, so that a refused form loses none of them."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.dossiers.forms import MOST_FILES, DossierForm
from motcua.dossiers.web.kept_files import PICTURED

KEPT_FOR = 12 * 3600  # seconds, as long as a session


def keep_uploads(form: DossierForm, account: Any, dropped: list[str]) -> list[dict[str, Any]]:
    """Keep what was sent with ``form`` beside what was kept before, without ``dropped`` (numbers); return all.

    A file that is refused is told at its field.
    """
    form.kept = [each for each in form.kept if str(each["id"]) not in dropped]
    for component, name, upload in form.uploads():
        if len(form.kept) >= MOST_FILES:
            form.add_error(name, too_many())
            break
        try:
            form.kept.append(keep(upload, account, component))
        except Refused as refusal:
            form.add_error(name, refusal.message)
    return form.kept


def keep(upload: Any, account: Any, component: int = 0) -> dict[str, Any]:
    """Keep one upload in the account's inbox; return what a form needs to know of it.

    Raises:
        Refused: the file is not taken.
    """
    file = storing.keep(upload, name=upload.name or "", subject=storing.inbox_of(account), actor=account)
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "component": component,
        "has_picture": file.media_type in PICTURED,
    }


def too_many() -> str:
    """Say how many files one filing takes."""
    return gettext("Mỗi lần nộp tối đa %(most)s tệp.") % {"most": MOST_FILES}


def seal(kept: list[dict[str, Any]], account: Any) -> str:
    """Return ``kept`` as text for a hidden field, signed for ``account``."""
    return signing.dumps(kept, salt=f"kept-files:{account.code}", compress=True) if kept else ""


def unseal(text: str, account: Any) -> list[dict[str, Any]]:
    """Return what ``seal`` made; what is not ours, or too old, is nothing."""
    try:
        found = signing.loads(text, salt=f"kept-files:{account.code}", max_age=KEPT_FOR) if text else []
    except signing.BadSignature:
        return []
    return list(found)
