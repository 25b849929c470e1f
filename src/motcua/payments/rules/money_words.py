"""An amount of đồng in Vietnamese words, as a receipt must say it."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
MOST = 10**15


def in_words(amount: int) -> str:
    """Return ``amount`` as ``Một trăm linh năm nghìn đồng``.

    Raises:
        ValueError: it is negative, or has more than fifteen digits.
    """
    if not 0 <= amount < MOST:
        raise ValueError(amount)
    words = _number(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _number(amount: int) -> str:
    if amount == 0:
        return _DIGITS[0]
    billions, rest = divmod(amount, 10**9)
    parts = [f"{_number(billions)} tỷ"] if billions else []
    for position in (2, 1, 0):
        group = rest // 1000**position % 1000
        if group:
            parts.append(_three(group, is_first=not parts) + _GROUPS[position])
    return " ".join(parts)


def _three(group: int, *, is_first: bool) -> str:
    """Return three digits; within a larger number hundreds are said even where there are none."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_last(tens, ones))
    return " ".join(words)


def _last(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens > 0:
        return "lăm"
    return _DIGITS[ones]
