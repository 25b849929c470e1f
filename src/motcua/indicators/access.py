"""Who may see the live index, publish it, type figures and put indicators together."""

from motcua.organizations.access import has_role, official
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, UNIT_HEAD

may_see_live = official
may_publish = has_role(CONTROL_OFFICER, LEADER)  # for which unit: the action asks
may_enter = official
may_define = has_role(CONTROL_OFFICER, ADMINISTRATOR)
may_direct = has_role(CONTROL_OFFICER, LEADER, UNIT_HEAD, ADMINISTRATOR)
