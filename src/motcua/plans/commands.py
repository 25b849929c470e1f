"""What plans offer to the command line."""

from motcua.plans.read_command import PLAN_READ

COMMANDS = [PLAN_READ]
