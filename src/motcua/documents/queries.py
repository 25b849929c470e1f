"""Reading kept files."""

from motcua.documents.models import StoredFile


def files_of(subject: str) -> list[StoredFile]:
    """Return the files kept for ``subject``, oldest first."""
    return list(StoredFile.objects.filter(subject=subject).order_by("id"))
