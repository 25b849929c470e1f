"""A question cut into what it says: each unit with its weight and the procedures that answer it.

A unit is a way of saying that ``words.py`` knows, a word or a pair of words that remain, or all words together where
they recall a line of people's words. Rare words and long sayings weigh more, words that ask weigh nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy
from numpy.typing import NDArray

from motcua.procedures.rules.deeds import deeds_in, without_deeds
from motcua.procedures.rules.echoes import EchoIndex
from motcua.procedures.rules.likeness import LikenessIndex, pairs_of, words_of
from motcua.procedures.rules.titles import TitleIndex
from motcua.procedures.rules.words import Heard, Lexicon, Word, breaks_in, words_in

Scores = NDArray[numpy.float64]  # of every procedure by its number, 0 to 1
_CODE = re.compile(r"\d\.\d{6}")

_ELSEWHERE = 0.45  # what a word in papers, results or field is worth beside one in the title
_MARKS = 0.4  # the part of a word's worth that depends on its marks, where they were typed
_MEANT = 0.5  # below this share of its words in a title a meaning is not in it
_MEANINGS_KEPT = 150  # likest titles of one meaning
_KIN_KEPT = 40  # likest titles of a procedure that is meant itself
_KIN = 0.85  # what they are worth beside it: its renewal, its loss
_INSIDE = 0.9  # what a meaning is worth in a title that does not begin with it
_SECOND_MEANING = 0.93  # what each further meaning is worth beside the one before
_WEIGHT, _WEIGHT_OF_WORD = 5.0, 2.5  # of a saying, and of each of its words
_NOT_OURS = 2.0  # how many times a saying's weight what no procedure is about takes from every answer
_FEWEST = 3000  # procedures: in a smaller catalogue a word is as rare as in one of these
_WORD = 0.4  # what a pair of words is worth beside a saying, times the logarithm of its rarity
_UNKNOWN = 8.0  # what a word that stands nowhere weighs: nobody answers it
_LONE = 0.6  # what a lone word is worth beside a pair: one syllable has many senses
_WEAK, _WEAK_RARITY = 0.5, 0.7  # of a weak saying, and of the logarithm of its rarity
_ECHO = 1.5  # of what a word of the question weighs where all together recall a line
_LOOSELY = 0.6  # what a saying is worth whose words stand in another order
_WISHES = {word.marked for word in words_in("muốn xin cần đòi nhờ định")}  # before what is wanted
_WISHED = 1.3  # what a saying behind the last of them is worth: before it stands the story
_GAP = 0.85  # what a saying is worth for each other word between its own


@dataclass(frozen=True, slots=True)
class Unit:
    """What one part of the question says: how much it weighs, and how well each procedure answers it (0 to 1).

    ``said`` is "" for an echo, of which nothing can be shown.
    """

    said: str
    weight: float
    scores: Scores
    meanings: tuple[str, ...] = ()
    is_weak: bool = False
    is_not_ours: bool = False


def deeds_of(units: Iterable[Unit]) -> frozenset[str]:
    """Return what a question says is to be done: again, for longer, ..."""
    return frozenset(deed for unit in units if unit.is_weak for meaning in unit.meanings for deed in deeds_in(meaning))


def told_by(words: Sequence[Word], silent: set[int]) -> int:
    """Return how many different words of a question tell something."""
    return len({words[place].marked for place in _said(words) if place not in silent})


def _said(words: Sequence[Word]) -> list[int]:
    # A lone letter or figure is a point of a list or a part of an address; beside its neighbour it may tell.
    return [place for place, word in enumerate(words) if len(word.typed) > 1 or word.has_marks]


def _places(numbers: Sequence[int]) -> NDArray[numpy.intp]:
    return numpy.asarray(numbers, numpy.intp)


_Found = tuple[NDArray[numpy.intp], Scores]  # numbers of procedures, and the score of each


class QuestionReader:
    """Cuts questions into units. Entries are numbered as their titles are; ``texts`` are what else is searched."""

    def __init__(
        self, names: Sequence[str], texts: Iterable[str], lexicon: Lexicon, by_code: Mapping[str, int]
    ) -> None:
        self._lexicon = lexicon
        self._names = names
        self._by_code = by_code
        self._elsewhere = LikenessIndex(pairs_of(words_of(text)) for text in texts)
        sayings = [[word.folded for word in saying.words] for saying in lexicon.sayings]
        self.titles = TitleIndex(names, sayings, (token for token in self._elsewhere.tokens() if " " not in token))
        self._marked = LikenessIndex(pairs_of([word.marked for word in words_in(name)]) for name in names)
        self._echoes = EchoIndex(lexicon)
        self._size = max(len(names), _FEWEST)
        self._meant: dict[str, _Found] = {}

    def words_of(self, query: str) -> list[Word]:
        """Return the words of the query without slips of typing."""
        typed = words_in(query)
        marked = {place for place, word in enumerate(typed) if word.has_marks}
        mended = self.titles.without_typos([word.folded for word in typed], marked)
        return [
            word if word.folded == right else Word(right, right, right)
            for word, right in zip(typed, mended, strict=True)
        ]

    def heard_in(self, words: Sequence[Word], query: str) -> list[Heard]:
        """Return the ways of saying that the words hold; ``query`` is the text that they are of."""
        return self._lexicon.heard_in(words, breaks_in(query))

    def silent(self, heard: list[Heard], words: list[Word]) -> set[int]:
        """Return the places of words that only ask. Typed without marks, "can" asks unless it is that of "căn cước"."""
        has_marks = any(word.has_marks for word in words)
        silent = {place for one in heard if one.saying.only_asks for place in one.places}
        if has_marks:
            return silent
        sure = {place for one in heard if one.saying.only_asks and len(one.places) > 1 for place in one.places}
        return sure | {place for place in silent if not self._is_paired(words, place)}

    def units(self, words: list[Word], heard: list[Heard], silent: set[int]) -> list[Unit]:
        """Return what the question says."""
        telling = [one for one in heard if not one.saying.only_asks]
        spoken = {place for one in telling if not one.saying.is_weak and not one.is_loose for place in one.places}
        wish = max((place for place, word in enumerate(words) if word.marked in _WISHES), default=0)
        units = [self._unit_of(one, words, _WISHED if 0 < wish <= one.places[0] else 1.0) for one in telling]
        told = [place for place in _said(words) if place not in silent]
        rest = [place for place in told if place not in spoken]
        units += [self._unit_of_word(words, place) for place in rest if self._stands_somewhere(words[place])]
        units += self._units_of_pairs(words, rest, silent)
        units += self._echo([words[place] for place in told])
        return units

    def best_meaning(self, unit: Unit, number: int) -> str:
        """Return the unit's meaning that the procedure answers best, for people: a code says no more than was said."""
        titles_of = self._titles_holding if unit.is_weak else self._titles_of

        def worth(meaning: str) -> float:
            numbers, scores = titles_of(meaning)
            return float(scores[numbers == number].sum())

        meaning = max(unit.meanings, key=worth)
        return unit.said if _CODE.fullmatch(meaning) else meaning

    def _is_paired(self, words: list[Word], place: int) -> bool:
        beside = [pair for pair in (words[max(place - 1, 0) : place + 1], words[place : place + 2]) if len(pair) > 1]
        return any(" ".join(word.folded for word in pair) in self.titles.pairs for pair in beside)

    def _unit_of(self, heard: Heard, words: list[Word], wished: float) -> Unit:
        saying = heard.saying
        said = [words[place] for place in heard.places]
        found = self._nothing()
        self._add_meanings(found, saying.meanings, _LOOSELY if heard.is_loose else _GAP**heard.gaps, saying.is_weak)
        if saying.is_weak:
            weight = _WEAK + _WEAK_RARITY * log(1 + self._size / (int(numpy.count_nonzero(found)) or 1))
        else:
            weight = wished * (_WEIGHT + _WEIGHT_OF_WORD * len(said)) * (_NOT_OURS if saying.is_not_ours else 1.0)
        typed = " ".join(word.typed for word in said)
        return Unit(typed, weight, found, saying.meanings, saying.is_weak, saying.is_not_ours)

    def _echo(self, words: list[Word]) -> list[Unit]:
        """Return the unit of all telling words together, where they recall lines of people's words."""
        recalled = self._echoes.recalled_by(words)
        found = self._nothing()
        for meanings, share in recalled:
            self._add_meanings(found, meanings, share)
        return [Unit("", _ECHO * len(words), found)] if recalled else []

    def _nothing(self) -> Scores:
        return numpy.zeros(len(self._names))

    def _add_meanings(self, found: Scores, meanings: Sequence[str], worth: float, is_weak: bool = False) -> None:
        """Raise ``found`` to what the meanings are worth, each further one less than the one before."""
        titles_of = self._titles_holding if is_weak else self._titles_of
        for meaning in meanings:
            numbers, scores = titles_of(meaning)
            found[numbers] = numpy.maximum(found[numbers], worth * scores)
            worth *= _SECOND_MEANING

    def _titles_of(self, meaning: str) -> _Found:
        """Return the titles that hold the law's words: the more of them and the less else, the higher."""
        if meaning not in self._meant:
            is_code = _CODE.fullmatch(meaning)
            found = self._kin_of(meaning) if is_code else self._likest(meaning, _MEANINGS_KEPT)
            self._meant[meaning] = numpy.array(list(found), numpy.intp), numpy.array(list(found.values()))
        return self._meant[meaning]

    def _kin_of(self, code: str) -> dict[int, float]:
        """Return the procedure of a code, and for less those that are done with the same thing."""
        itself = self._by_code.get(code)
        if itself is None:
            return {}
        tokens = pairs_of(without_deeds(self._names[itself]).split())
        found = {
            number: _KIN * share**2 * (0.5 + 0.5 * likewise)
            for number, (share, likewise) in self.titles.pairs.likeness(tokens, at_least=_MEANT).items()
        }
        kin = sorted(found, key=found.__getitem__, reverse=True)[:_KIN_KEPT]
        return {number: found[number] for number in kin} | {itself: 1.0}

    def _likest(self, meaning: str, kept: int) -> dict[int, float]:
        words = words_of(meaning)
        tokens, line = pairs_of(words), " ".join(words)
        found = {
            number: share**2 * (0.7 + 0.3 * likewise) * (1.0 if self.titles.begins(number, line) else _INSIDE)
            for number, (share, likewise) in self.titles.pairs.likeness(tokens, at_least=_MEANT).items()
        }
        likest = sorted(found, key=found.__getitem__, reverse=True)[:kept]
        return {number: found[number] for number in likest}

    def _titles_holding(self, meaning: str) -> _Found:
        """Return the titles with every word and every pair of words of the law's words."""
        tokens = sorted(pairs_of(words_of(meaning)), key=self.titles.pairs.holders)
        found = set(self.titles.pairs.numbers(tokens[0]))
        for token in tokens[1:]:
            found.intersection_update(self.titles.pairs.numbers(token))
        return numpy.array(sorted(found), numpy.intp), numpy.ones(len(found))

    def _unit_of_word(self, words: list[Word], place: int) -> Unit:
        word = words[place]
        found = self._holding(word.folded, word.marked, has_marks=word.has_marks)
        return Unit(word.typed, _WORD * _LONE * self._rarity(word.folded), found)

    def _holding(self, folded: str, marked: str, *, has_marks: bool) -> Scores:
        """Return what a word or a pair of words is worth in the procedures that hold it, more with the same marks."""
        found = self._nothing()
        found[_places(self._elsewhere.numbers(folded))] = _ELSEWHERE
        found[_places(self.titles.pairs.numbers(folded))] = 1.0 - _MARKS if has_marks else 1.0
        if has_marks:
            found[_places(self._marked.numbers(marked))] = 1.0
        return found

    def _stands_somewhere(self, word: Word) -> bool:
        """Whether the word tells by itself: one that only people say tells by the lines that it recalls."""
        folded = word.folded
        return folded in self.titles.pairs or folded in self._elsewhere or not self._echoes.knows(word)

    def _units_of_pairs(self, words: list[Word], rest: list[int], silent: set[int]) -> list[Unit]:
        """Return the pairs of neighbours of which one at least stands in no saying."""
        units = []
        for first, second in pairwise(range(len(words))):
            if silent & {first, second} or not {first, second} & set(rest):
                continue
            one, other = words[first], words[second]
            pair = f"{one.folded} {other.folded}"
            if pair in self.titles.pairs or pair in self._elsewhere:
                has_marks = one.has_marks or other.has_marks
                found = self._holding(pair, f"{one.marked} {other.marked}", has_marks=has_marks)
                units.append(Unit(f"{one.typed} {other.typed}", _WORD * self._rarity(pair), found))
        return units

    def _rarity(self, token: str) -> float:
        holders = self.titles.pairs.holders(token) or self._elsewhere.holders(token)
        return log(1 + self._size / holders) if holders else _UNKNOWN
