"""Tables of the ground floor: facts, their deliveries and their seals."""

from django.db import models

from motcua.base.facts.events import label_of


class Fact(models.Model):
    """Something that happened. Written by ``facts.record`` alone; the database refuses to change or remove it."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)  # the account's public code; "" is the system itself
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)  # the subject's public code
    unit = models.CharField(max_length=40)  # code of the unit where it happened; "" is none
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="fact_timeline")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    @property
    def label(self) -> str:
        return label_of(self.verb)


class Delivery(models.Model):
    """A fact that not all of its subscribers have heard yet."""

    fact = models.OneToOneField(Fact, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "fact"], name="delivery_order")]

    def __str__(self) -> str:
        return f"{self.fact_id} ({self.attempts})"


class Seal(models.Model):
    """One link of the hash chain. Points to its fact by number, so that a removed fact is noticed, not cascaded."""

    position = models.BigIntegerField(primary_key=True)
    fact_id = models.BigIntegerField(unique=True)
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.position}: {self.fact_id}"


class SealRun(models.Model):
    """One batch of the sealer; its digest is the head of the chain at that instant."""

    at = models.DateTimeField(db_index=True)
    position = models.BigIntegerField()
    last_fact_id = models.BigIntegerField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {bytes(self.digest).hex()[:12]}"
