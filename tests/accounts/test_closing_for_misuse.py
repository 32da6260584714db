"""An account that staff closed because it was misused is opened again by staff, and not by the link in a mail."""

import pytest
from django.test import Client

from accounts.flows.closing import OnlyStaff, ask_to_close, take_back, tell
from accounts.flows.closing_mails import take_back_token
from accounts.models import ClosingRequest
from tests.making.people import an_editor, code_of, confirm_identity, link_in, mails_to, sign_in, text_of


@pytest.fixture
def staff(client, verified):
    """An administrator in the CMS, who has just confirmed who they are."""
    edith = an_editor()
    verified(client, edith)
    device = edith.totpdevice_set.get()
    confirm_identity(client, otp_device=device.persistent_id, otp_token=code_of(device))
    return client


def test_a_closing_for_misuse_is_taken_back_by_staff_and_not_by_a_link(staff, ann):
    staff.post(f"/cms/accounts/{ann.pk}/close/", {"reason": "misuse", "note": ""})
    closing = ClosingRequest.objects.get()
    message = mails_to(ann.email)[-1]
    assert "/close/back/" not in message.body
    assert "If you think that this is a mistake, write to us" in message.body
    for send in (Client().get, Client().post):
        page = send(f"/account/close/back/{take_back_token(closing)}/")
        assert (page.status_code, "Only those who run this website can open it again" in text_of(page)) == (403, True)
    with pytest.raises(OnlyStaff):
        take_back(closing)
    assert ClosingRequest.objects.open().exists()
    staff.post(f"/cms/accounts/closings/{closing.pk}/take-back/")
    assert sign_in(Client()).url == "/account/"


@pytest.mark.parametrize("reason", ["asked_staff", "died", "not_theirs"])
def test_a_closing_for_another_reason_is_taken_back_by_the_link_too(ann, edith, reason):
    tell(ask_to_close(ann, by=edith, reason=ClosingRequest.Reason(reason)))
    Client().post(link_in(mails_to(ann.email)[-1]))
    assert not ClosingRequest.objects.open().exists()
