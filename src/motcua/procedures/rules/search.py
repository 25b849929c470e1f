"""Finding procedures by what people type: a code, a title typed badly, their own words for it, a field, an agency.

A question is cut into units, see ``units.py``; no unit must be found, what answers more of the question's weight stands
higher. Below a share of that weight nothing is an answer: a search that answers nonsense is not believed elsewhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy

from motcua.base.text import squash
from motcua.procedures.rules.commonness import commonness
from motcua.procedures.rules.deeds import deeds_in
from motcua.procedures.rules.likeness import LikenessIndex, trigrams_of, words_of
from motcua.procedures.rules.units import QuestionReader, Scores, Unit, deeds_of, told_by
from motcua.procedures.rules.words import Lexicon, Word, people_s_words

LONGEST_QUERY = 400  # characters; the median title has 90, and more letters find nothing that these do not
_CODE = re.compile(r"(?<![\d.])(\d\.\d{6})(?!\d)")  # also inside a local copy's code, 1.000948.000.00.00.H22
_CODE_WITHOUT_DOT = re.compile(r"(?<!\d)(\d)(\d{6})(?!\d)")
_PART_OF_CODE = re.compile(r"[\d.]{3,8}")

_TITLE = 0.5  # what likeness to a title as a whole is worth beside the units
_LIKE_A_TITLE = 0.5  # what is less like a title is not meant as one
_IS_A_TITLE, _IS_THE_TITLE = 0.75, 0.88  # what is as like a title as this is one, typed badly or well
# By how many words tell something: the least weight that the best answer must explain, and the least share of it.
_LINES = {1: (0.6, 0.7), 2: (2.5, 0.4), 3: (4.0, 0.33), 4: (3.8, 0.2), 5: (3.8, 0.2)}
_LINE = (3.5, 0.1)
_BESIDE_NOT_OURS = 0.5  # the least share where words are heard that no procedure is about
_SAME_DEED = 1.2  # what doing what is asked for is worth: again, for longer, no more
_HALF = 0.5  # of a weak saying's weight counts as explained
_CONTEXT = 0.5  # what a field or an agency named in the query is worth
_COMMON = 0.1  # what being common is worth: between two that fit alike, the one most people mean
_LEAST = 0.08  # below this nothing fits
_NEAR_BEST = 0.45  # what scores under this part of the best is noise beside it
_FIRST_LOOK, _NEARER = (
    8,
    0.3,
)  # so many are shown where they score this part of the best: the right one is often the third
_NAMED = 0.8  # a field or agency is meant when this share of it, or of the query, is the same
_FOR_LENGTH, _LONG = 0.3, 0.6  # how much a word is worth less in a long title, and the least it is worth
_TOLD = 0.4  # what answers a part of the question less well is no reason worth telling


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched, filtered and listed of a procedure in force."""

    version_id: int
    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    issuing_agency: str
    executing_agencies: tuple[str, ...]
    online_kind: str
    is_filed_here: bool  # a unit of ours takes it online


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found; ``score`` between 0 and 1, higher is likelier."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a procedure was found: what was said and what that is in the law's words, and words that it holds."""

    meant: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


class CatalogueIndex:
    """All procedures in force, ready to be searched. Entries keep the order in which they are given.

    ``texts`` are what else may be searched of each entry (papers, results, subjects); ``common`` says how often people
    need it, 0 to 1, by code.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        texts: Iterable[str] = (),
        *,
        lexicon: Lexicon | None = None,
        common: Sequence[float] = (),
    ) -> None:
        self.entries = tuple(entries)
        self.by_code = {entry.code: number for number, entry in enumerate(self.entries)}
        elsewhere = [f"{entry.field}. {entry.issuing_agency}" for entry in self.entries]
        for number, text in enumerate(texts):
            elsewhere[number] = f"{elsewhere[number]}. {text}"
        names = [entry.name for entry in self.entries]
        self._reader = QuestionReader(names, elsewhere, lexicon or people_s_words(), self.by_code)
        self._titles = self._reader.titles
        lengths = [line.count(" ") + 1 for line in self._titles.lines]
        usual = sum(lengths) / max(len(lengths), 1)
        brevity = [max(_LONG, 1 / (1 - _FOR_LENGTH + _FOR_LENGTH * length / usual)) for length in lengths]
        self._brevity = numpy.array(brevity)
        self._deeds: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for deed in deeds_in(entry.name):
                self._deeds[deed].append(number)
        self._common = tuple(common) or tuple(commonness(entry.name, entry.levels) for entry in self.entries)
        contexts: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for context in {entry.field, entry.issuing_agency, *entry.executing_agencies}:
                contexts[context].append(number)
        self._contexts = list(contexts.values())
        self._context_letters = LikenessIndex(trigrams_of(words_of(context)) for context in contexts)

    def search(self, query: str) -> list[Hit]:
        """Return what fits ``query``, best first; nothing for an empty query."""
        query = squash(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
        if self._asks_for_a_code(query):
            return self._of_code(query)
        words = self._reader.words_of(query)
        heard = self._reader.heard_in(words, query)
        silent = self._reader.silent(heard, words)
        units = self._reader.units(words, heard, silent)
        scores = self._unit_scores(units)
        is_sure = _explains(scores, units, told_by(words, silent))
        likest = self._add_titles(scores, words, silent, query)
        scores /= 1 + _TITLE + _COMMON
        asked_for = {number for deed in deeds_of(units) for number in self._deeds[deed]}
        scores[sorted(asked_for)] *= _SAME_DEED
        named = self._context_likeness([word.folded for word in words])
        is_ours = not any(unit.is_not_ours for unit in units)
        is_sure |= likest >= _IS_THE_TITLE or (is_ours and (likest >= _IS_A_TITLE or bool(named)))
        if not is_sure:
            return []
        for number, likeness in named.items():
            scores[number] = 1 - (1 - scores[number]) * (1 - _CONTEXT * likeness)
        return self._ranked(scores, named)

    def reasons(self, query: str, hits: Sequence[Hit]) -> list[Reason]:
        """Return for each hit what of the query it answers; nothing said of a code or a field."""
        query = squash(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
        if self._asks_for_a_code(query):
            return [Reason((), ()) for _hit in hits]
        words = self._reader.words_of(query)
        heard = self._reader.heard_in(words, query)
        units = self._reader.units(words, heard, self._reader.silent(heard, words))
        return [self._reason(units, self.by_code[hit.entry.code]) for hit in hits]

    def named(self, title: str) -> Hit | None:
        """Return the likeliest procedure whose title begins with the words of ``title``."""
        line = " ".join(words_of(title))
        bearers = [number for number in range(len(self.entries)) if self._titles.begins(number, line)]
        number = min(bearers, key=lambda one: (-self._common[one], one), default=None)
        return None if number is None else Hit(self.entries[number], 1.0)

    def _reason(self, units: list[Unit], number: int) -> Reason:
        found = [unit for unit in units if unit.said and unit.scores[number] >= _TOLD]
        meant = tuple(
            dict.fromkeys((unit.said, self._reader.best_meaning(unit, number)) for unit in found if unit.meanings)
        )
        explained = {word for said, _meaning in meant for word in said.split()}
        shown = [unit.said for unit in found if not unit.meanings and not explained & set(unit.said.split())]
        pairs = [said for said in shown if " " in said]
        return Reason(meant, tuple(dict.fromkeys(one for one in shown if one in pairs or not _is_in(one, pairs))))

    @staticmethod
    def _asks_for_a_code(query: str) -> bool:
        return bool(_CODE.search(query) or _CODE_WITHOUT_DOT.search(query) or _PART_OF_CODE.fullmatch(query))

    def _add_titles(self, scores: Scores, words: list[Word], silent: set[int], query: str) -> float:
        """Add likeness to a title as a whole, for those who type one; words that only ask are cut off at both ends.

        Return the likeness of the likest.
        """
        core = [place for place in range(len(words)) if place not in silent]
        if not core:
            return 0.0
        title = [word.folded for word in words[core[0] : core[-1] + 1]]
        is_as_typed = len(title) == len(words) and all(word.typed in query.lower() for word in words)
        likest = 0.0
        for number, likeness in self._titles.scores(title, query if is_as_typed else "").items():
            likest = max(likest, likeness)
            if likeness > _LIKE_A_TITLE:
                scores[number] += _TITLE * (likeness - _LIKE_A_TITLE) / (1 - _LIKE_A_TITLE)
        return likest if len(core) > 1 else 0.0

    def _ranked(self, scores: Scores, named: dict[int, float]) -> list[Hit]:
        best = float(scores.max(initial=0.0))
        shown = set(numpy.flatnonzero(scores >= max(_LEAST, _NEAR_BEST * best)).tolist())
        if len(shown) < _FIRST_LOOK:
            likeliest = numpy.argsort(-scores, kind="stable")[:_FIRST_LOOK]
            shown.update(likeliest[scores[likeliest] >= max(_LEAST, _NEARER * best)].tolist())
        # Whoever types the name of a field or an agency wants all of it, however well a few titles fit.
        shown.update(number for number, likeness in named.items() if likeness >= _NAMED)
        part = _COMMON / (1 + _TITLE + _COMMON)
        ranked = sorted(
            ((float(scores[number]) + part * self._common[number], number) for number in shown),
            key=lambda pair: (-pair[0], len(self._titles.lines[pair[1]]), pair[1]),
        )
        return [Hit(self.entries[number], round(min(score, 1.0), 4)) for score, number in ranked]

    def _of_code(self, query: str) -> list[Hit]:
        """Return the procedure whose code stands in the query, or those whose code holds the part that does."""
        found, joined = _CODE.search(query), _CODE_WITHOUT_DOT.search(query)
        if found or joined:
            code = found[1] if found else f"{joined[1]}.{joined[2]}" if joined else ""
            number = self.by_code.get(code)
            return [] if number is None else [Hit(self.entries[number], 1.0)]
        holders = [entry for entry in self.entries if query in entry.code]
        return [Hit(entry, round(len(query) / len(entry.code), 4)) for entry in holders]

    def _unit_scores(self, units: list[Unit]) -> Scores:
        """Return of every procedure the share of the question's weight that it answers."""
        scores = numpy.zeros(len(self.entries))
        total = sum(unit.weight for unit in units)
        for unit in units:
            answered = unit.scores if unit.meanings else unit.scores * self._brevity
            scores += unit.weight / total * answered
        return scores

    def _context_likeness(self, words: list[str]) -> dict[int, float]:
        """Return how much the query names a procedure's field or one of its agencies."""
        found: dict[int, float] = {}
        for number, (share, likewise) in self._context_letters.likeness(trigrams_of(words)).items():
            if max(share, likewise) >= _NAMED:
                for member in self._contexts[number]:
                    found[member] = max(share * likewise, found.get(member, 0.0))
        return found


def _is_in(word: str, pairs: list[str]) -> bool:
    return any(word in pair.split() for pair in pairs)


def _explains(scores: Scores, units: list[Unit], told: int) -> bool:
    """Whether the best answer explains enough of what the question says to be one.

    ``scores`` are shares of the units' weight, ``told`` is how many different words tell something. Both the weight
    that the best explains (half of what says only half) and its share must reach a line: a short question is explained
    whole or not at all, in a long one much is story. What no procedure is about must not outweigh the rest.
    """
    if not scores.size or not told:
        return False
    best = int(scores.argmax())
    weight = sum(unit.weight * unit.scores[best] * (_HALF if unit.is_weak else 1.0) for unit in units)
    least_weight, least_share = _LINES.get(told, _LINE)
    if any(unit.is_not_ours for unit in units):
        least_share = _BESIDE_NOT_OURS
    return bool(weight >= least_weight and scores[best] >= least_share)
