"""What reports offer to the command line."""

from motcua.reports.check_command import REPORT_CHECK

COMMANDS = [REPORT_CHECK]
