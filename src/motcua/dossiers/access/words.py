"""Who sets the province's own words: its templates of results and what applicants are told."""

from motcua.organizations.access import has_role, official
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER

may_see_words = official
may_set_words = has_role(CONTROL_OFFICER, ADMINISTRATOR)
