"""My work, as officials see it: over HTTP, in a constant number of statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base.clock import now
from motcua.dossiers.actions import handling, supplementing
from motcua.dossiers.factories import MONDAY
from motcua.workflow.models import Run
from motcua.workflow.my_work import ALL, DUE_TODAY, OVERDUE, WAITING, Asked, my_work, work_counts

MOST_STATEMENTS = 4


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


def subjects(account, **filters):
    return [run.subject for run in my_work(account, Asked(**filters)).runs]


def test_work_waits_for_the_role_of_the_step_in_its_unit(world):
    code = world.file().code
    assert subjects(world.counter) == [code]
    assert subjects(world.specialist) == []
    assert subjects(world.citizen) == []


def test_work_is_sorted_by_due_and_paged_by_key(world):
    codes = [world.file(at=MONDAY + timedelta(days=days)).code for days in (3, 0, 2, 1)]
    in_order = [codes[1], codes[3], codes[2], codes[0]]
    first = my_work(world.counter, limit=3)
    rest = my_work(world.counter, limit=3, after=first.after)
    assert [run.subject for run in first.runs + rest.runs] == in_order
    assert rest.after is None


def test_work_of_several_posts_is_one_list(world):
    world.file(unit="T.10")
    code = world.file(unit="T.10", at=MONDAY + timedelta(days=1)).code
    from motcua.dossiers.actions import reception

    reception.receive(code, actor=world.commune_all)
    handling.forward(code, actor=world.commune_all)
    runs = my_work(world.commune_all).runs
    assert len(runs) == 2
    assert [run.due_at for run in runs] == sorted(run.due_at for run in runs)


def test_claimed_work_leaves_the_colleagues_list(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    handling.claim(code, actor=world.specialist)
    assert (subjects(world.specialist), subjects(world.colleague)) == ([code], [])


def test_paused_work_stands_apart(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter)
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist)
    assert subjects(world.specialist) == []
    assert subjects(world.specialist, due=WAITING) == [code]


def test_filters_split_by_due_instant(world):
    old, new = world.file().code, world.file().code
    Run.objects.filter(subject=new).update(due_at=now() + timedelta(days=400))
    assert subjects(world.counter, due=OVERDUE) == [old]
    assert subjects(world.counter, due=DUE_TODAY) == []
    counts = work_counts(world.counter)
    assert (counts[ALL], counts[OVERDUE]) == (2, 1)


@pytest.mark.parametrize("who", ["counter", "commune_all"])
@pytest.mark.parametrize("number", [1, 5])
def test_page_takes_at_most_four_statements(world, kept_on, who, number):
    for _ in range(number):
        world.file(unit="T.10" if who == "commune_all" else "T.01")
    client = client_of(getattr(world, who))
    client.get("/viec-cua-toi/")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get("/viec-cua-toi/")
    assert answer.status_code == 200
    assert answer.content.decode().count('scope="row"') == number
    assert len(caught) <= MOST_STATEMENTS, "\n".join(query["sql"] for query in caught.captured_queries)


def test_empty_page_says_so(world):
    answer = client_of(world.leader).get("/viec-cua-toi/")
    assert "Không có việc nào" in answer.content.decode()


def test_page_is_closed_to_citizens(world):
    assert client_of(world.citizen).get("/viec-cua-toi/").status_code == 404


def test_bad_page_key_is_refused(world):
    assert client_of(world.counter).get("/viec-cua-toi/?after=hỏng").status_code == 409


def test_counts_and_csv_answer(world):
    code = world.file().code
    Run.objects.filter(subject=code).update(title="=1+1")
    client = client_of(world.counter)
    assert 'class="mc-count">1<' in client.get("/viec-cua-toi/so-luong").content.decode()
    csv = b"".join(client.get("/viec-cua-toi/tai-ve").streaming_content).decode()
    assert csv.startswith("\ufeffMã")
    assert code in csv and "'=1+1" in csv
