"""Where the embedded database lies and what Django is told of it."""

import pytest

from motcua.base.postgres import address, binaries, place
from motcua.base.refusal import Refused


@pytest.fixture
def given(monkeypatch):
    return lambda url: monkeypatch.setenv("DATABASE_URL", url)


def test_url_is_read_with_escapes_and_options(given):
    given("postgresql://mot%40cua:b%2Fm%3At@db.example:6543/tinh%20thu?sslmode=require")
    found = address.database_settings()
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "tinh thu",
        "USER": "mot@cua",
        "PASSWORD": "b/m:t",
        "HOST": "db.example",
        "PORT": 6543,
    }
    assert found["OPTIONS"] == {"sslmode": "require", "pool": address.POOL} | address.PREPARED


def test_url_may_name_a_socket_folder(given):
    given("postgresql:///tinh?host=/run/postgresql")
    found = address.database_settings()
    assert (found["HOST"], found["NAME"]) == ("/run/postgresql", "tinh")
    assert found["OPTIONS"] == {"pool": address.POOL} | address.PREPARED


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:bi-mat@h/n", "chỉ dùng PostgreSQL"),
        ("tinh", "chỉ dùng PostgreSQL"),
        ("postgresql://u:bi-mat@h/", "thiếu tên cơ sở dữ liệu"),
        ("postgresql://u:bi-mat@h:99999/n", "cổng"),
        ("postgresql://u:bi-mat@h:x/n", "cổng"),
    ],
)
def test_bad_url_is_refused_without_repeating_its_password(given, url, words):
    given(url)
    with pytest.raises(Refused) as refusal:
        address.database_settings()
    assert words in refusal.value.message
    assert "bi-mat" not in refusal.value.message


def test_deep_home_gets_a_short_socket_folder(tmp_path):
    account = place.Account("motcua", 4242, 4242)
    deep = tmp_path / ("d" * 90) / ("d" * 90)
    found = place._sockets(deep / "postgresql", deep, account)
    assert len(str(found / place.SOCKET_NAME)) <= place.SOCKET_PATH_LIMIT
    assert found != place._sockets(deep.with_name("other"), deep.with_name("other" * 20), account)


def test_account_passes_a_folder_by_owner_group_or_mode(tmp_path):
    status = tmp_path.stat()
    owner = place.Account("owner", status.st_uid, 1)
    member = place.Account("member", status.st_uid + 1, status.st_gid)
    stranger = place.Account("stranger", status.st_uid + 1, status.st_gid + 1)
    seen = {}
    for mode in (0o700, 0o710, 0o701):
        tmp_path.chmod(mode)
        seen[mode] = [place._may_pass(account, tmp_path) for account in (owner, member, stranger)]
    tmp_path.chmod(0o700)
    assert seen == {0o700: [True, False, False], 0o710: [True, True, False], 0o701: [True, False, True]}


def test_shipped_programs_can_be_run():
    programs = binaries.shipped() / "bin"
    assert all((programs / name).stat().st_mode & 0o111 for name in ("postgres", "initdb"))
    assert binaries.major() >= 17  # the builtin C.UTF-8 locale begins there
