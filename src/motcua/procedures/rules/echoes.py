"""What a question recalls: lines of people's words that share words with it though no saying of theirs is heard whole.

"Ông ngoại có mấy hàng keo muốn cưa" holds no saying of the lexicon, but its words stand close together in the line on
felling planted trees. Each line is a small text of all its ways of saying; words that stand in many lines tell little.
"""

from collections import defaultdict
from collections.abc import Sequence

from motcua.procedures.rules.likeness import LikenessIndex, pairs_of
from motcua.procedures.rules.words import Lexicon, Word

_LINES = 8  # that are followed
_LEAST = 0.18  # of the words' weight must stand in a line


class EchoIndex:
    """The lines of a lexicon by their words, once with their marks and once without."""

    def __init__(self, lexicon: Lexicon) -> None:
        silent = {saying.words[0].marked for saying in lexicon.sayings if saying.only_asks and len(saying.words) == 1}
        marked: dict[tuple[str, ...], set[str]] = defaultdict(set)
        folded: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for saying in lexicon.sayings:
            if not saying.meanings or saying.is_weak:
                continue
            told = [word for word in saying.words if word.marked not in silent]
            marked[saying.meanings] |= pairs_of([word.marked for word in told])
            folded[saying.meanings] |= pairs_of([word.folded for word in told])
        self._meanings = list(marked)
        self._marked = LikenessIndex(marked.values())
        self._folded = LikenessIndex(folded.values())

    def knows(self, word: Word) -> bool:
        """Whether some line holds the word."""
        return (word.marked in self._marked) if word.has_marks else (word.folded in self._folded)

    def recalled_by(self, words: Sequence[Word]) -> list[tuple[tuple[str, ...], float]]:
        """Return (meanings, share of the words' weight that the line holds) of the likeliest lines, best first."""
        has_marks = any(word.has_marks for word in words)
        index = self._marked if has_marks else self._folded
        tokens = pairs_of([word.marked if has_marks else word.folded for word in words])
        found = index.likeness(tokens, at_least=_LEAST) if tokens else {}
        best = sorted(found, key=lambda number: (-found[number][0], number))[:_LINES]
        return [(self._meanings[number], found[number][0]) for number in best]
