"""What reports offer to the command line."""

from motcua.reports.check_command import REPORT_CHECK
from motcua.reports.fill_command import REPORT_FILL

COMMANDS = [REPORT_CHECK, REPORT_FILL]
