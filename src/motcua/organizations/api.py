"""Operations of delegation over the API: who stands in for whom."""

from datetime import date

from django.http import Http404
from django.utils.translation import gettext
from ninja import Field, Router, Schema, Status

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, may_lend, official
from motcua.organizations.actions.delegating import delegate, end_delegation
from motcua.organizations.delegations import delegations_around, posts_to_lend, substitutes_for
from motcua.organizations.models import Delegation, Post

router = Router(tags=["organizations"])


class PostOut(Schema):
    """A post for which the caller may name a substitute."""

    id: int
    account: str = Field(description="Code of the account that holds it")
    name: str
    role: str
    unit: str

    @staticmethod
    def resolve_account(post: Post) -> str:
        return post.account.code

    @staticmethod
    def resolve_name(post: Post) -> str:
        return post.account.full_name

    @staticmethod
    def resolve_unit(post: Post) -> str:
        return post.unit.code


class DelegationOut(Schema):
    """A post whose powers somebody else uses; both days are included."""

    id: int
    post: PostOut
    to_account: str
    valid_from: date
    valid_to: date
    reason: str

    @staticmethod
    def resolve_to_account(delegation: Delegation) -> str:
        return delegation.to_account.code


class DelegationIn(Schema):
    """Whose post (of list_posts_to_lend), by whom (an account code), from when to when."""

    post: int = Field(ge=1, le=2**63 - 1)
    to_account: str = Field(max_length=40)
    valid_from: date
    valid_to: date
    reason: str = Field("", max_length=200)


@router.get("/posts-to-lend", response=list[PostOut], operation_id="list_posts_to_lend")
@opens_to(official)
def list_posts(request: SignedInRequest) -> list[Post]:
    """The posts for which the caller may name a substitute."""
    return posts_to_lend(request.user)


@router.get("/delegations", response=list[DelegationOut], operation_id="list_delegations")
@opens_to(official)
def list_delegations(request: SignedInRequest) -> list[Delegation]:
    """The delegations, now and to come, that concern the caller."""
    return delegations_around(request.user)


@router.post("/delegations", response={201: DelegationOut}, operation_id="delegate_post")
@opens_to(official)
def delegate_post(request: SignedInRequest, form: DelegationIn) -> Status:
    """Name a substitute for some days."""
    posts = posts_to_lend(request.user)
    post = next((each for each in posts if each.pk == form.post), None)
    if post is None:
        raise Http404
    person = next((each for each in substitutes_for([post]) if each.code == form.to_account), None)
    if person is None:
        raise Refused(gettext("Không có người này trong những người làm thay được."), field="to_account")
    made = delegate(
        post,
        to_account=person,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        reason=form.reason,
        actor=request.user.code,
    )
    return Status(201, made)


@router.delete("/delegations/{number}", response={204: None}, operation_id="end_delegation")
@opens_to(official)
def end(request: SignedInRequest, number: int) -> Status:
    """End a delegation at once."""
    found = Delegation.objects.select_related("post__unit").filter(pk=min(number, 2**63 - 1)).first()
    if found is None or not may_lend(request.user, found.post):
        raise Http404
    end_delegation(found, actor=request.user.code)
    return Status(204, None)
