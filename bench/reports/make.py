"""Write right and spoiled reports into a folder: ``python bench/reports/make.py FOLDER [--seeds N]``."""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "src")]

from reports.families import FAMILIES, make  # noqa: E402
from reports.judge import spoiled  # noqa: E402
from reports.plants import PLANTS  # noqa: E402
from reports.writers import FORMATS, write  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(options.seeds):
        for family in FAMILIES:
            for kind in FORMATS:
                (options.folder / f"{family}-{seed}.{kind}").write_bytes(write(make(family, seed), kind))
        for number, plant in enumerate(PLANTS):
            family = FAMILIES[number % len(FAMILIES)] if plant.family == "*" else plant.family
            report = spoiled(plant, family, seed)
            if report is not None:
                kind = FORMATS[number % len(FORMATS)]
                name = f"{family}-{seed}-{plant.name.replace(' ', '-')}.{kind}"
                (options.folder / name).write_bytes(write(report, kind))


if __name__ == "__main__":
    main()
