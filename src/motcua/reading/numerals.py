"""Numbers as lists write them."""

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def roman(number: int) -> str:
    """Return a Roman number in capitals; "" for 0."""
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def letters(number: int) -> str:
    """Return A to Z, then AA to ZZ, as Word counts; "" for 0."""
    if number <= 0:
        return ""
    times, at = divmod(number - 1, 26)
    return chr(65 + at) * min(times + 1, 10)
