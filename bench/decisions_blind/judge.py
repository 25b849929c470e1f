"""Judge ``./motcua decision read FILE --json`` by the decisions of a set: ``--help``. The rules: README.md."""

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LONGEST_SECONDS = 120
CODE = re.compile(r"\d\.\d{6}")
TITLE_ALIKE = 0.95  # share of letters in order; a title is long, and a reader may end it a word late
KINDS = {
    "announce_modified": "announce_amended",
    "internal": "internal_procedure",
    "internal_procedures": "internal_procedure",
    "authorisation": "delegation",
    "authorization": "delegation",
    "simplification_plan": "simplification",
    "process_approval": "workflow",
    "non_territorial_list": "non_territorial",
}
IGNORED_KINDS = {"regulation", "other", "linked", "announce"}  # ours has no opinion on these
HEAD = ("number", "date", "issuer", "title", "kinds", "valid_from")
Row = dict[str, Any]


@dataclass
class Judged:
    """What came of one file. A pair is a row right in code and name, a code is a row right in code only or more."""

    file: str
    form: str
    asked: int = 0
    read: int = 0
    pairs: int = 0
    asked_codes: int = 0
    read_codes: int = 0
    codes: int = 0
    changes: int = 0  # of rows found, by code or by name
    found: int = 0
    head: dict[str, bool] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)  # name, change or letterhead read otherwise
    silent: bool = False  # rows without code or name stand there, and no warning was given
    failed: str = ""


def judge(gold: dict[str, Any], form: str, answer: dict[str, Any]) -> Judged:
    """Judge the answer for one file."""
    result = Judged(f"{gold['name']}.{form}", form)
    rows = [row for row in answer.get("procedures") or [] if row]
    _judge_rows(gold["procedures"], rows, result)
    _judge_head(gold, answer, result)
    result.silent = bool(gold["unnamed"]) and not answer.get("warnings")
    return result


def _judge_rows(golds: list[Row], rows: list[Row], result: Judged) -> None:
    """Match each row of the answer with one of the gold at most; a row of the gold read twice is once invented."""
    pairs = _match(golds, rows)
    matched_golds = {gold for gold, _ in pairs}
    asked = [number for number, gold in enumerate(golds) if not gold.get("optional")]
    left_out = {row for gold, row in pairs if golds[gold].get("optional")}
    counted = [number for number in range(len(rows)) if number not in left_out]
    result.asked, result.read = len(asked), len(counted)
    result.asked_codes = sum(golds[number]["code"] is not None for number in asked)
    result.read_codes = sum(code_of(rows[number]) is not None for number in counted)
    for number, place in pairs:
        if place in left_out:
            continue
        _judge_pair(golds[number], rows[place], result)
    result.missed += [_said(golds[number]) for number in asked if number not in matched_golds]
    matched_rows = {row for _, row in pairs}
    result.invented += [_said(rows[number]) for number in counted if number not in matched_rows]


def _judge_pair(gold: Row, row: Row, result: Judged) -> None:
    same_code, same_name = gold["code"] == code_of(row), _same_name(gold, row)
    result.found += 1
    result.pairs += same_code and same_name
    result.codes += same_code and gold["code"] is not None
    if not (same_code and same_name):
        result.amiss.append(f"{_said(gold)} <- {_said(row)}")
    if row.get("change") in (gold["change"], *gold.get("change_also", [])):
        result.changes += 1
    else:
        result.amiss.append(f"{_said(gold)}: {gold['change']} <- {row.get('change')}")


def _match(golds: list[Row], rows: list[Row]) -> list[tuple[int, int]]:
    """Pair rows of the gold with rows of the answer: code and name alike first, then code, then name."""
    tests = (
        lambda gold, row: gold["code"] == code_of(row) and _same_name(gold, row),
        lambda gold, row: gold["code"] is not None and gold["code"] == code_of(row),
        _same_name,
    )
    pairs: list[tuple[int, int]] = []
    taken_golds, taken_rows = set[int](), set[int]()
    for test in tests:
        for number, gold in enumerate(golds):
            if number in taken_golds:
                continue
            place = next((at for at, row in enumerate(rows) if at not in taken_rows and test(gold, row)), None)
            if place is not None:
                pairs.append((number, place))
                taken_golds.add(number)
                taken_rows.add(place)
    return pairs


def code_of(row: Row) -> str | None:
    """Return the national code in a row, without an agency's suffix; None where what stands there is none."""
    found = CODE.match(re.sub(r"\s", "", str(row.get("code") or "")))
    return found[0] if found else None


def _same_name(gold: Row, row: Row) -> bool:
    return name_key(str(row.get("name") or "")) in {name_key(one) for one in (gold["name"], *gold.get("name_also", []))}


def name_key(name: str) -> str:
    """Return a name's letters and digits: case, blanks, breaks and stops do not count, nor a leading "Thủ tục"."""
    folded = re.sub(r"[^\w]|_", "", _folded(name))
    return folded.removeprefix("thủtục")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _judge_head(gold: dict[str, Any], answer: dict[str, Any], result: Judged) -> None:
    kinds = {KINDS.get(kind, kind) for kind in answer.get("kinds") or []} - IGNORED_KINDS
    wanted, allowed = set(gold["kinds"]), set(gold["kinds"]) | set(gold["kinds_also"])
    result.head = {
        "number": re.sub(r"\s", "", _folded(str(answer.get("number") or ""))) == _folded(gold["number"]),
        "date": answer.get("date") == gold["date"],
        "issuer": _issuer(str(answer.get("issuer") or "")) in {_issuer(one) for one in _issuers(gold)},
        "title": _alike_title(gold["title"], str(answer.get("title") or "")),
        "kinds": wanted <= kinds <= allowed,
    }
    if "valid_from" in answer:
        result.head["valid_from"] = answer["valid_from"] == gold["valid_from"]
    result.amiss += [f"{key}: {gold[key]} <- {answer.get(key)}" for key, right in result.head.items() if not right]


def _issuers(gold: dict[str, Any]) -> list[str]:
    return [gold["issuer"], *gold["issuer_also"]]


def _issuer(text: str) -> str:
    """Return an issuer to compare: its office and its head are one, short and long forms are one."""
    folded = re.sub(r"\bubnd\b", "ủy ban nhân dân", _folded(text).replace("uỷ", "ủy"))
    folded = re.sub(r"^(chủ tịch|bộ trưởng(?=\s+bộ)|giám đốc|thống đốc)\s+", "", folded.strip())
    return re.sub(r"[^\w]", "", folded)


def _alike_title(wanted: str, read: str) -> bool:
    keys = [
        re.sub(r"[^\w]", "", re.sub(r"^(quyết định\s+)?((về việc|v/v)\s+)?", "", _folded(one)))
        for one in (wanted, read)
    ]
    return SequenceMatcher(None, *keys, autojunk=False).ratio() >= TITLE_ALIKE


def _said(row: Row) -> str:
    return f"{row.get('code')} {str(row.get('name'))[:60]}"


def ask(path: Path, command: list[str]) -> dict[str, Any]:
    """Run the reader on a file. Raise ValueError or OSError or TimeoutExpired where it gives no answer."""
    done = subprocess.run(
        [*command, str(path), "--json"], capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
    )
    try:
        return dict(json.loads(done.stdout))
    except ValueError as error:
        raise ValueError((done.stderr or done.stdout).strip()[-300:]) from error


def judge_all(home: Path, answers: Path | None, command: list[str], keep: Path | None, only: str = "") -> list[Judged]:
    """Judge the files of a set, those whose name begins with ``only``."""
    judged = []
    for source in sorted((home / "gold").glob(f"{only}*.json")):
        gold = json.loads(source.read_text("utf-8"))
        for form in gold["formats"]:
            name = f"{gold['name']}.{form}"
            try:
                if answers:
                    answer = dict(json.loads((answers / f"{name}.json").read_text("utf-8")))
                else:
                    answer = ask(home / "files" / name, command)
            except (ValueError, OSError, subprocess.TimeoutExpired) as error:
                judged.append(failed(gold, form, str(error)))
                continue
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{name}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), "utf-8")
            judged.append(judge(gold, form, answer))
    return judged


def failed(gold: dict[str, Any], form: str, why: str) -> Judged:
    """Return what an unread file counts as: all of its rows missed, all of its head wrong."""
    result = judge(gold, form, {})
    result.failed = why
    return result


def figures(judged: list[Judged]) -> dict[str, Any]:
    """Return {"all", "by_form": {form}, "by_file": {file}} of counts and shares (0..1, None: nothing asked)."""
    forms = sorted({one.form for one in judged})
    return {
        "all": _sum(judged),
        "by_form": {form: _sum([one for one in judged if one.form == form]) for form in forms},
        "by_file": {one.file: _sum([one]) for one in judged},
        "failed": {one.file: one.failed for one in judged if one.failed},
        "silent": [one.file for one in judged if one.silent],
    }


def _sum(judged: list[Judged]) -> dict[str, Any]:
    total: Counter[str] = Counter()
    names = ("asked", "read", "pairs", "asked_codes", "read_codes", "codes", "changes", "found")
    for one in judged:
        total.update({name: getattr(one, name) for name in names})
    counts = {name: total[name] for name in names} | {"files": len(judged)}
    shares = {
        "pair_recall": _share(total["pairs"], total["asked"]),
        "pair_precision": _share(total["pairs"], total["read"]),
        "code_recall": _share(total["codes"], total["asked_codes"]),
        "code_precision": _share(total["codes"], total["read_codes"]),
        "change_right": _share(total["changes"], total["found"]),
    }
    for key in HEAD:
        held = [one.head[key] for one in judged if key in one.head]
        shares[key] = _share(sum(held), len(held))
    return counts | shares


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def show(judged: list[Judged], counted: dict[str, Any], *, details: bool) -> str:
    """Return the lines to print: a row a file, a row a format, all; then, where asked, what was missed and invented."""
    titles = ("asked", "pairR", "pairP", "codeR", "codeP", "change", *HEAD)
    keys = ("asked", "pair_recall", "pair_precision", "code_recall", "code_precision", "change_right", *HEAD)
    lines = [f"{'':46}" + "".join(f"{title[:7]:>8}" for title in titles)]
    rows = [*counted["by_file"].items(), *counted["by_form"].items(), ("all", counted["all"])]
    for name, row in rows:
        cells = [row[key] for key in keys]
        lines.append(f"{name:46}" + "".join(f"{_cell(cell):>8}" for cell in cells))
    lines += [f"failed {file}: {why}" for file, why in counted["failed"].items()]
    lines += [f"no warning though rows without code or name stand there: {file}" for file in counted["silent"]]
    for one in judged if details else []:
        for label, said in (("missed", one.missed), ("invented", one.invented), ("amiss", one.amiss)):
            lines += [f"{one.file} {label}: {words}" for words in said]
    return "\n".join(lines)


def _cell(value: float | int | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.1%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--details", action="store_true", help="print each row missed, invented or amiss")
    parser.add_argument("--set", type=Path, default=HERE, dest="folder", help="folder that holds gold/ and files/")
    parser.add_argument("--only", default="", help="what the names of the decisions begin with: a_ or z_ (README)")
    parser.add_argument("--answers", type=Path, help="judge answers kept here (NAME.FORM.json) and run nothing")
    parser.add_argument("--keep", type=Path, help="keep the answers in this folder")
    parser.add_argument(
        "--command", default="", help="the reader, default: this Python -m motcua.site.cli decision read"
    )
    options = parser.parse_args()
    command = options.command.split() or [sys.executable, "-m", "motcua.site.cli", "decision", "read"]
    judged = judge_all(options.folder.resolve(), options.answers, command, options.keep, options.only)
    counted = figures(judged)
    shown = json.dumps(counted, ensure_ascii=False, indent=1) if options.json else ""
    sys.stdout.write((shown or show(judged, counted, details=options.details)) + "\n")


if __name__ == "__main__":
    main()
