"""Judge made-up checkers, never ours: one that says all in several manners, one that babbles, one that is silent."""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from reports_blind.judge import figures, judge  # noqa: E402


def _said(error: dict[str, Any], manner: int) -> dict[str, Any]:
    """Return a finding on an error as five kinds of checker would word it."""
    spot = error["spots"][0]
    place, words, clean = spot["place"], spot["words"], spot["clean"]
    if "table" not in place:
        sentence = place["sentence"]
        around = max(0, sentence.find(words) - 40)
        quote = sentence[around : sentence.find(words) + len(words) + 10]
        return [
            {"rule": "x", "where": {}, "message": f"Câu này có sai: “{quote}”", "found": words, "expected": None},
            {"rule": "x", "where": {"line": 9}, "message": f"…{quote}…", "found": None, "expected": clean},
        ][manner % 2]
    row = place.get("row", "")
    return [
        {"where": {"appendix": place.get("annex"), "row": row}, "message": "sai", "found": words, "expected": clean},
        {"where": {"row": place["label"]}, "message": f"{place['column']}: {words}", "found": None, "expected": None},
        {"where": {}, "message": f"Dòng “{place['label']}”: ghi {words}, phải là {clean}"},
        {"where": {"row": row or place["label"]}, "message": "ô sai", "found": words or None, "expected": None},
    ][manner % 4]  # fmt: skip


def main() -> None:
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((HERE / "gold").glob("*.json"))]
    babble = {"rule": "y", "where": {"appendix": 9, "row": "9.9.9"}, "message": "nên kiểm tra lại số 77", "found": "77"}
    all_said, none_said, half_said = [], [], []
    for gold in golds:
        for form in gold["formats"]:
            held = [error for error in gold["errors"] if form in error["formats"]]
            for manner in range(4):
                said = [_said(error, manner + number) for number, error in enumerate(held)]
                all_said.append(judge(gold, form, "planted", [babble, *said, said[0]]))
                half_said.append((held[::2], judge(gold, form, "planted", said[::2])))
            none_said.append(judge(gold, form, "planted", [babble] * 20))
            none_said.append(judge(gold, form, "clean", [babble]))
    counted = figures(all_said)
    sys.stdout.write(f"all said: {counted['found']} of {counted['planted']} {counted['by_tier']}\n")
    for one in all_said:
        sys.stdout.writelines(f"  missed {one.file} {error}\n" for error in one.missed)
    wrong = sum(set(one.found) != {error["id"] for error in held} for held, one in half_said)
    sys.stdout.write(f"every second said: {wrong} of {len(half_said)} files where others are found than were said\n")
    counted = figures(none_said)
    sys.stdout.write(f"babbled: {counted['found']} of {counted['planted']}, false alarms {counted['false_alarms']}\n")


if __name__ == "__main__":
    main()
