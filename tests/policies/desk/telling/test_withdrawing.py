"""Withdrawing an announcement: what then applies, the announcement before it, the draft, and those who were told."""

import datetime as dt
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from policies.desk.proof import verify
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.sending.rounds import work
from policies.writing.models import PolicyPage
from tests.making.editing import Editor, messages_of, says
from tests.making.mailing import Mailing
from tests.making.notices import a_sending_notice, fresh, states
from tests.making.people import a_person, text_of
from tests.making.policies import a_document, announce
from tests.policies.notices.servers import accepting_server

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + dt.timedelta(days=30)
DAY = f"{SOON:%-d %B %Y}"
FIRST = a_document("cookies are small files", "contact us by post")
AMENDED, CORRECTED = a_document("cookies are gone"), a_document("cookies are gone.")
WHY = {"reason": "The law changed."}


@pytest.fixture
def amended(privacy):
    """1.0 in force, 2.0 upcoming."""
    return announce(privacy, AMENDED, effective_from=SOON)


@pytest.fixture
def corrected(privacy, amended):
    """1.0 in force, 2.0 upcoming and replaced by its correction 2.1 before it begins."""
    return announce(privacy, CORRECTED, effective_from=SOON, significance="correction")


def url(page, number) -> str:
    return f"/cms/policies/{page.pk}/versions/{number}/withdraw/"


def withdraws_and_tells(client, page, number, **more):
    """Ask for it, look at the e-mail that is shown, and confirm."""
    asked = WHY | {"tell": "on"} | more
    looked = client.post(url(page, number), asked)
    return client.post(url(page, number), asked | {"step": "withdraw", "seen": looked.context["seen"]}, follow=True)


def standings(page) -> dict[str, bool]:
    return {version.number: version.is_withdrawn for version in page.versions.order_by("sequence")}


class TestWhatThenApplies:
    def test_with_one_amendment_the_version_in_force_stays(self, privacy, amended, cms):
        text = text_of(cms.get(url(privacy, "2.0")))
        assert "Version 1.0 stays in force. Nothing else is upcoming." in text
        assert "how_far" not in text

    def test_with_a_correction_the_page_says_that_the_amendment_comes_back(self, privacy, corrected, cms):
        text = text_of(cms.get(url(privacy, "2.1")))
        assert f"Only version 2.1. Version 1.0 stays in force until {DAY}." in text
        assert f"Version 2.0 then comes into force on {DAY}." in text
        assert "Versions 2.1 and 2.0. Version 1.0 stays in force. Nothing else is upcoming." in text

    def test_another_amendment_before_it_stays_upcoming(self, privacy, amended, cms):
        later = SOON + dt.timedelta(days=30)
        announce(privacy, a_document("cookies are back"), effective_from=later)
        text = text_of(cms.get(url(privacy, "3.0")))
        assert f"Version 1.0 stays in force until {DAY}. Version 2.0 then comes into force on {DAY}." in text
        assert "Say how far" not in text

    def test_a_policy_that_was_never_in_force_says_so(self, db, cms):
        from tests.making.policies import a_draft

        page = a_draft(slug="terms")
        announce(page, effective_from=SOON)
        assert "No version is in force. Nothing else is upcoming." in text_of(cms.get(url(page, "1.0")))


class TestHowFar:
    def test_it_must_be_said_where_there_is_a_choice(self, privacy, corrected, cms):
        page = cms.post(url(privacy, "2.1"), WHY)
        assert page.context["form"].errors.keys() == {"how_far"}
        assert standings(privacy) == {"1.0": False, "2.0": False, "2.1": False}

    def test_the_correction_alone(self, privacy, corrected, cms):
        response = cms.post(url(privacy, "2.1"), WHY | {"how_far": "0"}, follow=True)
        assert standings(privacy) == {"1.0": False, "2.0": False, "2.1": True}
        assert f"Version 2.0 then comes into force on {DAY}" in messages_of(response)

    def test_both_in_one_go(self, privacy, corrected, cms):
        response = cms.post(url(privacy, "2.1"), WHY | {"how_far": "1"}, follow=True)
        assert standings(privacy) == {"1.0": False, "2.0": True, "2.1": True}
        assert "Versions 2.1 and 2.0 are withdrawn." in messages_of(response)
        entries = PageLogEntry.objects.filter(action="policies.withdraw", page=privacy.pk)
        assert sorted(entry.data["number"] for entry in entries) == ["2.0", "2.1"]
        assert list(verify()) == []
        history = text_of(cms.get(f"/cms/pages/{privacy.pk}/history/"))
        assert history.count("withdrawn: The law changed.") == 2

    def test_both_or_none(self, privacy, corrected, cms, monkeypatch):
        from policies.desk.telling import withdrawing

        asked = []

        def once(version, **words):
            asked.append(version.number)
            if len(asked) == 2:
                raise withdrawing.AnnouncementRefused("It was withdrawn already.")
            return real(version, **words)

        real = withdrawing.withdraw
        monkeypatch.setattr(withdrawing, "withdraw", once)
        assert "It was withdrawn already." in cms.post(url(privacy, "2.1"), WHY | {"how_far": "1"}).text
        assert asked == ["2.1", "2.0"]
        assert standings(privacy) == {"1.0": False, "2.0": False, "2.1": False}

    @pytest.mark.parametrize("nonsense", ["2", "-1", "x"])
    def test_nonsense_is_refused(self, privacy, corrected, cms, nonsense):
        assert cms.post(url(privacy, "2.1"), WHY | {"how_far": nonsense}).context["form"].errors
        assert not any(standings(privacy).values())


class TestTheDraft:
    def test_the_text_that_stands_becomes_the_draft_and_the_list_says_the_same(self, privacy, corrected, cms):
        cms.post(url(privacy, "2.1"), WHY | {"how_far": "1", "restore": "on"})
        assert says(privacy, FIRST)
        assert "Same as announced" in text_of(cms.get("/cms/policies/"))
        assert "says the same as version 1.0" in cms.get(f"/cms/pages/{privacy.pk}/edit/").text
        assert list(verify()) == []
        Editor(cms, privacy).announces(AMENDED)
        assert list(standings(privacy)) == ["1.0", "2.0", "2.1", "3.0"]

    def test_left_alone_the_draft_says_what_was_withdrawn(self, privacy, amended, cms):
        cms.post(url(privacy, "2.0"), WHY)
        assert says(privacy, AMENDED)
        assert "Differs" in text_of(cms.get("/cms/policies/"))

    def test_a_newer_draft_stays_in_the_history(self, privacy, amended, cms):
        Editor(cms, privacy).saves(a_document("cookies are being written about"))
        before = PolicyPage.objects.get(pk=privacy.pk).revisions.count()
        cms.post(url(privacy, "2.0"), WHY | {"restore": "on"})
        assert says(privacy, FIRST)
        assert PolicyPage.objects.get(pk=privacy.pk).revisions.count() == before + 1

    def test_a_draft_that_somebody_has_locked_is_left_alone_and_nothing_is_withdrawn(self, privacy, amended, cms):
        PolicyPage.objects.filter(pk=privacy.pk).update(
            locked=True, locked_by=a_person("ann@example.org"), locked_at=timezone.now()
        )
        page = cms.post(url(privacy, "2.0"), WHY | {"restore": "on"})
        assert "The draft is locked" in page.text
        assert not any(standings(privacy).values())


class TestThoseWhoWereTold:
    @pytest.fixture
    def server(self, settings):
        with accepting_server() as accepting:
            Mailing(settings).through(accepting)
            yield accepting

    @pytest.fixture
    def told(self, privacy, server):
        """Ann and Ben got the mail about 2.0; Cas came later."""
        for name in ("ann", "ben"):
            a_person(f"{name}@example.org")
        version = announce(privacy, AMENDED, effective_from=SOON)
        self.let_holds_end()
        a_person("cas@example.org")
        assert AmendmentNotice.objects.get().state == "done"
        return version

    def let_holds_end(self) -> None:
        AmendmentNotice.objects.update(held_until=timezone.now() - dt.timedelta(minutes=1))
        work()

    def test_the_page_offers_to_tell_them(self, privacy, told, cms):
        assert "Tell them: 2 people who got the e-mail about version 2.0" in text_of(cms.get(url(privacy, "2.0")))

    def test_they_get_it_in_the_same_thread_after_a_hold_and_nobody_else_does(self, privacy, told, cms, server):
        first = {mail.recipient: mail.message_id for mail in server.accepted}
        server.accepted.clear()
        response = withdraws_and_tells(cms, privacy, "2.0", words="We are sorry.")
        notice = AmendmentNotice.objects.get(kind="withdrawal")
        assert f"/cms/notices/inspect/{notice.pk}/" in response.text
        work()
        assert (fresh(notice).state, server.accepted) == ("held", [])
        self.let_holds_end()
        assert sorted(server.recipients) == ["ann@example.org", "ben@example.org"]
        mail = message_from_bytes(server.accepted[0].body, policy=policy.default)
        assert mail["In-Reply-To"].strip() == first[server.accepted[0].recipient]
        assert mail["Subject"].startswith("Withdrawn: Privacy policy")
        for kind in ("plain", "html"):
            body = " ".join(mail.get_body((kind,)).get_content().split())
            for words in ("it does not come into force", "The law changed.", "We are sorry.", "Version 1.0 stays in"):
                assert words in body
            assert "If you do not agree" not in body

    def test_their_e_mail_is_looked_at_first_and_looking_withdraws_nothing(self, privacy, told, cms):
        looked = cms.post(url(privacy, "2.0"), WHY | {"tell": "on", "words": "We are sorry.", "restore": "on"})
        text = text_of(looked)
        assert "Nothing was done yet." in text
        for words in ("Withdrawn: Privacy policy", "The law changed.", "We are sorry.", "Version 1.0 stays in force"):
            assert words in text
        assert "srcdoc=" in looked.text
        assert not any(standings(privacy).values())
        assert not AmendmentNotice.objects.filter(kind="withdrawal").exists()
        assert not PageLogEntry.objects.filter(action="policies.withdraw").exists()
        assert says(privacy, AMENDED)

    def test_other_words_than_those_looked_at_are_shown_again(self, privacy, told, cms):
        asked = WHY | {"tell": "on"}
        seen = cms.post(url(privacy, "2.0"), asked).context["seen"]
        other = cms.post(url(privacy, "2.0"), asked | {"words": "Sorry.", "step": "withdraw", "seen": seen})
        assert other.context["seen"] != seen
        assert not any(standings(privacy).values())
        changing = cms.post(url(privacy, "2.0"), asked | {"words": "Sorry.", "step": "change", "seen": seen})
        assert changing.context["form"]["words"].value() == "Sorry."
        assert "mails" not in changing.context

    def test_a_test_of_it_goes_to_whoever_asks_and_withdraws_nothing(self, privacy, told, cms, server):
        server.accepted.clear()
        asked = WHY | {"tell": "on", "words": "We are sorry."}
        seen = cms.post(url(privacy, "2.0"), asked).context["seen"]
        tried = cms.post(url(privacy, "2.0"), asked | {"step": "test", "seen": seen})
        assert server.recipients == ["editor@example.org"]
        mail = message_from_bytes(server.accepted[0].body, policy=policy.default)
        body = " ".join(mail.get_body(("plain",)).get_content().split())
        assert "The law changed." in body and "We are sorry." in body and "Version 1.0 stays in force" in body
        assert "Sent to editor@example.org" in messages_of(tried) and tried.context["seen"] == seen
        assert not any(standings(privacy).values())
        assert not AmendmentNotice.objects.filter(kind="withdrawal").exists()

    def test_without_the_tick_nobody_is_told(self, privacy, told, cms):
        cms.post(url(privacy, "2.0"), WHY)
        assert not AmendmentNotice.objects.filter(kind="withdrawal").exists()

    def test_whoever_forgot_to_tell_them_can_do_so_later(self, privacy, told, cms, server):
        cms.post(url(privacy, "2.0"), WHY)
        notice = AmendmentNotice.objects.get()
        server.accepted.clear()
        address = f"/cms/notices/{notice.pk}/correct/"
        page = cms.post(address, {"step": "look", "words": "We forgot to say so."})
        assert "it does not come into force" in " ".join(page.context["mail"].text.split())
        cms.post(address, {"step": "send", "seen": page.context["seen"]})
        self.let_holds_end()
        assert sorted(server.recipients) == ["ann@example.org", "ben@example.org"]
        made = AmendmentNotice.objects.get(kind="withdrawal")
        assert "Say so in an answer to" in text_of(cms.get(f"/cms/notices/{made.pk}/correct/"))

    def test_half_sent_only_those_are_told_who_got_it(self, privacy, cms):
        for name in ("ann", "ben"):
            a_person(f"{name}@example.org")
        notice = a_sending_notice(privacy, effective_from=SOON)
        Delivery.objects.filter(address="ann@example.org").update(state="sent")
        AmendmentNotice.objects.update(sent=1)
        withdraws_and_tells(cms, privacy, "2.0")
        assert states(notice) == {
            "ann@example.org": "sent",
            "ben@example.org": "skipped stopped",
            "editor@example.org": "unreachable no-address",
        }
        self.let_holds_end()
        assert states(AmendmentNotice.objects.get(kind="withdrawal")) == {"ann@example.org": "sent"}

    def test_where_nobody_was_told_there_is_no_such_question(self, privacy, amended, cms):
        assert "Tell them" not in cms.get(url(privacy, "2.0")).text
        cms.post(url(privacy, "2.0"), WHY | {"tell": "on"})
        assert AmendmentNotice.objects.get().state == "stopped"

    def test_the_account_of_a_person_says_what_became_of_it(self, privacy, told, cms, server, client):
        withdraws_and_tells(cms, privacy, "2.0")
        self.let_holds_end()
        person = AmendmentNotice.objects.get(kind="withdrawal").deliveries.get(address="ann@example.org").person
        client.force_login(person)
        text = text_of(client.get("/account/policies/"))
        assert "Withdrawal: Sent to ann@example.org" in text


@pytest.mark.parametrize(
    ("who", "may"),
    [("nobody", False), ("editor", False), ("approver", True), ("data protection", False), ("superuser", True)],
)
def test_who_may_withdraw(privacy, amended, staff, who, may):
    client = staff(who)
    assert client.get(url(privacy, "2.0")).status_code == (200 if may else 302)
    client.post(url(privacy, "2.0"), WHY)
    assert standings(privacy) == {"1.0": False, "2.0": may}


def test_asking_withdraws_nothing(privacy, amended, cms):
    cms.get(url(privacy, "2.0"), WHY)
    assert cms.put(url(privacy, "2.0"), WHY).status_code == 405
    assert not any(standings(privacy).values())
