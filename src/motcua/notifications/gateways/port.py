"""What every way out can do: take one message, or say in one word why not."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Outgoing:
    """A message as a gateway gets it; ``key`` is the same each time it is tried."""

    key: str
    channel: str
    address: str
    subject: str
    text: str
    link: str  # full address, or ""


class NotSent(Exception):
    """The gateway did not take a message: ``fault`` is a word of states.FAULTS; ``is_final``: trying again is idle."""

    def __init__(self, fault: str, *, is_final: bool = False) -> None:
        super().__init__(fault)
        self.fault, self.is_final = fault, is_final


class Gateway(Protocol):
    """One way out."""

    def send(self, message: Outgoing) -> str:
        """Hand ``message`` over and return the gateway's number of it.

        Raises:
            NotSent: it was not taken.
        """
