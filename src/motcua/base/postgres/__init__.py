"""The store of record: a server named by DATABASE_URL, or a PostgreSQL of our own beside the checkout.

Start at ``cluster``: first start, start, stop. ``place`` says where things lie and as whom they run,
``address`` what Django is told, ``troubles`` turns the server's log into words.
"""

from motcua.base.postgres.address import database_settings, is_embedded
from motcua.base.postgres.cluster import destroy, is_running, leave, start, stop
from motcua.base.postgres.place import home

__all__ = ["database_settings", "destroy", "home", "is_embedded", "is_running", "leave", "start", "stop"]
