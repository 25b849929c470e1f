"""Who hears which fact."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from motcua.base.modules import offered

if TYPE_CHECKING:
    from motcua.base.models import Fact

Subscriber = Callable[["Fact"], None]
_SUBSCRIBERS: dict[str, list[Subscriber]] = {}


def hears(*verbs: str) -> Callable[[Subscriber], Subscriber]:
    """Run the marked function after each fact of ``verbs``: at least once, so it must bear a repetition."""

    def mark(subscriber: Subscriber) -> Subscriber:
        for verb in verbs:
            _SUBSCRIBERS.setdefault(verb, []).append(subscriber)
        return subscriber

    return mark


def subscribers_of(verb: str) -> Iterator[Subscriber]:
    """Yield the functions that hear ``verb``."""
    for _module in offered("subscribers"):  # importing a module's subscribers registers them
        pass
    yield from _SUBSCRIBERS.get(verb, ())
