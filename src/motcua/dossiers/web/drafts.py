"""What a citizen has filled in so far: kept in the session until it is filed, or the person signs out."""

from typing import Any
from uuid import UUID, uuid4

from django.utils.datastructures import MultiValueDict

SLOT = "filing-drafts"
MOST = 5  # drafts of one session; the oldest goes first


class Draft:
    """The filing of one procedure with one unit: a key that makes it one dossier, values as typed, files kept."""

    def __init__(self, session: Any, procedure: str, unit: str) -> None:
        self._session, self._name = session, f"{procedure}@{unit}"
        found = session.get(SLOT, {}).get(self._name, {})
        self.key = UUID(found["key"]) if found else uuid4()
        self.values: dict[str, list[str]] = found.get("values", {})
        self.files: list[dict[str, Any]] = found.get("files", [])
        self.ready: dict[str, Any] = found.get("ready", {})  # the filing itself, once the form was valid

    def data(self) -> MultiValueDict[str, str]:
        """Return the values as a form reads them."""
        return MultiValueDict(self.values)

    def save(self, values: dict[str, list[str]], files: list[dict[str, Any]], ready: dict[str, Any]) -> None:
        """Keep what was typed and the files; ``ready`` is what a valid form comes to, {} while it is not valid."""
        self.values, self.files, self.ready = values, files, ready
        drafts = self._session.get(SLOT, {})
        drafts.pop(self._name, None)
        drafts[self._name] = {"key": str(self.key), "values": values, "files": files, "ready": ready}
        self._session[SLOT] = dict(list(drafts.items())[-MOST:])


def forget(session: Any, key: UUID) -> None:
    """Let the draft go that became a dossier."""
    drafts = session.get(SLOT, {})
    left = {name: draft for name, draft in drafts.items() if draft["key"] != str(key)}
    if len(left) != len(drafts):
        session[SLOT] = left
