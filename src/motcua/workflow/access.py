"""Who sees work and routes, and who draws routes."""

from typing import Any

from motcua.organizations.access import has_role, official
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, UNIT_HEAD

may_see_work = official
may_see_inbox = has_role(UNIT_HEAD, LEADER, CONTROL_OFFICER)
may_see_routes = official
may_draw_routes = has_role(CONTROL_OFFICER, ADMINISTRATOR)


def leads_only(account: Any) -> bool:
    """Whether the account holds no post but those of heads and leaders: what waits for it is the inbox."""
    return bool(account.posts_now) and all(post.role in (UNIT_HEAD, LEADER) for post in account.posts_now)
