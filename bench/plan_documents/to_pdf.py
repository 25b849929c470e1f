"""PDF of a Word document by LibreOffice, and the same pages as a scan."""

import io
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

DOTS_PER_INCH = 200
LONGEST_SECONDS = 180


def write_pdfs(documents: list[Path], folder: Path) -> None:
    """Print Word documents as PDF into a folder. Raise FileNotFoundError where LibreOffice is not installed."""
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
            + ["--outdir", str(folder)]
            + [str(one) for one in documents],
            check=True, capture_output=True, timeout=LONGEST_SECONDS,
        )  # fmt: skip


def write_scan(printed: Path, path: Path, *, look: str = "", seed: int = 7) -> None:
    """Write the pages as grey pictures, a little askew and grainy. ``photo``: paler, unevenly lit, more askew."""
    chance = random.Random(seed)  # the same scan each time
    pages = []
    document = pypdfium2.PdfDocument(printed)
    for number in range(len(document)):
        page = document[number].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L")
        angle = chance.uniform(0.25, 0.6) * chance.choice((-1, 1)) * (2 if look == "photo" else 1)
        page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255, expand=False)
        page = page.filter(ImageFilter.GaussianBlur(0.6 if look == "photo" else 0.4))
        grain = Image.effect_noise((page.width // 2, page.height // 2), 5).resize(page.size)
        page = ImageChops.add(page, grain, offset=-136)
        if look == "photo":
            shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 200 + value // 5)
            page = ImageChops.multiply(page, shade)
        pages.append(page)
    held = io.BytesIO()
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS_PER_INCH, quality=20)
    path.write_bytes(held.getvalue())
