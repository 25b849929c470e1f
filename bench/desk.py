"""What the list and the search of "my work" take with a million dossiers in the table, for one reader and for sixteen.

The database is that of the bench ``listing``: simulated dossiers, every one many times, with applicants of names
that occur as people's names do (a few families, many given names). Two readers: a counter at which 15,000 wait, more
than any counter bears, and a specialist. Milliseconds from sending to the last byte, of one web process of the house;
sixteen readers are sixteen connections that ask one request after the other. CPU is that of the web process and the
database together, per request. The readers run in a process of their own.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from _house import Caller, House, Web, own_house, statements_of
from django.db import connection
from listing import LARGE, let_wait, multiply

from motcua.base.postgres.place import SUPERUSER, place
from motcua.organizations.models import Account
from motcua.workflow.models import OPEN, Run
from motcua.workflow.my_work import my_work

COUNTER, SPECIALIST = "tiepnhan", "chuyenvien"
PILES = {COUNTER: 15_000, SPECIALIST: 300}  # what waits for them, beside what the simulation lays there
MOST_STATEMENTS = 4
USERS = (1, 16)
NAMES = {
    "family": "Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Vũ,Võ,Phan,Trương,Bùi,Đặng,Đỗ,Ngô,Hồ,Dương,Đinh,Lâm,Lò,Vàng",
    "middle": "Văn,Thị,Đức,Minh,Ngọc,Hữu,Thanh,Quang,Kim,Thúy,Xuân,Hồng,Công,Thành,Bảo,Tuấn",
    "given": "An,Anh,Bình,Châu,Chi,Cường,Dũng,Dung,Đào,Giang,Hà,Hạnh,Hiếu,Hoa,Hòa,Hùng,Hương,Khánh,Lan,Linh,Mai,Nga",
}
HERE = Path(__file__).parent


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--small", type=int, default=2_000, help="số hồ sơ trước khi nhân lên")
    parser.add_argument("--times", type=int, default=500, help="nhân lên bao nhiêu lần")
    parser.add_argument("--seconds", type=int, default=8, help="mỗi phép đo kéo dài bao lâu")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return median and p95 in milliseconds, CPU per request, rows and SQL statements of each request."""
    with own_house(lasting=False) as house:
        sizes = build(house, options.small, options.times)
        found, piles = measure(house, options.seconds)
    figures = {"dossiers": sizes["large"], "waiting": piles, "requests": found}
    figures["met"] = all(one["statements"] <= MOST_STATEMENTS for one in found.values())
    figures["summary"] = list(_told(figures))
    return figures


def build(house: House, small: int, times: int) -> dict[str, int]:
    """Fill both databases of ``house``; return how many dossiers each has."""
    waiting = PILES[COUNTER] // times
    house.prepare(dossiers=small - waiting)
    let_wait(waiting)
    sizes = multiply(times, {"applicant_name": _a_name()})
    _enter_large()
    _lay_before_specialist()
    connection.close()
    return sizes


def measure(house: House, seconds: int) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what each request takes, and how much waits for each reader."""
    web = house.web({"DATABASE_URL": f"postgresql://{SUPERUSER}@/{LARGE}?host={place().sockets}"})
    _enter_large()
    piles = {who: _pile(who) for who in PILES}
    callers = {who: [Caller(web.port).sign_in(who) for _ in range(max(USERS))] for who in PILES}
    found = {name: _measured(house, web, callers[who], path, seconds) for name, (who, path) in _asked().items()}
    for name, (who, path) in _asked().items():
        found[name]["statements"] = statements_of(who, path)
    return found, piles


def _lay_before_specialist() -> None:
    """Let an ordinary pile of others' open work lie before the specialist."""
    post = Account.objects.get(username=SPECIALIST).posts_now[0]
    others = Run.objects.filter(state=OPEN, role=post.role).exclude(unit=post.unit_id).order_by("pk")
    Run.objects.filter(pk__in=list(others.values_list("pk", flat=True)[: PILES[SPECIALIST]])).update(unit=post.unit_id)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE workflow_run")


def _a_name() -> str:
    """Return SQL for the name of an applicant: the same for a dossier and its copy each time, families unequal."""
    parts = []
    for number, listed in enumerate(NAMES.values()):
        words = listed.split(",")
        share = f"mod(abs(hashint8(id * 131 + copy * 7 + {number})::bigint), 10007) / 10007.0"
        # Squared: the first words of a list come more often than the last.
        parts.append(f"(string_to_array('{listed}', ','))[1 + floor({len(words)} * ({share}) * ({share}))::int]")
    return " || ' ' || ".join(parts)


def _enter_large() -> None:
    connection.close()
    connection.settings_dict["NAME"] = LARGE


def _pile(who: str) -> int:
    account, count, after = Account.objects.get(username=who), 0, None
    while True:
        page = my_work(account, after=after, limit=5_000)
        count, after = count + len(page.runs), page.after
        if after is None:
            return count


def _asked() -> dict[str, tuple[str, str]]:
    """Return what is asked: name -> (who, address). The rare name ends every list that it stands in."""
    code = my_work(Account.objects.get(username=COUNTER), limit=60).runs[-1].subject
    asked = {}
    for who, words in ((COUNTER, "counter"), (SPECIALIST, "specialist")):
        asked |= {
            f"{words}: list": (who, "/viec-cua-toi/?due=all"),
            f"{words}: numbers": (who, "/viec-cua-toi/so-luong"),
            f"{words}: search of a frequent name": (who, f"/viec-cua-toi/?q={quote('nguyen van')}"),
            f"{words}: search of a rare name": (who, f"/viec-cua-toi/?q={quote('Vàng Tuấn Nga')}"),
            f"{words}: search of nothing": (who, f"/viec-cua-toi/?q={quote('không có ai')}"),
        }
    asked["counter: search of a code"] = (COUNTER, f"/viec-cua-toi/?q={quote(code)}")
    asked["counter: by due of the whole"] = (COUNTER, "/viec-cua-toi/?due=all&sort=-due")
    return asked


def _measured(house: House, web: Web, callers: list[Caller], path: str, seconds: int) -> dict[str, Any]:
    callers[0].connection.close()  # the server has closed what was idle since the sign-in; a request opens it again
    found: dict[str, Any] = {"rows": callers[0].get(path).count(b"<tr data-row")}
    for users in USERS:
        before = web.cpu() + house.database_cpu()
        times = _times(web.port, callers[:users], path, seconds)
        cpu = web.cpu() + house.database_cpu() - before
        found[str(users)] = {
            "requests": len(times),
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(statistics.quantiles(times, n=20)[18] if len(times) > 1 else times[0], 1),
            "cpu_ms": round(cpu * 1000 / len(times), 1),
        }
    return found


def _times(port: int, callers: list[Caller], path: str, seconds: int) -> list[float]:
    """Return the milliseconds of all requests that ``callers`` make in the time."""
    cookies = ["; ".join(f"{name}={value}" for name, value in caller.cookies.items()) for caller in callers]
    told = json.dumps({"port": port, "path": path, "cookies": cookies, "seconds": seconds})
    asked = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(HERE / "_readers.py")], input=told, capture_output=True, text=True, check=True
    )
    times: list[float] = json.loads(asked.stdout)
    return times


def _told(figures: dict[str, Any]) -> Iterator[str]:
    waiting = ", ".join(f"{count:,} wait for {who}" for who, count in figures["waiting"].items())
    yield f"my work over {figures['dossiers']:,} dossiers; {waiting}; ms median / p95 (CPU)"
    for name, one in figures["requests"].items():
        parts = [
            f"{users:>2} users {one[str(users)]['median_ms']:7.1f} / {one[str(users)]['p95_ms']:7.1f} "
            f"({one[str(users)]['cpu_ms']:.1f})"
            for users in USERS
        ]
        yield f"{name:38} {'; '.join(parts)}; {one['rows']} rows, {one['statements']} statements"
