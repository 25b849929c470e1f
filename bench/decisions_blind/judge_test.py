"""Judge made-up readers, never ours: one that knows all, one that words it otherwise, one that errs, one silent."""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from decisions_blind.judge import Judged, failed, figures, judge  # noqa: E402

HEAD = ("number", "date", "issuer", "title", "kinds", "valid_from")


def _all_of(gold: dict[str, Any]) -> dict[str, Any]:
    return {key: gold[key] for key in HEAD} | {"procedures": gold["procedures"], "warnings": ["còn dòng không có mã"]}


def _worded(gold: dict[str, Any]) -> dict[str, Any]:
    """The same in capitals, in another order, with suffixes and blanks, and the optional rows left out."""
    rows = [row for row in reversed(gold["procedures"]) if not row.get("optional")]
    said = [
        row
        | {
            "code": row["code"] and f"{row['code']}.000.00.00.H01",
            "name": f"Thủ tục: {row['name'].removeprefix('Thủ tục ').upper()} .",
        }
        for row in rows
    ]
    kinds = [kind.replace("amended", "modified") for kind in gold["kinds"]]
    issuer = gold["issuer"].upper().replace("ỦY BAN NHÂN DÂN", "CHỦ TỊCH UBND")
    return _all_of(gold) | {"procedures": said, "kinds": kinds, "issuer": issuer, "title": "V/v " + gold["title"]}


def _erring(gold: dict[str, Any]) -> dict[str, Any]:
    """Every row twice, names cut, changes all "new", another number: half the codes' precision, no pairs."""
    rows = [row | {"name": row["name"][:9], "change": "none"} for row in gold["procedures"] if row["code"]]
    return {"procedures": rows + rows, "number": "1/QĐ", "kinds": ["announce_new", "workflow"], "warnings": []}


def main() -> None:
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((HERE / "gold").glob("*.json"))]
    for manner in (_all_of, _worded):
        counted = figures([judge(gold, form, manner(gold)) for gold in golds for form in gold["formats"]])
        wrong = {key: value for key, value in counted["all"].items() if isinstance(value, float) and value != 1}
        if wrong or counted["silent"]:
            raise SystemExit(f"{manner.__name__}: {wrong} {counted['silent']}")
    _expect([judge(gold, "txt", _erring(gold)) for gold in golds], codes=1.0, precision=0.5, pairs=0.0, change=0.0)
    _expect([failed(gold, "txt", "silent") for gold in golds], codes=0.0, precision=None, pairs=0.0, change=None)
    sys.stdout.write(f"{len(golds)} decisions, four made-up readers judged as they should be\n")


def _expect(judged: list[Judged], *, codes: float, precision: float | None, pairs: float, change: float | None) -> None:
    found = figures(judged)["all"]
    wanted = {"code_recall": codes, "pair_recall": pairs, "change_right": change, "number": 0.0}
    wrong = {key: (found[key], value) for key, value in wanted.items() if found[key] != value}
    said = found["code_precision"]
    if (said is None) != (precision is None) or abs((said or 0) - (precision or 0)) > 0.02:
        wrong["code_precision"] = (said, precision)
    if wrong:
        raise SystemExit(f"found, wanted: {wrong}")


if __name__ == "__main__":
    main()
