"""From steps to BPMN 2.0 with diagram interchange: opens in any modeller, reads back to the same steps."""

from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from motcua.workflow.rules.bpmn import NAMESPACE
from motcua.workflow.rules.bpmn.reading import BPMN
from motcua.workflow.rules.layout import (
    CHOICE,
    END,
    HEAD,
    MARGIN,
    PARALLEL,
    START,
    TASK,
    Arrow,
    Box,
    Layout,
    lay_out,
)
from motcua.workflow.rules.steps import NewStep

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
TAGS = {
    START: "startEvent",
    END: "endEvent",
    TASK: "userTask",
    CHOICE: "exclusiveGateway",
    PARALLEL: "parallelGateway",
}


def write_drawing(steps: Sequence[NewStep], *, code: str, name: str, lane_name: Callable[[str, str], str]) -> bytes:
    """Return a BPMN file of ``steps``; ``lane_name`` gives the words for a (place, role)."""
    layout = lay_out(steps)
    spaces = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "motcua": NAMESPACE}
    root = etree.Element(_bpmn("definitions"), nsmap=spaces, id="definitions", targetNamespace=NAMESPACE)
    collaboration = _sub(root, "collaboration", id="collaboration")
    _sub(collaboration, "participant", id="pool", name=name, processRef="process")
    process = _sub(root, "process", id="process", name=name, isExecutable="true")
    process.set(f"{{{NAMESPACE}}}route", code)
    _write_lanes(process, layout, lane_name)
    for box in layout.boxes:
        _write_node(process, box, layout, steps)
    for arrow in layout.arrows:
        _write_flow(process, arrow)
    _write_diagram(root, layout)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _bpmn(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _sub(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, _bpmn(tag), attributes)


def _write_lanes(process: Any, layout: Layout, lane_name: Callable[[str, str], str]) -> None:
    lanes = _sub(process, "laneSet", id="lanes")
    for number, lane in enumerate(layout.lanes):
        element = _sub(lanes, "lane", id=f"lane_{number + 1}", name=lane_name(lane.place, lane.role))
        element.set(f"{{{NAMESPACE}}}place", lane.place)
        element.set(f"{{{NAMESPACE}}}role", lane.role)
        for box in layout.boxes:
            if box.lane == number:
                _sub(element, "flowNodeRef").text = box.identifier


def _write_node(process: Any, box: Box, layout: Layout, steps: Sequence[NewStep]) -> None:
    element = _sub(process, TAGS[box.kind], id=box.identifier)
    if box.name:
        element.set("name", box.name)
    default = [arrow.identifier for arrow in layout.arrows if arrow.source is box and arrow.is_default]
    if default:
        element.set("default", default[0])
    if box.index is not None:
        for name, value in _told(steps[box.index]).items():
            element.set(f"{{{NAMESPACE}}}{name}", value)
    for arrow in layout.arrows:
        if arrow.target is box:
            _sub(element, "incoming").text = arrow.identifier
    for arrow in layout.arrows:
        if arrow.source is box:
            _sub(element, "outgoing").text = arrow.identifier


def _told(step: NewStep) -> dict[str, str]:
    told = {"phase": step.phase, "role": step.role, "place": step.place, "share": str(step.share)}
    if step.signs:
        told["signs"] = "yes"
    if not step.may_ask_supplement:
        told["supplement"] = "no"
    if step.needs_payment:
        told["payment"] = "yes"
    return told


def _write_flow(process: Any, arrow: Arrow) -> None:
    element = _sub(
        process,
        "sequenceFlow",
        id=arrow.identifier,
        sourceRef=arrow.source.identifier,
        targetRef=arrow.target.identifier,
    )
    if arrow.condition:
        condition = _sub(element, "conditionExpression")
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = arrow.condition


def _write_diagram(root: Any, layout: Layout) -> None:
    diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{BPMNDI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    _shape(plane, "pool", MARGIN, MARGIN, layout.width, layout.height, isHorizontal="true")
    inside = HEAD / 2
    for number, lane in enumerate(layout.lanes, start=1):
        _shape(
            plane, f"lane_{number}", MARGIN + inside, lane.y, layout.width - inside, lane.height, isHorizontal="true"
        )
    for box in layout.boxes:
        marker = {"isMarkerVisible": "true"} if box.kind == CHOICE else {}
        _shape(plane, box.identifier, box.x, box.y, box.width, box.height, **marker)
    for arrow in layout.arrows:
        edge = etree.SubElement(
            plane, f"{{{BPMNDI}}}BPMNEdge", id=f"{arrow.identifier}_di", bpmnElement=arrow.identifier
        )
        for x, y in arrow.points:
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=f"{x:g}", y=f"{y:g}")


def _shape(plane: Any, element: str, x: float, y: float, width: float, height: float, **more: str) -> None:
    shape = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"{element}_di", bpmnElement=element, **more)
    etree.SubElement(shape, f"{{{DC}}}Bounds", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}")
