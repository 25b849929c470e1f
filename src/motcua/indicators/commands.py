"""Commands of measures and the index."""

from motcua.indicators.measure_commands import MEASURE_COMMANDS
from motcua.indicators.score_command import INDEX_SCORE

COMMANDS = [INDEX_SCORE, *MEASURE_COMMANDS]
