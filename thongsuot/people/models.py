"""People, where they belong, which posts they hold, and the accounts some of them sign in with."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.units.models import Hierarchy, Unit, new_uid
from thongsuot.viet.text import fold, given_name, name_sort_key, nfc


class PersonQuerySet(models.QuerySet["Person"]):
    def members_of(self, unit: Unit, on: date) -> "PersonQuerySet":
        return self.filter(pk__in=Membership.objects.in_force(on).filter(unit=unit).values("person_id"))

    def matching(self, words: str) -> "PersonQuerySet":
        return self.filter(folded__contains=fold(words).strip()) if words.strip() else self


class Person(models.Model):
    """The least about a person that works; what is not needed is not kept."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    full_name = models.CharField(_("full name"), max_length=120, help_text=_("Family name first"))
    folded = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    is_made_up = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        self.full_name = " ".join(nfc(self.full_name).split())
        self.folded = fold(self.full_name)
        self.sort_key = name_sort_key(self.full_name)

    @property
    def given_name(self) -> str:
        return given_name(self.full_name)


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet["Account"]:
        # Every request that knows its account needs the person too.
        return super().get_queryset().select_related("person")

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """A way to sign in; it has no rights of its own, they come from the person's offices."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["person"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username


Dated = TypeVar("Dated", bound=models.Model)


class InForceQuerySet(models.QuerySet[Dated]):
    """Rows with ``valid_from``/``valid_to`` (half open)."""

    def in_force(self, on: date) -> Self:
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


class Membership(models.Model):
    """A dated belonging of a person to a unit."""

    class Kind(models.TextChoices):
        FULL = "full", _("full member")
        PROBATIONARY = "probationary", _("probationary member")
        TEMPORARY = "temporary", _("temporarily attached")
        EXEMPT = "exempt", _("exempt from meetings")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FULL)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = InForceQuerySet["Membership"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["unit", "valid_from"]), models.Index(fields=["person", "valid_from"])]


class Office(models.Model):
    """A dated post on a unit; the only source of rights."""

    class Role(models.TextChoices):
        HEAD = "head", _("head")
        DEPUTY = "deputy", _("deputy")
        OFFICER = "officer", _("officer")
        CLERK = "clerk", _("clerk")
        SPEAKER = "speaker", _("speaker")
        VERIFIER = "verifier", _("verifier")
        AUDITOR = "auditor", _("auditor")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offices")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offices")
    hierarchy = models.ForeignKey(Hierarchy, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=120, blank=True, help_text="Bí thư Quận ủy…, as papers are signed")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = InForceQuerySet["Office"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="office_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_from"]), models.Index(fields=["unit", "role"])]
