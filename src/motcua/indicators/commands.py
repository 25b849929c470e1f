"""Commands of measures and the index."""

from motcua.indicators.score_command import INDEX_SCORE

COMMANDS = [INDEX_SCORE]
