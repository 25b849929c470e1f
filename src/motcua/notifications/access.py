"""Who reads notices: whoever is signed in, their own. Who looks at the outbox: administrators."""

from motcua.base.guard import signed_in
from motcua.organizations.access import may_administer

may_read_notices = signed_in
may_see_outbox = may_administer
