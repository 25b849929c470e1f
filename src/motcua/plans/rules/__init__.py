"""What a plan document means: blocks of ``motcua.reading`` in, typed tasks, targets, deadlines and doubts out. Pure."""
