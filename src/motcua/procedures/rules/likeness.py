"""Which of many short texts share most with a query, measured on tokens of any kind: trigrams of letters, words, pairs.

A text is folded first. Its words are padded with blanks and every three neighbouring letters are one trigram; a typo
spoils three of them and leaves the rest. Pairs of neighbouring words tell what letters cannot: in Vietnamese two
syllables are mostly one word ("khai sinh"). Rare tokens weigh more than those that stand in every second title.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

import numpy

from motcua.base.text import fold

_WORD = re.compile(r"[^\W_]+")
_MOST_LOOKED_AT = 14_000  # holders of the query's tokens, rarest first: what stands in every text tells nothing more
_EITHER_SPELLING = re.compile(r"(qu|[hklmst])y")  # ký and kí, lý and lí, quy and qui are the same word


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``: letters and digits only, without diacritics, y and i spelt alike."""
    return [f"{word[:-1]}i" if _EITHER_SPELLING.fullmatch(word) else word for word in _WORD.findall(fold(text))]


def trigrams_of(words: Iterable[str]) -> set[str]:
    """Return the trigrams of the words as they stand in a row, with the blanks between and around them."""
    line = f" {' '.join(words)} "
    return {line[start : start + 3] for start in range(len(line) - 2)}


def pairs_of(words: Sequence[str]) -> set[str]:
    """Return the words and the pairs of neighbouring words."""
    return {*words, *(f"{first} {second}" for first, second in pairwise(words))}


class LikenessIndex:
    """Numbers of texts by the tokens they hold. Built once, then only read, by as many threads as there are."""

    def __init__(self, texts: Iterable[set[str]]) -> None:
        postings: dict[str, array[int]] = defaultdict(lambda: array("H"))
        sizes: list[tuple[str, ...]] = []
        for number, tokens in enumerate(texts):
            sizes.append(tuple(tokens))
            for token in tokens:
                postings[token].append(number)
        self._postings = dict(postings)
        self._count = len(sizes)
        self._weights = {token: self._weight(len(numbers)) for token, numbers in postings.items()}
        self._lengths = array("f", (sum(map(self._weights.__getitem__, tokens)) for tokens in sizes))
        self._unknown = self._weight(1)

    def _weight(self, holders: int) -> float:
        return log(1 + self._count / holders)

    def __contains__(self, token: str) -> bool:
        return token in self._postings

    def holders(self, token: str) -> int:
        """Return how many texts hold ``token``."""
        return len(self._postings.get(token, ()))

    def numbers(self, token: str) -> Sequence[int]:
        """Return the numbers of the texts that hold ``token``, rising."""
        return self._postings.get(token, ())

    def tokens(self) -> Iterable[str]:
        """Return every token that some text holds."""
        return self._postings

    def likeness(
        self, tokens: set[str], *, at_least: float = 0.0, among: Iterable[int] | None = None
    ) -> dict[int, tuple[float, float]]:
        """Return for each text that shares something (share of the query found in it, share of it in the query).

        Both are between 0 and 1 and weighted by rarity; texts with less than ``at_least`` of the query are left out,
        and with ``among`` all others than those.
        """
        known = sorted((token for token in tokens if token in self._postings), key=lambda one: (self.holders(one), one))
        wanted = (len(tokens) - len(known)) * self._unknown  # what stands in no text counts against every text alike
        shared = numpy.zeros(self._count)
        looked_at = 0
        for token in known:
            looked_at += self.holders(token)
            if looked_at > _MOST_LOOKED_AT and looked_at > self.holders(token):
                break
            weight = self._weights[token]
            wanted += weight
            shared[numpy.frombuffer(self._postings[token], numpy.uint16)] += weight  # a text stands once in a posting
        if among is None:
            numbers = numpy.flatnonzero((shared > 0) & (shared >= at_least * wanted))
        else:
            chosen = numpy.fromiter(among, numpy.intp)
            numbers = chosen[(shared[chosen] > 0) & (shared[chosen] >= at_least * wanted)]
        if not numbers.size:
            return {}
        found = shared[numbers]
        lengths = numpy.frombuffer(self._lengths, numpy.float32)[numbers]
        pairs = zip((found / wanted).tolist(), (found / lengths).tolist(), strict=True)
        return dict(zip(numbers.tolist(), pairs, strict=True))
