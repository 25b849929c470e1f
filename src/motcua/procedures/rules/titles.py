"""Titles that are like what was typed, by letters and word pairs: what is typed badly is found again."""

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz.distance import OSA

from motcua.base.text import fold
from motcua.procedures.rules.likeness import LikenessIndex, pairs_of, trigrams_of, words_of
from motcua.procedures.rules.syllables import is_syllable

# What speaks for a title: letters and word pairs of the query found in it, how little else it says, the query as a
# phrase, the query with its diacritics. They add up to 1. Chosen on titles typed badly, see bench/search.py.
_LETTERS, _PAIRS, _BREVITY, _PHRASE, _ACCENTS = 0.42, 0.34, 0.12, 0.06, 0.06
_ENOUGH = 0.42  # below this share of the query's letters a title is noise
_CLOSELY_READ = 80  # of the likest titles are looked at as phrases
_SAID = 10  # titles that a pair of words in a saying is worth when a typo is mended
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))  # what a keyboard left of ă, â, đ, ê, ô, ơ, ư
_TONE_KEYS = str.maketrans("", "", "sfxj")
_SURE = 4  # letters of a word that is mended though it goes with neither neighbour
_MOST_UNKNOWN = 12  # words that stand nowhere and are looked at for typos


class TitleIndex:
    """The titles of all procedures, by their letters and by their pairs of words."""

    def __init__(self, names: Sequence[str], sayings: Iterable[Sequence[str]] = (), others: Iterable[str] = ()) -> None:
        """``sayings`` are rows of words, ``others`` words, that are no typos though no title holds them."""
        titles = [words_of(name) for name in names]
        self._names = [name.lower() for name in names]
        self.lines = [" ".join(words) for words in titles]
        self._letters = LikenessIndex(map(trigrams_of, titles))
        self.pairs = LikenessIndex(map(pairs_of, titles))
        self._said_pairs = {token for words in sayings for token in pairs_of(words)}
        self._known = {token for token in (*self.pairs.tokens(), *self._said_pairs) if " " not in token}
        self._vocabulary = sorted(self._known)
        self._known.update(others)

    def without_typos(self, typed: Sequence[str], marked: Collection[int] = ()) -> list[str]:
        """Return the folded words with each that nobody knows replaced by the likeliest that is one slip away.

        What could be a Vietnamese word is a slip only where the other word goes with its neighbours, and none at all
        at the places ``marked``, where it bears marks; a text mostly of unknown words is in another language.
        """
        words = list(typed)
        unknown = [place for place, word in enumerate(typed) if word not in self._known and not word.isdigit()]
        if len(words) > 1 and 2 * len(unknown) > sum(len(word) > 1 for word in words):
            return words
        for place in unknown[:_MOST_UNKNOWN]:
            word = typed[place]
            if len(word) < 3 or (place in marked and is_syllable(word)):
                continue
            meant = without_telex(word)
            near = [meant] if meant in self._known else [one for one in self._vocabulary if _is_slip(word, one)]
            best = max(near, key=lambda other: self._fitness(words, place, other), default=word)
            if self._fitness(words, place, best)[0] or (len(word) >= _SURE and not is_syllable(word)):
                words[place] = best
        return words

    def _fitness(self, words: list[str], place: int, word: str) -> tuple[int, int]:
        """Return how often ``word`` stands beside its neighbours of the query, then in how many titles at all."""
        beside = 0
        for pair in ((place - 1, place), (place, place + 1)):
            if pair[0] >= 0 and pair[1] < len(words):
                said = " ".join(word if at == place else words[at] for at in pair)
                beside += self.pairs.holders(said) + _SAID * (said in self._said_pairs)
        return beside, self.pairs.holders(word)

    def begins(self, number: int, line: str) -> bool:
        """Whether the title begins with the folded words, but for "Thủ tục" before them."""
        return f"{self.lines[number].removeprefix('thu tuc ')} ".startswith(f"{line.removeprefix('thu tuc ')} ")

    def holds(self, number: int, line: str) -> bool:
        """Whether the title holds the folded words in a row."""
        return f" {line} " in f" {self.lines[number]} "

    def scores(self, words: Sequence[str], query: str) -> dict[int, float]:
        """Return by number how like a title is to the words, 0 to 1; ``query`` as typed, "" when typos were mended."""
        letters = self._letters.likeness(trigrams_of(words), at_least=_ENOUGH)
        pairs = self.pairs.likeness(pairs_of(words), among=letters) if letters else {}
        scores = {
            number: _LETTERS * found + _PAIRS * pairs.get(number, (0.0, 0.0))[0] + _BREVITY * likewise
            for number, (found, likewise) in letters.items()
        }
        line = " ".join(words)
        accented = query.lower() if fold(query) != query.lower() else ""
        for number in sorted(scores, key=scores.__getitem__, reverse=True)[:_CLOSELY_READ]:
            if self.begins(number, line):
                scores[number] += _PHRASE
            elif self.holds(number, line):
                scores[number] += _PHRASE / 2
            if not accented or accented in self._names[number]:
                scores[number] += _ACCENTS
        return scores


def without_telex(word: str) -> str:
    """Return a folded word without what Telex typing left in it: "chieeus" is "chieu", "duowjc" is "duoc"."""
    for typed, letter in _TELEX:
        word = word.replace(typed, letter)
    return word[:1] + word[1:].translate(_TONE_KEYS).removesuffix("r") if word else word


def _is_slip(word: str, other: str) -> bool:
    return abs(len(word) - len(other)) < 2 and OSA.distance(word, other, score_cutoff=1) <= 1
