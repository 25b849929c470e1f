"""Who sees work: officials, what waits for their posts."""

from motcua.organizations.access import official

may_see_work = official
