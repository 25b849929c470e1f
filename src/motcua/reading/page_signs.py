"""How a web page or a web archive is known by its first bytes, without a parser."""

_HEAD = 4096  # bytes


def looks_like_page(content: bytes) -> bool:
    """Tell whether bytes are a page or a web archive, not text that mentions tags."""
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta ")):
        return True
    if head.startswith((b"<?xml", b"<!--")) and b"<html" in head:
        return True
    return is_archive(content)


def is_archive(content: bytes) -> bool:
    """Tell whether bytes are a web archive (MHTML): a mail message that holds a page."""
    head = content[:_HEAD].lower()
    if b"mime-version:" not in head or b"content-type:" not in head:
        return False
    return b"multipart/related" in head or b"text/html" in head
