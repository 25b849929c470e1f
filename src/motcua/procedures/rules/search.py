"""Finding procedures by what people type: a code, a title typed badly, their own words for it, a field, an agency.

A question is cut into units: ways of saying that ``words.py`` knows ("sổ đỏ"), and the words that remain. Each unit
scores the procedures, a saying by its meaning in the law's words as well as by its own; rare words and long sayings
weigh more, words that ask ("cần giấy tờ gì") nothing. No unit must be found: what covers more stands higher.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from motcua.base.text import squash
from motcua.procedures.rules.likeness import LikenessIndex, pairs_of, trigrams_of, words_of
from motcua.procedures.rules.titles import TitleIndex
from motcua.procedures.rules.words import Heard, Lexicon, Word, people_s_words, words_in

LONGEST_QUERY = 400  # characters; the median title has 90, and more letters find nothing that these do not
_CODE = re.compile(r"(?<![\d.])(\d\.\d{6})(?!\d)")  # also inside a local copy's code, 1.000948.000.00.00.H22
_CODE_WITHOUT_DOT = re.compile(r"(?<!\d)(\d)(\d{6})(?!\d)")
_PART_OF_CODE = re.compile(r"[\d.]{3,8}")

_TITLE = 0.5  # what likeness to a title as a whole is worth beside the units
_LIKE_A_TITLE = 0.5  # what is less like a title is not meant as one
_CONTEXT = 0.5  # what a field or an agency named in the query is worth
_COMMON = 0.1  # what being common is worth: between two that fit alike, the one most people mean
_LEAST = 0.08  # below this nothing fits
_NEAR_BEST = 0.45  # what scores under this part of the best is noise beside it
_NAMED = 0.8  # a field or agency is meant when this share of it, or of the query, is the same
_ELSEWHERE = 0.45  # what a word in papers, results or field is worth beside one in the title
_MARKS = 0.4  # the part of a word's worth that depends on its marks, where they were typed
_MEANT = 0.5  # below this share of its words in a title a meaning is not in it
_MEANINGS_KEPT = 150  # likest titles of one meaning
_INSIDE = 0.9  # what a meaning is worth in a title that does not begin with it
_SECOND_MEANING = 0.93  # what each further meaning is worth beside the one before
_WEIGHT, _WEIGHT_OF_WORD = 5.0, 2.5  # of a saying, and of each of its words
_WORD = 0.4  # what a pair of words is worth beside a saying, times the logarithm of its rarity
_UNKNOWN = 3.0  # what a word that stands nowhere weighs: nobody answers it
_LONE = 0.6  # what a lone word is worth beside a pair: one syllable has many senses
_WEAK, _WEAK_RARITY = 0.5, 0.7  # of a weak saying, and of the logarithm of its rarity
_FOR_LENGTH, _LONG = 0.3, 0.6  # how much a word is worth less in a long title, and the least it is worth
_GAP = 0.85  # what a saying is worth for each other word between its own
_TOLD = 0.4  # what answers a part of the question less well is no reason worth telling
_MOST_HOLDERS = 20_000  # of a question's words, rarest first: what stands everywhere tells nothing more


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


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one part of the question says: how much it weighs, and how well each procedure answers it (0 to 1)."""

    said: str
    weight: float
    scores: dict[int, float]
    meanings: tuple[str, ...] = ()
    is_weak: bool = False


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
        self._lexicon = people_s_words() if lexicon is None else lexicon
        sayings = [[word.folded for word in saying.words] for saying in self._lexicon.sayings]
        self._titles = TitleIndex([entry.name for entry in self.entries], sayings)
        self._marked = LikenessIndex({word.marked for word in words_in(entry.name)} for entry in self.entries)
        elsewhere = [f"{entry.field}. {entry.issuing_agency}" for entry in self.entries]
        for number, text in enumerate(texts):
            elsewhere[number] = f"{elsewhere[number]}. {text}"
        self._elsewhere = LikenessIndex(pairs_of(words_of(text)) for text in elsewhere)
        lengths = [line.count(" ") + 1 for line in self._titles.lines]
        usual = sum(lengths) / max(len(lengths), 1)
        self._brevity = tuple(max(_LONG, 1 / (1 - _FOR_LENGTH + _FOR_LENGTH * length / usual)) for length in lengths)
        self._common = tuple(common) or tuple(map(commonness, self.entries))
        contexts: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for context in {entry.field, entry.issuing_agency, *entry.executing_agencies}:
                contexts[context].append(number)
        self._contexts = list(contexts.values())
        self._context_letters = LikenessIndex(trigrams_of(words_of(context)) for context in contexts)
        self._meant: dict[str, dict[int, float]] = {}

    def search(self, query: str) -> list[Hit]:
        """Return what fits ``query``, best first; nothing for an empty query."""
        query = squash(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
        if self._asks_for_a_code(query):
            return self._of_code(query)
        words = self._words_of(query)
        heard = self._lexicon.heard_in(words)
        silent = self._silent(heard, words)
        scores = self._unit_scores(self._units(words, heard, silent))
        self._add_titles(scores, words, silent, query)
        for number in scores:
            scores[number] /= 1 + _TITLE + _COMMON
        named = self._context_likeness([word.folded for word in words])
        for number, likeness in named.items():
            scores[number] = 1 - (1 - scores.get(number, 0.0)) * (1 - _CONTEXT * likeness)
        return self._ranked(scores, named)

    def reasons(self, query: str, hits: Sequence[Hit]) -> list[Reason]:
        """Return for each hit what of the query it answers; nothing said of a code or a field."""
        query = squash(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
        if self._asks_for_a_code(query):
            return [Reason((), ()) for _hit in hits]
        words = self._words_of(query)
        heard = self._lexicon.heard_in(words)
        units = self._units(words, heard, self._silent(heard, words))
        return [self._reason(units, self.by_code[hit.entry.code]) for hit in hits]

    def named(self, title: str) -> Hit | None:
        """Return the likeliest procedure whose title begins with the words of ``title``."""
        line = " ".join(words_of(title))
        bearers = [number for number in range(len(self.entries)) if self._titles.begins(number, line)]
        number = min(bearers, key=lambda one: (-self._common[one], one), default=None)
        return None if number is None else Hit(self.entries[number], 1.0)

    def _reason(self, units: list[_Unit], number: int) -> Reason:
        found = [unit for unit in units if unit.scores.get(number, 0.0) >= _TOLD]
        meant = tuple(dict.fromkeys((unit.said, self._best_meaning(unit, number)) for unit in found if unit.meanings))
        explained = {word for said, _meaning in meant for word in said.split()}
        shown = [unit.said for unit in found if not unit.meanings and not explained & set(unit.said.split())]
        pairs = [said for said in shown if " " in said]
        return Reason(meant, tuple(dict.fromkeys(one for one in shown if one in pairs or not _is_in(one, pairs))))

    def _best_meaning(self, unit: _Unit, number: int) -> str:
        titles_of = self._titles_holding if unit.is_weak else self._titles_of
        return max(unit.meanings, key=lambda meaning: titles_of(meaning).get(number, 0.0))

    @staticmethod
    def _asks_for_a_code(query: str) -> bool:
        return bool(_CODE.search(query) or _CODE_WITHOUT_DOT.search(query) or _PART_OF_CODE.fullmatch(query))

    def _add_titles(self, scores: dict[int, float], words: list[Word], silent: set[int], query: str) -> None:
        """Add likeness to a title as a whole, for those who type one; words that only ask are cut off at both ends."""
        core = [place for place in range(len(words)) if place not in silent] or [0]
        title = [word.folded for word in words[core[0] : core[-1] + 1]]
        is_as_typed = len(title) == len(words) and all(word.typed in query.lower() for word in words)
        for number, likeness in self._titles.scores(title, query if is_as_typed else "").items():
            if likeness > _LIKE_A_TITLE:
                scores[number] = scores.get(number, 0.0) + _TITLE * (likeness - _LIKE_A_TITLE) / (1 - _LIKE_A_TITLE)

    def _ranked(self, scores: dict[int, float], named: dict[int, float]) -> list[Hit]:
        # Whoever types the name of a field or an agency wants all of it, however well a few titles fit.
        least = max(_LEAST, _NEAR_BEST * max(scores.values(), default=0.0))
        part = _COMMON / (1 + _TITLE + _COMMON)
        ranked = sorted(
            (
                (score + part * self._common[number], number)
                for number, score in scores.items()
                if score >= least or named.get(number, 0.0) >= _NAMED
            ),
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

    def _words_of(self, query: str) -> list[Word]:
        """Return the words of the query without slips of typing."""
        typed = words_in(query)
        mended = self._titles.without_typos([word.folded for word in typed])
        return [
            word if word.folded == right else Word(right, right, right)
            for word, right in zip(typed, mended, strict=True)
        ]

    def _units(self, words: list[Word], heard: list[Heard], silent: set[int]) -> list[_Unit]:
        meaning = [one for one in heard if one.saying.meanings]
        spoken = {place for one in meaning if not one.saying.is_weak for place in one.places}
        units = [self._unit_of(one, words) for one in meaning]
        # A lone letter or figure is a point of a list or a part of an address; beside its neighbour it may tell.
        said = [place for place, word in enumerate(words) if len(word.typed) > 1 or word.has_marks]
        rest = [place for place in said if place not in silent and place not in spoken]
        units += [self._unit_of_word(words, place) for place in rest]
        units += self._units_of_pairs(words, rest, silent)
        return units

    def _silent(self, heard: list[Heard], words: list[Word]) -> set[int]:
        """Return the places of words that only ask. Typed without marks, "can" asks unless it is that of "căn cước"."""
        has_marks = any(word.has_marks for word in words)
        silent = {place for one in heard if not one.saying.meanings for place in one.places}
        if has_marks:
            return silent
        sure = {place for one in heard if not one.saying.meanings and len(one.places) > 1 for place in one.places}
        return sure | {place for place in silent if not self._is_paired(words, place)}

    def _is_paired(self, words: list[Word], place: int) -> bool:
        beside = [pair for pair in (words[max(place - 1, 0) : place + 1], words[place : place + 2]) if len(pair) > 1]
        return any(" ".join(word.folded for word in pair) in self._titles.pairs for pair in beside)

    def _unit_of(self, heard: Heard, words: list[Word]) -> _Unit:
        said = [words[place] for place in heard.places]
        found: dict[int, float] = {}
        worth = _GAP**heard.gaps
        titles_of = self._titles_holding if heard.saying.is_weak else self._titles_of
        for meaning in heard.saying.meanings:
            for number, score in titles_of(meaning).items():
                found[number] = max(found.get(number, 0.0), worth * score)
            worth *= _SECOND_MEANING
        if heard.saying.is_weak:
            weight = _WEAK + _WEAK_RARITY * log(1 + len(self.entries) / max(len(found), 1))
        else:
            weight = _WEIGHT + _WEIGHT_OF_WORD * len(said)
        return _Unit(" ".join(word.typed for word in said), weight, found, heard.saying.meanings, heard.saying.is_weak)

    def _titles_of(self, meaning: str) -> dict[int, float]:
        """Return the titles that hold the law's words: the more of them and the less else, the higher."""
        if meaning not in self._meant:
            words = words_of(meaning)
            tokens, line = pairs_of(words), " ".join(words)
            found = {
                number: share**2 * (0.7 + 0.3 * likewise) * (1.0 if self._titles.begins(number, line) else _INSIDE)
                for number, (share, likewise) in self._titles.pairs.likeness(tokens, at_least=_MEANT).items()
            }
            likest = sorted(found, key=found.__getitem__, reverse=True)[:_MEANINGS_KEPT]
            self._meant[meaning] = {number: found[number] for number in likest}
        return self._meant[meaning]

    def _titles_holding(self, meaning: str) -> dict[int, float]:
        """Return the titles with every word and every pair of words of the law's words."""
        tokens = sorted(pairs_of(words_of(meaning)), key=self._titles.pairs.holders)
        found = set(self._titles.pairs.numbers(tokens[0]))
        for token in tokens[1:]:
            found.intersection_update(self._titles.pairs.numbers(token))
        return dict.fromkeys(found, 1.0)

    def _unit_of_word(self, words: list[Word], place: int) -> _Unit:
        word = words[place]
        found: dict[int, float] = dict.fromkeys(self._elsewhere.numbers(word.folded), _ELSEWHERE)
        bare = 1.0 - _MARKS if word.has_marks and word.marked in self._marked else 1.0
        found.update(dict.fromkeys(self._titles.pairs.numbers(word.folded), bare))
        if bare < 1.0:
            found.update(dict.fromkeys(self._marked.numbers(word.marked), 1.0))
        return _Unit(word.typed, _WORD * _LONE * self._rarity(word.folded), found)

    def _units_of_pairs(self, words: list[Word], rest: list[int], silent: set[int]) -> list[_Unit]:
        """Return the pairs of neighbours of which one at least stands in no saying."""
        units = []
        for first, second in pairwise(range(len(words))):
            if silent & {first, second} or not {first, second} & set(rest):
                continue
            pair = f"{words[first].folded} {words[second].folded}"
            found = dict.fromkeys(self._elsewhere.numbers(pair), _ELSEWHERE)
            found.update(dict.fromkeys(self._titles.pairs.numbers(pair), 1.0))
            if found:
                units.append(_Unit(f"{words[first].typed} {words[second].typed}", _WORD * self._rarity(pair), found))
        return units

    def _rarity(self, token: str) -> float:
        holders = self._titles.pairs.holders(token) or self._elsewhere.holders(token)
        return log(1 + len(self.entries) / holders) if holders else _UNKNOWN

    def _unit_scores(self, units: list[_Unit]) -> dict[int, float]:
        """Return by number the share of the question's weight that it answers."""
        total = sum(unit.weight for unit in units)
        scores: dict[int, float] = defaultdict(float)
        looked_at = 0
        for unit in sorted(units, key=lambda unit: len(unit.scores)):
            looked_at += len(unit.scores)
            if looked_at > _MOST_HOLDERS and scores:
                break
            share = unit.weight / total
            if unit.meanings:
                for number, score in unit.scores.items():
                    scores[number] += share * score
            else:
                for number, score in unit.scores.items():
                    scores[number] += share * score * self._brevity[number]
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


# A title that begins so is about a procedure's own paper rather than what people come for; and what few may ask for.
_DERIVED = re.compile(
    r"(thu tuc )?(de nghi |quyet dinh |thong bao )?"
    r"(thu hoi|rut|xoa|gia han|cap lai|cap doi|dieu chinh|thay doi|sua doi|bo sung|dinh chinh|dung|huy|cham dut|tam"
    r"|dang ki lai|cap ban sao|tu choi|mien nhiem|ghi vao so|doi|giai the|chuyen)\b"
)
_OF_FEW = re.compile(
    r"\b(luu dong|quan doi|cong an nhan dan|khu vuc bien gioi|bi mat nha nuoc|cap bo|trung uong|quan su|quoc phong"
    r"|nguoi nuoc ngoai|yeu to nuoc ngoai)\b"
)
_OF_LEVEL = {"commune": 1.0, "province": 0.8}


def commonness(entry: Entry) -> float:
    """Return how likely people mean this procedure and not one like it, 0 to 1, told from its levels and its title."""
    title = " ".join(words_of(entry.name))
    score = max((_OF_LEVEL.get(level, 0.3) for level in entry.levels), default=0.3)
    if _DERIVED.match(title):
        score *= 0.5
    if _OF_FEW.search(title):
        score *= 0.6
    return score
