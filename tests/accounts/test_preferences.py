"""Which mail about policies a person gets: their choice, its proof, and what comes anyway."""

import pytest

from accounts.flows import preferences_notes
from accounts.flows.preferences import choose_policy_mail, policy_mail_before, policy_mail_of
from accounts.models import MailChoice, MailPreference
from tests.making.people import a_person, text_of

PolicyMail = MailPreference.PolicyMail
Where = MailChoice.Where
PAGE = "/account/preferences/"


def test_who_never_chose_gets_amendments_and_has_no_row(signed_in, ann):
    html = signed_in.get(PAGE).content.decode()
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS
    assert html.count(" checked") == 1
    assert 'value="amendments"' in html.split(" checked")[0].rsplit("<input", 1)[1]
    assert not MailPreference.objects.exists()


@pytest.mark.parametrize("choice", PolicyMail)
def test_each_choice_is_kept_and_proved(signed_in, ann, choice):
    page = signed_in.post(PAGE, {"policy_mail": choice}, follow=True, REMOTE_ADDR="192.0.2.77")
    assert "Your choice is saved." in text_of(page)
    assert policy_mail_of(ann) == choice
    proof = ann.mail_choices.get()
    assert (proof.policy_mail, proof.where, proof.network) == (choice, Where.PREFERENCES, "192.0.2.0/24")
    assert f"Mail about our policies {choice.label}" in text_of(page)


def test_the_same_choice_again_leaves_no_second_proof(signed_in, ann):
    for _ in range(2):
        signed_in.post(PAGE, {"policy_mail": "none"})
    assert ann.mail_choices.count() == 1


@pytest.mark.parametrize("data", [{}, {"policy_mail": "nonsense"}, {"policy_mail": "\0"}])
def test_nonsense_is_told_and_changes_nothing(signed_in, ann, data):
    choose_policy_mail(ann, PolicyMail.EVERY)
    page = signed_in.post(PAGE, {"x": "y"} | data)
    assert page.status_code == 200
    assert "There is a problem" in text_of(page)
    assert policy_mail_of(ann) == PolicyMail.EVERY


def test_one_persons_choice_is_not_anothers(ann):
    bob = a_person("bob@example.org")
    choose_policy_mail(bob, PolicyMail.NONE)
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS


@pytest.mark.parametrize(
    ("choices", "before"),
    [
        ([], PolicyMail.AMENDMENTS),
        (["none"], PolicyMail.AMENDMENTS),
        (["every", "none"], PolicyMail.EVERY),
        (["every", "none", "amendments", "none"], PolicyMail.AMENDMENTS),
    ],
)
def test_what_was_chosen_before_is_remembered(ann, choices, before):
    for choice in choices:
        choose_policy_mail(ann, PolicyMail(choice))
    assert policy_mail_before(ann) == before


@pytest.fixture
def note(monkeypatch):
    """What another app adds when it starts."""
    monkeypatch.setattr(preferences_notes, "_makers", [])

    @preferences_notes.add_note
    def what_comes_anyway(person):
        yield f"{person.first_name}, changes of <Terms> always come: you have a contract with us."


def test_other_apps_say_which_mail_comes_anyway_and_why(signed_in, note):
    html = signed_in.get(PAGE).content.decode()
    assert "Ann, changes of &lt;Terms&gt; always come: you have a contract with us." in html
    assert "What comes anyway" in html


def test_nothing_is_said_where_nothing_comes_anyway(signed_in, monkeypatch):
    monkeypatch.setattr(preferences_notes, "_makers", [])
    assert "What comes anyway" not in text_of(signed_in.get(PAGE))
