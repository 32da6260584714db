"""How e-mail addresses and telephone numbers are kept: each in one form, however it was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

from accounts.values.mail_address import AddressRefused, one_spelling, read_plain_address
from accounts.values.telephone import NotATelephone, read_telephone, telephone_from_abroad, telephone_in_words


def check_address(text: str) -> None:
    """Refuse, in words, what no mail can be sent to.

    Raises:
        ValidationError: it is no address, or one that only some mail servers take.
    """
    try:
        read_plain_address(text)
    except AddressRefused as refusal:
        raise ValidationError(str(refusal), code="invalid") from refusal


class MailboxField(forms.EmailField):
    """Reads an address in any spelling, and gives the one of its mailbox."""

    default_validators = [check_address]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def to_python(self, value: object) -> str:
        return one_spelling(super().to_python(value) or "")


class AddressField(models.EmailField):
    """Writes and looks up the one spelling of an address, by whatever way it comes: so the database compares mailboxes.

    A column of unaltered addresses beside it would be a second truth: what somebody typed is of no use to anybody.
    """

    default_validators = [check_address]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": MailboxField, **kwargs})

    def to_python(self, value: str | None) -> str | None:
        return one_spelling(value) if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        value = super().get_prep_value(value)
        return one_spelling(value) if value else value

    def pre_save(self, instance: models.Model, add: bool) -> str | None:
        value = self.to_python(getattr(instance, self.attname))
        setattr(instance, self.attname, value)
        return value


class Bytes(models.Func):
    """The number of bytes of a text."""

    function = "OCTET_LENGTH"
    output_field = models.IntegerField()
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return self.as_sql(compiler, connection, template="LENGTH(CAST(%(expressions)s AS BLOB))", **context)


def is_ascii(name: str) -> Exact:
    """Return the condition that a text holds no character outside of ASCII, as each of those takes several bytes."""
    return Exact(Bytes(name), Length(name))


class TelephoneInput(forms.CharField):
    """Reads a telephone number as people write it, and shows it so; gives the form in which it is kept."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def prepare_value(self, value: str | None) -> str | None:
        return telephone_in_words(value) if value else value

    def to_python(self, value: object) -> str:
        """Raises: ValidationError: this says no telephone number, or not the whole of one."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return read_telephone(text)
        except NotATelephone as problem:
            raise ValidationError(str(problem), code="invalid") from problem


class TelephoneField(models.CharField):
    """Keeps a number in E.164, with “;ext=” where there is an extension. Forms check it."""

    def in_words(self, value: str) -> str:
        """As the person's own copy of their data says it: wherever that is read."""
        return telephone_from_abroad(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": TelephoneInput, **kwargs})
