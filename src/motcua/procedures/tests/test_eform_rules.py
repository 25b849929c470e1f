"""Forms as data: shape, conditions, answers, flat names, burden; without a database."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from motcua.procedures import seed
from motcua.procedures.gateways import unit_trees
from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.burden import burden_of
from motcua.procedures.rules.eforms.checking import check
from motcua.procedures.rules.eforms.conditions import asked_parts
from motcua.procedures.rules.eforms.exchange import Unreadable, read, to_layout, to_schema
from motcua.procedures.rules.eforms.faults import faults_of
from motcua.procedures.rules.eforms.flat import flattened, gather, reshaped
from motcua.procedures.rules.eforms.form import Condition, Dropped, Eform, Field, Part
from motcua.procedures.rules.eforms.questions import from_questions
from motcua.procedures.rules.eforms.showing import shown

FILES = sorted(seed.FORMS.glob("*.json"))
KIND = Field("kind", "Trường hợp", forms.CHOICE, required=True, choices=("Mới", "Lại"))
FORM = Eform(
    "Tờ khai thử",
    (
        Part("first", "Phần một", (
            KIND,
            Field("old_number", "Số cũ", required=True, when=(Condition("kind", ("Lại",)),)),
            Field("since", "Từ ngày", forms.DATE),
            Field("area", "Diện tích", forms.NUMBER, lowest=0, highest=1000),
            Field("money", "Kinh phí", forms.MONEY),
            Field("home", "Nơi ở", forms.ADDRESS, tree=forms.NEW_TREE),
        )),
        Part("people", "Người cùng khai", (
            Field("members", "Thành viên", forms.GROUP, required=True, fewest=1, most=3, fields=(
                Field("name", "Họ tên", required=True),
                Field("is_minor", "Chưa thành niên", forms.CHOICE, choices=("Có", "Không")),
                Field("guardian", "Người giám hộ", required=True, when=(Condition("is_minor", ("Có",)),)),
            )),
        ), when=(Condition("kind", ("Mới",)),)),
    ),
    dropped=(Dropped("Nơi cấp căn cước", "population"),),
)  # fmt: skip
MEMBERS = [{"name": "Người Thử"}]


def places(answers, form=FORM):
    return [problem.place for problem in check(form, answers).problems]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_delivered_form_is_readable_faultless_and_meets_the_target(path: Path):
    definition = json.loads(path.read_text(encoding="utf-8"))
    form = read(definition["schema"], definition["layout"])
    assert faults_of(form) == []
    assert (to_schema(form), to_layout(form)) == (definition["schema"], definition["layout"])
    Draft202012Validator.check_schema(definition["schema"])
    assert burden_of(form).meets_target
    assert definition["source"] and "bố cục do Motcua đặt" in definition["source"]


def test_thirty_forms_are_delivered_and_use_every_kind():
    kinds = set()
    for path in FILES:
        definition = json.loads(path.read_text(encoding="utf-8"))
        kinds |= {field.kind for field in read(definition["schema"], definition["layout"]).every_field()}
    assert len(FILES) == 30
    assert kinds == set(forms.KINDS)


def test_conditional_field_is_asked_only_where_its_condition_holds():
    assert places({"kind": "Lại"}) == ["old_number"]
    assert places({"kind": "Lại", "old_number": "1"}) == []
    assert check(FORM, {"kind": "Mới", "old_number": "1", "members": MEMBERS}).answers == {
        "kind": "Mới", "members": MEMBERS,
    }  # fmt: skip


def test_chain_of_conditions_falls_with_its_first():
    third = Field("third", "Ba", when=(Condition("second", ("Có",)),))
    second = Field("second", "Hai", forms.CHOICE, choices=("Có", "Không"), when=(Condition("kind", ("Lại",)),))
    form = Eform("Thử", (Part("part", "Phần", (KIND, second, third)),))
    asked = asked_parts(form, {"kind": "Mới", "second": "Có", "third": "x"})
    assert [field.name for field in asked[0][1]] == ["kind"]


def test_answers_are_kept_in_their_types():
    answers = {"kind": " Lại ", "old_number": "  A  1 ", "since": "1/3/2026", "area": "12,5", "money": "1.234.567"}
    assert check(FORM, answers).answers == {
        "kind": "Lại", "old_number": "A 1", "since": "2026-03-01", "area": 12.5, "money": 1234567,
    }  # fmt: skip
    assert isinstance(check(FORM, {"area": "12"}).answers["area"], int)


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"kind": "Khác"}, "kind"),
        ({"since": "31/2/2026"}, "since"),
        ({"since": 5}, "since"),
        ({"area": "NaN"}, "area"),
        ({"area": "1e400"}, "area"),
        ({"area": "rộng"}, "area"),
        ({"area": 1001}, "area"),
        ({"area": True}, "area"),
        ({"money": "1,5"}, "money"),
        ({"home": "ở đâu đó"}, "home"),
        ({"home": {"province": "01"}}, "home-commune"),
        ({"home": {"province": "01", "commune": "00004", "tree": "old"}}, "home-tree"),
        ({"old_number": "a" * 501, "kind": "Lại"}, "old_number"),
        ({"old_number": {"a": 1}, "kind": "Lại"}, "old_number"),
        ({"members": "x"}, "members"),
        ({"members": MEMBERS * 4}, "members"),
        ({"members": [{"name": "A", "is_minor": "Có"}]}, "members-0-guardian"),
        ({"members": [{"is_minor": "Không"}]}, "members-0-name"),
        ({"members": [*MEMBERS, {}, *MEMBERS]}, "members-1-name"),
        ({"members": [{"name": "A", "other": 1}]}, "members-0"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_wrong_answer_is_told_at_its_place(answers, place):
    base = {"kind": "Mới", "members": MEMBERS}
    assert places(base | answers) == [place]


def test_required_group_that_nobody_began_is_missing_in_its_first_item():
    assert places({"kind": "Mới"}) == ["members-0-name"]
    assert places({"kind": "Mới", "members": [*MEMBERS, {}, {}]}) == []


TYPED = some.one_of(some.none(), some.booleans(), some.integers(), some.text(max_size=5), some.just([]), some.just({}))


@given(
    some.dictionaries(
        some.sampled_from(["kind", "old_number", "since", "area", "money", "home", "members"]),
        some.one_of(TYPED, some.sampled_from(["Mới", "Lại"]), some.lists(some.dictionaries(some.just("name"), TYPED))),
    )
)
@settings(max_examples=200, deadline=None)
def test_clean_answers_fit_the_published_schema(answers):
    found = check(FORM, answers)
    if not found.problems:
        assert list(Draft202012Validator(to_schema(FORM)).iter_errors(found.answers)) == []
        assert check(FORM, found.answers) == found


def test_schema_alone_holds_conditions_for_other_validators():
    validator = Draft202012Validator(to_schema(FORM))
    assert not validator.is_valid({"kind": "Lại"})
    assert validator.is_valid({"kind": "Lại", "old_number": "1"})
    assert not validator.is_valid({"kind": "Mới"})


@pytest.mark.parametrize("broken", [None, [], {}, {"properties": {}}, {"properties": 5}])
def test_what_is_no_form_is_unreadable(broken):
    with pytest.raises(Unreadable):
        read(broken, to_layout(FORM))
    with pytest.raises(Unreadable):
        read(to_schema(FORM), broken)


def test_schema_that_says_more_than_the_layout_is_unreadable():
    schema = to_schema(FORM)
    schema["properties"]["since"]["maxLength"] = 3
    with pytest.raises(Unreadable, match=r"properties\.since\.maxLength"):
        read(schema, to_layout(FORM))


@pytest.mark.parametrize(
    "field",
    [
        Field("Tên", "Nhãn"),
        Field("name", " "),
        Field("name", "Nhãn", "khác"),
        Field("name", "Nhãn", forms.CHOICE, choices=("A",)),
        Field("name", "Nhãn", forms.CHOICE, choices=("A", "A")),
        Field("name", "Nhãn", forms.GROUP),
        Field("name", "Nhãn", forms.NUMBER, lowest=2, highest=1),
        Field("name", "Nhãn", forms.ADDRESS),
        Field("name", "Nhãn", source="ai đó"),
        Field("name", "Nhãn", when=(Condition("later", ("A",)),)),
        Field("name", "Nhãn", when=(Condition("kind", ("Khác",)),)),
        Field("name", "Nhãn", when=(Condition("name", ("A",)),)),
        Field("kind", "Trùng"),
        Field("g", "Nhóm", forms.GROUP, fields=(Field("h", "Nhóm trong", forms.GROUP, fields=(Field("a", "A"),)),)),
    ],
)
def test_field_that_cannot_be_asked_is_a_fault(field):
    form = Eform("Thử", (Part("part", "Phần", (KIND, field)),))
    assert faults_of(form) != []


def test_flat_names_and_answers_are_two_ways_to_say_the_same():
    answers = {
        "kind": "Mới", "since": "2026-03-01", "area": 12.5,
        "home": {"tree": "new", "province": "01", "commune": "00004"},
        "members": [{"name": "A", "is_minor": "Có", "guardian": "B"}, {"name": "C"}],
    }  # fmt: skip
    flat = flattened(FORM, answers)
    assert flat["q_members-1-name"] == ["C"] and flat["q_home-province"] == ["01"]
    assert check(FORM, gather(FORM, lambda name: flat.get(name, []))).answers == answers


def test_group_grows_to_its_most_and_loses_the_item_that_is_named():
    flat = flattened(FORM, {"members": [{"name": "A"}, {"name": "B"}]})
    grown = reshaped(FORM, flat, "add:members")
    assert grown["q_members-count"] == ["3"]
    assert reshaped(FORM, grown, "add:members")["q_members-count"] == ["3"]
    left = reshaped(FORM, flat, "remove:members:0")
    assert (left["q_members-count"], left["q_members-0-name"]) == (["1"], ["B"])
    assert "q_members-1-name" not in left


@pytest.mark.parametrize(
    "command", ["", "add", "add:kind", "add:none", "remove:members:9", "remove:members:x", "\0", "²"]
)
def test_command_that_fits_nothing_changes_nothing(command):
    flat = flattened(FORM, {"members": MEMBERS})
    assert reshaped(FORM, flat, command) == flat


def test_answers_are_shown_in_words():
    answers = {
        "kind": "Mới", "since": "2026-03-01", "money": 1500000, "area": 12.5, "members": MEMBERS,
        "home": {"tree": "new", "province": "01", "commune": "00004", "detail": "Số 1"},
    }  # fmt: skip
    rows = {row.title: row.text for part in shown(FORM, answers, unit_trees.words_of) for row in part.rows}
    assert rows == {
        "Trường hợp": "Mới", "Từ ngày": "01/03/2026", "Kinh phí": "1.500.000 ₫", "Diện tích": "12,5",
        "Họ tên": "Người Thử",
        "Nơi ở": "Số 1, Phường Ba Đình, Thành phố Hà Nội",
    }  # fmt: skip


def test_questions_of_older_offerings_are_a_form():
    questions = [{"name": "kind", "label": "Loại", "type": "choice", "choices": ["A", "B"], "required": True}]
    form = from_questions(questions, "", "Nội dung")
    assert places({}, form) == ["kind"]
    assert places({"kind": "A"}, form) == []


def test_burden_counts_what_is_declared_of_what_paper_asks():
    burden = burden_of(FORM, attachments=4)
    # Six fields, three in the group, five of the applicant, one dropped.
    assert (burden.before, burden.declared, burden.reused, burden.dropped, burden.attachments) == (15, 9, 5, 1, 4)
    assert burden.meets_target
    assert not burden_of(Eform("Thử", (Part("part", "Phần", (KIND,)),), applicant=())).meets_target


def test_addresses_know_both_trees():
    assert len(unit_trees.provinces("new")) == 34
    assert len(unit_trees.provinces("old")) == 63
    assert unit_trees.is_known({"tree": "new", "province": "01", "commune": "00004"})
    assert not unit_trees.is_known({"tree": "new", "province": "04", "commune": "00004"})
    assert unit_trees.is_known({"tree": "old", "province": "01", "district": "001", "commune": "00004"})
    assert not unit_trees.is_known({"tree": "old", "province": "01", "district": "002", "commune": "00004"})
    assert unit_trees.provinces("khác") == ()
    old = {"tree": "old", "province": "01", "district": "001", "commune": "00004"}
    assert unit_trees.words_of(old).endswith("(nay là Phường Ba Đình, Thành phố Hà Nội)")


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=3),
    lambda inner: some.lists(inner, max_size=2) | some.dictionaries(some.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(some.data())
@settings(max_examples=150, deadline=None)
def test_layout_with_anything_in_it_is_read_or_refused(data):
    schema, layout = json.loads(json.dumps([to_schema(FORM), to_layout(FORM)]))
    place = data.draw(some.sampled_from([layout, layout["parts"][0], *layout["parts"][0]["fields"],
                                         schema["properties"]["area"], schema["properties"]["members"]]))  # fmt: skip
    key = data.draw(
        some.sampled_from([*place, "when", "fields", "longest", "pattern", "minimum", "maxItems", "dropped"])
    )
    place[key] = data.draw(JSON)
    try:
        form = read(schema, layout)
    except Unreadable:
        return
    assert isinstance(faults_of(form), list) and isinstance(hash(form), int)
