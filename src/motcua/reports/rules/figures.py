"""Numbers as reports write them: ``1.100``, ``83,3%``, ``09``; and cells that say that there is none."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from motcua.base.text import fold, squash

Raw = str | int | float | Decimal | Fraction | None

MAX_DIGITS = 30
_BLANKS = {"", "-", "–", "—", "−", "--", "…", "...", "....", "x", "X", "/", "*", "//"}
_NOTHING = {
    "khong phat sinh", "kps", "k/p/s", "khong co", "khong co so lieu phat sinh", "chua phat sinh", "khong",
    "0/0", "khong phat sinh trong ky", "chua co", "khong co phat sinh", "khong phat sinh ho so",
}  # fmt: skip
_DOTTED_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMA_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED_THOUSANDS = re.compile(r"-?\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Figure:
    """A number read from a cell; ``decimals`` is how many places were written."""

    value: Fraction
    decimals: int = 0
    has_percent_sign: bool = False


def is_blank(raw: Raw) -> bool:
    """Say whether a cell holds nothing, a dash included."""
    return raw is None or (isinstance(raw, str) and raw.strip() in _BLANKS)


def says_nothing_occurred(raw: Raw) -> bool:
    """Say whether a cell states in words that nothing occurred in the period."""
    return isinstance(raw, str) and fold(squash(raw)).rstrip(".") in _NOTHING


def read_figure(raw: Raw, *, is_percent: bool = False) -> Figure | None:
    """Return the number a cell holds, or None where it holds anything else.

    A group of exactly three digits after a separator is thousands in a count (``1.100``) and decimals in a
    percentage (``83,333``), which is how the two are written in Vietnamese reports.
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if not isinstance(raw, str):
        return _from_number(raw)
    text = raw.replace("\u00a0", " ").replace("\u202f", " ").strip()
    has_sign = text.endswith("%")
    text = text.removesuffix("%").strip()
    if _SPACED_THOUSANDS.fullmatch(text):
        text = text.replace(" ", "")
    if len(text) > MAX_DIGITS or not text.isascii():
        return None
    if _PLAIN.fullmatch(text) and (is_percent or not _groups_of_three(text)):
        plain = text.replace(",", ".")
    elif _DOTTED_THOUSANDS.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
    elif _COMMA_THOUSANDS.fullmatch(text):
        plain = text.replace(",", "")
    else:
        return None
    return Figure(Fraction(plain), len(plain.partition(".")[2]), has_sign)


def _groups_of_three(text: str) -> bool:
    # "0.125" is a decimal: no thousand starts with a lone zero.
    grouped = _DOTTED_THOUSANDS.fullmatch(text) or _COMMA_THOUSANDS.fullmatch(text)
    return bool(grouped) and not text.lstrip("-").startswith("0")


def _from_number(raw: int | float | Decimal | Fraction) -> Figure | None:
    if isinstance(raw, Fraction):
        return Figure(raw, 0 if raw.denominator == 1 else 6)
    exact = Decimal(str(raw)).normalize()
    if not exact.is_finite() or abs(exact.adjusted()) > MAX_DIGITS:
        return None
    exponent = exact.as_tuple().exponent
    return Figure(Fraction(exact), max(0, -exponent) if isinstance(exponent, int) else 0)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Return ``value`` at so many places, halves away from zero as people round."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def agrees(written: Figure, exact: Fraction) -> bool:
    """Say whether ``written`` is ``exact`` at the places it was written with."""
    return abs(written.value - exact) * 2 * 10**written.decimals <= 1


def plain_number(value: Fraction, decimals: int = 1) -> int | float:
    """Return ``value`` as a JSON number: whole where it is whole, else rounded."""
    return int(value) if value.denominator == 1 else float(rounded(value, decimals))


def vietnamese(value: Fraction, decimals: int = 1) -> str:
    """Return ``value`` as a Vietnamese reader writes it: ``1.100``, ``83,3``."""
    text = f"{int(value):,}" if value.denominator == 1 else f"{rounded(value, decimals):,}"
    return text.translate(str.maketrans(",.", ".,"))
