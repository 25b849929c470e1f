"""BPMN in and out: what is written reads back, opens in an independent engine, and what is wrong is told in words."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState

from motcua.workflow.queries import drawing_of, lane_reader
from motcua.workflow.rules.bpmn.reading import BPMN, NotADrawing, read_drawing
from motcua.workflow.rules.bpmn.structure import drawn
from motcua.workflow.rules.bpmn.writing import BPMNDI, write_drawing
from motcua.workflow.rules.conditions import holds
from motcua.workflow.rules.layout import TASK, lay_out
from motcua.workflow.rules.steps import NewStep

CASES = [None, "a", "b", "c"]


def lane_name(place, role):
    return f"{place} {role}"


def read(content):
    return drawn(content, lane_reader=lambda name: ("", ""))


def written(steps):
    return write_drawing(steps, code="thu", name="Quy trình thử", lane_name=lane_name)


def a_step(name, share, fork=0, branch=0, condition="", **more):
    return NewStep(name, "handle", "specialist", "competent", share, fork, branch, condition, **more)


ROUTE = [
    NewStep("Tiếp nhận", "receive", "reception", "one_stop", 10, needs_payment=True),
    a_step("Thẩm định", 30, 1, 1, may_ask_supplement=False),
    a_step("Đo đạc", 20, 1, 1, "dien_tich > 500"),
    replace(a_step("Thuế", 50, 1, 2), place="H27.16", signs=True),
    a_step("Họp", 15, condition='loai = "a"'),
    NewStep("Ký", "approve", "leader", "competent", 15, signs=True),
    NewStep("Trả", "return", "reception", "one_stop", 10),
]


@st.composite
def routes(draw):
    """Steps of any shape that a route may have: stretches of trunk and forks, each step with or without a condition."""
    conditions = st.sampled_from(["", "", 'loai = "a"', 'loai = "b"', 'not(loai = "a")'])
    roles, places = st.sampled_from(["specialist", "unit_head"]), st.sampled_from(["competent", "H27.16"])

    def step(fork=0, branch=0, condition=None):
        name = f"Bước {draw(st.integers(0, 10**6))}"
        return NewStep(name, "handle", draw(roles), draw(places), 0, fork, branch,
                       draw(conditions) if condition is None else condition)  # fmt: skip

    steps, branch = [step(condition="")], 0
    for fork in range(1, draw(st.integers(1, 3))):
        steps += [step() for _ in range(draw(st.integers(0, 2)))]
        for _ in range(draw(st.integers(2, 3))):
            branch += 1
            steps += [step(fork, branch) for _ in range(draw(st.integers(1, 3)))]
    steps.append(step(condition=""))
    return [replace(one, share=100 if index == 0 else 0) for index, one in enumerate(steps)]


@settings(max_examples=60, deadline=None)
@given(routes())
def test_what_is_written_reads_back_to_the_same_steps(steps):
    found = read(written(steps))
    assert found.faults == ()
    assert list(found.steps) == steps


def test_everything_about_a_step_comes_back():
    found = read(written(ROUTE))
    assert (found.faults, list(found.steps), found.name) == ((), ROUTE, "Quy trình thử")
    assert found.elements == tuple(f"step_{number}" for number in range(1, 8))


def engine(content, answers):
    """Return the names of the tasks that SpiffWorkflow does for ``answers``."""
    root = etree.fromstring(content)
    for expression in root.iter(f"{{{BPMN}}}conditionExpression"):
        expression.text = re.sub(r'loai = ("\w")', r"loai == \1", expression.text)
    parser = BpmnParser()
    parser.add_bpmn_xml(root)
    workflow = BpmnWorkflow(parser.get_spec("process"))
    workflow.data["loai"] = answers["loai"]
    workflow.get_next_task(state=TaskState.READY).data.update(workflow.data)
    names = []
    workflow.do_engine_steps()
    while ready := workflow.get_tasks(state=TaskState.READY):
        for task in ready:
            names.append(task.task_spec.bpmn_name)
            task.run()
        workflow.do_engine_steps()
    assert workflow.is_completed()
    return names


@settings(max_examples=25, deadline=None)
@given(routes(), st.sampled_from(CASES))
def test_an_independent_engine_does_the_same_steps(steps, case):
    expected = [step.name for step in steps if holds(step.condition, {"loai": case})]
    assert sorted(engine(written(steps), {"loai": case})) == sorted(expected)


def test_every_element_is_drawn_once_and_boxes_do_not_cover_each_other():
    root = etree.fromstring(written(ROUTE))
    shown = [shape.get("bpmnElement") for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")]
    drawn_elements = [
        element.get("id")
        for tag in ("participant", "lane", "startEvent", "endEvent", "userTask", "exclusiveGateway",
                    "parallelGateway", "sequenceFlow")
        for element in root.iter(f"{{{BPMN}}}{tag}")
    ]  # fmt: skip
    assert sorted(shown) == sorted(drawn_elements)
    boxes = lay_out(ROUTE).boxes
    assert len({(box.lane, box.row, box.column) for box in boxes}) == len(boxes)
    assert [box.index for box in boxes if box.kind == TASK] == list(range(7))


FRAME = (
    f'<definitions xmlns="{BPMN}" xmlns:m="urn:motcua:route:1" id="d"><process id="p">\n%s\n</process></definitions>'
)
TOLD = 'm:role="specialist" m:phase="handle"'


def sketch(body):
    """Return BPMN of lines like "start s", "task a 50", "flow s a", "flow x a | loai = "a""."""
    tags = {"start": "startEvent", "end": "endEvent", "choice": "exclusiveGateway", "both": "parallelGateway"}
    lines = []
    for number, line in enumerate(body.strip().splitlines()):
        line, _bar, condition = line.strip().partition(" | ")
        word, *rest = line.split()
        if word == "task":
            lines.append(f'<userTask id="{rest[0]}" name="{rest[0]}" {TOLD} m:share="{rest[1] if rest[1:] else 0}"/>')
        elif word == "flow":
            inside = f"<conditionExpression>{condition.replace('<', '&lt;')}</conditionExpression>" if condition else ""
            lines.append(
                f'<sequenceFlow id="f{number}" sourceRef="{rest[0]}" targetRef="{rest[1]}">{inside}</sequenceFlow>'
            )
        else:
            lines.append(f'<{tags.get(word, word)} id="{rest[0]}" name="{rest[0]}"/>')
    return (FRAME % "\n".join(lines)).encode()


CHOICE = """start s\ntask a 60\nchoice x\ntask b 30\ntask c 20\nchoice y\ntask d 10\nend e
flow s a\nflow a x\nflow x b | %s\nflow x c%s\nflow b y\nflow c y\nflow y d\nflow d e"""


def test_alternatives_become_conditions():
    found = read(sketch(CHOICE % ('loai = "a"', "")))
    assert [(step.name, step.condition) for step in found.steps] == [
        ("a", ""), ("b", 'loai = "a"'), ("c", 'not(loai = "a")'), ("d", "")
    ]  # fmt: skip
    assert found.faults == ()


@pytest.mark.parametrize(
    ("body", "words", "element"),
    [
        ("task a\nend e\nflow a e", "thiếu điểm bắt đầu", ""),
        ("start s\ntask a\nflow s a", "thiếu điểm kết thúc", ""),
        ("start s\ntask a\ntask b\nend e\nflow s a\nflow a e", "“b” là ngõ cụt", "b"),
        ("start s\ntask a\ntask b\nend e\nflow s a\nflow a e\nflow b e", "Không có đường nào đi đến “b”", "b"),
        ("start s\nstart t\ntask a\nend e\nflow s a\nflow t a\nflow a e", "Điểm bắt đầu thứ hai “t”", "t"),
        ("start s\ntask a\ntask b\nend e\nflow s a\nflow a b\nflow a e\nflow b e", "“a” có nhiều đường đi ra", "a"),
        (
            "start s\ntask a\nchoice x\nend e\nflow s a\nflow a x\nflow x a | k\nflow x e",
            "Vòng lặp: “a”, “x” dẫn trở lại chính nó",
            "a",
        ),
        (CHOICE % ('loai = "a"', ' | loai != "b"'), "nhiều đường cùng đúng", "x"),
        (CHOICE % ('loai = "a"', ' | loai = "b"'), "không có đường nào đúng", "x"),
        (CHOICE % ("loai = a", ""), "không đọc được điều kiện từ chỗ “a”", "x"),
        (CHOICE % ("", ""), "mỗi đường đi ra cần một điều kiện", "x"),
        (
            "start s\nboth p\ntask a\ntask b\nend e\nflow s p\nflow p a\nflow p b\nflow a e\nflow b e",
            "không gộp lại ở một cổng song song",
            "p",
        ),
        (
            "start s\nchoice x\ntask a\ntask b\nboth p\nend e\nflow s x\nflow x a | k\nflow x b\nflow a p\n"
            "flow b p\nflow p e",
            "sẽ không bao giờ đi tiếp",
            "p",
        ),
        (
            "start s\nboth p\nboth r\ntask a\ntask b\ntask c\nboth t\nboth q\nend e\nflow s p\nflow p r\nflow p a\n"
            "flow r b\nflow r c\nflow b t\nflow c t\nflow t q\nflow a q\nflow q e",
            "nằm trong một nhánh song song khác",
            "r",
        ),
        ("start s\ninclusiveGateway g\nend e\nflow s g\nflow g e", "“g” là “cổng bao hàm”", "g"),
        ("start s\ntask a 90\nend e\nflow s a\nflow a e", "là 90 %, phải bằng 100 %", ""),
        ("start s\ntask a x\nend e\nflow s a\nflow a e", "tỷ lệ thời gian phải là số nguyên", "a"),
    ],
)  # fmt: skip
def test_wrong_drawing_is_told_in_words_and_located(body, words, element):
    found = read(sketch(body))
    assert words in found.faults[0].message
    assert found.faults[0].element == element
    assert bool(found.faults[0].line) is bool(element)


def test_missing_role_is_located():
    found = read(sketch("start s\ntask a 100\nend e\nflow s a\nflow a e").replace(b'm:role="specialist"', b""))
    assert (found.faults[0].message, found.faults[0].element) == ("Bước 1 “a”: thiếu vai trò thực hiện.", "a")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không phải là XML"),
        (b"\x00\x01", "không phải là XML"),
        (b"<a>", "không phải là XML"),
        (b"<a/>", "không phải là BPMN 2.0"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
        (FRAME.encode() % b"", "chưa có bước nào"),
        (b" " * 2_100_000, "quá lớn"),
        (
            FRAME.encode() % b'<startEvent id="s"><timerEventDefinition/></startEvent>',
            "sự kiện “timerEventDefinition”",
        ),
        (FRAME.encode() % b'<userTask id="a"/><userTask id="a"/>', "dùng hai lần"),
        (FRAME.encode() % b'<userTask id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="z"/>', "Mũi tên “f”"),
    ],
)
def test_hostile_and_foreign_files_are_refused(content, words):
    with pytest.raises(NotADrawing, match=words):
        read_drawing(content)


def test_unknown_element_is_told_once_in_words():
    body = b'<userTask id="a"/><subProcess id="b" name="Con"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
    with pytest.raises(NotADrawing) as refused:
        read_drawing(FRAME.encode() % body)
    assert [fault.message for fault in refused.value.faults] == ["“Con” là “quy trình con”, quy trình không dùng được."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lane", "told"),
    [
        ("Bộ phận Một cửa", ("reception", "one_stop")),
        ("Bộ phận tiếp nhận và trả kết quả", ("reception", "one_stop")),
        ("Lãnh đạo phòng chuyên môn", ("unit_head", "")),
        ("Giám đốc Sở", ("leader", "")),
        ("Cán bộ thẩm định", ("specialist", "")),
        ("Đơn vị giải quyết", ("", "competent")),
        ("Cơ quan thuế", ("", "")),
    ],
)
def test_lane_names_of_other_modellers_tell_role_and_place(lane, told):
    assert lane_reader()(lane) == told


@pytest.mark.django_db
def test_drawing_without_places_is_drawn_anew():
    step = NewStep("Nhận", "receive", "reception", "one_stop", 100)
    assert b"BPMNShape" in drawing_of("thu", "Thử", [step], "<definitions/>")
    assert drawing_of("thu", "Thử", [step], "<a>BPMNShape</a>") == b"<a>BPMNShape</a>"


def test_lanes_of_a_foreign_drawing_tell_who():
    lane = b'<laneSet id="l"><lane id="l1" name="So X"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    body = sketch("start s\ntask a 100\nend e\nflow s a\nflow a e").replace(TOLD.encode(), b"")
    body = body.replace(b'<process id="p">', b'<process id="p">' + lane)
    found = drawn(body, lane_reader=lambda name: ("leader", "H27.04") if name == "So X" else ("", ""))
    assert [(step.role, step.place, step.phase) for step in found.steps] == [("leader", "H27.04", "approve")]
