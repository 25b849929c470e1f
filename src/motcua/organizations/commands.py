"""What organizations offer to the command line."""

from motcua.organizations.due_command import DUE

COMMANDS = [DUE]
