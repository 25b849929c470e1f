"""``motcua index score FILE``: a unit's components of Decision 766 as points. Needs no database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from motcua.base.command import BAD_INPUT, FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.indicators.rules.component_file import components_of
from motcua.indicators.rules.service_index import IndexScore, score

VERSIONS = Path(__file__).parent / "data"
NEWEST = "766-2026"


def index_version(code: str = NEWEST) -> dict[str, Any]:
    """Return a version of the index as data."""
    version: dict[str, Any] = json.loads((VERSIONS / f"index-{code}.json").read_text(encoding="utf-8"))
    return version


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and ``--json``."""
    parser.add_argument("file", metavar="FILE", help="tệp JSON với các thành phần chỉ số của một đơn vị")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the points; exit 0, or 2 for a file that holds no components."""
    version = index_version()
    try:
        content = Path(options.file).read_bytes()
        told = components_of(
            content, {row["code"] for row in version["rows"]}, {group["code"] for group in version["groups"]}
        )
    except (OSError, ValueError):
        say(f"Không mở được tệp {options.file}.")
        return BAD_INPUT
    except Refused as refusal:
        say(refusal.message)
        return BAD_INPUT
    found = score(
        version,
        told.counts,
        told.payment,
        level=told.level,
        published_rows=told.published_rows,
        published_groups=told.published_groups,
    )
    for code in told.unknown:
        say(f"Chỉ số {code} không có trong phiên bản {version['code']}, được bỏ qua.")
    if options.json:
        print_json({"version": version["code"], **found.as_json()})
    else:
        sys.stdout.write("\n".join(_listing(found, version)) + "\n")
    return FINE


def _listing(found: IndexScore, version: dict[str, Any]) -> list[str]:
    lines = []
    for group in version["groups"]:
        points = found.groups[group["code"]]
        taken = "  (theo số đã công bố)" if group["code"] in found.taken else ""
        lines.append(f"{group['name']}: {_shown(points)} / {group['max']}{taken}")
        for row in (row for row in found.rows if row.group == group["code"]):
            extra = "" if row.is_verified else "  (công thức chưa kiểm chứng)"
            if row.points is None and row.at_least is not None:
                extra += f"  (phần biết được: {_shown(row.at_least)})"
            lines.append(f"  {row.row:>2}. {row.name}: {_shown(row.points)} / {row.max}{extra}")
    lines.append(f"Tổng: {_shown(found.total)} / 100" + (f"  {found.band}" if found.band else ""))
    return lines


def _shown(points: Any) -> str:
    return "chưa tính được" if points is None else f"{points:.2f}".replace(".", ",")


INDEX_SCORE = Command("index score", "Chấm điểm chỉ số phục vụ (Quyết định 766)", run, arguments)
