"""How many messages an SMS is: 160 letters in the phone's own alphabet, 70 with any other letter (3GPP TS 23.038)."""

from dataclasses import dataclass

# The basic alphabet of GSM 03.38; letters of the extension count twice.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
ONE_PLAIN, PART_PLAIN, ONE_OTHER, PART_OTHER = 160, 153, 70, 67


@dataclass(frozen=True)
class SmsLength:
    """``letters`` as the phone counts, ``messages`` it makes; ``others`` are the letters that make it short."""

    letters: int
    messages: int
    others: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        return not self.others

    @property
    def most(self) -> int:
        """Return how many letters one message of this kind holds."""
        return ONE_PLAIN if self.is_plain else ONE_OTHER


def length_of(text: str) -> SmsLength:
    """Return how long ``text`` is as an SMS; an empty text is no message."""
    others = tuple(dict.fromkeys(letter for letter in text if letter not in _BASIC and letter not in _EXTENDED))
    if others:
        letters, one, part = len(text.encode("utf-16-le")) // 2, ONE_OTHER, PART_OTHER
    else:
        letters, one, part = len(text) + sum(letter in _EXTENDED for letter in text), ONE_PLAIN, PART_PLAIN
    messages = 0 if not letters else 1 if letters <= one else -(-letters // part)
    return SmsLength(letters, messages, others)
