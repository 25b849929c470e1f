"""Papers that invented people hand in: one picture as PNG or PDF."""

import io

from PIL import Image, ImageDraw


def scan(words: str, kind: str = "PDF") -> bytes:
    """Return a page that says ``words``."""
    page = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(page).text((40, 60), words, fill="black")
    held = io.BytesIO()
    page.save(held, kind)
    return held.getvalue()


def upload(name: str, words: str) -> dict[str, object]:
    """Return a file as a person chooses it: ``name`` ends in .pdf or .png."""
    kind = name.rpartition(".")[2]
    media = "application/pdf" if kind == "pdf" else "image/png"
    return {"name": name, "mimeType": media, "buffer": scan(words, kind.upper())}
