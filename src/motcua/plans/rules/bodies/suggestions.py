"""Which unit a name may mean that nobody answers to: the nearest names of the tree. Pure."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from motcua.base.text import fold, squash

LEAST = 72.0  # of 100; below it a name is not alike any more


def nearest(name: str, units: Iterable[tuple[str, str]], *, most: int = 3) -> list[tuple[str, str]]:
    """Return at most ``most`` of ``units`` (code, name) whose names are most like ``name``, best first."""
    by_code = dict(units)
    keys = {code: _key(each) for code, each in by_code.items()}
    found = process.extract(_key(name), keys, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, limit=most)
    return [(code, by_code[code]) for _words, _score, code in found]


def _key(name: str) -> str:
    folded = fold(squash(name)).replace("uy ban nhan dan", "ubnd")
    return re.sub(r"[^a-z0-9 ]+", " ", folded).strip()
