"""Keeping files: checked at the door, stored by content, written whole or not at all."""

from typing import IO

from django.db import transaction

from motcua.base.clock import now
from motcua.documents.models import StoredFile
from motcua.documents.storage import write
from motcua.documents.uploads import DEFAULT_POLICY, UploadPolicy, check_upload
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
        subject=subject, name=checked.name, media_type=checked.media_type, size=checked.size, sha256=checked.sha256,
        added_by=actor.code if actor else "", added_at=now(),
    )


@transaction.atomic
def hand_to(files: list[StoredFile], *, subject: str) -> None:
    """Let files that were kept before their subject had a code belong to it."""
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).update(subject=subject)
