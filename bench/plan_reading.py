"""How well plans are read: documents with hand-made answers, how sure the reading is, and what a reading costs.

Samples: the five real documents of ``../shared`` beside the checkout, and the 42 decisions, which hold no tasks (every
task read there is an invented one); both were in view while the rules were written. ``plan_documents/dev`` was learned
from, and so were ``heldout`` and ``second``, each after it had been judged once; ``third``, by yet another hand, is
judged only. Of ``fourth`` the names with ``a_`` may be learned from, those with ``z_`` are held out. The README keeps
the figures of every first judging. Calibration: of the rows at or above the auto-accept line, how many are right in
every field that their format is asked for; a row that should not be there is wrong.
"""

import csv
import json
import statistics
import time
from argparse import Namespace
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from plan_documents.judge import judge

from motcua.base.refusal import Refused
from motcua.plans.rules.confidence import AUTO_ACCEPT
from motcua.plans.rules.reader import read_plan
from motcua.plans.tests.gold import FIELDS, SEEDS, differences, gold, seed_path, shared

TIMES = 5
SETS = ("dev", "heldout", "second", "third", "fourth/a_", "fourth/z_")  # folder, or folder/start of the names
HELD_OUT = "z_"  # of these only figures are kept: what was missed in them is nobody's to see
DOCUMENTS = Path(__file__).parent / "plan_documents"
STEPS = (0.0, 0.5, 0.7, 0.8, AUTO_ACCEPT, 0.95, 0.98, 1.01)


def run(_options: Namespace) -> dict[str, Any]:
    """Return figures per sample, per set and over all, and ``summary`` lines."""
    folder = shared()
    samples = {seed: _sample(seed) for seed in SEEDS} if folder is not None else {}
    decisions = _decisions(folder / "data" / "decisions") if folder is not None else {"documents": 0}
    sets = {name: _judged(*_part(name)) for name in SETS if _part(name)[0].is_dir()}
    rows = sum(sample["rows"] for sample in samples.values())
    unequal = sum(len(one["unequal"]) + len(FIELDS) * len(one["missed"]) for one in samples.values())
    equal_share = 1 - unequal / (rows * len(FIELDS)) if rows else None
    return {
        "samples": samples,
        "decisions": decisions,
        "sets": sets,
        "auto_accept": AUTO_ACCEPT,
        "rows": rows,
        "missed": sum(len(sample["missed"]) for sample in samples.values()),
        "invented": sum(len(sample["invented"]) for sample in samples.values()),
        "fields": rows * len(FIELDS),
        "fields_equal_share": round(equal_share, 5) if equal_share is not None else None,
        "summary": [*_summary(samples, decisions, equal_share), *_set_summary(sets)],
    }


def _part(name: str) -> tuple[Path, str]:
    """Return the folder of a set, and how the names of the asked ones begin ("" = all)."""
    folder, _, start = name.partition("/")
    return DOCUMENTS / folder, start


def _judged(folder: Path, start: str = "") -> dict[str, Any]:
    """Return the figures of a set of documents: per format, per field, and of the rows by their confidence."""
    by_form: dict[str, Counter[str]] = defaultdict(Counter)
    by_field: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows: list[tuple[float, bool]] = []
    notes: list[str] = []
    for answer in sorted(folder.glob(f"{start}*.gold.json")):
        expected = json.loads(answer.read_text("utf-8"))
        name = answer.name.removesuffix(".gold.json")
        for form in expected["formats"]:
            counts = by_form[form]
            counts["documents"] += 1
            start = time.process_time()
            try:
                read = _as_judged(read_plan(folder / f"{name}.{'scan.pdf' if form == 'scan' else form}").as_json())
            except Refused as refusal:
                notes.append(f"{name}.{form}: {refusal.message}")
                counts["rows"] += len(expected["tasks"])
                counts["missed"] += len(expected["tasks"])
                continue
            counts["milliseconds"] += round(1000 * (time.process_time() - start))
            result = judge(expected, read, form)
            _count(result, counts, by_field)
            rows += _sureness(result, read)
            notes += [
                f"{name}.{form}: {field}: {text[:40]} | {want} | {got}" for text, field, want, got in result["wrong"]
            ]
            notes += [f"{name}.{form}: thiếu: {text[:60]}" for text in result["missed"]]
            notes += [f"{name}.{form}: thừa: {text[:60]}" for text in result["invented"]]
    return {
        "forms": {form: dict(counts) for form, counts in by_form.items()},
        "fields": dict(by_field),
        "calibration": _calibration(rows),
        "notes": [] if start == HELD_OUT else notes,
    }


def _as_judged(read: dict[str, Any]) -> dict[str, Any]:
    """Return a reading in the words of the answers: no deadline is "unspecified" there, null here."""
    for task in read["tasks"]:
        task["deadline"] = task["deadline"] or {"kind": "unspecified"}
    return read


def _count(result: dict[str, Any], counts: Counter[str], by_field: dict[str, list[int]]) -> None:
    counts["rows"] += result["rows"]
    counts["paired"] += len(result["pairs"])
    counts["missed"] += len(result["missed"])
    counts["invented"] += len(result["invented"])
    counts["whole"] += sum(right for _, _, right in result["pairs"])
    for field, (equal, asked) in result["fields"].items():
        by_field[field][0] += equal
        by_field[field][1] += asked
        counts["fields_equal"] += equal
        counts["fields_asked"] += asked
    for field, equal in result["document"].items():
        by_field[f"document.{field}"][0] += equal
        by_field[f"document.{field}"][1] += 1
    for name in ("body_tasks", "targets", "missing_rows", "legal_bases"):
        if name in result:
            for key in ("wanted", "found", "invented"):
                counts[f"{name}_{key}"] += result[name][key]


def _sureness(result: dict[str, Any], read: dict[str, Any]) -> list[tuple[float, bool]]:
    """Return (confidence, right) of every row that was read; one without a partner is wrong, optional ones are left."""
    right = {theirs: whole for _, theirs, whole in result["pairs"]}
    invented = list(result["invented"])
    found = []
    for at, task in enumerate(read["tasks"]):
        if at in right:
            found.append((task["confidence"], right[at]))
        elif task["text"] in invented:
            found.append((task["confidence"], False))
    return found


def _calibration(rows: list[tuple[float, bool]]) -> dict[str, Any]:
    """Return how many rows lie in each band of confidence and how many of them are right; and above the line."""
    bands = []
    for low, high in zip(STEPS, STEPS[1:], strict=False):
        inside = [right for sure, right in rows if low <= sure < high]
        bands.append({"from": low, "rows": len(inside), "right": sum(inside)})
    above = [right for sure, right in rows if sure >= AUTO_ACCEPT]
    return {
        "bands": bands,
        "accepted": len(above),
        "accepted_right": sum(above),
        "accepted_share": round(len(above) / len(rows), 4) if rows else None,
        "right_share": round(sum(above) / len(above), 5) if above else None,
    }


def _set_summary(sets: dict[str, Any]) -> list[str]:
    lines = []
    for name, figures in sets.items():
        for form, counts in figures["forms"].items():
            counts = Counter(counts)
            lists = ", ".join(
                f"{shown} {counts[f'{key}_found']}/{counts[f'{key}_wanted']} (thừa {counts[f'{key}_invented']})"
                for key, shown in (("body_tasks", "việc trong lời văn"), ("targets", "chỉ tiêu"))
            )
            share = counts["fields_equal"] / counts["fields_asked"] if counts["fields_asked"] else 1.0
            lines.append(
                f"{name} {form}: {counts['documents']} tệp, {counts['paired']}/{counts['rows']} dòng, "
                f"thừa {counts['invented']}; trường bằng {share:.2%}; dòng đúng cả {counts['whole']}; {lists}"
            )
        fields = [
            f"{field} {equal}/{asked}" for field, (equal, asked) in sorted(figures["fields"].items()) if equal < asked
        ]
        lines.append(f"{name} trường chưa đủ: {'; '.join(fields) or 'không có'}")
        sure = figures["calibration"]
        lines.append(
            f"{name} tự nhận từ {AUTO_ACCEPT}: {sure['accepted_right']}/{sure['accepted']} dòng đúng "
            f"({sure['accepted_share']:.0%} số dòng)"
            if sure["accepted"]
            else f"{name}: không dòng nào tự nhận"
        )
        for band in sure["bands"]:
            lines.append(f"    tin cậy từ {band['from']}: {band['right']}/{band['rows']} đúng")
    return lines


def _sample(seed: str) -> dict[str, Any]:
    expected, cost = gold(seed), []
    for _ in range(TIMES):
        start = time.process_time()
        plan = read_plan(seed_path(seed))
        cost.append(time.process_time() - start)
    read = plan.as_json()
    wanted, found = [task["id"] for task in expected["tasks"]], [task["id"] for task in read["tasks"]]
    unequal = differences(seed, expected, read)
    by_field = Counter(name for _, name in unequal)
    common = len(set(wanted) & set(found))
    return {
        "rows": len(wanted),
        "found": common,
        "missed": [one for one in wanted if one not in found],
        "invented": [one for one in found if one not in wanted],
        "field_equal": {name: common - by_field[name] for name in FIELDS},
        "unequal": [f"{task}.{name}" for task, name in unequal],
        "targets": _targets(expected["targets"], read["targets"]),
        "body_tasks": _found(expected["body_tasks"], read["body_tasks"]),
        "missing_rows": {"stated": len(expected["missing_rows"]), "reported": len(read["missing_rows"])},
        "confidence": _confidence(expected, read),
        "cpu_seconds": round(statistics.median(cost), 4),
    }


def _targets(expected: list[dict[str, Any]], read: list[dict[str, Any]]) -> dict[str, int]:
    def keys(targets: list[dict[str, Any]], *names: str) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(target[name] for name in names) for target in targets)

    value, sign = ("task_id", "value"), ("task_id", "value", "comparator")
    return {
        "stated": len(expected),
        "read": len(read),
        "value_equal": (keys(expected, *value) & keys(read, *value)).total(),
        "comparator_equal": (keys(expected, *sign) & keys(read, *sign)).total(),
    }


def _found(expected: list[dict[str, Any]], read: list[dict[str, Any]]) -> dict[str, int]:
    wanted, found = {one["id"] for one in expected}, {one["id"] for one in read}
    return {"stated": len(wanted), "found": len(wanted & found), "invented": len(found - wanted)}


def _confidence(expected: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """Return the lowest confidence of a whole row and the highest of a damaged one."""
    damaged = {task["id"] for task in expected["tasks"] if task["damaged"]}
    sure = {task["id"]: task["confidence"] for task in read["tasks"]}
    return {
        "lowest_whole": min((one for task, one in sure.items() if task not in damaged), default=None),
        "highest_damaged": max((one for task, one in sure.items() if task in damaged), default=None),
    }


def _decisions(folder: Path) -> dict[str, Any]:
    """Return figures over decisions that announce procedures: metadata against their index, tasks invented."""
    if not (folder / "index.csv").is_file():
        return {"documents": 0}
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    numbers = dates = invented = 0
    start = time.process_time()
    for entry in index:
        plan = read_plan(folder / entry["file"])
        numbers += plan.document.number == entry["number"]
        dates += plan.document.date == entry["date"]
        invented += len(plan.tasks)
    return {
        "documents": len(index),
        "number_equal": numbers,
        "date_equal": dates,
        "tasks_invented": invented,
        "cpu_seconds": round(time.process_time() - start, 3),
    }


def _summary(samples: dict[str, Any], decisions: dict[str, Any], equal_share: float | None) -> list[str]:
    lines = []
    for seed, sample in samples.items():
        targets = sample["targets"]
        lines.append(
            f"{seed}: {sample['found']}/{sample['rows']} dòng, thiếu {len(sample['missed'])}, "
            f"thừa {len(sample['invented'])}; trường khác {len(sample['unequal'])}; chỉ tiêu đúng trị số "
            f"{targets['value_equal']}/{targets['stated']} (đọc {targets['read']}, đúng cả dấu "
            f"{targets['comparator_equal']}); CPU {sample['cpu_seconds']:.3f} giây"
        )
        lines += [f"    khác: {one}" for one in sample["unequal"]]
    if equal_share is not None:
        lines.append(f"Trường bằng nhau: {equal_share:.2%}")
    else:
        lines.append("Năm văn bản mẫu: không đo, không thấy ../shared/gold bên cạnh mã nguồn.")
    if decisions["documents"]:
        lines.append(
            f"{decisions['documents']} quyết định công bố thủ tục: đúng số {decisions['number_equal']}, "
            f"đúng ngày {decisions['date_equal']}, nhiệm vụ bịa {decisions['tasks_invented']}"
        )
    return lines
