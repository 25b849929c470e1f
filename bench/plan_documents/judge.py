"""What "equal" means between an answer (NAME.gold.json) and a reading (``plan read --json``), as README.md says it."""

import re
import unicodedata
from collections import Counter
from typing import Any

from rapidfuzz import fuzz

TEXTS = ("text", "product", "lead_raw", "coordinating_raw", "deadline_text")
SETS = ("lead", "coordinating")
FIELDS = ("number", *TEXTS, *SETS, "section_path", "deadline", "damaged", "extra")
ALIKE, ALIKE_SCAN, SCAN_EQUAL, BODY_ALIKE = 80, 70, 97, 90
NOT_IN_WORKBOOKS = {"body_tasks", "claims", "legal_bases"} | {
    f"document.{name}" for name in ("number", "date", "issuer", "kind")
}
Row = dict[str, Any]


def fold(text: Any) -> str:
    """Return a text as it is compared: NFC, blanks collapsed, one dash, one quotation mark, no closing ; . or comma."""
    folded = unicodedata.normalize("NFC", str(text or "")).replace("\u00ad", "")
    folded = re.sub("[\u2010-\u2015\u2212]", "-", folded)
    folded = re.sub("[\u201c\u201d\u201e\u00ab\u00bb]", '"', folded)
    return " ".join(folded.split()).rstrip(" ;.,/")


def bare(text: Any) -> str:
    """Return only letters and digits, small."""
    return re.sub(r"[\W_]+", "", fold(text)).casefold()


def judge(gold: Row, read: Row, form: str) -> Row:
    """Compare a reading with the answer.

    ``form``: docx, pdf, scan, html, txt, xlsx. Return ``rows``, ``missed`` and ``invented`` (texts), ``in_order``
    (share), ``fields`` {field: [equal, asked]}, ``wrong`` [(text, field, wanted, got)], ``pairs`` [(index in the
    answer, index in the reading, all fields equal)], ``document`` {field: equal}, and for ``claims``, ``body_tasks``,
    ``targets``, ``missing_rows``, ``legal_bases``: {wanted, found, invented}. What the format is not asked for is
    absent.
    """
    skipped = {one for key in ("all", form) for one in gold["unasked"].get(key, [])}
    if form == "xlsx":
        skipped |= NOT_IN_WORKBOOKS
    pairs, missed, invented = match(gold, read, form)
    counts: dict[str, list[int]] = {name: [0, 0] for name in FIELDS}
    wrong, whole = [], []
    for mine, theirs in pairs:
        task, row = gold["tasks"][mine], read["tasks"][theirs]
        unequal = []
        for name in asked(task, form, skipped):
            equal = same(name, task, row, form)
            counts[name][0] += equal
            counts[name][1] += 1
            if not equal:
                unequal.append((task["text"], name, task[name], row.get(name)))
        wrong += unequal
        whole.append((mine, theirs, not unequal))
    places = [theirs for _, theirs in pairs]
    steps = [later > earlier for earlier, later in zip(places, places[1:], strict=False)]
    result: Row = {
        "rows": len(gold["tasks"]),
        "missed": [gold["tasks"][one]["text"] for one in missed],
        "invented": [read["tasks"][one].get("text", "") for one in invented],
        "in_order": sum(steps) / len(steps) if steps else 1.0,
        "fields": counts,
        "wrong": wrong,
        "pairs": whole,
        "document": _document(gold["document"], read.get("document") or {}, skipped),
    }
    lists = {
        "claims": _claims,
        "body_tasks": _body,
        "targets": _targets,
        "missing_rows": _missing,
        "legal_bases": _bases,
    }
    for name, compare in lists.items():
        if name not in skipped:
            result[name] = compare(gold, read, dict(pairs))
    return result


def asked(task: Row, form: str, skipped: set[str]) -> list[str]:
    """Return the fields of a row that this format is asked for."""
    off = skipped | {one for key in ("all", form) for one in task["unasked"].get(key, [])}
    return [name for name in FIELDS if name not in off and (name not in {"section_path", "extra"} or task[name])]


def match(gold: Row, read: Row, form: str) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Return pairs (answer, reading), the missed and the invented. Equal texts first, then the most alike."""
    mine = [fold(task["text"]) for task in gold["tasks"]]
    also = [{fold(one) for one in task["also"].get("text", [])} for task in gold["tasks"]]
    theirs = [fold(row.get("text")) for row in read["tasks"]]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at, text in enumerate(mine):
        same_text = [one for one, got in enumerate(theirs) if one not in taken and (got == text or got in also[at])]
        if same_text:
            found[at] = same_text[0]
            taken.add(same_text[0])
    limit = ALIKE_SCAN if form == "scan" else ALIKE
    scores = [
        (-fuzz.ratio(mine[at], theirs[one]), at, one)
        for at in range(len(mine)) if at not in found
        for one in range(len(theirs)) if one not in taken
    ]  # fmt: skip
    for score, at, one in sorted(scores):
        if -score >= limit and at not in found and one not in taken:
            found[at] = one
            taken.add(one)
    optional = [fold(text) for text in gold["optional_rows"]]
    free = [
        one
        for one in range(len(theirs))
        if one not in taken and not any(fuzz.ratio(theirs[one], text) >= limit for text in optional)
    ]
    return sorted(found.items()), [at for at in range(len(mine)) if at not in found], free


def same(name: str, task: Row, row: Row, form: str) -> bool:
    """Tell whether a field of a read row is the answer's, or one of its other right values."""
    return any(_equal(name, wanted, row.get(name), form) for wanted in [task[name], *task["also"].get(name, [])])


def _equal(name: str, wanted: Any, got: Any, form: str) -> bool:
    if name == "number":
        return fold(wanted).rstrip(")") == fold(got).rstrip(")")
    if name in TEXTS:
        return fold(wanted) == fold(got) or (form == "scan" and fuzz.ratio(fold(wanted), fold(got)) >= SCAN_EQUAL)
    if name in SETS:
        return _names(wanted, form) == _names(got, form)
    if name == "section_path":
        path, whole = [_heading(one) for one in wanted], [_heading(one) for one in got or []]
        return whole[len(whole) - len(path) :] == path if len(whole) >= len(path) else False
    if name == "deadline":
        return same_deadline(wanted, got or {})
    if name == "extra":
        values = {fold(one) for one in (got.values() if isinstance(got, dict) else got or [])}
        return all(fold(one) in values for one in wanted.values() if fold(one))
    return bool(wanted) == bool(got)


def _heading(text: Any) -> str:
    """Return a heading as it is compared: without a count in brackets at its end."""
    return bare(re.sub(r"\(\s*\d[^()]*\)\s*$", "", fold(text)))


def _names(names: Any, form: str) -> set[str]:
    folded = {fold(one) for one in names or []}
    return {bare(one) if form == "scan" else one[:1].casefold() + one[1:] for one in folded if one}


def same_deadline(wanted: Row, got: Row) -> bool:
    """Tell whether kind and every key of the answer agree, and nothing more is claimed."""
    got = got if got.get("kind") else {"kind": "unspecified"}
    claims_more = any(got.get(key) and key not in wanted for key in ("latest", "within"))
    if got.get("kind") != wanted["kind"] or claims_more:
        return False
    for key, value in wanted.items():
        if key == "within":
            held = got.get("within") or {}
            unit = str(held.get("unit", "")).replace("_", " ")
            if held.get("number") != value["number"] or unit != value["unit"]:
                return False
        elif got.get(key) != value:
            return False
    return True


def _document(wanted: Row, got: Row, skipped: set[str]) -> dict[str, bool]:
    result = {}
    for name in ("number", "date", "kind"):
        if wanted[name] and f"document.{name}" not in skipped:
            result[name] = fold(wanted[name]).casefold() == fold(got.get(name)).casefold()
    if wanted["year"]:
        result["year"] = wanted["year"] == got.get("year")
    for name in ("issuer", "title"):
        mine, theirs = bare(wanted[name]), bare(got.get(name))
        if f"document.{name}" not in skipped:
            result[name] = bool(theirs) and (mine in theirs or theirs in mine)
    return result


def _tally(wanted: list[Any], got: list[Any], equal: Any, optional: Any = lambda one: False) -> Row:
    """Pair off two lists. ``wanted`` counts what must be found; an optional one may be or may be not."""
    left, found, must = list(got), 0, 0
    for one in wanted:
        partner = next((other for other in left if equal(one, other)), None)
        must += not optional(one)
        if partner is not None:
            left.remove(partner)
            found += not optional(one)
    return {"wanted": must, "found": found, "invented": len(left)}


def _optional(one: Row) -> bool:
    return bool(one.get("optional"))


def _body(gold: Row, read: Row, _pairs: dict[int, int]) -> Row:
    def equal(one: Row, other: Row) -> bool:
        alike = fuzz.partial_ratio(fold(one["text"]), fold(other.get("text"))) >= BODY_ALIKE
        deadlines = [one["deadline"], *one.get("also", {}).get("deadline", [])] if one["deadline"] else []
        right = not deadlines or any(same_deadline(wanted, other.get("deadline") or {}) for wanted in deadlines)
        return alike and right and _names(one["lead"], "") == _names(other.get("lead"), "")

    return _tally(gold["body_tasks"], read.get("body_tasks") or [], equal, _optional)


def _targets(gold: Row, read: Row, pairs: dict[int, int]) -> Row:
    ids = {row.get("id"): at for at, row in enumerate(read["tasks"])}

    def place(target: Row) -> int | None:
        held = target.get("task", ids.get(target.get("task_id")))
        return held if isinstance(held, int) else None

    def equal(one: Row, other: Row) -> bool:
        at = place(other)
        home = at not in pairs.values() if one["task"] is None else at == pairs.get(one["task"], -1)
        comparators = [one["comparator"], *one.get("also", {}).get("comparator", [])]
        told = other.get("value") == one["value"] and fold(other.get("unit")).casefold() == fold(one["unit"]).casefold()
        exception = bool(other.get("is_exception")) == one["is_exception"]
        return home and told and exception and (other.get("comparator") or "none") in comparators

    return _tally(gold["targets"], read.get("targets") or [], equal, _optional)


def _missing(gold: Row, read: Row, _pairs: dict[int, int]) -> Row:
    return _tally(
        gold["missing_rows"], read.get("missing_rows") or [], lambda a, b: fold(a["number"]) == fold(b.get("number"))
    )


def _claims(gold: Row, read: Row, _pairs: dict[int, int]) -> Row:
    def equal(one: Row, other: Row) -> bool:
        stated = other.get("stated") or other.get("counts") or {}
        return (
            all(stated.get(key) == value for key, value in one["counts"].items())
            and other.get("agrees") == one["agrees"]
        )

    return {**_tally(gold["claims"], read.get("claims") or [], equal), "invented": 0}  # claims of parts are extra


def _bases(gold: Row, read: Row, _pairs: dict[int, int]) -> Row:
    def equal(one: Row, other: Row) -> bool:
        return Counter([bare(one["type"]), bare(one["number"])]) == Counter(
            [bare(other.get("type")), bare(other.get("number"))]
        )

    numbered = [one for one in read.get("legal_bases") or [] if one.get("number")]
    return _tally(gold["legal_bases"], numbered, equal, _optional)
