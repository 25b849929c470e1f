"""Finding procedures by what people type: a code, a title without diacritics or with typos, a field, an agency."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from motcua.base.text import fold, squash
from motcua.procedures.rules.likeness import LikenessIndex, pairs_of, trigrams_of, words_of

LONGEST_QUERY = 400  # characters; the median title has 90, and more letters find nothing that these do not
_CODE = re.compile(r"(?<![\d.])(\d\.\d{6})(?!\d)")  # also inside a local copy's code, 1.000948.000.00.00.H22
_PART_OF_CODE = re.compile(r"[\d.]{3,8}")

# What speaks for a title: letters and word pairs of the query found in it, how little else it says, the query as a
# phrase, the query with its diacritics. They add up to 1. Chosen on titles typed badly, see bench/search.py.
_LETTERS, _PAIRS, _BREVITY, _PHRASE, _ACCENTS = 0.42, 0.34, 0.12, 0.06, 0.06
_CONTEXT = 0.5  # what a field or an agency named in the query is worth beside a title
_ENOUGH = 0.42  # below this share of the query's letters a title is noise
_NEAR_BEST = 0.7  # what scores under this part of the best is noise beside it
_CLOSELY_READ = 80  # of the likest titles are looked at as phrases
_NAMED = 0.8  # a field or agency is meant when this share of it, or of the query, is the same
_MOST_UNKNOWN = 12  # words that stand in no title and are looked at for typos


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


class CatalogueIndex:
    """All procedures in force, ready to be searched. Entries keep the order in which they are given."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.by_code = {entry.code: number for number, entry in enumerate(self.entries)}
        titles = [words_of(entry.name) for entry in self.entries]
        self._titles = [" ".join(words) for words in titles]
        self._letters = LikenessIndex(map(trigrams_of, titles))
        self._pairs = LikenessIndex(map(pairs_of, titles))
        self._vocabulary = sorted(token for token in self._pairs.tokens() if " " not in token)
        contexts: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for context in {entry.field, entry.issuing_agency, *entry.executing_agencies}:
                contexts[context].append(number)
        self._contexts = list(contexts.values())
        self._context_letters = LikenessIndex(trigrams_of(words_of(context)) for context in contexts)

    def search(self, query: str) -> list[Hit]:
        """Return what fits ``query``, best first; nothing for an empty query."""
        query = squash(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
        if _CODE.search(query) or _PART_OF_CODE.fullmatch(query):
            return self._of_code(query)
        typed = words_of(query)
        words = self._without_typos(typed)
        scores = self._title_scores(words, query if words == typed else "")
        named = self._context_likeness(words)
        for number, likeness in named.items():
            scores[number] = 1 - (1 - scores.get(number, 0.0)) * (1 - _CONTEXT * likeness)
        # Whoever types the name of a field or an agency wants all of it, however well a few titles fit.
        least = _NEAR_BEST * max(scores.values(), default=0.0)
        ranked = sorted(
            ((score, number) for number, score in scores.items() if score >= least or named.get(number, 0.0) >= _NAMED),
            key=lambda pair: (-pair[0], len(self._titles[pair[1]]), pair[1]),
        )
        return [Hit(self.entries[number], round(score, 4)) for score, number in ranked]

    def _of_code(self, query: str) -> list[Hit]:
        """Return the procedure whose code stands in the query, or those whose code holds the part that does."""
        if found := _CODE.search(query):
            number = self.by_code.get(found[1])
            return [] if number is None else [Hit(self.entries[number], 1.0)]
        holders = [entry for entry in self.entries if query in entry.code]
        return [Hit(entry, round(len(query) / len(entry.code), 4)) for entry in holders]

    def _without_typos(self, typed: list[str]) -> list[str]:
        """Return the words with each that stands in no title replaced by the likeliest one typing slip away."""
        words, tried = list(typed), 0
        for place, word in enumerate(typed):
            if word in self._pairs or len(word) < 3 or word.isdigit() or tried == _MOST_UNKNOWN:
                continue
            tried += 1
            near = [other for other in self._vocabulary if self._is_slip(word, other)]
            if near:
                words[place] = max(near, key=lambda other: self._fitness(words, place, other))
        return words

    @staticmethod
    def _is_slip(word: str, other: str) -> bool:
        return abs(len(word) - len(other)) < 2 and OSA.distance(word, other, score_cutoff=1) <= 1

    def _fitness(self, words: list[str], place: int, word: str) -> tuple[int, int]:
        """Return in how many titles ``word`` stands beside its neighbours of the query, then in how many at all."""
        beside = 0
        if place:
            beside += self._pairs.holders(f"{words[place - 1]} {word}")
        if place + 1 < len(words):
            beside += self._pairs.holders(f"{word} {words[place + 1]}")
        return beside, self._pairs.holders(word)

    def _title_scores(self, words: list[str], query: str) -> dict[int, float]:
        pairs = self._pairs.likeness(pairs_of(words))
        scores = {
            number: _LETTERS * found + _PAIRS * pairs.get(number, (0.0, 0.0))[0] + _BREVITY * likewise
            for number, (found, likewise) in self._letters.likeness(trigrams_of(words)).items()
            if found >= _ENOUGH
        }
        line = f" {' '.join(words)} "
        accented = query.lower() if fold(query) != query.lower() else ""
        for number in sorted(scores, key=scores.__getitem__, reverse=True)[:_CLOSELY_READ]:
            if line in f" {self._titles[number]} ":
                scores[number] += _PHRASE
            if not accented or accented in self.entries[number].name.lower():
                scores[number] += _ACCENTS
        return scores

    def _context_likeness(self, words: list[str]) -> dict[int, float]:
        """Return how much the query names a procedure's field or one of its agencies."""
        found: dict[int, float] = {}
        for number, (share, likewise) in self._context_letters.likeness(trigrams_of(words)).items():
            if max(share, likewise) >= _NAMED:
                for member in self._contexts[number]:
                    found[member] = max(share * likewise, found.get(member, 0.0))
        return found
