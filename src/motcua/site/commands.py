"""Commands of the roof."""

import argparse

from django.core.management import call_command

from motcua.base.command import FINE, Command, print_json
from motcua.site import benches
from motcua.site.checking import checks
from motcua.site.serving import running
from motcua.site.translations import compile_catalogues
from motcua.site.worker import main as work


def migrate(_options: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    from motcua.indicators.actions.keeping import set_up  # needs every module's models

    call_command("migrate", interactive=False)
    set_up()
    return FINE


def shell(_options: argparse.Namespace) -> int:
    """Open a Python shell inside the system."""
    call_command("shell")
    return FINE


def worker(_options: argparse.Namespace) -> int:
    """Deliver facts and run jobs until told to stop."""
    return work()


def describe_api(_options: argparse.Namespace) -> int:
    """Print the description of the API (OpenAPI)."""
    from motcua.site.api import api  # needs every module's models, which are not loaded when this file is read

    print_json(api.get_openapi_schema())
    return FINE


BEFORE_DJANGO = [
    Command("run", "Khởi động toàn bộ hệ thống trên máy này", running.run, running.arguments),
    Command("test", "Kiểm tra mã nguồn: lint, quy tắc, kiểu, kiểm thử, trình duyệt", checks.run, checks.arguments),
    Command("bench", "Đo một hạng mục trong bench/", benches.run, benches.arguments),
]

COMMANDS = [
    Command("migrate", "Cập nhật cấu trúc cơ sở dữ liệu", migrate, needs_database=True),
    Command("api describe", "In mô tả API (OpenAPI)", describe_api),
    Command("translations compile", "Biên dịch các bản dịch (.po → .mo)", compile_catalogues),
    Command("shell", "Mở Python bên trong hệ thống", shell, needs_database=True),
    Command("worker", "Chạy tiến trình chuyển sự kiện và việc nền", worker, needs_database=True),
]
