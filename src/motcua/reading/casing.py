"""Titles in capitals brought to sentence case, proper names restored from the document's own running text."""

import re
from collections import Counter

from motcua.base.text import squash

_VOWEL = re.compile(r"[aeiouyàáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", re.I)
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]", re.UNICODE)


def _fields(text: str) -> str:
    """Return "khoa học và công nghệ" as "Khoa học và Công nghệ"."""
    return re.sub(r"(^|, |và )(\w)", lambda found: found.group(1) + found.group(2).upper(), text)


_KINDS = ("kế hoạch", "quyết định", "chương trình", "quy chế", "quy định", "đề án", "danh mục", "bộ tiêu", "bộ chỉ")
# Bodies whose names begin with a capital anywhere in a sentence.
_PROPER = re.compile(r"\b(?:[uủ][yỷ] ban nhân dân|hội đồng nhân dân|chính phủ|thủ tướng chính phủ|mặt trận tổ quốc)\b")


class Casing:
    """Knows how the document itself writes each word inside sentences."""

    def __init__(self, texts: list[str]) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._words: Counter[str] = Counter()
        for text in texts:
            if text.upper() == text:
                continue
            tokens = _WORD.findall(text)
            for before, word, after in zip(["."] + tokens, tokens, [*tokens[1:], ""], strict=False):
                if not word.isalpha() or before in ".:;-“(*" or (word.isupper() and len(word) > 1 and after.isupper()):
                    continue
                self._pairs[word, after.lower()] += 1
                self._pairs[before.lower(), word] += 1
                self._words[word] += 1

    def sentence(self, text: str) -> str:
        """Return ``text`` in sentence case if it is all capitals, else as it is."""
        clear = squash(text)
        letters = [letter for letter in clear if letter.isalpha()]
        if not letters or sum(letter.isupper() for letter in letters) < 0.8 * len(letters):
            return clear
        tokens = list(_WORD.finditer(clear))
        words = [token.group() for token in tokens]
        result, end = "", 0
        for at, token in enumerate(tokens):
            result += clear[end : token.start()] + self._cased(words, at, clear, token)
            end = token.end()
        result = result[:1].upper() + result[1:] + clear[end:]
        return _PROPER.sub(lambda found: found.group()[:1].upper() + found.group()[1:], result)

    def name(self, text: str) -> str:
        """Return the name of a body in its usual case: areas and fields begin with capitals."""
        clear = self.sentence(text)
        if clear == squash(text):
            return clear
        clear = re.sub(
            r"\b(tỉnh|thành phố|huyện|xã|phường|thị xã|quận|đặc khu) (.+)$",
            lambda found: f"{found.group(1)} {found.group(2).title()}",
            clear,
        )
        return re.sub(
            r"^((?:Bộ trưởng )?(?:Bộ|Sở|Ban|Cục|Phòng)) (.+)$",
            lambda found: f"{found.group(1)} {_fields(found.group(2))}",
            clear,
        )

    def _cased(self, words: list[str], at: int, text: str, token: re.Match[str]) -> str:
        word = words[at]
        if not word.isalpha() or self._in_code(text, token):
            return word
        low, high = word.lower(), word.capitalize()
        if word in ("UBND", "UBMTTQ") or len(word) > 1 and not _VOWEL.search(word):
            return word  # UBND, TTHC, CNTT
        before = words[at - 1].lower() if at else ""
        after = words[at + 1].lower() if at + 1 < len(words) else ""
        best, score = low, 0
        for form in (low, high, word.upper()):
            own = 3 * min(self._pairs[form, after], 50) * bool(after) + 2 * min(self._pairs[before, form], 50) * bool(
                before
            )
            if own > score:
                best, score = form, own
        if before == "hành" and at > 1 and words[at - 2].lower() == "ban" and f"{low} {after}" in _KINDS:
            return high  # "Ban hành Kế hoạch": the kind of the document issued (Decree 30/2020)
        if score == 0 and self._words[high] > self._words[low]:
            best = high
        if best == word.upper() and len(word) > 1 and word.lower() != best and self._words[low] > self._words[best]:
            best = low
        return best

    @staticmethod
    def _in_code(text: str, token: re.Match[str]) -> bool:
        """Numbers of instruments keep their capitals: 131/NQ-CP."""
        start = text.rfind(" ", 0, token.start()) + 1
        end = text.find(" ", token.end())
        chunk = text[start : end if end != -1 else len(text)]
        return "/" in chunk and any(letter.isdigit() for letter in chunk)
