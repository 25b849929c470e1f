"""File names made safe to store, show and send back."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_LONGEST_STEM = 100
_LONGEST_EXTENSION = 10
_NAMELESS = "tep-dinh-kem"


def clean_name(name: str) -> str:
    """Return the last part of ``name`` without path, control and direction characters, at most 111 letters.

    The extension is kept, so that a hidden one (``exe`` behind a right-to-left mark) comes to light.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    bare = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(" .")
    stem, dot, extension = bare.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        stem, extension = bare, ""
    stem = stem[:_LONGEST_STEM].strip(" .") or _NAMELESS
    if stem.split(".")[0].lower() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem}.{extension}" if extension else stem


def extension_of(name: str) -> str:
    """Return the extension in lower case without its dot, empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
