"""Cells of a file that people open in a spreadsheet, which would run some of them."""

from typing import Any

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read UTF-8 as a code page
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> str:
    """Return ``value`` as text that no spreadsheet takes for a formula; None is ""."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RUNS_AS_FORMULA) else text
