"""Where the pages of tasks are: these paths stand in notices, so they do not change.

The worker writes notices; asking Django for the address would load every page of the house into it.
"""

MY_TASKS = "/nhiem-vu/"  # plans:tasks


def page_of(task_code: str) -> str:
    """Return the path of a task's own page (``plans:task``)."""
    return f"{MY_TASKS}{task_code}"


def page_of_urging(code: str) -> str:
    """Return the path of an urging letter's page (``plans:urging``)."""
    return f"{MY_TASKS}don-doc/{code}"


def page_of_plan(code: str) -> str:
    """Return the path of a plan's page (``plans:plan``)."""
    return f"/ke-hoach/{code}"


def page_of_intake(code: str) -> str:
    """Return the path of an uploaded document's page (``plans:intake``)."""
    return f"/ke-hoach/tai-len/{code}"
