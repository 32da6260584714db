"""Whatever there is about a person, in every registered model: a download holds it, erasing leaves nothing of it."""

import json
import random
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.personal_data.archive.making import make_archive
from accounts.personal_data.collecting import Problem, collect, plain
from accounts.personal_data.erasing import erase
from accounts.personal_data.register import Erasure, kinds, subject_of
from tests.accounts.personal_data.planting import a_planted_person
from tests.accounts.personal_data.whole_database import changed, everything, rows_about, stored_files, where_is

pytestmark = pytest.mark.django_db

SEEDS = st.integers(0, 2**32)
# A smaller number is no simpler a person: what fails is told at once.
some = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone():
    """One example after the other in one test's database. What was stored in files is not rolled back."""
    stored = set(stored_files())
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for name in set(stored_files()) - stored:
        for storage in (default_storage, storages["private"]):
            storage.delete(name)


@some
@given(SEEDS)
def test_erasing_leaves_no_marker_anywhere_and_nobody_elses_row_changed(seed):
    with undone():
        chance = random.Random(seed)
        planted, bystander = a_planted_person(chance), a_planted_person(chance)
        theirs, before = rows_about(planted.person), everything()
        assert where_is(planted.goes)
        with TestCase.captureOnCommitCallbacks(execute=True):  # files go after the commit
            erase(subject_of(planted.person))
        assert where_is(planted.goes) == []
        assert changed(before, but=theirs) == []
        assert not rows_about(planted.person)
        assert where_is(bystander.goes)


@some
@given(SEEDS)
def test_what_is_kept_is_kept(seed):
    with undone():
        planted = a_planted_person(random.Random(seed))
        kept = [kind for kind in kinds() if kind.erasure is not Erasure.DELETE]
        numbers = {kind.key: [row.pk for row in planted.rows.get(kind.key, [])] for kind in kept}
        erase(subject_of(planted.person))
        for kind in kept:
            rows = kind.model_class._base_manager.filter(pk__in=numbers[kind.key])
            assert rows.count() == len(set(numbers[kind.key])), kind.key


@some
@given(SEEDS)
def test_a_download_holds_every_row_and_field_of_theirs(seed):
    with undone():
        planted = a_planted_person(random.Random(seed))
        for kind, rows in collect(planted.person):
            found = list(rows)
            assert not [each for each in found if isinstance(each, Problem)], kind.key
            by_pk = {
                row.pk: dict(zip((column.name for column in kind.exported), row.values, strict=True)) for row in found
            }
            assert {str(row.pk) for row in planted.rows.get(kind.key, [])} <= by_pk.keys(), kind.key
            for row in kind.model_class._base_manager.filter(pk__in=by_pk):
                assert by_pk[str(row.pk)] | as_stored(kind, row) == by_pk[str(row.pk)], kind.key


def as_stored(kind, row):
    """The plain values of the columns that are exported as they are."""
    names = [column.name for column in kind.exported if not column.value and not column.file]
    stored = kind.model_class._base_manager.filter(pk=row.pk).values(*names).get() if names else {}
    texts = {name: value for name, value in stored.items() if isinstance(value, str | int | bool | dict | list | None)}
    return {name: plain(value) for name, value in texts.items()}


@some
@given(SEEDS)
def test_the_archive_holds_their_markers_and_nobody_elses(seed):
    with undone():
        chance = random.Random(seed)
        planted, bystander = a_planted_person(chance), a_planted_person(chance)
        archive = ZipFile(BytesIO(b"".join(make_archive(planted.person).pieces())))
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace").lower()
            for marker in (bystander.goes, bystander.stays, bystander.other.email):
                assert marker not in text, name
        data = json.loads(archive.read("data.json"))
        assert planted.goes in json.dumps(data).lower()
        assert planted.stays in json.dumps(data).lower()
