"""The web process' entry."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from motcua.site.bodies import ReadFirst

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
_respond = ReadFirst(get_wsgi_application(), most=settings.UPLOAD_LIMIT)
_CHARSET = re.compile(r";\s*charset\b[^;]*", re.IGNORECASE)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; what was sent is UTF-8, whatever its header claims.

    Python knows charsets that are none (rot13): Django fails over them before any middleware is asked.
    """
    if kind := environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = _CHARSET.sub("", kind)
    return _respond(environ, start_response)
