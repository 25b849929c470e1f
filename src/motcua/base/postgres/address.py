"""What Django is told about the database; nothing is started here."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from motcua.base.postgres.place import DATABASE, SUPERUSER, place
from motcua.base.refusal import Refused

# Planned once per connection instead of at every request. A pooler between us and the server must know prepared
# statements (PgBouncer 1.21 or later).
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}  # connections of one process; seconds a request waits


def is_embedded() -> bool:
    """Tell whether the database is our own, because no DATABASE_URL is given."""
    return not os.environ.get("DATABASE_URL")


def database_settings() -> dict[str, Any]:
    """Return Django's ``DATABASES["default"]``.

    A pooled connection costs a tenth of a new one; the engine's look at it lets a web process outlive its database.
    """
    where = _embedded() if is_embedded() else _given(os.environ["DATABASE_URL"])
    options = {**where.pop("OPTIONS", {}), **PREPARED, "pool": dict(POOL)}
    return {
        "ENGINE": "motcua.base.postgres.engine",  # looks after the health of its connections itself
        **where,
        "OPTIONS": options,
    }


def _embedded() -> dict[str, Any]:
    return {"NAME": DATABASE, "USER": SUPERUSER, "HOST": str(place().sockets)}


def _given(text: str) -> dict[str, Any]:
    """Read ``postgresql://user:password@host:port/name?option=value``.

    The text may hold a password, so no error repeats it.
    """
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        raise Refused("DATABASE_URL: cổng hoặc địa chỉ máy chủ không đọc được.") from error
    if url.scheme not in {"postgresql", "postgres"}:
        raise Refused(
            "DATABASE_URL: chỉ dùng PostgreSQL (postgresql://…), "
            f"không dùng {url.scheme or 'địa chỉ không có giao thức'}."
        )
    name = unquote(url.path.lstrip("/"))
    if not name:
        raise Refused("DATABASE_URL: thiếu tên cơ sở dữ liệu sau địa chỉ máy chủ (postgresql://máy/tên).")
    options = dict(parse_qsl(url.query))
    host = options.pop("host", "") or unquote(url.hostname or "")
    where = {
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": port or "",
    }
    return {**where, "OPTIONS": options}
