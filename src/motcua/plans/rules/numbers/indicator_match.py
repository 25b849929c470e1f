"""Which known indicator a plan's number may mean, with a score: a suggestion for a person who binds it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.base.text import fold, squash
from motcua.plans.rules.sentences.footnotes import formula_of

# Words of one meaning in plans and in the names of indicators, folded: each group is one idea.
_IDEAS = (
    ("online", r"truc tuyen|dvctt|toan trinh|muc do [34]|mot phan"),
    ("payment", r"thanh toan|nghia vu tai chinh|giao dich"),
    ("digitise", r"so hoa|dien tu hoa|ban dien tu|chung thuc ban sao dien tu"),
    ("on time", r"dung (va truoc )?han|truoc han|som han"),
    ("late", r"qua han|tre han|cham han|cham muon"),
    ("satisfied", r"hai long"),
    ("dossier", r"ho so"),
    ("procedure", r"thu tuc|tthc|dich vu cong"),
    ("publish", r"cong bo|cong khai|niem yet"),
    ("petition", r"phan anh|kien nghi|pakn"),
    ("reuse", r"khai thac|tai su dung|cung cap lai|dung lai"),
    ("result", r"ket qua"),
    ("compliance cost", r"chi phi tuan thu|cat giam|don gian hoa"),
    ("document", r"van ban"),
    ("exchange", r"dong bo|ket noi|chia se"),
)
_PATTERNS = tuple((idea, re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")) for idea, pattern in _IDEAS)
# What decides between two indicators; "hồ sơ" and "thủ tục" stand in nearly all of them.
_WEIGHTS = {"dossier": 0.4, "procedure": 0.4, "result": 0.4}
# Opposite ideas share their words: late dossiers are no measure of those on time.
_OPPOSED = (("on time", "late"),)
LEAST = 0.45
_SCOPE_WEIGHT = 0.85  # words of the scope against those of the row around it


@dataclass(frozen=True)
class Known:
    """An indicator that is measured: ``formula`` in words, as its definition states it."""

    code: str
    name: str
    formula: str = ""


@dataclass(frozen=True)
class Suggestion:
    """``score`` from 0 to 1: how much of what the number and the indicator say is the same."""

    code: str
    score: float


def suggest_indicators(
    text: str, unit: str, indicators: Iterable[Known], *, scope: str = "", around: str = "", footnote: str = ""
) -> list[Suggestion]:
    """Return the indicators that a target may mean, best first, none below ``LEAST``.

    ``text`` and ``scope`` are the target's, ``around`` is its task, ``footnote`` the definition it refers to. Only
    shares can be measured by ratios: any other ``unit`` gives none.
    """
    if unit != "%":
        return []
    formula = formula_of(footnote) if footnote else None
    own = _ideas(f"{text} {scope} " + (f"{formula.part} {formula.whole}" if formula else ""))
    wider = _ideas(around)
    found = []
    for known in indicators:
        wanted = _ideas(known.name) | _ideas(known.formula)
        core = _ideas(known.name)
        if any(one in own and other in core or other in own and one in core for one, other in _OPPOSED):
            continue
        score = _SCOPE_WEIGHT * _likeness(own, wanted, core) + (1 - _SCOPE_WEIGHT) * _likeness(
            own | wider, wanted, core
        )
        if score >= LEAST:
            found.append(Suggestion(known.code, round(score, 2)))
    return sorted(found, key=lambda one: (-one.score, one.code))


def _ideas(text: str) -> frozenset[str]:
    folded = fold(squash(text))
    return frozenset(idea for idea, pattern in _PATTERNS if pattern.search(folded))


def _weight(ideas: Iterable[str]) -> float:
    return sum(_WEIGHTS.get(idea, 1.0) for idea in ideas)


def _likeness(own: frozenset[str], wanted: frozenset[str], core: frozenset[str]) -> float:
    """Return the weight of common ideas in that of all ideas; nothing where the name's own ideas are not there."""
    telling = [idea for idea in core if idea not in _WEIGHTS]
    if not telling or not all(idea in own for idea in telling):
        return 0.0
    return _weight(own & wanted) / _weight(own | core)
