"""How well plans are read: the sample documents against hand-made answers, and what a reading costs.

The answers lie in ``../shared/gold`` beside the checkout. Rows: found, missed, invented. Fields: equal after white
space. Targets count as equal when task, value and comparator are. CPU is the median of five readings of one file in
this process. Both the samples and the 42 decisions (which hold no tasks: every task read there is an invented one) were
in view while the rules were written and corrected, so these figures tell what holds on them, not on unseen documents.
"""

import csv
import statistics
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import Any

from motcua.base.refusal import Refused
from motcua.plans.rules.reader import read_plan
from motcua.plans.tests.gold import FIELDS, SEEDS, differences, gold, seed_path, shared

TIMES = 5


def run(_options: Namespace) -> dict[str, Any]:
    """Return figures per sample and over all, and ``summary`` lines. Raise Refused if the answers are not there."""
    folder = shared()
    if folder is None:
        raise Refused("bench plan_reading: không thấy ../shared/gold bên cạnh mã nguồn.")
    samples = {seed: _sample(seed) for seed in SEEDS}
    decisions = _decisions(folder / "data" / "decisions")
    rows = sum(sample["rows"] for sample in samples.values())
    unequal = sum(len(one["unequal"]) + len(FIELDS) * len(one["missed"]) for one in samples.values())
    equal_share = 1 - unequal / (rows * len(FIELDS))
    return {
        "samples": samples,
        "decisions": decisions,
        "rows": rows,
        "missed": sum(len(sample["missed"]) for sample in samples.values()),
        "invented": sum(len(sample["invented"]) for sample in samples.values()),
        "fields": rows * len(FIELDS),
        "fields_equal_share": round(equal_share, 5),
        "summary": _summary(samples, decisions, equal_share),
    }


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


def _summary(samples: dict[str, Any], decisions: dict[str, Any], equal_share: float) -> list[str]:
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
    lines.append(f"Trường bằng nhau: {equal_share:.2%}")
    if decisions["documents"]:
        lines.append(
            f"{decisions['documents']} quyết định công bố thủ tục: đúng số {decisions['number_equal']}, "
            f"đúng ngày {decisions['date_equal']}, nhiệm vụ bịa {decisions['tasks_invented']}"
        )
    return lines
