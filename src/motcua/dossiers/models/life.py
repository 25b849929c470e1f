"""What goes with turns of a dossier's life: obligations, requests to withdraw, links, papers given back, one visit."""

from django.db import models
from django.db.models import Q

from motcua.documents.models import StoredFile
from motcua.dossiers.states import CONFIRMED, LINK_KINDS, OUTCOMES


class Obligation(models.Model):
    """A financial duty that the applicant must fulfil before handling goes on; the clock stands still (R4.10).

    Taxes and the like: owed to the State treasury, not a fee of the procedure (``payments``).
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="obligations")
    kind = models.CharField(max_length=200)  # what is owed: "Lệ phí trước bạ", "Tiền sử dụng đất"
    amount = models.BigIntegerField()  # đồng
    basis = models.CharField(max_length=300)  # the law or the tax notice that it rests on
    pay_to = models.CharField(max_length=300)  # where it is paid
    notice_number = models.CharField(max_length=80, blank=True)
    pay_by = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)  # account code
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=80, blank=True)  # number of the receipt
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)  # the dossier ended before it was settled

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(settled_at__isnull=True, cancelled_at__isnull=True),
                name="obligation_one_open",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="obligation_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None and self.cancelled_at is None


class WithdrawalRequest(models.Model):
    """The applicant's wish, after reception, to take the dossier back; answered by whoever handles it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="withdrawals")
    reason = models.CharField(max_length=1000)
    state_before = models.CharField(max_length=24)  # to which it goes back unless it is confirmed
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)  # account code
    answer_by = models.DateTimeField()  # by the dated rules of that day
    outcome = models.CharField(max_length=12, blank=True)  # of states.OUTCOMES; "": not answered
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answer_reason = models.CharField(max_length=1000, blank=True)  # why it was turned down

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(outcome=""), name="withdrawal_one_open"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="withdrawal_answered_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.outcome or '…'}"

    @property
    def outcome_label(self) -> str:
        return str(OUTCOMES.get(self.outcome, ""))

    @property
    def is_confirmed(self) -> bool:
        return self.outcome == CONFIRMED


class DossierLink(models.Model):
    """That a dossier goes with another, by codes: the other may lie with an agency outside the system."""

    code = models.CharField(max_length=60)  # of the dossier whose page made the link
    other = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=10)  # of states.LINK_KINDS
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)  # account code

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "other"], name="dossier_link_once"),
            models.CheckConstraint(condition=~Q(code=models.F("other")), name="dossier_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.other}"

    @property
    def kind_label(self) -> str:
        return str(LINK_KINDS[self.kind])


class PapersGivenBack(models.Model):
    """That the applicant's own papers were given back once the dossier ended; originals are not ours to keep."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="papers_given_back")
    method = models.CharField(max_length=12)  # in_person | post
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)  # account code

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.at:%d/%m/%Y}"


class OneVisit(models.Model):
    """That a dossier was received, handled, signed and returned in one visit (R4.26, R4.28)."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="one_visit")
    kind = models.CharField(max_length=24)  # the mark of its procedure: on_the_spot | five_on_the_spot
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
