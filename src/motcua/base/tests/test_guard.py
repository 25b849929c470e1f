import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse

from motcua.base.guard import everyone, opens_to, signed_in


class Somebody:
    is_authenticated = True


def _open(rf, account, *predicates):
    @opens_to(*predicates)
    def view(request):
        return HttpResponse("mở")

    request = rf.get("/x?a=1")
    request.user = account
    return view(request)


def test_everyone_may_open_a_public_page(rf):
    assert _open(rf, AnonymousUser(), everyone).status_code == 200


def test_anonymous_is_sent_to_sign_in(rf):
    response = _open(rf, AnonymousUser(), signed_in)
    assert response.status_code == 302
    assert response.url.endswith("next=/x%3Fa%3D1")


def test_outsider_is_told_that_the_page_does_not_exist(rf):
    with pytest.raises(Http404):
        _open(rf, Somebody(), lambda account: False)


def test_one_predicate_is_enough(rf):
    assert _open(rf, Somebody(), lambda account: False, signed_in).status_code == 200
