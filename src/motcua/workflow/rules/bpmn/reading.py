"""From BPMN text to a drawing: nothing is fetched or expanded, and what a route cannot do is named with its line."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lxml import etree

from motcua.workflow.rules.bpmn import NAMESPACE
from motcua.workflow.rules.bpmn.values import CHOICE, END, PARALLEL, START, TASK, Drawing, Flow, Lane, Node
from motcua.workflow.rules.steps import Fault

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MOST_BYTES = 2 * 1024 * 1024
MOST_NODES = 300
KINDS = {
    "startEvent": START,
    "endEvent": END,
    "exclusiveGateway": CHOICE,
    "parallelGateway": PARALLEL,
    **dict.fromkeys(
        ("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask"),
        TASK,
    ),
}
# Drawn, but nothing that a route does: names, notes, papers.
SILENT = {
    "documentation", "extensionElements", "laneSet", "sequenceFlow", "dataObject", "dataObjectReference",
    "dataStoreReference", "textAnnotation", "association", "group", "ioSpecification", "property",
    "dataInputAssociation", "dataOutputAssociation", "monitoring", "auditing", "artifact",
}  # fmt: skip


# What is most often drawn elsewhere and no route can do; other kinds are named as the file names them.
KIND_WORDS = {
    "intermediateThrowEvent": _("sự kiện giữa chừng"), "intermediateCatchEvent": _("sự kiện chờ"),
    "boundaryEvent": _("sự kiện trên mép bước"), "subProcess": _("quy trình con"),
    "callActivity": _("gọi quy trình khác"),
    "inclusiveGateway": _("cổng bao hàm"), "eventBasedGateway": _("cổng theo sự kiện"),
    "complexGateway": _("cổng phức hợp"), "transaction": _("giao dịch"), "adHocSubProcess": _("quy trình con tùy lúc"),
}  # fmt: skip


class NotADrawing(ValueError):
    """The file cannot be read as a route; ``faults`` say why and where."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


def read_drawing(content: bytes) -> Drawing:
    """Return the one process of a BPMN file.

    Raises:
        NotADrawing: no XML, no BPMN, more than one process, or elements that a route does not know.
    """
    root = _root(content)
    process = _process(root)
    lanes = _lanes(process)
    nodes: dict[str, Node] = {}
    flows, faults = [], []
    unknown: set[str | None] = set()  # told once, not again by each flow that touches them
    for element in process.iterchildren(tag=etree.Element):
        name = etree.QName(element).localname
        if name in KINDS:
            if events := _definitions(element):
                faults.append(_fault(element, gettext("%(what)s có sự kiện “%(kind)s”, quy trình không dùng được.") % {
                    "what": _called(element), "kind": events}))  # fmt: skip
            node = _node(element, KINDS[name], lanes)
            if node.identifier in nodes:
                faults.append(_fault(element, gettext("Mã phần tử “%(id)s” dùng hai lần.") % {"id": node.identifier}))
            nodes[node.identifier] = node
        elif name == "sequenceFlow":
            flows.append(_flow(element))
        elif name not in SILENT:
            unknown.add(element.get("id"))
            faults.append(
                _fault(
                    element,
                    gettext("%(what)s là “%(kind)s”, quy trình không dùng được.")
                    % {"what": _called(element), "kind": KIND_WORDS.get(name, name)},
                )
            )
    if len(nodes) > MOST_NODES:
        faults.append(Fault(gettext("Bản vẽ có quá %(most)s phần tử.") % {"most": MOST_NODES}))
    faults += [
        Fault(gettext("Mũi tên “%(id)s” không nối hai phần tử của bản vẽ.") % {"id": flow.identifier},
              element=flow.identifier, line=flow.line)
        for flow in flows
        if not {flow.source, flow.target} <= nodes.keys() | unknown
    ]  # fmt: skip
    if faults:
        raise NotADrawing(*faults)
    defaults = {element.get("default") for element in process.iterchildren(tag=etree.Element)}
    flows = [
        Flow(flow.identifier, flow.source, flow.target, flow.condition, flow.identifier in defaults, flow.line)
        for flow in flows
    ]
    return Drawing((_title(root, process) or "").strip()[:200], nodes, flows)


def _root(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise NotADrawing(Fault(gettext("Tệp BPMN quá lớn: tối đa 2 MB.")))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise NotADrawing(Fault(gettext("Tệp không phải là XML đọc được."), line=line)) from error
    if root.getroottree().docinfo.doctype:
        raise NotADrawing(Fault(gettext("Tệp có khai báo DOCTYPE, không nhận."), line=1))
    if root.tag != f"{{{BPMN}}}definitions":
        raise NotADrawing(Fault(gettext("Tệp không phải là BPMN 2.0."), line=root.sourceline))
    return root


def _process(root: Any) -> Any:
    processes = [each for each in root.findall(f"{{{BPMN}}}process") if any(_is_node(child) for child in each)]
    if not processes:
        raise NotADrawing(Fault(gettext("Bản vẽ chưa có bước nào.")))
    if len(processes) > 1:
        second = processes[1]
        raise NotADrawing(
            _fault(second, gettext("Bản vẽ có nhiều quy trình; hãy vẽ các cơ quan thành các làn của một quy trình."))
        )
    return processes[0]


def _is_node(element: Any) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname in KINDS


def _title(root: Any, process: Any) -> str | None:
    pools = root.iterfind(f"{{{BPMN}}}collaboration/{{{BPMN}}}participant")
    named = [pool.get("name") for pool in pools if pool.get("processRef") == process.get("id")]
    return process.get("name") or next((name for name in named if name), None)


def _lanes(process: Any) -> dict[str, Lane]:
    """Return the innermost lane of each node."""
    found = {}
    for element in process.iter(f"{{{BPMN}}}lane"):
        told = _told(element)
        lane = Lane(element.get("name") or "", told.get("role", ""), told.get("place", ""))
        for reference in element.findall(f"{{{BPMN}}}flowNodeRef"):
            found[(reference.text or "").strip()] = lane
    return found


def _node(element: Any, kind: str, lanes: dict[str, Lane]) -> Node:
    identifier = element.get("id") or f"line-{element.sourceline}"
    name = " ".join((element.get("name") or "").split())
    return Node(identifier, kind, name, element.sourceline, _told(element), lanes.get(identifier, Lane()))


def _flow(element: Any) -> Flow:
    condition = element.findtext(f"{{{BPMN}}}conditionExpression") or ""
    condition = condition.strip().removeprefix("=").strip()  # modellers write "= loai …" for FEEL
    return Flow(
        element.get("id") or f"line-{element.sourceline}",
        element.get("sourceRef") or "",
        element.get("targetRef") or "",
        condition,
        line=element.sourceline,
    )


def _told(element: Any) -> dict[str, str]:
    prefix = f"{{{NAMESPACE}}}"
    return {
        name.removeprefix(prefix): value.strip() for name, value in element.attrib.items() if name.startswith(prefix)
    }


def _definitions(element: Any) -> str:
    """Return the kind of an event that is more than a plain start or end, "" for a plain one."""
    kinds: Iterator[str] = (etree.QName(child).localname for child in element.iterchildren(tag=etree.Element))
    return next((kind for kind in kinds if kind.endswith("EventDefinition") or "Loop" in kind), "")


def _called(element: Any) -> str:
    return f"“{element.get('name') or element.get('id') or etree.QName(element).localname}”"


def _fault(element: Any, message: str) -> Fault:
    return Fault(message, element=element.get("id") or "", line=element.sourceline)
