"""Judge ``./motcua report check FILE --json`` by this folder's reports: ``judge.py --help``. The rules: README.md."""

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LONGEST_SECONDS = 120
SURE, BY_WORDS, BY_PLACE = 3, 2, 1
TIERS = {SURE: "place and words", BY_WORDS: "words only", BY_PLACE: "place only"}
TELLING = 4  # characters a figure must have to tell a spot by itself
LABEL = 8  # characters a row's label must have to tell the row: "cộng" stands in many messages
Finding = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """What came of one file. ``found``: error -> tier; ``again``: findings that name a found spot once more."""

    file: str
    form: str
    found: dict[str, int]
    missed: list[str]
    again: int
    beyond: list[str]  # errors found that this format need not show
    elsewhere: list[Finding]
    failed: str = ""


def judge(gold: dict[str, Any], form: str, variant: str, findings: list[Finding], folder: Path = HERE) -> Judged:
    """Judge the findings of one file; ``where.line`` of a TXT is looked up in that file."""
    file = f"{gold['name']}.{variant}.{form}"
    if variant == "clean":
        return Judged(file, form, {}, [], 0, [], findings)
    lines = _lines(folder / "files" / file) if form == "txt" else []
    errors = gold["errors"]
    held = {error["id"] for error in errors if form in error["formats"]}
    crowd = Counter(_row(spot) for error in errors for spot in error["spots"])
    tiers = [[_tier(_Read(finding, lines), error, crowd) for error in errors] for finding in findings]
    pairs = _pairs(tiers, len(errors))
    found = {errors[error]["id"]: tiers[finding][error] for error, finding in pairs.items()}
    rest = [number for number in range(len(findings)) if number not in pairs.values()]
    again = [number for number in rest if any(tiers[number])]
    elsewhere = [findings[number] for number in rest if not any(tiers[number])]
    missed = [error["id"] for error in errors if error["id"] in held - found.keys()]
    beyond = [name for name in found if name not in held]
    asked = {name: tier for name, tier in found.items() if name in held}
    return Judged(file, form, asked, missed, len(again), beyond, elsewhere)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


class _Read:
    """A finding, its words folded once."""

    def __init__(self, finding: Finding, lines: list[str]) -> None:
        where = finding.get("where") or {}
        where = dict(where) if isinstance(where, dict) else {"place": where}
        self.row = fold(str(where.pop("row", None) or "")).strip(" .")
        self.annex = fold(str(where.pop("appendix", None) or where.pop("annex", None) or ""))
        line = where.pop("line", None)
        shown = {name: part for name, part in finding.items() if name not in ("rule", "severity", "where")}
        self.text = fold(" ; ".join(_strings([shown, where])))
        self.tokens = _tokens(self.text)
        on_line = lines[line - 1] if isinstance(line, int) and 0 < line <= len(lines) else ""
        self.around = f"{self.text} ; {fold(on_line)}"  # what may tell the place, though not the words
        self.triples = _triples(self.around)
        self.found = _tokens(fold(" ; ".join(_strings(finding.get("found")))))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in _strings(part)]
    if isinstance(value, list):
        return [one for part in value for one in _strings(part)]
    if isinstance(value, float):
        return [f"{round(value, 2):g}".replace(".", ",") if abs(value) < 10_000 else f"{value:.0f}"]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def fold(text: str) -> str:
    """Lower case, one blank, 1.234 and 1 234 as 1234, every date as 5/6/2026."""
    text = " ".join(unicodedata.normalize("NFC", text).lower().split())
    text = re.sub(r"(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", r"\1/\2/\3", text)
    text = re.sub(r"\b(\d{4})-(\d{2})-(\d{2})\b", r"\3/\2/\1", text)
    text = re.sub(r"(?<![\d/])0*(\d{1,2})/0*(\d{1,2})/(\d{4})", r"\1/\2/\3", text)
    text = re.sub(r"(?<=\d)[. ](?=\d{3}(?!\d))", "", text)
    return re.sub(r"(?<=\d)\.(?=\d{1,2}(?![\d./]))", ",", text)


def _tokens(folded: str) -> set[str]:
    """Words and numbers; 05 is 5, 65,20 is 65,2, and a sign % or a bracket is none of it."""
    found = set()
    for token in re.findall(r"[\w/,-]+", folded):
        token = token.strip(",-/")
        if re.fullmatch(r"\d+(,\d+)?", token):
            worth = float(token.replace(",", "."))
            found.add(f"{worth:.10g}".replace(".", ","))
            token = f"{round(worth, 1):.10g}".replace(".", ",")  # 83,33 is what is printed as 83,3
        found.add(token)
    return found - {""}


def _triples(folded: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w/,]+", folded)
    return set(zip(words, words[1:], words[2:], strict=False))


def _row(spot: dict[str, Any]) -> tuple[Any, Any]:
    return (spot["place"].get("table"), spot["place"].get("line"))


def _tier(read: _Read, error: dict[str, Any], crowd: Counter[tuple[Any, Any]]) -> int:
    """Return how surely a finding speaks of an error: 3, 2, 1, or 0 for not at all."""
    wrong, right = set(), set()
    for spot in error["spots"]:
        before, after = _tokens(fold(spot["clean"])), _tokens(fold(spot["words"]))
        wrong |= _figures((after - before) or after)
        right |= _figures(before - after)
    said_wrong, said_right = wrong & read.tokens, right & read.tokens
    both = bool(said_wrong and said_right) and any(len(token) > 1 for token in said_wrong | said_right)
    whole = [words for words in (fold(spot["words"]) for spot in error["spots"]) if len(words) >= LABEL]
    telling = both or any(words in read.text for words in whole)
    telling = telling or any(len(token) >= TELLING and _has_digit(token) for token in said_wrong)
    here = any(_names(read, spot) for spot in error["spots"])
    there = any(_names(read, spot) and _tokens(fold(spot["words"])) & read.tokens for spot in error["counterparts"])
    if (said_wrong or said_right) and (here or there):
        return SURE
    if telling:
        return BY_WORDS
    alone = [spot for spot in error["spots"] if "table" in spot["place"] and crowd[_row(spot)] == 1]
    return BY_PLACE if any(_names(read, spot) and _only_there(read, spot) for spot in alone) else 0


def _only_there(read: _Read, spot: dict[str, Any]) -> bool:
    """Say whether a finding without the right words can mean no other row: "2" alone is a row of every table."""
    place = spot["place"]
    if not read.found <= _tokens(fold(" ; ".join(place["cells"]))):
        return False  # it speaks of a figure that is not in this row
    label = fold(place["label"])
    if len(label) >= LABEL and label == read.row:
        return True
    if not spot["words"] and len(label) >= LABEL and label in read.around:
        return True
    agrees = bool(read.annex) and fold(place.get("annex", "")).startswith("phụ lục ")
    return bool(read.row) and (agrees or place["one_row"])


def _has_digit(token: str) -> bool:
    return any(character.isdigit() for character in token)


def _figures(tokens: set[str]) -> set[str]:
    """Return the tokens with figures, or all where none has any."""
    return {token for token in tokens if _has_digit(token)} or tokens


def _names(read: _Read, spot: dict[str, Any]) -> bool:
    """Say whether a finding names the row of a table, or quotes four words in a row of a sentence."""
    place = spot["place"]
    if "table" not in place:
        return len(_triples(fold(place["sentence"])) & read.triples) >= 2
    if read.annex and not _same_annex(read.annex, fold(place.get("annex", ""))):
        return False
    code, label = fold(place.get("row", "")).strip(" ."), fold(place["label"])
    if read.row and read.row in (code, label):
        return True
    return len(label) >= LABEL and (label in read.around or (len(read.row) >= LABEL and read.row in label))


def _same_annex(said: str, named: str) -> bool:
    """Compare what follows "Phụ lục": 2, II, phụ lục 2. Annexes of another name, or none, are let pass."""
    if not named.startswith("phụ lục "):
        return True
    romans = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
    last = [romans.get(one.split()[-1], one.split()[-1].removeprefix("0")) for one in (said, named)]
    return last[0] == last[1] or not all(one.isdigit() for one in last)


def _pairs(tiers: list[list[int]], errors: int) -> dict[int, int]:
    """Return error -> finding, each finding for one error at most: the surest first, then as many as fit."""
    held: dict[int, int] = {}

    def place(finding: int, least: int, seen: set[int]) -> bool:
        for error in range(errors):
            if tiers[finding][error] >= least and error not in seen:
                seen.add(error)
                if error not in held or place(held[error], least, seen):
                    held[error] = finding
                    return True
        return False

    for least in (SURE, BY_WORDS, BY_PLACE):
        for finding in range(len(tiers)):
            if finding not in held.values():
                place(finding, least, set())
    return held


def ask(file: Path, command: list[str]) -> list[Finding]:
    """Run the checker. Raise ValueError where it does not answer with a list of findings."""
    done = subprocess.run([*command, str(file), "--json"], capture_output=True, text=True, timeout=LONGEST_SECONDS)
    try:
        return findings_of(json.loads(done.stdout))
    except ValueError as error:
        raise ValueError(f"{error}: {done.stdout[:200]!r} {done.stderr[-300:]!r}") from None


def findings_of(answer: Any) -> list[Finding]:
    listed = answer.get("findings") if isinstance(answer, dict) else answer
    if not isinstance(listed, list):
        raise ValueError("no list of findings")
    return listed


def judge_all(
    folder: Path, answers: Path | None, command: list[str], keep: Path | None, only: str = ""
) -> list[Judged]:
    """Judge every file, from a folder of FILE.json or by running the checker (and keeping what it said)."""
    judged = []
    for path in sorted((folder / "gold").glob(f"{only}*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for form in gold["formats"]:
            for variant in ("clean", "planted"):
                file = f"{gold['name']}.{variant}.{form}"
                try:
                    found = (
                        findings_of(json.loads((answers / f"{file}.json").read_text("utf-8")))
                        if answers
                        else ask(folder / "files" / file, command)
                    )
                except (ValueError, OSError, subprocess.TimeoutExpired) as error:
                    everything = [
                        one["id"] for one in gold["errors"] if form in one["formats"] and variant == "planted"
                    ]
                    judged.append(Judged(file, form, {}, everything, 0, [], [], str(error) or type(error).__name__))
                    continue
                if keep:
                    (keep / f"{file}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
                judged.append(judge(gold, form, variant, found, folder))
    return judged


def figures(judged: list[Judged], folder: Path = HERE) -> dict[str, Any]:
    """Return the counts: by kind, format and tier, and the false alarms on clean files by rule and format."""
    kinds = {
        (path.stem, error["id"]): error["kind"]
        for path in (folder / "gold").glob("*.json")
        for error in json.loads(path.read_text("utf-8"))["errors"]
    }
    by_kind: dict[str, list[int]] = {}
    by_form: dict[str, list[int]] = {}
    tiers: Counter[str] = Counter()
    for one in judged:
        name = one.file.split(".")[0]
        for error in [*one.found, *one.missed]:
            for table, key in ((by_kind, kinds[name, error]), (by_form, one.form)):
                counts = table.setdefault(key, [0, 0])
                counts[0] += error in one.found
                counts[1] += 1
        tiers.update(TIERS[tier] for tier in one.found.values())
    clean = [one for one in judged if ".clean." in one.file]
    planted = [one for one in judged if ".planted." in one.file]
    return {
        "planted": sum(count[1] for count in by_form.values()), "found": sum(count[0] for count in by_form.values()),
        "by_tier": dict(tiers), "by_kind": dict(sorted(by_kind.items())), "by_format": dict(sorted(by_form.items())),
        "false_alarms": sum(len(one.elsewhere) for one in clean), "clean_files": len(clean),
        "clean_files_silent": sum(not one.elsewhere and not one.failed for one in clean),
        "false_alarms_by_format": dict(Counter(one.form for one in clean for _ in one.elsewhere)),
        "false_alarms_by_rule": dict(Counter(str(alarm.get("rule")) for one in clean for alarm in one.elsewhere)),
        "planted_again": sum(one.again for one in planted),
        "planted_beyond": sum(len(one.beyond) for one in planted),
        "planted_elsewhere": sum(len(one.elsewhere) for one in planted),
        "failed": {one.file: one.failed for one in judged if one.failed},
    }  # fmt: skip


def show(judged: list[Judged], counted: dict[str, Any]) -> str:
    """Return the figures, what was missed, and every finding a person has to look at."""
    lines = [f"planted errors found: {counted['found']} of {counted['planted']}  {counted['by_tier']}"]
    for title in ("by_kind", "by_format"):
        lines += [f"  {key:24} {found:3} of {of:3}" for key, (found, of) in counted[title].items()]
    lines.append(
        f"false alarms on clean files: {counted['false_alarms']} in {counted['clean_files']} files, "
        f"{counted['clean_files_silent']} silent  {counted['false_alarms_by_format']} {counted['false_alarms_by_rule']}"
    )
    again, beyond, elsewhere = (counted[f"planted_{part}"] for part in ("again", "beyond", "elsewhere"))
    lines.append(f"on planted files: named again {again}, beyond what the format holds {beyond}, elsewhere {elsewhere}")
    lines += [f"FAILED {file}: {why}" for file, why in counted["failed"].items()]
    for one in judged:
        lines += [f"missed {one.file} {error}" for error in one.missed]
        word = "FALSE ALARM?" if ".clean." in one.file else "elsewhere"
        lines += [f"{word} {one.file} {json.dumps(alarm, ensure_ascii=False)}" for alarm in one.elsewhere]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=HERE, dest="folder", help="folder that holds gold/ and files/")
    parser.add_argument("--answers", type=Path, help="judge FILE.json of this folder instead of running the checker")
    parser.add_argument("--keep", type=Path, help="write what the checker answered into this folder")
    parser.add_argument("--only", default="", help="judge the reports only whose name starts so (a_, z_)")
    parser.add_argument("--json", action="store_true", help="figures only, as JSON")
    parser.add_argument("--command", nargs="+", default=[str(HERE.parents[1] / "motcua"), "report", "check"])
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    judged = judge_all(options.folder, options.answers, options.command, options.keep, options.only)
    counted = figures(judged, options.folder)
    sys.stdout.write(
        json.dumps(counted, ensure_ascii=False, indent=1) + "\n" if options.json else show(judged, counted)
    )


if __name__ == "__main__":
    main()
