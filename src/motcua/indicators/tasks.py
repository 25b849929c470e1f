"""Work behind the pages: every night the kept cells are held against the rows."""

from procrastinate.contrib.django import app

from motcua.indicators.actions.keeping import compare


@app.periodic(cron="20 18 * * *")  # UTC: 1:20 in Vietnam
@app.task(queueing_lock="compare_kept_cells")
def compare_kept_cells(timestamp: int) -> None:
    """Count every row anew; the check and the cells that differ are kept and shown to officials."""
    compare()
