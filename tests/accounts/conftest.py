import pytest
from django.core.cache import cache
from freezegun import freeze_time

from tests.making.people import a_person, an_editor, code_of, confirm_identity, sign_in


@pytest.fixture(autouse=True)
def _rate_limits_start_anew():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ann(db):
    """A visitor with an account."""
    return a_person(first_name="Ann", last_name="Archer")


@pytest.fixture
def edith(db):
    """An editor without a second factor."""
    return an_editor()


@pytest.fixture
def signed_in(client, ann):
    """Ann's browser, signed in."""
    assert sign_in(client).status_code == 302
    return client


@pytest.fixture
def staff(client, verified):
    """An administrator in the CMS, who has just confirmed who they are."""
    edith = an_editor()
    verified(client, edith)
    code = {"otp_device": edith.totpdevice_set.get().persistent_id, "otp_token": code_of(edith.totpdevice_set.get())}
    assert confirm_identity(client, **code).status_code == 302
    return client


@pytest.fixture
def freezer():
    """A clock that stands still until it is told to tick."""
    with freeze_time(ignore=["uuid"]) as clock:
        yield clock
