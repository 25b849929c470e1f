"""Commands of payments."""

import argparse

from django.conf import settings
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.command import FINE, Command, say
from motcua.payments.simulator.bank import MODES, SUCCESS
from motcua.payments.simulator.program import simulator


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8079, help="cổng TCP (mặc định 8079)")
    parser.add_argument("--mode", choices=sorted(MODES), default=SUCCESS, help="cách trả lời ban đầu")
    parser.add_argument("--secret", default="", help="khóa ký (mặc định: MOTCUA_PAYMENT_SECRET)")
    parser.add_argument("--late", type=float, default=20, help="báo muộn bao nhiêu giây")
    parser.add_argument("--hang", type=float, default=30, help="im lặng bao nhiêu giây")


def simulate(options: argparse.Namespace) -> int:
    """Be a payment gateway until told to stop."""
    secret = options.secret or settings.PAYMENT_SECRET or "thu-nghiem"
    server = simulator(
        options.port, secret=secret, mode=options.mode, clock=now, hangs_for=options.hang, late_by=options.late
    )
    say(gettext("Cổng thanh toán mô phỏng: %(address)s (không có tiền thật).") % {"address": server.address})
    say(f"MOTCUA_PAYMENT_URL={server.address} MOTCUA_PAYMENT_SECRET={secret}")
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return FINE


COMMANDS = [Command("payment simulate", "Chạy cổng thanh toán mô phỏng để thử", simulate, _arguments)]
