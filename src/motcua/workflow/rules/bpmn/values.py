"""A drawing as values: what ``reading`` finds in a file and ``structure`` makes steps of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motcua.workflow.rules.steps import Fault, NewStep

START, END, TASK, CHOICE, PARALLEL = "start", "end", "task", "choice", "parallel"


@dataclass(frozen=True)
class Lane:
    """A lane: its name, and role and place where the file tells them in our own attributes."""

    name: str = ""
    role: str = ""
    place: str = ""


@dataclass(frozen=True)
class Node:
    """An event, task or gateway with the line of the file at which it stands; ``told`` are our own attributes."""

    identifier: str
    kind: str
    name: str
    line: int
    told: Mapping[str, str] = field(default_factory=dict)
    lane: Lane = Lane()

    @property
    def label(self) -> str:
        return self.name or self.identifier


@dataclass(frozen=True)
class Flow:
    """An arrow from node to node; ``condition`` "" for one that is always taken."""

    identifier: str
    source: str
    target: str
    condition: str = ""
    is_default: bool = False
    line: int = 0


@dataclass(frozen=True)
class Drawing:
    """One process of a file."""

    name: str
    nodes: Mapping[str, Node]
    flows: Sequence[Flow]

    def outgoing(self, identifier: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == identifier]

    def incoming(self, identifier: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == identifier]


@dataclass(frozen=True)
class Drawn:
    """What a drawing says: its name and steps, ``elements`` the identifier of each step's task; or its faults."""

    name: str = ""
    steps: tuple[NewStep, ...] = ()
    elements: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
