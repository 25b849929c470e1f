"""``motcua measures check|history|recount``: are the kept cells right, and the same numbers by other engines."""

import argparse
import sys
from datetime import date
from pathlib import Path

from motcua.base.command import FINDINGS, FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.indicators import recount
from motcua.indicators.actions.keeping import compare, set_up
from motcua.indicators.history import write_history
from motcua.indicators.kept.declared import Kept, kept_models


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--repair`` and ``--json``."""
    parser.add_argument("--repair", action="store_true", help="đếm lại từ đầu mọi ô nếu có ô sai")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def check(options: argparse.Namespace) -> int:
    """Compare kept cells with the rows; exit 1 where any differs."""
    found = compare()
    if options.json:
        print_json({"cells": found.cells, "different": found.different, "differences": found.differences})
    else:
        for each in found.differences:
            say("{unit} {month} {measure} ({detail}): ô giữ {kept}, đếm lại {counted}".format(**each))
        say(f"{found.cells} ô, {found.different} chỗ sai khác.")
    if found.differences and options.repair:
        set_up(again=True)
        say("Đã đếm lại mọi ô.")
        return FINE
    return FINDINGS if found.differences else FINE


def history_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder."""
    parser.add_argument("--to", metavar="FOLDER", required=True, type=Path, help="thư mục nhận các tệp Parquet")


def history(options: argparse.Namespace) -> int:
    """Write the history of every kept model."""
    for each in kept_models().values():
        for name, rows in write_history(each, options.to).items():
            say(f"{name}: {rows} dòng")
    return FINE


def recount_arguments(parser: argparse.ArgumentParser) -> None:
    """Add engine, history, days and ``--json``."""
    parser.add_argument("--engine", choices=recount.ENGINES, default=recount.POSTGRESQL, help="máy đếm")
    parser.add_argument("--history", metavar="FOLDER", type=Path, help="thư mục lịch sử Parquet (duckdb, spark)")
    parser.add_argument("--master", default="local[2]", help="địa chỉ Spark master")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="ngày đầu (2026-01-01)")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, help="ngày cuối (2026-12-31)")
    parser.add_argument("--json", action="store_true", help="in từng đơn vị và tháng dạng JSON")


def recounted(options: argparse.Namespace, each: Kept) -> recount.Rows:
    """Run the recount of one model as the options ask."""
    with recount.opened_table(options.engine, each, options.history, master=options.master) as table:
        return recount.counted(recount.expression(table, each, each.counts, options.first, options.last))


def run_recount(options: argparse.Namespace) -> int:
    """Print sums and the hash of the rows, equal on every engine."""
    if options.last < options.first:
        raise Refused("Ngày cuối đứng trước ngày đầu.")
    for each in kept_models().values():
        rows = recounted(options, each)
        codes = [count.code for count in each.counts]
        totals = {code: sum(row[2][position] for row in rows) for position, code in enumerate(codes)}
        if options.json:
            cells = [
                {"unit_id": unit, "month": f"{month:%Y-%m}", **dict(zip(codes, numbers, strict=True))}
                for unit, month, numbers in rows
            ]
            print_json({"engine": options.engine, "hash": recount.hash_of(rows), "totals": totals, "cells": cells})
        else:
            sys.stdout.write("".join(f"{code}: {total}\n" for code, total in totals.items()))
            sys.stdout.write(f"{len(rows)} ô đơn vị x tháng, mã băm {recount.hash_of(rows)}\n")
    return FINE


MEASURE_COMMANDS = [
    Command("measures check", "Đối chiếu số giữ với số đếm lại", check, check_arguments, needs_database=True),
    Command("measures history", "Viết lịch sử Parquet cho phân tích", history, history_arguments, needs_database=True),
    Command(
        "measures recount",
        "Đếm lại mọi số đo bằng một máy đếm",
        run_recount,
        recount_arguments,
        needs_database=True,
    ),
]
