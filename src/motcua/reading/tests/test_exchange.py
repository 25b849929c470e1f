"""Documents through JSON and back."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reading.blocks import Cell, Document, Paragraph, Place, Row, Spot, Table
from motcua.reading.exchange import from_json, to_json

words = st.text(alphabet='aăâđêơư 1\n"\\', max_size=6)
lines = st.integers(1, 9)
cells = st.builds(
    Cell,
    st.lists(st.tuples(lines, words), min_size=1, max_size=3).map(tuple),
    st.none() | st.integers(0, 5),
    st.booleans(),
)
rows = st.builds(
    Row,
    st.lists(cells, min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
    st.none() | st.tuples(lines, lines),
    st.booleans(),
)
tables = st.builds(Table, st.lists(rows, min_size=1, max_size=3).map(tuple), st.integers(2, 6))
paragraphs = st.builds(Paragraph, words, st.builds(Place, lines, lines))
numbers = st.floats(0, 1000, allow_nan=False)
spots = st.builds(
    Spot,
    st.none() | lines,
    st.none() | st.tuples(numbers, numbers, numbers, numbers),
    st.none() | words,
    st.none() | st.floats(0, 1),
)
documents = st.builds(
    Document,
    st.lists(tables | paragraphs, max_size=3).map(tuple),
    st.lists(words, max_size=4).map(tuple),
    st.sampled_from(["text", "docx", "pdf"]),
    st.lists(words, max_size=2).map(tuple),
    st.lists(spots, max_size=3).map(tuple),
    st.lists(st.tuples(numbers, numbers), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(documents)
def test_document_comes_back_equal(document):
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
