"""Who may open an address. Every view says so, and the house-rules test fails on one that is silent.

    @opens_to(everyone)                 the public
    @opens_to(signed_in)                whoever has an account
    @opens_to(has_role("specialist"))   predicates of a module's ``access.py``: one of them is enough

Whoever is not signed in is sent to the sign-in page; whoever may not open it is told that it does not exist, so that
an outsider cannot find out what there is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest

Predicate = Callable[[Any], bool]
View = TypeVar("View", bound=Callable[..., Any])


def everyone(_account: Any) -> bool:
    """The public, signed in or not."""
    return True


def signed_in(account: Any) -> bool:
    """Whoever has an account."""
    return bool(account.is_authenticated)


def opens_to(*predicates: Predicate) -> Callable[[View], View]:
    """Open the view to accounts for which one of ``predicates`` holds; works for pages and for API operations."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not any(predicate(request.user) for predicate in predicates):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                raise Http404
            return view(request, *args, **kwargs)

        guarded.guard = predicates  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark
