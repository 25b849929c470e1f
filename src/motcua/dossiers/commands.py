"""Commands of dossiers."""

import argparse
import sys
from time import perf_counter, process_time

from django.utils.translation import gettext, override

from motcua.base.clock import today
from motcua.base.command import FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.dossiers.actions.simulating import simulate
from motcua.dossiers.life_page import life_page

MOST = 5_000_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, default=20_000, help="số hồ sơ")
    parser.add_argument("--year", type=int, default=None, help="năm nộp (mặc định: năm nay, đến hiện tại)")
    parser.add_argument("--seed", type=int, default=766, help="cùng số này cho cùng kết quả")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def simulate_year(options: argparse.Namespace) -> int:
    """Write a realistic year of dossiers and say how fast that was."""
    if not 0 < options.dossiers <= MOST:
        raise Refused(gettext("Số hồ sơ phải từ 1 đến %(most)s.") % {"most": MOST}, field="dossiers")

    def progress(what: str, done: int, total: int) -> None:
        say(f"{what}: {done}/{total}")

    wall, cpu = perf_counter(), process_time()
    written = simulate(
        dossiers=options.dossiers, year=options.year or today().year, seed=options.seed, progress=progress
    )
    wall, cpu = perf_counter() - wall, process_time() - cpu
    if options.json:
        print_json(
            {
                "dossiers": written,
                "seconds": round(wall, 2),
                "cpu_seconds": round(cpu, 2),
                "dossiers_per_second": round(written / wall, 1),
            }
        )
    else:
        say(
            gettext("%(count)s hồ sơ trong %(seconds).1f giây (%(rate).0f hồ sơ/giây).")
            % {"count": written, "seconds": wall, "rate": written / wall}
        )
    return FINE


def print_life(_options: argparse.Namespace) -> int:
    """Print the page of states, actions and roles (docs/dossier-life.md)."""
    with override("vi"):
        sys.stdout.write(life_page())
    return FINE


COMMANDS = [
    Command("dossier life", "In bảng trạng thái, hành động và người được làm của hồ sơ", print_life),
    Command("simulate", "Tạo một năm hồ sơ giống thật", simulate_year, _arguments, needs_database=True),
]
