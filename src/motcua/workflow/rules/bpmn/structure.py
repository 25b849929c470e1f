"""From a drawing to the steps of a route: every path is followed; what cannot be travelled is told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext

from motcua.workflow.rules.bpmn.reading import NotADrawing, read_drawing
from motcua.workflow.rules.bpmn.values import CHOICE, END, PARALLEL, START, TASK, Drawing, Drawn, Flow, Node
from motcua.workflow.rules.conditions import LONGEST, WrongCondition, both, holds, none_of, parse
from motcua.workflow.rules.phases import Phase
from motcua.workflow.rules.route_check import faults_of_steps
from motcua.workflow.rules.steps import Fault, NewStep
from motcua.workflow.rules.ways import TooManyWays, answers_that_matter

THE_END = ""  # where all ends lead
_YES = {"yes", "true", "1"}

# Returns (role, place) of a lane by its name, "" for what its name does not tell.
LaneReader = Callable[[str], tuple[str, str]]


def drawn(content: bytes, *, lane_reader: LaneReader, phases: Mapping[str, Phase] | None = None) -> Drawn:
    """Return the name and steps that a BPMN file says; or every fault found, with element and line."""
    try:
        drawing = read_drawing(content)
    except NotADrawing as refusal:
        return Drawn(faults=refusal.faults)
    if faults := _faults_of_graph(drawing):
        return Drawn(drawing.name, faults=tuple(faults))
    walk = _Walk(drawing, lane_reader)
    walk.follow(walk.start, THE_END, "", 0, 0)
    steps = walk.with_phases()
    faults = walk.faults or faults_of_steps(steps, phases)
    places = [
        replace(fault, element=walk.tasks[fault.position - 1].identifier, line=walk.tasks[fault.position - 1].line)
        if fault.position and fault.position <= len(walk.tasks)
        else fault
        for fault in faults
    ]
    return Drawn(drawing.name, tuple(steps), tuple(task.identifier for task in walk.tasks), tuple(places))


def _at(node: Node, message: str) -> Fault:
    return Fault(message % {"name": node.label}, element=node.identifier, line=node.line)


def _faults_of_graph(drawing: Drawing) -> list[Fault]:
    nodes = drawing.nodes.values()
    starts = [node for node in nodes if node.kind == START]
    faults = []
    if not starts:
        faults.append(Fault(gettext("Bản vẽ thiếu điểm bắt đầu.")))
    faults += [_at(node, gettext("Điểm bắt đầu thứ hai “%(name)s”: chỉ được có một.")) for node in starts[1:]]
    if not any(node.kind == END for node in nodes):
        faults.append(Fault(gettext("Bản vẽ thiếu điểm kết thúc.")))
    for node in nodes:
        faults += _faults_of_node(drawing, node)
    if starts:
        reached = _reached(starts[0].identifier, drawing)
        faults += [
            _at(node, gettext("Không có đường nào đi đến “%(name)s”."))
            for node in nodes
            if node.identifier not in reached and node.kind != START
        ]
    return faults or _loops(drawing)


def _faults_of_node(drawing: Drawing, node: Node) -> list[Fault]:
    outgoing, incoming = drawing.outgoing(node.identifier), drawing.incoming(node.identifier)
    faults = []
    if node.kind == END and outgoing:
        faults.append(_at(node, gettext("Điểm kết thúc “%(name)s” còn đường đi ra.")))
    if node.kind != END and not outgoing:
        faults.append(_at(node, gettext("“%(name)s” là ngõ cụt: không có đường nào đi tiếp.")))
    if node.kind == START and incoming:
        faults.append(_at(node, gettext("Điểm bắt đầu “%(name)s” có đường đi vào.")))
    if node.kind in (TASK, START) and len(outgoing) > 1:
        faults.append(_at(node, gettext("“%(name)s” có nhiều đường đi ra: hãy đặt một cổng sau nó.")))
    if node.kind == TASK and not node.name:
        faults.append(_at(node, gettext("Bước “%(name)s” chưa có tên.")))
    return faults


def _reached(start: str, drawing: Drawing) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for flow in drawing.outgoing(waiting.pop()):
            if flow.target not in seen:
                seen.add(flow.target)
                waiting.append(flow.target)
    return seen


def _loops(drawing: Drawing) -> list[Fault]:
    """Return one fault that names the nodes which lead back to themselves; [] if nothing does."""
    left = {identifier: {flow.target for flow in drawing.outgoing(identifier)} for identifier in drawing.nodes}
    while ends := [identifier for identifier, targets in left.items() if not targets & left.keys()]:
        for identifier in ends:
            del left[identifier]
    while left:
        heads = {target for targets in left.values() for target in targets}
        if not (tails := [identifier for identifier in left if identifier not in heads]):
            break
        for identifier in tails:
            del left[identifier]
    if not left:
        return []
    nodes = [drawing.nodes[identifier] for identifier in drawing.nodes if identifier in left]
    words = gettext("Vòng lặp: %(names)s dẫn trở lại chính nó. Việc làm lại dùng nút “Trả lại để làm lại”, không vẽ.")
    names = ", ".join(f"“{node.label}”" for node in nodes)
    return [Fault(words % {"names": names}, element=nodes[0].identifier, line=nodes[0].line)]


class _Walk:
    """Follows every path of a graph without loops and writes the steps down in order."""

    def __init__(self, drawing: Drawing, lane_reader: LaneReader) -> None:
        self.drawing, self._lane_reader = drawing, lane_reader
        self.steps: list[NewStep] = []
        self.tasks: list[Node] = []
        self.faults: list[Fault] = []
        self.start = next(node.identifier for node in drawing.nodes.values() if node.kind == START)
        self._forks = self._branches = 0
        self._certain = _post_dominators(drawing)

    def follow(self, here: str, stop: str, condition: str, fork: int, branch: int) -> None:
        """Write down what lies between ``here`` and ``stop``."""
        joined = ""
        while here != stop and not self.faults:
            node = self.drawing.nodes[here]
            outgoing = self.drawing.outgoing(here)
            if node.kind == TASK:
                self._step(node, condition, fork, branch)
            if node.kind == PARALLEL and joined != here and len(self.drawing.incoming(here)) > 1:
                self.faults.append(
                    _at(
                        node,
                        gettext("Cổng song song “%(name)s” chờ các nhánh không cùng chạy: sẽ không bao giờ đi tiếp."),
                    )
                )
            elif len(outgoing) > 1:
                here = self._split(node, outgoing, condition, fork, branch)
                joined = here if node.kind == PARALLEL else ""
            else:
                here = outgoing[0].target if outgoing else THE_END

    def with_phases(self) -> list[NewStep]:
        """Return the steps; where the file tells no phase, by place and role."""
        last = len(self.steps) - 1
        return [
            step if step.phase else replace(step, phase=_likely_phase(step, is_first=index == 0, is_last=index == last))
            for index, step in enumerate(self.steps)
        ]

    def _step(self, node: Node, condition: str, fork: int, branch: int) -> None:
        told, lane = node.told, node.lane
        role, place = self._lane_reader(lane.name) if lane.name else ("", "")
        share = told.get("share", "0") or "0"
        if not share.isdecimal() or len(share) > 3:
            self.faults.append(_at(node, gettext("“%(name)s”: tỷ lệ thời gian phải là số nguyên từ 0 đến 100.")))
            return
        if len(condition) > LONGEST:
            self.faults.append(_at(node, gettext("“%(name)s”: các điều kiện dẫn đến đây dài quá 500 ký tự.")))
            return
        self.tasks.append(node)
        self.steps.append(
            NewStep(
                name=node.name[:120],
                phase=told.get("phase", ""),
                role=told.get("role") or lane.role or role,
                place=told.get("place") or lane.place or place or "competent",
                share=int(share),
                fork=fork,
                branch=branch,
                condition=condition,
                signs=told.get("signs", "").lower() in _YES,
                may_ask_supplement=told.get("supplement", "yes").lower() in _YES,
                needs_payment=told.get("payment", "").lower() in _YES,
            )
        )

    def _split(self, node: Node, outgoing: list[Flow], condition: str, fork: int, branch: int) -> str:
        join = self._certain[node.identifier]
        if node.kind == CHOICE:
            for flow, own in self._chosen(node, outgoing):
                self.follow(flow.target, join, both(condition, own), fork, branch)
            return join
        if fork:
            self.faults.append(
                _at(node, gettext("Cổng song song “%(name)s” nằm trong một nhánh song song khác: chưa vẽ được."))
            )
            return join
        if join == THE_END or self.drawing.nodes[join].kind != PARALLEL:
            self.faults.append(
                _at(node, gettext("Các nhánh tách ở cổng song song “%(name)s” không gộp lại ở một cổng song song."))
            )
            return join
        if len(self.drawing.incoming(join)) != len(outgoing):
            words = gettext("Cổng song song “%(name)s” phải nhận mỗi nhánh đúng một đường: gộp các lựa chọn trước nó.")
            self.faults.append(_at(self.drawing.nodes[join], words))
            return join
        self._forks += 1
        number, before = self._forks, self._branches
        for flow in outgoing:
            written, self._branches = len(self.steps), self._branches + 1
            self.follow(flow.target, join, condition, number, self._branches)
            if len(self.steps) == written:
                self._branches -= 1  # an arrow straight to the join is no branch
        if self._branches - before == 1 and not self.faults:
            self.faults.append(_at(node, gettext("Cổng song song “%(name)s” chỉ có một nhánh có việc.")))
        return join

    def _chosen(self, node: Node, outgoing: list[Flow]) -> list[tuple[Flow, str]]:
        """Return each flow with the condition under which it is taken; [] after noting what is wrong with them."""
        conditional = [flow for flow in outgoing if flow.condition and not flow.is_default]
        others = [flow for flow in outgoing if flow not in conditional]
        note = partial(_at, node)
        if len(others) > 1:
            self.faults.append(
                note(
                    gettext("Cổng lựa chọn “%(name)s”: mỗi đường đi ra cần một điều kiện, chỉ một đường được để trống.")
                )
            )
            return []
        try:
            conditions = [flow.condition for flow in conditional]
            for condition in conditions:
                parse(condition)
            for answers in answers_that_matter(conditions):
                number = sum(holds(condition, answers) for condition in conditions)
                if number > 1 or not number and not others:
                    self.faults.append(note(_undecided(answers, number)))
                    return []
        except WrongCondition as wrong:
            words = gettext("Cổng lựa chọn “%(name)s”: không đọc được điều kiện từ chỗ “{piece}”.")
            self.faults.append(note(words.format(piece=str(wrong).replace("%", "%%"))))
            return []
        except TooManyWays:
            self.faults.append(note(gettext("Cổng lựa chọn “%(name)s” phân biệt quá nhiều trường hợp.")))
            return []
        default = [(flow, none_of(conditions)) for flow in others]
        return [(flow, flow.condition) for flow in conditional] + default


def _undecided(answers: Mapping[str, object], number: int) -> str:
    case = ", ".join(f"{name} = {'–' if value is None else value}" for name, value in answers.items())
    words = (
        gettext("Cổng lựa chọn “%(name)s”: khi {case} có nhiều đường cùng đúng.")
        if number
        else gettext(
            "Cổng lựa chọn “%(name)s”: khi {case} không có đường nào đúng; hãy để trống điều kiện của một đường."
        )
    )
    return words.format(case=case.replace("%", "%%"))


def _likely_phase(step: NewStep, *, is_first: bool, is_last: bool) -> str:
    """Return what a step of a foreign drawing most likely does; whoever checks the draft sees and changes it."""
    if step.role == "reception" and is_first:
        return "receive"
    if step.role == "reception" and is_last:
        return "return"
    if not step.fork and step.role in ("leader", "unit_head"):
        return "approve" if step.role == "leader" else "propose"
    return "handle"


def _post_dominators(drawing: Drawing) -> dict[str, str]:
    """Return for each node the first one that every path from it must pass, THE_END where that is the end.

    The graph has no loop, so nodes are taken in the reverse of an order in which every flow leads forward.
    """
    order: Sequence[str] = _ordered(drawing)
    place = {identifier: number for number, identifier in enumerate(order)}
    certain: dict[str, frozenset[str]] = {}
    first: dict[str, str] = {}
    for identifier in reversed(order):
        following = [certain[flow.target] for flow in drawing.outgoing(identifier)]
        shared = frozenset.intersection(*following) if following else frozenset()
        first[identifier] = min(shared, key=place.__getitem__, default=THE_END)
        certain[identifier] = shared | {identifier}
    return first


def _ordered(drawing: Drawing) -> list[str]:
    missing = {identifier: len(drawing.incoming(identifier)) for identifier in drawing.nodes}
    ready = [identifier for identifier, number in missing.items() if not number]
    order = []
    while ready:
        order.append(ready.pop())
        for flow in drawing.outgoing(order[-1]):
            missing[flow.target] -= 1
            if not missing[flow.target]:
                ready.append(flow.target)
    return order
