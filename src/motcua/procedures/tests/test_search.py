"""Finding procedures in the real catalogue, without a database."""

import csv
import random
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest

from motcua.base.text import fold
from motcua.procedures.rules.commonness import commonness
from motcua.procedures.rules.search import CatalogueIndex, Entry


def codes(hits, count=5):
    return [hit.entry.code for hit in hits[:count]]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Thủ tục đăng ký khai sinh", "1.001193"),
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("DANG KY KHAI SINH", "1.001193"),
        ("dang ky khai snih", "1.001193"),
        ("đăng kí khai sinh", "1.001193"),
        ("khai sinh", "1.001193"),
        ("ket hon", "1.000894"),
        ("moi gioi bat dong san", "1.012906"),
        ("tach thua dat", "1.012784"),
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H27", "1.001193"),
        ("mã 1.001193", "1.001193"),
        ("001193", "1.001193"),
    ],
)
def test_query_finds_the_procedure_first(index, query, code):
    assert codes(index.search(query), 1) == [code]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("vợ tôi mới sinh con thì phải làm giấy tờ gì", "1.001193"),
        ("bố tôi mất", "1.000656"),
        ("mat so do lam lai o dau", "1.012786"),
        ("làm mất cái bằng lái xe máy", "3.000348"),
        ("tui muốn mở quán ăn nhỏ", "1.001612"),
        ("xin giấy độc thân", "1.004873"),
        ("lam ho chieeus", "1.001456"),  # Telex left in the word
        ("mỡ quán ăn", "1.001612"),  # hỏi and ngã taken for one another
        ("xay dưng nha", "1.013225"),  # marks on one word only
        ("giải thể doanh nghiệp", "2.002023"),  # begins with the words, others only hold them
        ("1001612", "1.001612"),
    ],
)
def test_people_s_words_find_the_procedure_first(index, question, code):
    assert codes(index.search(question), 1) == [code]


def test_what_only_asks_changes_nothing(index):
    bare = codes(index.search("cấp lại giấy phép lái xe"), 3)
    assert codes(index.search("cho tôi hỏi cấp lại giấy phép lái xe thì cần những gì ạ"), 3) == bare


def test_reason_tells_what_was_said_and_what_the_law_calls_it(index):
    question = "mất sổ đỏ ở Thanh Hóa"
    (reason,) = index.reasons(question, index.search(question)[:1])
    assert ("mất sổ đỏ", "cấp lại giấy chứng nhận do bị mất") in reason.meant
    (of_code,) = index.reasons("1.001193", index.search("1.001193"))
    assert (of_code.meant, of_code.words) == ((), ())


def test_reason_names_the_words_that_a_title_holds(index):
    (reason,) = index.reasons("khí bằng đường ống chuyên dụng", index.search("khí bằng đường ống chuyên dụng")[:1])
    assert "đường ống" in reason.words and "chuyên dụng" in reason.words


def test_common_procedures_come_before_those_of_few(index):
    of = {entry.code: commonness(entry.name, entry.levels) for entry in index.entries}
    assert of["1.001193"] > of["2.000528"]  # birth; birth with a foreign parent
    assert of["1.001193"] > of["1.004884"]  # birth; birth once more


@pytest.mark.parametrize(("name", "share"), [("questions", 0.95), ("third", 0.9), ("fourth", 0.9)])
def test_questions_to_learn_from_are_answered(index, name, share):
    """See bench/finding.py for the figures, those of the held-out questions among them."""
    with (Path(__file__).parents[4] / "bench" / "questions" / f"{name}.csv").open(encoding="utf-8") as file:
        asked = [row for row in csv.DictReader(file) if not is_held_out(row["question"])][::3]
    first_five = sum(not set(row["codes"].split()).isdisjoint(codes(index.search(row["question"]))) for row in asked)
    assert first_five >= share * len(asked)


def is_held_out(question: str) -> bool:
    """The rule of bench/questions/README.md."""
    return int(sha256(question.encode()).hexdigest()[:8], 16) % 5 >= 3


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("mất thẻ công chứng viên", "1.013830"),  # again, not anew
        ("thẻ cộng tác viên trợ giúp pháp lý rách nát, nhờ làm lại giùm", "2.000518"),
        ("ông thi hành án thiên vị bên kia, tôi muốn đổi người khác", "1.003201"),  # words of a saying in another order
        ("nghêu", "2.001241"),  # a word that only people say
    ],
)
def test_what_is_to_be_done_and_where_words_stand_is_heard(index, question, code):
    assert codes(index.search(question), 1) == [code]


def test_right_word_is_not_taken_for_a_slip(index):
    assert codes(index.search("giấy khia sinh"), 1) == codes(index.search("giấy khai sinh"), 1)
    assert index.search("đau lưng") == []  # not "long"


def test_decomposed_letters_find_the_same(index):
    composed = "khai sinh có yếu tố nước ngoài"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert codes(index.search(composed)) == codes(index.search(decomposed))


def test_name_of_a_field_finds_all_its_procedures(index, real_rows):
    expected = {row["code"] for row in real_rows if row["field"] == "Hộ tịch"}
    assert expected <= {hit.entry.code for hit in index.search("ho tich")}


def test_name_of_an_agency_finds_all_its_procedures(index, real_rows):
    expected = {row["code"] for row in real_rows if "Sở Xây dựng" in row["executing_agencies"]}
    assert expected <= {hit.entry.code for hit in index.search("so xay dung")}


def test_diacritics_decide_between_titles_that_fold_alike():
    def entry(number: int, name: str) -> Entry:
        return Entry(number, f"1.00000{number}", name, "Thử", ("commune",), "Bộ Thử", (), "none", False)

    index = CatalogueIndex([entry(1, "Cấp phép đào ao"), entry(2, "Cấp phép đáo áo")])
    assert codes(index.search("đáo áo"), 1) == ["1.000002"]
    assert codes(index.search("đào ao"), 1) == ["1.000001"]


def test_scores_fall_and_stay_between_0_and_1(index):
    scores = [hit.score for hit in index.search("cấp giấy phép")]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


@pytest.mark.parametrize(
    "query",
    ["", "   ", "zzzz qqqq", "'", "\"; DROP TABLE procedures_procedure; --", "%", "_", "\\", ".*", "(", "\x00",
     "\ud800", "💥", "<script>alert(1)</script>", "9.999999"],
)  # fmt: skip
def test_hostile_query_finds_nothing_and_breaks_nothing(index, query):
    assert index.search(query) == []


@pytest.mark.parametrize(
    "query", ["khai sinh " * 100_000, "a" * 1_000_000, "\n".join(["đất"] * 9999), "ế" * 10**6, "0" * 10**6]
)
def test_huge_query_is_cut(index, query):
    assert len(index.search(query)) < len(index.entries)


def test_titles_typed_badly_are_found_again(index):
    """Without diacritics and with one typo; see bench/search.py for the measured figure on 300."""
    dice = random.Random(20260213)
    sample = dice.sample(index.entries, 60)
    found = 0
    for entry in sample:
        typed = fold(entry.name)
        place = dice.randrange(1, len(typed) - 1)
        hits = index.search(typed[:place] + typed[place + 1 :])
        found += entry.name in [hit.entry.name for hit in hits[:5]]
    assert found >= 58
