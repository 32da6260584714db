"""The mail about a version as people get it: what it says, in both forms, and where its links lead."""

import datetime as dt
import re
from email import message_from_bytes, policy
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from accounts.values.mail_address import AddressRefused
from policies.notices.letter.message import date_value, to_header, token_value
from policies.notices.letter.writing import Occasion, Sender, write
from policies.versions.models import Significance
from tests.making.policies import a_document, a_draft
from tests.making.versions import put, row

SITE = "https://testserver"
SENDER = Sender("Plum Medical Services", ("1 High Street", "Hitchin", "SG4 8NW"), "office@plum.example", SITE)
BEGINS = dt.date(2027, 1, 1)
SUMMARY = "We keep your data for two years, not for five.\n\nYou do not have to do anything."
TOKEN = "MTIz:1abcde:x_y-z"
URL = re.compile(r"https://[^\s<>\"]+|office@plum\.example")


def versions(**facts):
    """Two versions of a policy, not in the database; the second one is the one that is mailed about."""
    words = {"change_summary": SUMMARY, "announced_at": dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)} | facts
    first = row(1, dt.date(2026, 1, 1), document=a_document("cookies are small files"), slug="privacy")
    return first, row(2, words.pop("effective_from", BEGINS), slug="privacy", **words)


def sent(version, previous, **words):
    """The mail as Jane gets it."""
    facts = {"kind": "announced", "optional": True, "why_always": "", "sender": SENDER} | words
    frozen = write(version=version, previous=previous, notice_id=7, from_address="policies@plum.example", **facts)
    return frozen.fill(
        {
            "to": to_header("Jane Doe", "jane@example.org"),
            "date": date_value(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)),
            "message_id": token_value("abc123"),
            "unsubscribe": token_value(TOKEN),
        }
    )


def asks(**facts) -> str:
    """The plain text of the mail about a version that asks for something."""
    first, second = versions(**{"asks_for": "acceptance", "asks_anew": True} | facts)
    body = message_from_bytes(sent(second, first), policy=policy.default).get_body(("plain",))
    return " ".join(body.get_content().split())


def test_it_says_that_people_will_be_asked_and_that_nothing_else_is_a_yes():
    says = asks(asks_because="The law asks for it.")
    assert "What we ask of you When you next sign in from that day on, we ask you whether you accept it. Why" in says
    assert "Why we ask: The law asks for it. Only your own answer counts" in says
    first, second = versions(asks_for="acceptance")
    assert b"What we ask of you" not in sent(second, first)
    assert "we ask you to confirm that you have read it" in asks(asks_for="acknowledgement")


def amended(**words):
    first, second = versions()
    return sent(second, first, **words)


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def text_of(raw):
    return read(raw).get_body("plain").get_content().replace("\r\n", "\n")


def html_of(raw):
    return read(raw).get_body("html").get_content()


class Reader(HTMLParser):
    """The words of a page as they are shown, its links, and everything it would fetch."""

    def __init__(self, html):
        super().__init__()
        self.words, self.links, self.fetched, self.tags = "", [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.fetched += [value for name, value in attrs if name in ("src", "srcset", "background", "data", "action")]

    def handle_data(self, data):
        if self.tags[-1:] not in (["style"], ["title"]):
            self.words += f" {data}"

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")


def words_of(text):
    return re.findall(r"\w+", URL.sub(" ", text))


KINDS = pytest.mark.parametrize("kind", list(Occasion))
CHOICES = pytest.mark.parametrize("optional", [True, False])


def test_the_subject_names_the_policy_and_the_day():
    assert read(amended())["Subject"] == "Privacy policy: changes from 1 January 2027"


@pytest.mark.parametrize(
    ("kind", "first", "significance", "subject"),
    [
        ("announced", False, "correction", "Privacy policy: corrections from 1 January 2027"),
        ("reminder", False, "amendment", "Privacy policy: reminder of changes from 1 January 2027"),
        ("in-force", False, "amendment", "Privacy policy: changes in force since 1 January 2027"),
        ("announced", True, "amendment", "Privacy policy: new policy from 1 January 2027"),
        ("reminder", True, "amendment", "Privacy policy: reminder of new policy from 1 January 2027"),
        ("in-force", True, "amendment", "Privacy policy: new policy in force since 1 January 2027"),
    ],
)
def test_each_occasion_has_its_subject(kind, first, significance, subject):
    before, version = versions(significance=Significance(significance))
    assert read(sent(version, None if first else before, kind=kind))["Subject"] == subject


def test_the_headers_are_the_ones_meant():
    mail = read(amended())
    assert {name: str(value) for name, value in mail.items() if name != "Content-Type"} == {
        "MIME-Version": "1.0",
        "Subject": "Privacy policy: changes from 1 January 2027",
        "From": "Plum Medical Services <policies@plum.example>",
        "To": "Jane Doe <jane@example.org>",
        "Reply-To": "Plum Medical Services <office@plum.example>",
        "Date": "Mon, 23 Nov 2026 10:00:00 +0000",
        "Message-ID": "<announced-7.abc123@plum.example>",
        "Content-Language": "en-GB",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "List-Id": "<policies.plum.example>",
        "Feedback-ID": "7:announced:notice:policies",
        "List-Unsubscribe": f"<{SITE}/account/unsubscribe/{TOKEN}/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_no_value_begins_on_a_line_of_its_own():
    assert b": \r\n" not in amended()


def test_a_mail_that_comes_to_everyone_offers_no_way_to_stop_it_and_says_why():
    raw = amended(optional=False, why_always="The law wants us to tell everyone.")
    assert read(raw)["List-Unsubscribe"] is None
    assert read(raw)["List-Unsubscribe-Post"] is None
    assert b"unsubscribe" not in raw.lower()
    for shown in (text_of(raw), Reader(html_of(raw)).words):
        assert "The law wants us to tell everyone." in " ".join(shown.split())
        assert "stop these" not in shown.lower()


def test_an_organisation_without_an_address_for_mail_is_reached_by_post():
    raw = amended(sender=Sender("", ("1 Plum Lane", "Hitchin"), "", SITE))
    assert read(raw)["Reply-To"] is None
    assert str(read(raw)["From"]) == "policies@plum.example"
    assert "Write to us:" not in text_of(raw)
    assert "1 Plum Lane\nHitchin" in text_of(raw)
    assert "You have an account on our website" in text_of(raw)


def test_an_organisation_with_an_unusual_name_and_address_is_written_right():
    sender = Sender("Plüm, “Sons” & Co", (), "büro@straße.de", SITE)
    mail = read(amended(sender=sender))
    assert mail["From"].addresses[0].display_name == sender.name
    assert mail["Reply-To"] is None


def test_the_domain_of_an_organisations_address_is_written_in_ascii():
    mail = read(amended(sender=Sender("Plum", (), "office@straße.de", SITE)))
    assert mail["Reply-To"].addresses[0].addr_spec == "office@xn--strae-oqa.de"


def test_a_mail_from_no_address_is_not_written():
    first, second = versions()
    with pytest.raises(AddressRefused):
        write(
            version=second, previous=first, kind="announced", optional=True, why_always="", sender=SENDER, notice_id=7,
            from_address="nobody",
        )  # fmt: skip


def test_it_says_what_changes_when_and_how_much():
    text = " ".join(text_of(amended()).split())
    assert (
        "We have announced version 2.0 of our policy “Privacy policy”. It comes into force on 1 January 2027." in text
    )
    assert "This is an amendment: the meaning of the policy changes." in text
    assert "We keep your data for two years, not for five. You do not have to do anything." in text
    assert "the website of Plum Medical Services" in text
    assert "Plum Medical Services 1 High Street Hitchin SG4 8NW https://testserver/" in text


@pytest.mark.parametrize(
    ("kind", "begins", "opening"),
    [
        ("announced", dt.date(2026, 11, 23), "We have announced version 2.0 … It came into force on 23 November 2026."),
        ("reminder", BEGINS, "This is a reminder. We announced version 2.0 … on 23 November 2026. It comes into force"),
        ("in-force", BEGINS, "We announced version 2.0 … on 23 November 2026. It came into force on 1 January 2027."),
    ],
)
def test_each_occasion_speaks_of_its_own_time(kind, begins, opening):
    first, second = versions(effective_from=begins)
    text = " ".join(text_of(sent(second, first, kind=kind)).split()).replace("of our policy “Privacy policy”", "…")
    assert opening in text.replace("….", "…")
    assert ("What has changed" in text) is (kind == "in-force" or begins != BEGINS)


def test_a_correction_is_called_one():
    first, second = versions(significance=Significance.CORRECTION)
    assert "This is a correction: the meaning of the policy does not change." in text_of(sent(second, first))


def test_a_first_version_has_nothing_to_compare_with():
    first, _ = versions()
    raw = sent(first, None)
    text = text_of(raw)
    assert "a new policy, “Privacy policy”" in text
    assert "Read version 1.0:" in text
    assert "compare" not in text
    assert "/changes/" not in text
    assert "What" not in text  # it has no summary


@KINDS
@CHOICES
@pytest.mark.parametrize("is_first", [True, False])
def test_the_text_says_everything_that_the_html_says(kind, optional, is_first):
    first, second = versions()
    raw = sent(second, None if is_first else first, kind=kind, optional=optional, why_always="It is the law.")
    text, page = text_of(raw), Reader(html_of(raw))
    assert words_of(text) == words_of(page.words)
    assert URL.findall(text) == [link.removeprefix("mailto:") for link in page.links]


def test_it_names_nobody_and_fetches_nothing():
    raw = amended()
    for shown in (text_of(raw), html_of(raw)):
        assert "Jane" not in shown
        assert "jane@" not in shown
    page = Reader(html_of(raw))
    assert page.fetched == []
    assert not {"img", "script", "link", "iframe", "form", "object"} & set(page.tags)
    assert "url(" not in html_of(raw)
    assert "@import" not in html_of(raw)


def test_styles_stand_on_the_elements_and_what_depends_on_the_screen_in_the_head():
    html = html_of(amended())
    head, _, body = html.partition("<body")
    assert "prefers-color-scheme: dark" in head
    assert "max-width: 534px" in body
    assert "max-width: 534px" not in head
    assert '<meta name="color-scheme" content="light dark">' in head


LINKS = [
    "/policies/follow/",
    "/policies/privacy/compare/1.0/2.0/",
    "/policies/privacy/versions/2.0/",
    "/policies/privacy/versions/1.0/",
    "/account/preferences/",
    "/",
    "/policies/privacy/changes/?to=2.0",
    "/account/close/",
    f"/account/unsubscribe/{TOKEN}/",
]


def test_these_are_all_links_and_each_names_the_site():
    links = Reader(html_of(amended())).links
    own = [link.removeprefix(SITE) for link in links if link.startswith(f"{SITE}/")]
    assert sorted(own) == sorted(LINKS)
    assert sorted(set(links) - {f"{SITE}{link}" for link in own}) == [
        "https://ico.org.uk/make-a-complaint/",
        "mailto:office@plum.example",
    ]


def test_of_what_is_no_matter_of_data_protection_nobody_can_complain_to_the_commissioner():
    mail = amended(about_personal_data=False)
    for words in (text_of(mail), html_of(mail)):
        assert "Close your account" in words
        assert "ommissioner" not in words
        assert "ico.org.uk" not in words


@pytest.mark.parametrize("kind", list(Occasion))
def test_the_mail_greets_before_it_says_anything(kind):
    mail = amended(kind=kind)
    lines = [line for line in text_of(mail).split("\n") if line]
    assert lines[1] == "Hello,"
    assert Reader(html_of(mail)).words.split()[:1] != ["Hello,"]
    assert " Hello, " in " ".join(Reader(html_of(mail)).words.split())


@pytest.mark.parametrize("link", LINKS)
def test_every_link_has_a_page_of_its_own(link):
    found = resolve(urlsplit(link).path)
    assert link == "/" or found.url_name != "wagtail_serve"


@pytest.mark.parametrize("link", LINKS[:3])
def test_the_public_pages_of_a_change_are_there(client, db, link):
    put(a_draft(), *versions())
    assert client.get(link).status_code == 200


HOSTILE = {
    "long": "x" * 998,
    "many words": "word " * 400,
    "dots": ".\n..\n.hidden\nFrom here",
    "lone return": "One.\rTwo.\r\nThree.",
    "html": '<script>alert(1)</script> <a href="https://evil.example">here</a> &amp; "quoted"',
    "template": "{{ letter }} {% include 'x' %} {# gone #}",
    "right to left": "Safe \u202eefas\u202c text",
    "quoted-printable": "=41= =\n=C3=A9",
    "controls": "One\0two\x0bthree",
}
MEANT = {
    "dots": [".", "..", ".hidden", "From here"],
    "lone return": ["One.", "Two.", "Three."],
    "right to left": ["Safe efas text"],
    "quoted-printable": ["=41= =", "=C3=A9"],
    "controls": ["Onetwo", "three"],
}


@pytest.mark.parametrize("case", HOSTILE)
def test_whatever_an_editor_writes_reads_as_it_was_written(case):
    first, second = versions(change_summary=HOSTILE[case])
    raw = sent(second, first)
    paragraphs = MEANT.get(case) or [HOSTILE[case].strip()]
    text, page = text_of(raw), Reader(html_of(raw))
    for paragraph in paragraphs:
        assert paragraph in " ".join(text.split())
        assert f" {paragraph}" in page.words
    assert words_of(text) == words_of(page.words)
    assert b"\r\n." not in raw
    assert raw.isascii()
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76


def test_the_text_has_72_columns_and_whole_links():
    address = f"https://plum.example/{'long-' * 30}page/"
    first, second = versions(change_summary=f"{'Many words. ' * 40}See {address} for more, and-some-more-words-here.")
    text = text_of(sent(second, first))
    for line in text.splitlines():
        assert len(line) <= 72 or " " not in line
    assert address in text


def test_a_title_that_looks_encoded_is_shown_as_it_is():
    first, second = versions(title="=?utf-8?q?Terms?=")
    assert read(sent(second, first))["Subject"] == "=?utf-8?q?Terms?=: changes from 1 January 2027"


def test_a_long_or_odd_title_stays_whole():
    title = "Überaus lange “Regeln”,\u202e " * 9
    first, second = versions(title=title)
    raw = sent(second, first)
    assert read(raw)["Subject"] == f"{'Überaus lange “Regeln”, ' * 9}".strip() + ": changes from 1 January 2027"
    assert "\u202e" not in text_of(raw)
    assert "\u202e" not in html_of(raw)
