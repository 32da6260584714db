"""Erases a person by register: all of it in one transaction, and nothing of anybody else's."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils.translation import gettext

from accounts.personal_data.forgetting import forgetting
from accounts.personal_data.register import Erasure, Kind, Subject, kinds_by_order, rows_of

BATCH = 500
SIGNING_IN = "account_login"  # where allauth keeps a sign-in of which a step is missing


class NotErased(Exception):
    """Nothing of it was done. The words name the step that failed and the kind of error, or say what to do first."""


def erase(subject: Subject) -> dict[str, int]:
    """Delete, anonymise and keep what the register says, the account itself last, and end the person's sessions.

    All or nothing: in one transaction, or in a part of the one that is open. Files go after the commit.

    Returns:
        How many rows of each kind were deleted or anonymised.

    Raises:
        NotErased: a step failed, or nobody would be left to let others in; and nothing was done.
    """
    with transaction.atomic(), forgetting():
        get_user_model()._base_manager.select_for_update().filter(pk=subject.pk).first()
        _refuse_last_administrator(subject)
        with step("their sessions"):
            end_every_session(subject)
        counts = {kind.key: erase_kind(kind, subject) for kind in kinds_by_order()}
        with step("what other rows refer to"):
            connection.check_constraints()
    return counts


def _refuse_last_administrator(subject: Subject) -> None:
    """Say in words what the database would refuse.

    Raises:
        NotErased: the person is the only active administrator.
    """
    active = get_user_model()._base_manager.filter(is_superuser=True, is_active=True)
    if [*active.values_list("pk", flat=True)[:2]] == [subject.pk]:
        raise NotErased(gettext("This is the last administrator. Make somebody else one first, and it can be erased."))


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say which step failed. What the database says may quote what it holds, so that is left out.

    Raises:
        NotErased: the step failed, with whichever error.
    """
    try:
        yield
    except Exception as error:
        raise NotErased(f"{type(error).__name__} at {name}") from error


def erase_kind(kind: Kind, subject: Subject) -> int:
    """Past the managers of models that are only added to: `_base_manager` knows no such rule."""
    with step(f"“{kind.key}”"):
        if kind.erasure is Erasure.DELETE:
            return delete_rows(kind, rows_of(kind, subject))
        if kind.erasure is Erasure.ANONYMISE:
            return anonymise_rows(kind, subject, rows_of(kind, subject))
        return 0


def erase_older(subject: Subject, than: dt.datetime) -> int:
    """Erase once more what is found by the addresses of somebody without an account, but nothing that came later.

    All or nothing, in a part of the transaction that is open.

    Args:
        subject: as `subject_at` returns it.
        than: when it was erased before a backup was restored.

    Returns:
        How many rows that were.

    Raises:
        NotErased: a step failed, and nothing was done.
    """
    count = 0
    with transaction.atomic(), forgetting():
        for kind in kinds_by_order():
            if kind.born:
                with step(f"“{kind.key}”"):
                    rows = rows_of(kind, subject).filter(**{f"{kind.born}__lt": than})
                    deletes = kind.erasure is Erasure.DELETE
                    count += delete_rows(kind, rows) if deletes else anonymise_rows(kind, subject, rows)
    return count


def delete_rows(kind: Kind, rows: models.QuerySet[models.Model]) -> int:
    """Delete rows of a kind in batches, and their files with them; return how many there were."""
    manager, count = kind.model_class._base_manager, 0
    for pks in batches(rows):
        batch = manager.filter(pk__in=pks)
        for name in (column.name for column in kind.columns if column.file):
            forget_files(batch, name)
        batch.delete()
        count += len(pks)
    return count


def forget_files(rows: models.QuerySet[models.Model], name: str) -> None:
    """Delete files once their rows are gone for good: a file does not come back when a transaction fails."""
    for row in rows:
        if file := getattr(row, name):
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)


def anonymise_rows(kind: Kind, subject: Subject, rows: models.QuerySet[models.Model]) -> int:
    """Overwrite what is the same for all rows at once, and what depends on the row one by one."""
    manager, count = kind.model_class._base_manager, 0
    same = {column.name: column.erased_as for column in kind.erased if not callable(column.erased_as)}
    made = {column.name: column.erased_as for column in kind.erased if callable(column.erased_as)}
    for pks in batches(rows):
        for row in manager.filter(pk__in=pks) if made else ():
            manager.filter(pk=row.pk).update(**{name: make(row, subject) for name, make in made.items()})
        if same:
            manager.filter(pk__in=pks).update(**same)
        count += len(pks)
    return count


def batches(rows: models.QuerySet[models.Model]) -> Iterator[list[object]]:
    """Yield all primary keys, found before the first row is touched."""
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]


def end_every_session(subject: Subject) -> int:
    """Delete the person's sessions, and anonymous ones that contain an address of theirs, such as a sign-in half done.

    Session data is encoded, so each session is decoded.
    """
    addresses = known_addresses(subject)
    theirs = [found.pk for found in Session.objects.iterator(BATCH) if is_of(found.get_decoded(), subject, addresses)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


def is_of(data: dict[str, Any], subject: Subject, addresses: Iterable[str]) -> bool:
    if owner := data.get(SESSION_KEY):
        return str(owner) == str(subject.pk)
    if signing_in := (data.get(SIGNING_IN) or {}).get("user_pk"):
        return signing_in == user_pk_to_url_str(subject.user)
    text = json.dumps(data, default=str).lower()
    return any(json.dumps(address)[1:-1] in text for address in addresses)


def known_addresses(subject: Subject) -> set[str]:
    return {*subject.addresses, subject.user.email.lower()} - {""}
