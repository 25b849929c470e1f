"""Title and symbol of receipts: data with dates, see ``data/receipt_forms.csv``."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

FORMS = Path(__file__).resolve().parent / "data" / "receipt_forms.csv"


@cache
def _forms() -> list[dict[str, str]]:
    with FORMS.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["valid_from"])


def form_on(day: date) -> dict[str, str]:
    """Return the form of receipts in force on ``day``; before the first, the first."""
    fitting = [row for row in _forms() if row["valid_from"] <= day.isoformat()]
    return fitting[-1] if fitting else _forms()[0]
