"""When issuers of instruments existed, told by the symbol in a number ("…/TT-BTTTT"): dated rows with their source."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TERMS = Path(__file__).parent.parent / "data" / "issuers.csv"


@dataclass(frozen=True)
class Term:
    """The time in which an issuer gave instruments; None is an open end."""

    symbol: str
    name: str
    since: date | None
    until: date | None
    source: str

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def words(self) -> str:
        """What is wrong with a day outside the term."""
        since = f"có từ {self.since:%d/%m/%Y}" if self.since else ""
        until = f"có đến {self.until:%d/%m/%Y}" if self.until else ""
        return " và ".join(filter(None, (since, until)))


def issuers_of(number: str) -> tuple[Term, ...]:
    """Return the terms of the issuer whose symbol ends ``number``; none where nothing is recorded of it."""
    symbols = re.split(r"[-/]", number.upper())
    return tuple(term for term in _terms() if term.symbol in symbols[1:])


@cache
def _terms() -> tuple[Term, ...]:
    with TERMS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(row["symbol"], row["name"], _day(row["since"]), _day(row["until"]), row["source"])
            for row in csv.DictReader(file)
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
