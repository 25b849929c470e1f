"""Words by tesseract, a program of the system that is asked through files: many pictures in one start."""

import contextlib
import csv
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.reading.recognition.spelling import mended

PROGRAM = "tesseract"
LANGUAGE = "vie"
_SECONDS = 110  # of one start
_TURN_SECONDS = 30
_ROTATE = re.compile(r"^Rotate: (0|90|180|270)$", re.M)
AUTOMATIC, BLOCK, LINE, WORD = 3, 6, 7, 8  # how a picture is laid out, in tesseract's own numbers
_WORD_LEVEL, _LINE_LEVEL = "5", "4"
_MISSING = (
    "Máy chủ chưa cài bộ nhận dạng chữ tiếng Việt nên chưa đọc được ảnh quét. "
    "Quản trị viên cần cài hai gói tesseract-ocr và tesseract-ocr-vie; hoặc hãy gửi bản DOCX hay PDF có chữ."
)


@dataclass(frozen=True)
class Word:
    """A recognised word: left, top, right, bottom in pixels (top and bottom are its line's), confidence 0 to 1."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


@cache
def is_installed() -> bool:
    """Tell whether tesseract and its Vietnamese model are on this machine."""
    program = shutil.which(PROGRAM)
    if program is None:
        return False
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
        return LANGUAGE in said.stdout.split()
    return False


def must_be_installed() -> None:
    """Raise Refused, saying what to install, if words cannot be recognised here."""
    if not is_installed():
        raise Refused(_MISSING)


def words_of(pictures: list[Image.Image], layout: int, resolution: int) -> list[list[Word]]:
    """Return the words of each picture. Raise Refused if tesseract is missing or fails."""
    if not pictures:
        return []
    must_be_installed()
    with tempfile.TemporaryDirectory(prefix="motcua-recognition-") as name:
        folder = Path(name)
        for at, picture in enumerate(pictures):
            picture.save(folder / f"{at}.pgm")
        (folder / "list.txt").write_text("\n".join(str(folder / f"{at}.pgm") for at in range(len(pictures))) + "\n")
        _run(folder, layout, resolution)
        found: list[list[Word]] = [[] for _ in pictures]
        for page, word in _table(folder / "found.tsv"):
            found[page].append(word)
    return found


def turn_of(picture: Image.Image, resolution: int) -> int:
    """Return by how many degrees clockwise (0, 90, 180, 270) a page must be turned to stand upright; 0 if unknown.

    Needs tesseract's model "osd", which comes with the program; without it, or of few letters, nothing is known.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        return 0
    with tempfile.TemporaryDirectory(prefix="motcua-recognition-") as name:
        picture.save(Path(name) / "page.pgm")
        command = [program, str(Path(name) / "page.pgm"), "stdout", "-l", "osd", "--psm", "0", "--dpi", str(resolution)]
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=_TURN_SECONDS, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return 0
    found = _ROTATE.search(said)
    return int(found.group(1)) % 360 if found else 0


def _run(folder: Path, layout: int, resolution: int) -> None:
    command = [str(shutil.which(PROGRAM)), str(folder / "list.txt"), str(folder / "found"), "-l", LANGUAGE]
    command += ["--psm", str(layout), "--dpi", str(resolution), "tsv"]
    try:
        # One thread each: more cost more than they bring, and other readers wait.
        environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, env=environment)
    except subprocess.TimeoutExpired as error:
        raise Refused("Nhận dạng chữ trong ảnh quá lâu nên đã dừng lại. Hãy gửi ít trang hơn.") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused("Không nhận dạng được chữ trong ảnh.") from error


def _table(path: Path) -> list[tuple[int, Word]]:
    """Return (0-based picture, word) of tesseract's table; words take the height of their line."""
    found = []
    top = bottom = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["level"] == _LINE_LEVEL:
                top, bottom = int(row["top"]), int(row["top"]) + int(row["height"])
            text = (row.get("text") or "").strip()
            if row["level"] != _WORD_LEVEL or not text:
                continue
            left, confidence = int(row["left"]), max(float(row["conf"]), 0.0) / 100
            word = Word(mended(nfc(text)), left, top, left + int(row["width"]), bottom, round(confidence, 3))
            found.append((int(row["page_num"]) - 1, word))
    return found
