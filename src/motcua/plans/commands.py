"""What plans offer to the command line."""

from motcua.plans.compare_command import PLAN_COMPARE
from motcua.plans.read_command import PLAN_READ

COMMANDS = [PLAN_READ, PLAN_COMPARE]
