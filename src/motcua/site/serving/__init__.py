"""``motcua run``: the whole house on one machine.

``running`` is the parent: it stays small, loads no model and starts everything else as a child process:
``prepare`` (tables, static files, demonstration), ``web`` (granian) and ``jobs`` (the worker), supervised by
``children``. ``telling`` writes progress to the terminal.
"""
