"""An edited sheet of a draft's rows beside the rows as they stand."""

import io
from typing import Any

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.documents.inspection.archives import XLSX
from motcua.documents.uploads import UploadPolicy, check_upload
from motcua.plans.models import Plan
from motcua.plans.rules.relating.task_sheet import FIELDS, Difference, Sheet, compare, read_json, read_sheet
from motcua.plans.states import LONGEST

MB = 1024 * 1024
POLICY = UploadPolicy(kinds=frozenset({XLSX}), most_bytes=5 * MB, most_unpacked=60 * MB)


def difference_of(plan: Plan, file: Any) -> Difference:
    """Return how the rows in ``file`` (XLSX, JSON; with a name) differ from those of ``plan``.

    Raises:
        Refused: the file is too large, of another kind, or holds no rows.
    """
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    for task in tasks:
        task.plan = plan
    rows = [(task.short_code, {name: getattr(task, name) for name in FIELDS}, task.due_on) for task in tasks]
    return compare(_sheet(file), rows, LONGEST)


def _sheet(file: Any) -> Sheet:
    content = file.read(POLICY.most_bytes + 1)
    if file.name.lower().endswith(".json"):
        if len(content) > POLICY.most_bytes:
            raise Refused(gettext("Tệp quá lớn: tối đa 5 MB."), field="file")
        return read_json(content)
    check_upload(io.BytesIO(content), file.name, POLICY)
    return read_sheet(content)
