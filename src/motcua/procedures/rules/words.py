"""What people say and what the law says: ``data/words.txt`` and ``data/words`` read, and found again in a question.

A question is a row of words, each with two spellings: the folded one ("so") and the one with its marks ("sổ"). Who
types marks is taken at his word, who types none may mean any: "so do" is "sổ đỏ", "số đỏ" is not. Marks are compared
without regard to the letter that carries them, so "hoà" equals "hòa"; hỏi and ngã are one.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from motcua.base.text import fold

_WORD = re.compile(r"[^\W_]+")
_EITHER_SPELLING = re.compile(r"(qu|[hklmst])y")  # ký and kí, lý and lí, quy and qui are the same word
_HOI, _NGA = "\u0309", "\u0303"  # half the country speaks these two tones alike, and writes them so
_LONGEST = 12  # words of one way of saying
_SURE = 4  # letters of a lone word without marks that is taken for a way of saying when it is typed without marks
_MOST_BETWEEN = 2  # words that may stand between two of a way of saying: "mất cái bằng lái"
_MOST_GAPS = 4  # that may stand between all words of one with three or more
_LONG = 4  # words of a saying between which as many may stand
_LOOSE, _MOST_LOOSE = 3, 8  # words of a saying that may stand in another order, and words between them then
_BREAK = re.compile(r"[,.;:!?()\n]")  # what no way of saying reaches over


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed, folded, and as its letters and marks in a row (equal to ``folded`` when it has none)."""

    typed: str
    folded: str
    marked: str

    @property
    def has_marks(self) -> bool:
        return self.marked != self.folded


@dataclass(frozen=True, slots=True)
class Saying:
    """A way of saying, with what it may mean, the likeliest first: the law's words or a code; none: nothing."""

    words: tuple[Word, ...]
    meanings: tuple[str, ...]
    is_weak: bool = False  # tells what is to be done, not with what: "mất" is to issue again
    is_not_ours: bool = False  # asks for what no procedure is about: a score, a recipe, another country's office

    @property
    def only_asks(self) -> bool:
        """Whether the saying tells nothing of what is wanted: politeness, "where", "which papers"."""
        return not self.meanings and not self.is_not_ours


@dataclass(frozen=True, slots=True)
class Heard:
    """A saying found in a question: the places of its words there, ``gaps`` words of others between them.

    ``is_loose`` when its words stand there in another order or further apart.
    """

    saying: Saying
    places: tuple[int, ...]
    is_loose: bool = False

    @property
    def gaps(self) -> int:
        return self.places[-1] - self.places[0] + 1 - len(self.places)


def words_in(text: str) -> list[Word]:
    """Return the words of ``text`` in order: letters and digits only, y and i spelt alike."""
    return [_word(found) for found in _WORD.findall(text.lower())]


def breaks_in(text: str) -> set[int]:
    """Return the places of the words of ``text`` that a comma, a full stop or the like stands before."""
    ends = [(found.start(), found.end()) for found in _WORD.finditer(text.lower())]
    return {place for place in range(1, len(ends)) if _BREAK.search(text, ends[place - 1][1], ends[place][0])}


@lru_cache(maxsize=20_000)
def _word(typed: str) -> Word:
    folded = fold(typed)
    letters = typed.lower()
    spelt = unicodedata.normalize("NFD", letters).replace(_NGA, _HOI)
    marks = "".join(sorted(mark for mark in spelt if unicodedata.combining(mark)))
    bare = "".join(mark for mark in spelt if not unicodedata.combining(mark))
    if _EITHER_SPELLING.fullmatch(folded):
        folded, bare = f"{folded[:-1]}i", f"{bare[:-1]}i"
    return Word(typed, folded, bare + marks)


class Lexicon:
    """All ways of saying, ready to be heard in a question."""

    def __init__(self, sayings: Iterable[Saying]) -> None:
        self.sayings = tuple(sayings)
        bearers: dict[str, int] = defaultdict(int)
        for saying in self.sayings:
            for word in saying.words:
                bearers[word.folded] += 1
        # By its rarest word, so that few are tried for any question.
        self._by_rarest: dict[str, list[Saying]] = defaultdict(list)
        for saying in self.sayings:
            self._by_rarest[min((word.folded for word in saying.words), key=bearers.__getitem__)].append(saying)

    def heard_in(self, words: Sequence[Word], breaks: Collection[int] = ()) -> list[Heard]:
        """Return the sayings found, without those whose words all belong to a longer one or reach over a break."""
        has_marks = any(word.has_marks for word in words)
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[word.folded].append(place)
        found = [
            heard
            for folded in places
            for saying in self._by_rarest.get(folded, ())
            if all(word.folded in places for word in saying.words)
            for heard in self._heard(saying, words, places, has_marks=has_marks)
            if heard.is_loose or not any(heard.places[0] < place <= heard.places[-1] for place in breaks)
        ]
        found.sort(key=lambda heard: (heard.is_loose, -len(heard.places), heard.gaps, heard.places))
        kept: list[Heard] = []
        for heard in found:
            if not any(set(heard.places) <= set(other.places) and not self._rivals(heard, other) for other in kept):
                kept.append(heard)
        return kept

    @staticmethod
    def _rivals(one: Heard, other: Heard) -> bool:
        """Whether the same words mean two things on two lines of the file."""
        return one.places == other.places and one.saying.meanings != other.saying.meanings

    def _heard(
        self, saying: Saying, words: Sequence[Word], places: dict[str, list[int]], *, has_marks: bool
    ) -> Iterator[Heard]:
        if len(saying.words) == 1:
            (only,) = saying.words
            # What means nothing is judged by its neighbours, see search.py.
            if has_marks or saying.only_asks or len(only.folded) >= _SURE or not only.has_marks:
                # A lone word is too little to guess its marks where others bear theirs: "cho" is no "chó".
                same = _is_exactly if has_marks and not saying.only_asks else _is_same
                yield from (Heard(saying, (place,)) for place in places[only.folded] if same(words[place], only))
            return
        most, most_in_all = _gaps_in(saying, has_marks=has_marks)
        is_heard = False
        for start in places[saying.words[0].folded]:
            at = [start]
            for word in saying.words[1:]:
                near = (place for place in places[word.folded] if 0 < place - at[-1] <= most + 1)
                following = next((place for place in near if _is_same(words[place], word)), None)
                if following is None:
                    break
                at.append(following)
            else:
                heard = Heard(saying, tuple(at))
                if heard.gaps <= most_in_all and _is_same(words[start], saying.words[0]):
                    is_heard = True
                    yield heard
        if not is_heard and len(saying.words) >= _LOOSE and not saying.only_asks and not saying.is_not_ours:
            yield from _heard_loosely(saying, words, places)


def _heard_loosely(saying: Saying, words: Sequence[Word], places: dict[str, list[int]]) -> Iterator[Heard]:
    """Return the saying when all its words stand near each other in whatever order: "thi hành án … đổi người"."""
    at = [
        next((place for place in places[word.folded] if words[place].marked == word.marked), None)
        for word in saying.words
    ]
    found = tuple(sorted({place for place in at if place is not None}))
    if len(found) == len(saying.words):
        heard = Heard(saying, found, is_loose=True)
        if heard.gaps <= _MOST_LOOSE:
            yield heard


def _gaps_in(saying: Saying, *, has_marks: bool) -> tuple[int, int]:
    """Return how many words may stand between two words of the saying, and between all of them."""
    if not has_marks and (len(saying.words) == 2 or saying.is_not_ours):
        return 0, 0
    if len(saying.words) == 2 or saying.is_not_ours:
        return _MOST_BETWEEN, _MOST_BETWEEN
    return _MOST_BETWEEN if len(saying.words) < _LONG else _MOST_GAPS, _MOST_GAPS


def _is_exactly(typed: Word, said: Word) -> bool:
    return typed.marked == said.marked


def _is_same(typed: Word, said: Word) -> bool:
    """Whether the word may be meant: marks may be left out ("xây dưng"), others may not be typed."""
    if typed.folded != said.folded or not typed.has_marks or typed.marked == said.marked:
        return typed.folded == said.folded
    letters = len(typed.folded)
    return set(typed.marked[letters:]) <= set(said.marked[letters:]) and all(
        one == other or one == "d" for one, other in zip(typed.marked[:letters], said.marked[:letters], strict=True)
    )


def sayings_of(text: str) -> Iterator[Saying]:
    """Read lines ``saying, saying = meaning | meaning``; ``#`` starts a comment, ``[…]`` a heading of the file.

    "~" before the meanings makes the sayings weak, "!" alone says that no procedure is about them. Raises ValueError
    for a line that is none of these.
    """
    for line in text.splitlines():
        if not line.strip() or line.startswith(("#", "[")):
            continue
        said, equals, meant = line.partition("=")
        if not equals:
            raise ValueError(f"no '=' in: {line}")
        is_weak, is_not_ours = meant.lstrip().startswith("~"), meant.strip() == "!"
        meanings = () if is_not_ours else tuple(meaning for one in meant.split("|") if (meaning := one.strip(" ~")))
        for one in said.split(","):
            words = tuple(words_in(one))
            if not 1 <= len(words) <= _LONGEST:
                raise ValueError(f"a way of saying has 1 to {_LONGEST} words: {one!r} in: {line}")
            yield Saying(words, meanings, is_weak, is_not_ours)


@lru_cache(maxsize=1)
def people_s_words() -> Lexicon:
    """Return the lexicon that comes with the house."""
    data = files("motcua.procedures") / "data"
    by_field = sorted(
        (file for file in (data / "words").iterdir() if file.name.endswith(".txt")), key=lambda file: file.name
    )
    texts = (file.read_text(encoding="utf-8") for file in (data / "words.txt", *by_field))
    return Lexicon(saying for text in texts for saying in sayings_of(text))
