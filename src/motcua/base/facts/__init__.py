"""Facts: the audit trail, the timeline on the page and the event that others hear, in one row.

event  declared in a module's ``events.py``, with the keys its data may hold (never personal data)
record called last by every action; writes the fact and its delivery in the action's own transaction
hears  marks a function of a module's ``subscribers.py``; run after commit, at least once, in order per subject
seal   chains facts by hash in batches, in the worker, so that writers never queue behind it
"""

from motcua.base.facts.events import Event, label_of
from motcua.base.facts.recording import record
from motcua.base.facts.subscribing import hears

__all__ = ["Event", "hears", "label_of", "record"]
