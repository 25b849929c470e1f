"""The shipped registers, and invented entries for the demonstration."""

from collections.abc import Callable

from motcua.registers.actions.shipping import take_in_shipped
from motcua.registers.demonstration import write_entries


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Take in the shipped definitions and write the invented entries; what is there stays."""
    progress("Sổ theo dõi", 0, 1)
    take_in_shipped()
    progress("Sổ theo dõi", 1, 1)
    write_entries(progress)
