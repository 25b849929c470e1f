"""Who keeps the catalogue, who is asked for opinions, who posts lists."""

from typing import Any

from motcua.organizations.access import has_role, has_role_in, official
from motcua.organizations.models import Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER, RECEPTION, SPECIALIST, UNIT_HEAD

may_publish = has_role(CONTROL_OFFICER)
may_see_publication = official


def may_speak_for(account: Any, unit: Unit) -> bool:
    """Whoever gives the opinion of ``unit`` on a draft: its heads, leaders and control officers."""
    return has_role_in(account, unit, LEADER, UNIT_HEAD, CONTROL_OFFICER)


def may_post_for(account: Any, unit: Unit) -> bool:
    """Whoever posts lists of ``unit``: any official of it."""
    return has_role_in(account, unit, RECEPTION, SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER)
