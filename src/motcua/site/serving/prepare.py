"""Before the web serves: tables, static files, the demonstration. A child process that tells its parent in JSON lines.

Lines: ``{"step", "done", "total"}`` while working, ``{"sign_ins": [[who, account, password], …]}`` at the end,
``{"refused": message}`` where it cannot go on (exit 2).
"""

import argparse
import hashlib
import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from motcua.base.refusal import Refused
from motcua.site.serving.bond import follow_parent

ONE_AT_A_TIME = 0x6D6F7463  # "motc": advisory lock, for several machines that start on one database


def tell(**line: Any) -> None:
    """Send one line to the parent."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def progress(step: str, done: int = 0, total: int = 0) -> None:
    """Tell how far ``step`` is; the signature that ``seed.load`` is given."""
    tell(step=str(step), done=done, total=total)


def main(words: list[str]) -> int:
    """Prepare everything; return the exit code."""
    follow_parent()
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=0)
    parser.add_argument("--no-demo", action="store_true")
    options = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    try:
        django.setup()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        migrate()
        collect_static()
        if not options.no_demo:
            demonstrate(options.dossiers)
    except Refused as refusal:
        tell(refused=refusal.message)
        return 2
    finally:
        connections.close_all()
    return 0


def migrate() -> None:
    """Bring the tables and the kept cells up to date; costs little where they are."""
    from motcua.indicators.actions.keeping import set_up as set_up_cells  # needs django.setup() first

    progress("Kiểm tra cấu trúc cơ sở dữ liệu")
    executor = MigrationExecutor(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("motcua.")}
    newer = [
        name
        for app, name in executor.loader.applied_migrations
        if app in ours and (app, name) not in executor.loader.disk_migrations
    ]
    if newer:
        raise Refused(
            f"Cơ sở dữ liệu do một phiên bản Motcua mới hơn tạo ra (có {newer[0]}): hãy cập nhật mã nguồn rồi chạy lại."
        )
    if total := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        call_command("migrate", interactive=False, stdout=_Applied(total), no_color=True)
    set_up_cells()


class _Applied(io.StringIO):
    """Takes what Django's ``migrate`` prints and counts the migrations that it applies."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total, self.done = total, 0

    def write(self, text: str) -> int:
        if re.search(r"Applying \S+", text):
            progress("Tạo cấu trúc cơ sở dữ liệu", self.done, self.total)
            self.done += 1
        return len(text)


def collect_static() -> None:
    """Gather the static files, compressed and named by content, unless they are those of the last start."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    progress("Chuẩn bị giao diện")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest())


def demonstrate(dossiers: int) -> None:
    """Load the demonstration province, where it is not loaded, and tell its sign-ins."""
    from motcua.site import seed  # needs django.setup() first

    progress("Tỉnh trình diễn")
    seed.load_demonstration(progress=progress, dossiers=dossiers)
    tell(sign_ins=[[str(part) for part in entry] for entry in seed.sign_ins()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
