"""Where a copied file lives while it is looked at: in memory when small, else in a nameless file on disk."""

from tempfile import SpooledTemporaryFile

_IN_MEMORY = 2 * 1024 * 1024


def fresh_file() -> SpooledTemporaryFile[bytes]:
    """Return an empty file that vanishes when nobody holds it any more."""
    return SpooledTemporaryFile(max_size=_IN_MEMORY)
