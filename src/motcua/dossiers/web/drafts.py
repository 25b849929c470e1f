"""What somebody has filled in so far: kept with the account until it is filed, so that one may go on elsewhere."""

from typing import Any
from uuid import UUID, uuid4

from django.utils.datastructures import MultiValueDict

from motcua.dossiers.actions.drafting import forget_draft, keep_draft, keep_typed
from motcua.dossiers.models import FilingDraft
from motcua.dossiers.states import OWN
from motcua.organizations.models import Account


class Draft:
    """The filing of one procedure with one unit: a key that makes it one dossier, values as typed, files kept."""

    def __init__(self, account: Account, procedure: str, unit: str, way: str = OWN) -> None:
        self._account, self._procedure, self._unit, self._way = account, _storable(procedure), _storable(unit), way
        found = FilingDraft.objects.filter(account=account, way=way, procedure=self._procedure, unit=self._unit).first()
        self.is_begun = found is not None
        self.changed_at = found.changed_at if found else None
        self.key: UUID = found.key if found else uuid4()
        self.values: dict[str, list[str]] = found.values if found else {}
        self.files: list[dict[str, Any]] = found.files if found else []
        self.ready: dict[str, Any] = found.ready if found else {}  # the filing itself, once the form was valid

    def data(self) -> MultiValueDict[str, str]:
        """Return the values as a form reads them."""
        return MultiValueDict(self.values)

    def save(self, values: dict[str, list[str]], files: list[dict[str, Any]], ready: dict[str, Any]) -> None:
        """Keep what was typed and the files; ``ready`` is what a valid form comes to, {} while it is not valid."""
        self.values = _all_storable(values)
        self.files, self.ready = files, ready
        keep_draft(
            self._account,
            procedure=self._procedure,
            unit=self._unit,
            key=self.key,
            values=self.values,
            files=files,
            ready=ready,
            way=self._way,
        )

    def save_typed(self, values: dict[str, list[str]]) -> None:
        """Keep what is being typed, and nothing else."""
        self.values = _all_storable(values)
        keep_typed(
            self._account,
            procedure=self._procedure,
            unit=self._unit,
            key=self.key,
            values=self.values,
            way=self._way,
        )

    def forget(self) -> None:
        """Let it go."""
        forget_draft(self._account, key=self.key)


def _all_storable(values: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [_storable(value) for value in typed] for name, typed in values.items()}


def _storable(text: str) -> str:
    """Return ``text`` without what PostgreSQL keeps in no column; a form that held it was refused."""
    return text.replace("\0", "").encode(errors="ignore").decode()
