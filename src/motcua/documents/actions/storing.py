"""Keeping files: checked at the door, stored by content, written whole or not at all."""

from collections.abc import Sequence
from typing import IO

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.refusal import Refused
from motcua.documents.inspection.names import clean_name
from motcua.documents.models import StoredFile
from motcua.documents.storage import write
from motcua.documents.uploads import DEFAULT_POLICY, UNKNOWN, UploadPolicy, check_upload, measure
from motcua.organizations.models import Account


@transaction.atomic
def keep(
    file: IO[bytes], *, name: str, subject: str, actor: Account | None, policy: UploadPolicy = DEFAULT_POLICY
) -> StoredFile:
    """Check ``file``, store its bytes under their SHA-256 and return its row.

    The bytes are on the disk before the row is written, so no row ever points to nothing; bytes whose row was rolled
    back are kept without harm, since the same content is stored once.

    Raises:
        Refused: the file is of no kind that is taken, too large, broken or dangerous.
    """
    checked = check_upload(file, name, policy)
    write(checked.content, checked.sha256)
    return StoredFile.objects.create(
        subject=subject,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        added_by=actor.code if actor else "",
        added_at=now(),
    )


@transaction.atomic
def keep_untrusted(file: IO[bytes], *, name: str, subject: str, actor: Account) -> StoredFile:
    """Store the bytes of a file that the door distrusts as they are: never opened here, only handed back."""
    size, digest = measure(file)
    write(file, digest)
    return StoredFile.objects.create(
        subject=subject,
        name=clean_name(name),
        media_type=UNKNOWN,
        size=size,
        sha256=digest,
        added_by=actor.code,
        added_at=now(),
    )


def inbox_of(account: Account) -> str:
    """Return the subject of files that ``account`` sent before what they belong to had a code."""
    return f"inbox:{account.code}"


@transaction.atomic(savepoint=False)
def claim(file_ids: Sequence[int], *, subject: str, actor: Account) -> None:
    """Let files that ``actor`` sent (to the inbox, or for ``subject``) belong to ``subject``, in one statement.

    Raises:
        Refused: a file does not exist, is somebody else's, or belongs to something else already.
    """
    wanted = set(file_ids)
    if not wanted:
        return
    mine = StoredFile.objects.filter(pk__in=wanted, added_by=actor.code, subject__in=[inbox_of(actor), subject])
    if mine.update(subject=subject) != len(wanted):
        raise Refused(gettext("Có tệp không tồn tại hoặc không phải của bạn. Hãy tải tệp lên lại."), field="papers")
