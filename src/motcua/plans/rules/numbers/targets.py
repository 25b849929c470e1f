"""Numbers to reach, wherever a task states them: in its text, its product, its footnote."""

import re
from dataclasses import replace

from motcua.base.text import fold, squash
from motcua.plans.rules.numbers.figures import Figure, counts, number, shares
from motcua.plans.rules.sentences.prose import Passage
from motcua.plans.rules.times.time_spans import without_citations
from motcua.plans.rules.values import Target, Task

_BEFORE = (
    (">=", r"(tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn)(?:\s+(?:đạt|là|tương ứng|tương ứng là))*\s*$"),
    ("<=", r"(tối đa|không quá|không vượt quá|không cao hơn|xuống còn)(?:\s+(?:đạt|là))*\s*$"),
    (">", r"\b(trên|hơn|vượt)\s*$"),
    ("<", r"\bdưới\s*$"),
    (">=", r"(?:≥|>=|\btừ)\s*$"),
    ("<=", r"(?:≤|<=)\s*$"),
    (">", r">\s*$"),
    ("<", r"<\s*$"),
)
_ATLEAST = re.compile(r"^\s*(?:%|phần trăm)?\s*(trở lên|hoặc cao hơn|hoặc hơn)", re.I)
_ATMOST = re.compile(r"^\s*(?:%|phần trăm)?\s*(trở xuống|hoặc thấp hơn)", re.I)
_SAYS = (
    r"(?:\s*(?::|đạt|là|phấn đấu|tối thiểu|ít nhất|trên|từ|dưới|không quá|tối đa|không dưới|bảo đảm|đảm bảo|"
    r"giảm|cắt giảm))*\s*"
)
_AS_TIER = re.compile(
    rf"(?:đối với\s+|ở\s+|tại\s+)?(?:các\s+)?(?:(?:ubnd|cơ quan|đơn vị)\s+)?cấp (tỉnh|huyện|"
    rf"xã|sở){_SAYS}$",
    re.I,
)
_OF_TIER = re.compile(
    r"^\s*(?:[^%.;,]{0,90}?\s)?(?:ở|tại|của|đối với|thuộc|do)?\s*(?:ubnd\s+)?cấp (tỉnh|huyện|"
    r"xã)\b(?!\s*(?:,|và|/|-)\s*(?:cấp |tỉnh|huyện|xã))",
    re.I,
)
_TIER_LIST = re.compile(r"cấp\s+(tỉnh|huyện|xã)((?:\s*(?:,|và)\s*(?:cấp\s+)?(?:tỉnh|huyện|xã))+)")
_EXCEPT = re.compile(r"\b(?:riêng|ngoại trừ|trừ)\b(?! hồ sơ mật)([^%();]*)$", re.I)
_LISTED_ON = re.compile(r"^[^%.;:]{3,80}?(?:,|\bvà)\s*$", re.I)
_CLAUSE_END = re.compile(
    r"[.;]|,\s*(?=(?:riêng|trong đó|trong số đó)\b)|\s+và\s+(?=(?:cắt giảm|giảm|tối thiểu|ít nhất|\d+\s*%))"
)
_UNITS_TEXT = ("text", "product", "target")
_GOALS = re.compile(r"\b(?:muc tieu|chi tieu)\b")
_HEADING = re.compile(r"^\W*(?:phan\s+\w+|[ivx]+\s*[.)/]|[a-z]\s*[.)]|\d+(?:\.\d+)*\s*[.)]|dieu \d+\s*[.:])", re.I)


def targets_of(task: Task) -> list[Target]:
    """Return the targets of a task in reading order; what the product repeats of the text is marked as a duplicate."""
    found: list[Target] = []
    said: dict[tuple[object, ...], list[Target]] = {}
    for name in _UNITS_TEXT:
        for text, line in _pieces(task, name):
            for target in _in_text(task, text, line, bare=name != "text"):
                found.append(_marked(target, said))
    for target in _of_columns(task):
        found.append(_marked(target, said))
    for target in _in_text(task, task.footnote, _footnote_line(task), bare=False) if task.footnote else []:
        found.append(_marked(target, said, footnote=True))
    return found


def _of_columns(task: Task) -> list[Target]:
    """Return the goal that a column of numbers sets beside a column of units: "85" and "%"."""
    unit, said = task.extra.get("unit", ""), task.extra.get("target", "")
    bare = re.fullmatch(r"(?P<sign>≥|>=|≤|<=|>|<)?\s*(?P<value>\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?)", said)
    if not unit or not bare:
        return []
    sign = {"≥": ">=", "≤": "<="}.get(bare.group("sign") or "", bare.group("sign") or "none")
    return [
        Target(task.id, f"{said} {unit}", number(bare.group("value")), unit, sign, task.text[:200], task.line_start)
    ]


def _pieces(task: Task, name: str) -> list[tuple[str, int]]:
    """Return a field as (text, line): one piece if a sentence runs over its lines, else each line by itself."""
    if name in task.inherited:
        return []
    parts = [(squash(text), line) for line, text in task.parts.get(name, ()) if squash(text)]
    if name == "text" and parts:
        return [(task.text, parts[0][1])] if task.subrow_of is None or task.text else []
    alone = all(re.match(r"^(?:[-+•]|cấp|\d|tối thiểu|trên|ít nhất|đạt)", text, re.I) for text, _ in parts)
    if alone:
        return parts
    return [(squash(" ".join(text for text, _ in parts)), parts[0][1])] if parts else []


def _footnote_line(task: Task) -> int:
    return task.parts["footnote"][0][0] if "footnote" in task.parts else task.line_start


def targets_of_text(texts: list[Passage]) -> list[Target]:
    """Return the goals that a document sets in running text under a heading of goals ("II. MỤC TIÊU", "Chỉ tiêu")."""
    found: list[Target] = []
    said: dict[tuple[object, ...], list[Target]] = {}
    level = ""
    for passage in texts:
        text = passage.text.strip("* ")
        label = _HEADING.match(text)
        if text.isupper() or label and len(text) < 120 and "%" not in text and not text.rstrip().endswith((".", ";")):
            style = _style(label.group()) if label else "none"
            if _GOALS.search(fold(text)):
                level = level if level and style > level else style
            elif level and style <= level:
                level = ""
        elif level:
            statement = Task("", [], "", re.sub(r"^\W*(?:\d+[.)]|[a-zđ]\)|[-+•])\s*", "", text))
            found += [_marked(one, said) for one in _in_text(statement, statement.text, passage.line_start, bare=False)]
    return found


def targets_in(statement: str, line: int) -> list[Target]:
    """Return the goals that one statement of the document sets."""
    return _in_text(Task("", [], "", statement), statement, line, bare=False)


def _style(label: str) -> str:
    """Return the rank of a heading's label as a sortable letter: parts and Roman numbers above Arabic above letters."""
    bare = fold(label).strip(" .)/:")
    if bare.startswith(("phan", "dieu")):
        return "a"
    if re.fullmatch(r"[ivx]+", bare):
        return "b"
    return "c" if re.fullmatch(r"[a-z]", bare) and label.strip()[:1].isupper() else "d"


def _in_text(task: Task, text: str, line: int, *, bare: bool) -> list[Target]:
    clear = without_citations(text)
    found: list[Target] = []
    figures = shares(clear)
    tiers = _listed_tiers(clear, figures)
    for at, figure in enumerate(figures):
        start = figures[at - 1].end if at else 0
        end = figures[at + 1].start if at + 1 < len(figures) else len(clear)
        target = _percent(task, clear, figure, (start, end), tiers.get(at), bare=bare)
        if at and target.comparator == "none" and target.value != 100 and _LISTED_ON.match(clear[start : figure.start]):
            # "cắt giảm ít nhất 30% thời gian, 30% chi phí": one bound for the whole list
            target = replace(target, comparator=found[-1].comparator if found[-1].comparator != "=" else "none")
        found.append(target)
    found += [_count(task, figure) for figure in counts(clear)]
    return [replace(target, line=line) for target in found]


def _percent(task: Task, text: str, figure: Figure, window: tuple[int, int], tier: str | None, *, bare: bool) -> Target:
    before, after = text[window[0] : figure.start], text[figure.end : window[1]]
    end = _CLAUSE_END.search(after)
    tail = after[: end.start()] if end else after
    comparator = ">=" if figure.upper is not None else _comparator(before, after)
    if tier and comparator == "none":  # "tối thiểu tương ứng là 50%, 40%, 35%": one word for the whole list
        comparator = _comparator(text[: figure.start].split("%")[0].rstrip("0123456789,. "), "")
    if comparator == "none" and figure.value == 100 and _must(before, tail):
        comparator = "="
    own_tier = _AS_TIER.search(before)
    of_tier = _OF_TIER.match(tail) if not own_tier and not tier else None
    said = own_tier or of_tier
    tier = tier or (said.group(1).lower() if said else _tier_of(task))
    at_least = _ATLEAST.match(after)
    rest = (at_least.group() if at_least else "") if tier and own_tier else tail
    exception = _EXCEPT.search(before)
    scope = _scope(task, before, tail, bare=bare)
    if exception:
        scope = re.sub(rf"\s*\bđạt\b.*$|{_SAYS}$", "", exception.group(1)).strip(" ,")
    if tier and f"cấp {tier}" not in scope.lower():
        scope = f"cấp {tier}: {scope}"
    return Target(
        task.id,
        squash(f"{_lead_in(before)}{figure.text}{rest}").strip(" ,;")[:200],
        figure.value,
        "%",
        comparator,
        scope,
        0,
        tier,
        "reduce" if _reduces(task, before) else None,
        exception is not None,
        formula=task.footnote or None,
        upper=figure.upper,
    )


def _must(before: str, tail: str) -> bool:
    """Tell whether 100 % is said to be exact: "bảo đảm 100 % …", "100 % … được …"."""
    return bool(re.search(r"\b(?:bảo đảm|đảm bảo)\b", before[-40:], re.I) or re.search(r"\b(?:được|phải)\b", tail))


def _reduces(task: Task, before: str) -> bool:
    return bool(re.search(r"\b(?:cắt )?giảm\b[^%]{0,60}$", before or task.text, re.I)) or not before and _is_cut(task)


def _comparator(before: str, after: str) -> str:
    if _ATLEAST.match(after):
        return ">="
    if _ATMOST.match(after):
        return "<="
    return next((sign for sign, pattern in _BEFORE if re.search(pattern, before, re.I)), "none")


def _lead_in(before: str) -> str:
    found = re.search(
        r"((?:(?:đạt|cắt giảm|giảm|tỷ lệ|tăng)\s+)*(?:từ|tối thiểu|"
        r"ít nhất|trên|không dưới|không quá|tối đa|bảo đảm|đảm bảo)?"
        r"(?:\s+(?:tương ứng là|tương ứng|là|đạt))*\s*|cấp (?:tỉnh|huyện|xã)\s*:\s*)$",
        before,
        re.I,
    )
    return found.group(1) if found else ""


def _scope(task: Task, before: str, tail: str, *, bare: bool) -> str:
    rest = _ATLEAST.sub("", tail).strip(" ,:/")
    if len(rest) > 3:
        return squash(rest)[:200]
    subject = squash(re.split(r"[.;]", _lead_cut(before))[-1]).strip(" ,:-")
    if not bare and len(subject) > 8:
        return subject[:200]
    return task.text[:200]


def _lead_cut(before: str) -> str:
    lead = _lead_in(before)
    return before[: len(before) - len(lead)] if lead else before


def _is_cut(task: Task) -> bool:
    return bool(re.search(r"\b(?:cắt giảm|giảm)\b", task.text, re.I))


def _tier_of(task: Task) -> str | None:
    """Return the level a sub-row speaks of ("Đối với UBND cấp xã")."""
    if task.subrow_of is None:
        return None
    found = re.search(r"\bcap (tinh|huyen|xa)\b|\b(ubnd tinh)\b", fold(task.text))
    if not found:
        return None
    return {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", None: "tỉnh"}[found.group(1)]


def _listed_tiers(text: str, figures: list[Figure]) -> dict[int, str]:
    """Match "50%, 40%, 35% … cấp tỉnh, huyện, xã" number by number."""
    lists = [re.findall(r"tỉnh|huyện|xã", listed.group()) for listed in _TIER_LIST.finditer(text)]
    for names in sorted(lists, key=len, reverse=True):
        for at in range(len(figures) - len(names) + 1):
            run = figures[at : at + len(names)]
            if all(
                re.fullmatch(r"\s*,\s*|\s+và\s+", text[one.end : two.start])
                for one, two in zip(run, run[1:], strict=False)
            ):
                return {at + offset: name for offset, name in enumerate(names)}
    return {}


def _count(task: Task, figure: Figure) -> Target:
    scope = figure.unit if figure.unit not in ("điểm", "bậc", "phút", "giây") else task.text[:200]
    return Target(task.id, squash(figure.text), figure.value, figure.unit, figure.comparator, scope, 0)


def _marked(target: Target, said: dict[tuple[object, ...], list[Target]], *, footnote: bool = False) -> Target:
    """Mark a target that says again what an earlier one of the same task said; ``said`` is kept by value."""
    key = (target.value, target.unit, target.tier)
    earlier = said.setdefault(key, [])
    again = next(
        (one for one in earlier if one.line != target.line and (footnote or one.comparator == target.comparator)), None
    )
    if again is not None:
        return replace(target, duplicate_of=f"dòng {again.line}")
    if not any(one.line == target.line for one in earlier):
        earlier.append(target)
    return target
