"""Bytes on the disk under MEDIA_ROOT, named by their SHA-256: ``ab/cd/abcd...``."""

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Return where the bytes with that digest are kept."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def write(content: IO[bytes], sha256: str) -> Path:
    """Keep ``content`` under its digest: whole, synced to the disk, renamed into place; twice is once."""
    target = path_of(sha256)
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    content.seek(0)
    with NamedTemporaryFile(dir=target.parent, prefix=".writing-", delete=False) as draft:
        try:
            shutil.copyfileobj(content, draft, 256 * 1024)
            draft.flush()
            os.fsync(draft.fileno())
            os.replace(draft.name, target)
        except BaseException:
            os.unlink(draft.name)
            raise
    _sync_folder(target.parent)
    return target


def open_stored(sha256: str) -> IO[bytes]:
    """Open the bytes with that digest for reading; whoever calls has checked who may.

    Raises:
        FileNotFoundError: they are not on this disk.
    """
    return path_of(sha256).open("rb")


def _sync_folder(folder: Path) -> None:
    """Write the new name itself to the disk: a rename alone may be lost when the power fails."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
