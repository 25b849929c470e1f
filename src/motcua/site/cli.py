"""The ``motcua`` command: finds what the modules offer and runs the one that was asked for.

``run``, ``test`` and ``bench`` start before Django, so that they stay small and speak even where settings fail.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import django
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from motcua.base.command import BAD_INPUT, FINE, Command, require_database, say
from motcua.base.modules import offered
from motcua.base.refusal import Refused
from motcua.site.commands import BEFORE_DJANGO
from motcua.site.environment import BadSetting

INTERRUPTED, PIPE_CLOSED = 130, 141  # as shells report a process ended by SIGINT or SIGPIPE
HELP_WORDS = {"help", "-h", "--help"}


class Parser(argparse.ArgumentParser):
    """An argument parser that names the wrong word in Vietnamese."""

    def error(self, message: str) -> NoReturn:
        say(self.format_usage().rstrip())
        say(f"Tham số không đúng: {message}. Xem: {self.prog} --help")
        raise SystemExit(BAD_INPUT)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command named by ``words`` (those of the process by default) and return the exit code."""
    words = list(sys.argv[1:] if words is None else words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    try:
        return _dispatch(words)
    except Refused as refusal:
        say(refusal.message)
        return BAD_INPUT
    except BadSetting as error:
        say(f"Cấu hình không đúng: {error}")
        return BAD_INPUT
    except ProgrammingError as error:
        if "does not exist" not in str(error):
            raise
        say("Cơ sở dữ liệu chưa có đủ bảng: hãy chạy ./motcua run một lần, hoặc ./motcua migrate.")
        return BAD_INPUT
    except OperationalError as error:
        say(f"Không dùng được cơ sở dữ liệu: {str(error).strip().splitlines()[0]}")
        return BAD_INPUT
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not try to flush to it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        say(f"Không đọc hoặc ghi được {error.filename or 'dữ liệu'}: {error.strerror or error}.")
        return BAD_INPUT
    except UnicodeEncodeError:
        say("Tham số có ký tự không phải UTF-8.")
        return BAD_INPUT


def _dispatch(words: list[str]) -> int:
    if command := _named(BEFORE_DJANGO, words):
        return _run(command, words)
    django.setup()
    if words[:1] == ["manage"]:
        if words[1:2] and words[1] not in HELP_WORDS:
            require_database()
        execute_from_command_line(["motcua manage", *words[1:]])
        return FINE
    commands = [*BEFORE_DJANGO, *_offered()]
    if command := _named(commands, words):
        return _run(command, words)
    return _list(commands, words)


def _offered() -> list[Command]:
    return [command for module in offered("commands") for command in module.COMMANDS]


def _named(commands: Sequence[Command], words: list[str]) -> Command | None:
    """Return the command whose name is the longest beginning of ``words``."""
    fitting = [command for command in commands if (name := command.name.split()) == words[: len(name)]]
    return max(fitting, key=lambda command: len(command.name.split()), default=None)


def _run(command: Command, words: list[str]) -> int:
    parser = Parser(prog=f"motcua {command.name}", description=command.help)
    command.arguments(parser)
    options = parser.parse_args(words[len(command.name.split()) :])
    if command.needs_database:
        require_database()
    return command.run(options)


def _list(commands: list[Command], words: list[str]) -> int:
    """Name the commands: all, or those that begin like ``words``. Unknown words are bad input."""
    asked = [word for word in words if word not in HELP_WORDS]
    near = [command for command in commands if asked and command.name.split()[0] == asked[0]]
    if asked and not near:
        say(f"Không có lệnh: {' '.join(asked)}\n")
    shown = sorted(near or commands, key=lambda command: command.name)
    width = max(len(command.name) for command in shown)
    lines = [f"  {command.name:{width}}  {command.help}" for command in shown]
    if not near:
        lines.append(f"  {'manage …':{width}}  Các lệnh quản trị của Django")
    say("\n".join(["Cách dùng: motcua LỆNH …", "", "Các lệnh:", *lines]))
    return FINE if words and not asked else BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
