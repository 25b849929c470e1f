"""Write files/ and gold/ from sources/*.report: ``python bench/reports_blind/make.py [--set FOLDER] [NAME …]``."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from reports_blind.markup import Report, Spot, read  # noqa: E402
from reports_blind.to_files import write_docx, write_html, write_text, write_workbook  # noqa: E402
from reports_blind.to_typst import write_typst  # noqa: E402

LONGEST_SECONDS = 300
WRITERS = {"docx": write_docx, "html": write_html, "txt": write_text, "xlsx": write_workbook, "typst": write_typst}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=HERE, dest="folder", help="folder that holds sources/")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    home = options.folder.resolve()
    sources = [
        one for one in sorted((home / "sources").glob("*.report")) if not options.names or one.stem in options.names
    ]
    (home / "files").mkdir(exist_ok=True)
    (home / "gold").mkdir(exist_ok=True)
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        printed: list[Path] = []
        for source in sources:
            for planted in (False, True):
                report = read(source, planted=planted)
                printed += _write(report, "planted" if planted else "clean", home / "files", Path(folder))
            gold = answer(report)
            (home / "gold" / f"{source.stem}.json").write_text(
                json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8"
            )
            kinds.update(one["kind"] for one in gold["errors"])
            sys.stdout.write(f"{source.stem:34} {len(gold['errors']):3}  {' '.join(gold['formats'])}\n")
        if printed:
            _print(printed, home / "files")
    sys.stdout.write(
        f"{sum(kinds.values())} errors\n" + "".join(f"  {many:3} {kind}\n" for kind, many in kinds.most_common())
    )


def _write(report: Report, variant: str, files: Path, folder: Path) -> list[Path]:
    """Write one variant in its formats; return the Word files that are still to be printed as PDF."""
    printed = []
    for form in report.head["formats"].split():
        name = f"{report.name}.{variant}"
        if form == "pdf":
            write_docx(report, folder / f"{name}.docx")
            printed.append(folder / f"{name}.docx")
        else:
            WRITERS[form](report, files / f"{name}.{'pdf' if form == 'typst' else form}")
    return printed


def _print(documents: list[Path], files: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
        ]
        subprocess.run(
            [*command, str(files), *map(str, documents)],
            check=True,
            capture_output=True,
            timeout=LONGEST_SECONDS,
        )


def answer(report: Report) -> dict[str, Any]:
    """Return the gold answer of a report read with its errors planted."""
    formats = ["pdf" if form == "typst" else form for form in report.head["formats"].split()]
    errors = []
    codes = Counter(row[0] for block in report.blocks for row in block.rows[block.header :])
    for name, listed in report.errors.items():
        mine = [spot for spot in report.spots if spot.error == name]
        spots = [_spot(spot, codes) for spot in mine if not spot.counterpart]
        others = [_spot(spot, codes) for spot in mine if spot.counterpart]
        held = [form for form in formats if form != "xlsx" or _in_tables(mine)]
        errors.append({"id": name, **listed, "spots": spots, "counterparts": others, "formats": held})
    return {"name": report.name, "manner": report.head["manner"], "formats": formats, "errors": errors}


def _in_tables(spots: list[Spot]) -> bool:
    """Say whether a workbook shows it: the error and something that proves it stand in tables, annexes or the title."""
    stands = [spot for spot in spots if "table" in spot.place or spot.place["part"] in ("annex", "title")]
    proofs = [spot for spot in spots if spot.counterpart]
    errors = [spot for spot in stands if not spot.counterpart and spot.place.get("part") != "title"]
    return bool(errors) and (not proofs or any(spot in stands for spot in proofs))


def _spot(spot: Spot, codes: Counter[str]) -> dict[str, Any]:
    place = {key: value for key, value in spot.place.items() if value not in ("", None)}
    if "table" in place:
        place["one_row"] = (
            bool(place.get("row")) and codes[place["row"]] == 1
        )  # no other row of the report has its code
    return {"words": spot.planted, "clean": spot.clean, "place": place}


if __name__ == "__main__":
    main()
