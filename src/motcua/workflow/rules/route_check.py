"""Whether steps make a route: every fault in words with the step at which it lies, and what else is worth knowing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from motcua.organizations.states import ROLES
from motcua.workflow.rules.conditions import WrongCondition, comparisons
from motcua.workflow.rules.phases import Phase, faults_of_life
from motcua.workflow.rules.steps import MOST_STEPS, WHOLE, Fault, NewStep, blocks, branches_of
from motcua.workflow.rules.ways import MOST_WAYS, TooManyWays, Way, ways

LONGEST_NAME = 120


def faults_of_steps(steps: Sequence[NewStep], phases: Mapping[str, Phase] | None = None) -> list[Fault]:
    """Return what is wrong with ``steps``; [] for a route that can be travelled.

    With ``phases`` of the life that will travel it, also whether that life can do the steps in this order.
    """
    if not steps:
        return [Fault(gettext("Quy trình phải có ít nhất một bước."))]
    if len(steps) > MOST_STEPS:
        return [Fault(gettext("Quy trình có tối đa %(most)s bước.") % {"most": MOST_STEPS})]
    faults = [fault for index, step in enumerate(steps, start=1) for fault in _faults_of_step(index, step)]
    faults += _faults_of_forks(steps)
    if faults:
        return faults
    try:
        found = ways(steps)
    except TooManyWays:
        return [Fault(gettext("Điều kiện phân biệt quá %(most)s trường hợp.") % {"most": MOST_WAYS})]
    faults = _faults_of_shares(steps, found)
    return faults + (faults_of_life(steps, found, phases) if phases else [])


def notes_on(steps: Sequence[NewStep]) -> list[str]:
    """Return what is not wrong but should be known: ways that use less than the legal time, questions asked.

    Call it for steps without faults.
    """
    notes = []
    found = ways(steps)
    shorter = [way for way in found if way.length < WHOLE]
    for way in shorter[:5]:
        missing = [step.name for index, step in enumerate(steps) if index not in way.indexes]
        notes.append(
            gettext("Khi bỏ qua %(steps)s, quy trình chỉ dùng %(length)s %% thời hạn.")
            % {"steps": ", ".join(f"“{name}”" for name in missing), "length": way.length}
        )
    if names := questions_of(steps):
        notes.append(gettext("Điều kiện dùng câu trả lời: %(names)s.") % {"names": ", ".join(names)})
    return notes


def questions_of(steps: Sequence[NewStep]) -> list[str]:
    """Return the names of the form's questions on which the route depends, in order."""
    return list(dict.fromkeys(one.name for step in steps for one in comparisons(step.condition)))


def _faults_of_step(position: int, step: NewStep) -> list[Fault]:
    where = {"position": position, "step": step.name}
    faults = []

    def note(message: str) -> None:
        faults.append(Fault(message % where, position=position))

    if not step.name.strip() or not step.phase.strip():
        note(gettext("Bước %(position)s thiếu tên hoặc giai đoạn."))
    if len(step.name) > LONGEST_NAME:
        note(gettext("Bước %(position)s: tên dài quá 120 ký tự."))
    if not step.role:
        note(gettext("Bước %(position)s “%(step)s”: thiếu vai trò thực hiện."))
    elif step.role not in ROLES:
        where["role"] = step.role
        note(gettext("Bước %(position)s “%(step)s”: không có vai trò “%(role)s”."))
    if not 0 <= step.share <= WHOLE:
        note(gettext("Bước %(position)s “%(step)s”: tỷ lệ thời gian phải từ 0 đến 100."))
    try:
        comparisons(step.condition)
    except WrongCondition as wrong:
        where["piece"] = str(wrong)
        note(
            gettext("Bước %(position)s “%(step)s”: không đọc được điều kiện từ chỗ “%(piece)s”.")
            if str(wrong)
            else gettext("Bước %(position)s “%(step)s”: điều kiện viết dở dang.")
        )
    return faults


def _faults_of_forks(steps: Sequence[NewStep]) -> list[Fault]:
    faults = []
    parts = [(fork, indexes) for fork, indexes in blocks(steps) if fork]
    times = Counter(fork for fork, _indexes in parts)
    for fork, indexes in parts:
        number = {"fork": fork}
        if times[fork] > 1:
            faults.append(
                Fault(gettext("Phần song song %(fork)s bị ngắt quãng bởi bước khác.") % number, position=indexes[0] + 1)
            )
        elif len(branches_of(steps, indexes)) < 2:
            faults.append(Fault(gettext("Phần song song %(fork)s chỉ có một nhánh.") % number, position=indexes[0] + 1))
    for index, words in (
        (0, gettext("Bước đầu không thể nằm trong nhánh song song hoặc có điều kiện.")),
        (len(steps) - 1, gettext("Bước cuối không thể nằm trong nhánh song song hoặc có điều kiện.")),
    ):
        if steps[index].fork or steps[index].condition:
            faults.append(Fault(words, position=index + 1))
    return faults


def _faults_of_shares(steps: Sequence[NewStep], found: Sequence[Way]) -> list[Fault]:
    longest = found[0]
    if longest.length == WHOLE:
        return []
    if len(longest.indexes) == len(steps) and not any(step.fork for step in steps):
        words = gettext("Tổng tỷ lệ thời gian của các bước là %(total)s %%, phải bằng 100 %%.")
    else:
        words = gettext(
            "Đường đi dài nhất dùng %(total)s %% thời hạn (nhánh song song tính nhánh dài nhất), phải bằng 100 %%."
        )
    return [Fault(words % {"total": longest.length})]
