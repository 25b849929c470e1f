"""Commands of messages."""

import argparse

from django.conf import settings
from django.utils.translation import gettext

from motcua.base.command import FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.notifications.actions.outbox import send_due
from motcua.notifications.queries import outbox_counts
from motcua.notifications.simulator.server import MODES, serve

TRIAL_SECRET = "thu-nghiem"  # noqa: S105


def _simulator_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8091, help="cổng nghe trên máy này")
    parser.add_argument("--mode", choices=MODES, default="success", help="cách trả lời")
    parser.add_argument("--delay", type=float, default=3.0, help="số giây chậm khi trả lời chậm")
    parser.add_argument("--secret", default="", help="khóa ký chung (mặc định: MOTCUA_SMS_SECRET hoặc khóa thử)")


def simulate(options: argparse.Namespace) -> int:
    """Run the simulated partner until it is interrupted."""
    if not 0 <= options.port < 65536:
        raise Refused(gettext("Số cổng phải từ 0 đến 65535."), field="port")
    secret = options.secret or settings.SMS_SECRET or TRIAL_SECRET
    server = serve(options.port, secret=secret, mode=options.mode, delay=options.delay)
    address = f"http://127.0.0.1:{server.server_address[1]}/messages"
    say(gettext("Cổng gửi tin giả lập: %(address)s (chế độ %(mode)s)") % {"address": address, "mode": options.mode})
    say(f"MOTCUA_SMS_URL={address} MOTCUA_SMS_SECRET=… ./motcua run")
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return FINE


def send(_options: argparse.Namespace) -> int:
    """Send what is due now, once."""
    say(gettext("Đã gửi %(count)s thông báo.") % {"count": send_due()})
    return FINE


def status(_options: argparse.Namespace) -> int:
    """Print how many messages wait, went, were given up, by channel."""
    print_json(outbox_counts())
    return FINE


COMMANDS = [
    Command("message simulate", "Chạy cổng gửi SMS, Zalo giả lập", simulate, _simulator_arguments),
    Command("message send", "Gửi các thông báo đến lượt", send, needs_database=True),
    Command("message status", "Đếm thông báo theo kênh và trạng thái", status, needs_database=True),
]
