"""How well decisions about procedures are read: the 42 real ones of ``../shared`` beside the checkout.

Code-name rows against ``gold_codes.csv``: a row counts when its code and its name are equal, letters and digits only.
Sixteen names of that file are time limits, places or earlier decisions (the cell beside the name); they are told apart
by ``gold_wrong``; one more (5.002583) is the name that its decision replaces, where the reader gives the new one, so
261 of 262 are all. Kinds against ``index.csv``, which keywords anywhere in the text have set and
which knows no ``announce_replaced``: where the two disagree the kinds stand in the figures with both answers. All 42
were in view while the rules were written.
"""

import csv
import re
import time
import unicodedata
from argparse import Namespace
from collections import defaultdict
from pathlib import Path
from typing import Any

from motcua.plans.tests.gold import shared
from motcua.procedures.rules.decisions.reader import read_decision
from motcua.reading.plain_text import read_text

_NO_NAME = re.compile(r"^(thời hạn thực hiện|mười \(|- cách thức|- trung tâm|- quyết định số)", re.I)


def run(_options: Namespace) -> dict[str, Any]:
    """Return figures over all documents and ``summary`` lines."""
    folder = shared()
    if folder is None:
        return {"documents": 0, "summary": ["no real decisions beside the checkout"]}
    return _measured(folder / "data" / "decisions")


def _measured(folder: Path) -> dict[str, Any]:
    gold: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(folder / "gold_codes.csv"):
        gold[row["file"]][row["code"]] = row["name"]
    index = _rows(folder / "index.csv")
    figures = {"codes": 0, "codes_found": 0, "names_equal": 0, "gold_wrong": 0, "rows": 0, "number": 0, "date": 0}
    kinds: list[dict[str, Any]] = []
    started = time.process_time()
    for entry in index:
        reading = read_decision(read_text((folder / entry["file"]).read_bytes()))
        wanted = gold[entry["file"]]
        found = {one.code: one.name for one in reading.procedures if one.code}
        figures["codes"] += len(wanted)
        figures["codes_found"] += len(wanted.keys() & found.keys())
        figures["names_equal"] += sum(_bare(name) == _bare(found.get(code, "")) for code, name in wanted.items())
        figures["gold_wrong"] += sum(bool(_NO_NAME.match(name)) for name in wanted.values())
        figures["rows"] += len(found) if wanted else 0
        figures["number"] += _bare(reading.number or "") == _bare(entry["number"])
        figures["date"] += (reading.date or "") == entry["date"]
        if set(reading.kinds) != set(filter(None, entry["kinds"].split(";"))):
            kinds.append({"file": entry["file"], "read": list(reading.kinds), "keywords": entry["kinds"]})
    seconds = time.process_time() - started
    return {
        "documents": len(index),
        **figures,
        "kinds_equal": len(index) - len(kinds),
        "kinds_unequal": kinds,
        "cpu_seconds": round(seconds, 3),
        "summary": _summary(figures, len(index), len(kinds), seconds),
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFC", text).lower())


def _summary(figures: dict[str, int], documents: int, unequal: int, seconds: float) -> list[str]:
    sound = figures["codes"] - figures["gold_wrong"]
    return [
        f"{documents} decisions, {seconds:.2f} s of CPU",
        f"codes: {figures['codes_found']} of {figures['codes']} found (recall "
        f"{figures['codes_found'] / figures['codes']:.3f}), {figures['rows']} read in the same documents "
        f"(precision {figures['codes_found'] / figures['rows']:.3f})",
        f"code and name equal: {figures['names_equal']} of {figures['codes']}; of the {sound} whose gold is a name: "
        f"{figures['names_equal'] / sound:.3f}",
        f"number {figures['number']}, date {figures['date']}, kinds {documents - unequal} of {documents}",
    ]
