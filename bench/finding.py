"""What people ask of the catalogue: how often the right procedure comes first, beside the text search of PostgreSQL.

The questions stand in ``bench/questions`` with every procedure that a person would accept; its README says which part
may be looked at. PostgreSQL searches the same folded words in the same parts (the name weighs most), once asking for
every word of the question and once for any of them. CPU is that of this process alone, where the house's search runs.
"""

import csv
import gzip
import json
import statistics
import time
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

from motcua.base.text import fold, squash
from motcua.procedures.actions.catalogue import NATIONAL_CATALOGUE
from motcua.procedures.queries import PAPER_SEARCHED
from motcua.procedures.rules.cells import LEVELS
from motcua.procedures.rules.search import CatalogueIndex, Entry

NEEDS_DATABASE = True
QUESTIONS = Path(__file__).parent / "questions"
SETS = "questions", "second", "third", "fourth"
NOTHING = "nothing"  # what no procedure answers
LARGE, ROUNDS, FIRST, LOOKED_AT = 12_000, 3, 5, 10
Answer = Callable[[str], Sequence[str]]


def run(options: Namespace | Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return recall@1, recall@5 and MRR of every part of every set, how often nothing is found where nothing should be
    and where something should, and CPU; ``summary`` is lines."""
    entries, texts = _catalogue()
    index = CatalogueIndex(entries, texts)
    _fill_table(entries, texts)
    answers: dict[str, Answer] = {
        "search": lambda question: [hit.entry.code for hit in index.search(question)[:LOOKED_AT]],
        "postgresql_any_word": lambda question: _postgresql(question, " | "),
        "postgresql_all_words": lambda question: _postgresql(question, " & "),
    }
    parts = {(name, part): asked for name in SETS for part, asked in _parts(name).items()}
    figures: dict[str, Any] = {
        f"{name}_{part}": {"questions": len(asked), **{how: _quality(answer, asked) for how, answer in answers.items()}}
        for (name, part), asked in parts.items()
    }
    for part, asked in _parts(NOTHING).items():
        shares = {how: {"nothing_found": _share_of_nothing(answer, asked)} for how, answer in answers.items()}
        figures[f"{NOTHING}_{part}"] = {"questions": len(asked), **shares}
    everything = [question for asked in parts.values() for question, _codes in asked]
    figures["p95_cpu_ms"] = _p95(index, everything)
    figures["p95_cpu_ms_at_12000"] = _p95(_many(entries, texts), everything)
    figures["met"] = figures["p95_cpu_ms_at_12000"] < 20
    figures["summary"] = _summary(figures)
    return figures


def _catalogue() -> tuple[list[Entry], list[str]]:
    with gzip.open(NATIONAL_CATALOGUE, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    entries = [
        Entry(
            number, row["code"], squash(row["name"]), row["field"], tuple(LEVELS[level] for level in row["levels"]),
            row["issuing_agency"], tuple(row["executing_agencies"]), "unknown", False,
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    return entries, [_text(row) for row in rows]


def _text(row: Mapping[str, Any]) -> str:
    """Return what is searched besides the name, as ``queries`` reads it from the database."""
    papers = [(paper["name"] or "")[:PAPER_SEARCHED] for paper in row["components"]]
    return ". ".join([*row["subjects"], *(result["name"] for result in row["results"]), *papers])


def _many(entries: Sequence[Entry], texts: Sequence[str]) -> CatalogueIndex:
    """Return the index of a large catalogue: the real one again and again, each copy told apart by its ending."""
    places = [number % len(entries) for number in range(LARGE)]
    copies = [
        replace(entries[place], code=f"{number:08}", name=f"{entries[place].name} {number // len(entries)}")
        for number, place in enumerate(places)
    ]
    return CatalogueIndex(copies, [texts[place] for place in places])


def _parts(name: str) -> dict[str, list[tuple[str, set[str]]]]:
    """Return a set's questions with the codes that answer them, the part to learn from apart from the held-out one."""
    with (QUESTIONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["question"], set(row.get("codes", "").split())) for row in csv.DictReader(file)]
    return {
        "dev": [row for row in rows if not _is_held_out(row[0])],
        "heldout": [row for row in rows if _is_held_out(row[0])],
    }


def _is_held_out(question: str) -> bool:
    return int(sha256(question.encode()).hexdigest()[:8], 16) % 5 >= 3


def _quality(answer: Answer, asked: Sequence[tuple[str, set[str]]]) -> dict[str, float]:
    ranks, unanswered = [], 0
    for question, codes in asked:
        found = answer(question)[:LOOKED_AT]
        unanswered += not found
        ranks.append(next((place for place, code in enumerate(found, start=1) if code in codes), 0))
    number = len(ranks) or 1
    return {
        "recall_at_1": round(sum(rank == 1 for rank in ranks) / number, 3),
        "recall_at_5": round(sum(0 < rank <= FIRST for rank in ranks) / number, 3),
        "mrr": round(sum(1 / rank for rank in ranks if rank) / number, 3),
        "left_unanswered": round(unanswered / number, 3),
    }


def _share_of_nothing(answer: Answer, asked: Sequence[tuple[str, set[str]]]) -> float:
    """Return the share of questions to which nothing is shown, which is right where no procedure answers."""
    return round(sum(not answer(question) for question, _codes in asked) / (len(asked) or 1), 3)


def _fill_table(entries: Sequence[Entry], texts: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_text (code text, words tsvector)")
        cursor.executemany(
            "INSERT INTO bench_text VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
            " || setweight(to_tsvector('simple', %s), 'C'))",
            [
                (entry.code, fold(entry.name), fold(f"{entry.field} {entry.issuing_agency} {text}"))
                for entry, text in zip(entries, texts, strict=True)
            ],
        )
        cursor.execute("CREATE INDEX ON bench_text USING gin (words)")
        cursor.execute("ANALYZE bench_text")


def _postgresql(question: str, operator: str) -> list[str]:
    # The lexemes of the question as PostgreSQL cuts them, joined by the operator.
    statement = """
        WITH asked AS (
            SELECT string_agg(quote_literal(lexeme), %s)::tsquery AS query
            FROM unnest(to_tsvector('simple', %s))
        )
        SELECT code FROM bench_text, asked WHERE words @@ query ORDER BY ts_rank(words, query, 1) DESC, code LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [operator, fold(question), LOOKED_AT])
        return [code for (code,) in cursor.fetchall()]


def _p95(index: CatalogueIndex, questions: Sequence[str]) -> float:
    """Return the CPU milliseconds under which 95 of 100 questions stay; each counts with its median of three."""
    costs = []
    for question in questions:
        rounds = []
        for _round in range(ROUNDS):
            started = time.process_time()
            index.search(question)
            rounds.append(time.process_time() - started)
        costs.append(statistics.median(rounds))
    return round(sorted(costs)[int(0.95 * len(costs))] * 1000, 2)


def _summary(figures: Mapping[str, Any]) -> list[str]:
    lines = []
    for part, measured in figures.items():
        if part.startswith(NOTHING):
            shares = [f"{how} {found['nothing_found']:.1%}" for how, found in measured.items() if how != "questions"]
            said = f"{part}: {measured['questions']} câu không thủ tục nào trả lời, không đưa gì ra"
            lines.append(f"{said}: {', '.join(shares)}")
        elif isinstance(measured, dict):
            lines.append(f"{part}: {measured['questions']} câu hỏi (đúng ở dòng 1, trong 5 dòng đầu, MRR)")
            lines += [
                f"  {how:<20} {found['recall_at_1']:6.1%} {found['recall_at_5']:6.1%} {found['mrr']:.3f}"
                for how, found in measured.items()
                if isinstance(found, dict)
            ]
    return [*lines, f"p95 {figures['p95_cpu_ms']} ms CPU; 12.000 thủ tục: {figures['p95_cpu_ms_at_12000']} ms"]
