"""Who reads notices: whoever is signed in, their own."""

from motcua.base.guard import signed_in

may_read_notices = signed_in
