"""How a long reading tells how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with the page being read (1-based) and the number of pages."""


def unheard(_page: int, _pages: int) -> None:
    """Tell nobody."""
