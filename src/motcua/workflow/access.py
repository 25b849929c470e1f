"""Who sees work and routes, and who draws routes."""

from motcua.organizations.access import has_role, official
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, UNIT_HEAD

may_see_work = official
may_see_inbox = has_role(UNIT_HEAD, LEADER, CONTROL_OFFICER)
may_see_routes = official
may_draw_routes = has_role(CONTROL_OFFICER, ADMINISTRATOR)
