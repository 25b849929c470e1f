"""The kinds of fact that can happen, each declared once."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

_EVENTS: dict[str, "Event"] = {}


@dataclass(frozen=True)
class Event:
    """A kind of fact: ``verb`` is ``<subject kind>.<past participle>``, ``label`` what the timeline says.

    ``keys`` names all that the fact's data may hold; anything else is refused, which keeps personal data out.
    """

    verb: str
    label: str | Promise
    keys: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.verb in _EVENTS:
            raise ValueError(f"event {self.verb} is declared twice")
        _EVENTS[self.verb] = self

    def check(self, data: dict[str, Any]) -> None:
        """Raise ``ValueError`` when ``data`` holds a key that the event did not declare."""
        undeclared = sorted(set(data) - set(self.keys))
        if undeclared:
            raise ValueError(f"{self.verb} does not declare {', '.join(undeclared)}")


def label_of(verb: str) -> str:
    """Return the words for ``verb``; a verb of a module that was taken out of the house is shown as it is."""
    event = _EVENTS.get(verb)
    return str(event.label) if event else verb
