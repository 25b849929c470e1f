"""Which files are pictures: told by their first bytes, without the libraries that read them."""

BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF87a", b"GIF89a")


def is_picture(content: bytes) -> bool:
    """Tell whether a file is a picture by its first bytes."""
    return content.startswith(BEGINNINGS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
