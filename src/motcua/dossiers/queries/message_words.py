"""What applicants are told by event and channel: the province's own words in force, else those that are shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.base.facts.events import label_of
from motcua.dossiers.message_kinds import KINDS
from motcua.dossiers.models import OwnMessageWords
from motcua.dossiers.rules.message_words import BY_METHOD, CHANNELS, kind_of, shipped_words
from motcua.dossiers.states import RETURN_METHODS
from motcua.notifications.rules.templates import ANY, words_on


@dataclass(frozen=True)
class Words:
    """The words of an event in a channel on a day; ``own`` is the province's row, None for shipped ones."""

    event: str
    channel: str
    text: str  # "": nothing of its own, the words for any channel go
    source: str
    own: OwnMessageWords | None


@dataclass(frozen=True)
class EventWords:
    """An event with its words by channel, and whether some of them come later."""

    event: str
    label: str
    kind: str
    words: list[Words]
    comes: list[OwnMessageWords]


def texts_on(event: str, day: date) -> Mapping[str, str]:
    """Return what ``event`` is told with on ``day``, by channel that has words of its own; ``*`` is any other."""
    rows = OwnMessageWords.objects.filter(event=event, valid_from__lte=day, dropped_at__isnull=True)
    newest = _newest(list(rows))
    found = {channel: _in_channel(event, channel, day, newest).text for channel in CHANNELS}
    return {channel: text for channel, text in found.items() if text}


def words_of(event: str, day: date) -> EventWords | None:
    """Return an event's words on ``day``; None where there is no such event."""
    return next((each for each in all_words(day, only=event)), None) if event in kind_of() else None


def all_words(day: date, *, only: str = "") -> list[EventWords]:
    """Return every event with its words on ``day``, in one query."""
    events = [only] if only else list(kind_of())
    rows = list(OwnMessageWords.objects.filter(event__in=events, dropped_at__isnull=True))
    names = {kind.code: str(kind.label) for kind in KINDS}
    found = []
    for event in events:
        of_event = [each for each in rows if each.event == event]
        newest = _newest([each for each in of_event if each.valid_from <= day])
        found.append(
            EventWords(
                event,
                event_label(event),
                names[kind_of()[event]],
                [_in_channel(event, channel, day, newest) for channel in CHANNELS],
                sorted((each for each in of_event if each.valid_from > day), key=lambda each: each.valid_from),
            )
        )
    return found


def event_label(event: str) -> str:
    """Return what happened, in words: a return is told apart by how it went out."""
    methods = {verb: method for method, verb in BY_METHOD.items()}
    if event in methods:
        return f"{label_of('dossier.returned')}: {str(RETURN_METHODS[methods[event]]).lower()}"
    return label_of(event)


def _newest(rows: list[OwnMessageWords]) -> dict[str, OwnMessageWords]:
    """Return of each channel the row that began last, of one day the one set last."""
    return {each.channel: each for each in sorted(rows, key=lambda each: (each.valid_from, each.pk))}


def _in_channel(event: str, channel: str, day: date, newest: Mapping[str, OwnMessageWords]) -> Words:
    own = newest.get(channel)
    if own is not None and own.text:
        return Words(event, channel, own.text, own.source, own)
    shipped = words_on(shipped_words(), event, channel, day)
    if shipped is None or channel != ANY and shipped.channel == ANY:
        return Words(event, channel, "", "", None)
    return Words(event, channel, shipped.text, shipped.source, None)
