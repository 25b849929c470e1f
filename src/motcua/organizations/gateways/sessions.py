"""Sessions in Django's table, found by a statement that is built once: every request of somebody signed in sends it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as TableStore
from django.contrib.sessions.models import Session

from motcua.base.clock import now
from motcua.base.statements import Question

_CURRENT = Question(lambda key, instant: Session.objects.filter(session_key=key, expire_date__gt=instant))


class SessionStore(TableStore):
    """Django's sessions; the name is the one that ``SESSION_ENGINE`` looks for."""

    def _get_session_from_db(self) -> Any:
        found = _CURRENT.first(key=self.session_key, instant=now())
        if found is None:
            self._session_key = None  # a key that nobody was given is never taken on
        return found
