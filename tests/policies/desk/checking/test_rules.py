"""What the checks find in a draft, and what they leave alone."""

import datetime as dt

import pytest

from accounts.personal_data.register import kind_of
from home.demo_policies.texts import demo_document
from policies.desk.checking import article13, promises, readability, sameness, unfinished
from policies.desk.checking.draft import Draft
from policies.desk.checking.periods import periods_in
from policies.texts.document import Clause, Clauses, Document, Paragraph, Section, Table, inline
from policies.versions import kept_on_devices
from policies.versions.freezing import keep_anchors
from policies.versions.kept_on_devices import Kept
from tests.making.policies import a_document

pytestmark = pytest.mark.django_db  # what the site sets is partly a setting of the CMS


def a_text(*paragraphs: str, heading: str = "Data", title: str = "Privacy policy", lang: str = "") -> Document:
    document = Document(title, (), (Section(inline(heading), tuple(Paragraph(inline(p)) for p in paragraphs)),), lang)
    return keep_anchors(document, document)


def said(rule, document: Document, **more) -> list[str]:
    return [f"{remark.place}: {remark.words}" for remark in rule.find(Draft(document, **more))]


def demo(name: str) -> Document:
    document = demo_document(name)
    return keep_anchors(document, document)


@pytest.mark.parametrize(
    "left",
    [
        "We are TODO and friends.",
        "Lorem ipsum dolor sit amet.",
        "[Company name] respects you.",
        "Write to [insert address].",
        "Write to {{ company_email }}.",
        "Write to <your e-mail address>.",
        "Our number is XXX-XXXX.",
        "Insert the name of the officer here.",
        "This applies from ________ on.",
        "The fee is TBC.",
        "Effective DD/MM/YYYY".replace("DD/MM/YYYY", "dd/mm/yyyy"),
    ],
)
def test_a_placeholder_is_found(left):
    assert len(said(unfinished.PLACEHOLDER, a_text(left))) >= 1


@pytest.mark.parametrize(
    "right",
    [
        "R v Smith [2020] UKSC 7, and the word [sic].",
        "We insert the key into the lock.",
        "Use your company card where the company asks for it.",
        "Press < or > to go on, if a < b and c > d.",
        "Toddlers do not do this; photos to do with you stay here.",
        "The XX. Olympic Games.",
    ],
)
def test_what_only_looks_like_a_placeholder_is_left_alone(right):
    assert said(unfinished.PLACEHOLDER, a_text(right)) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Last updated: 1 May 2024.",
        "This policy was last revised on May 1st, 2024.",
        "Effective date: 01/05/2024",
        "In force from 2024-05-01.",
        "This version comes into force on 1 May 2024.",
        "Updated March 2023",
        "This is version 2.3 of our policy.",
    ],
)
def test_a_typed_date_of_the_version_is_found(typed):
    assert len(said(unfinished.TYPED_DATE, a_text(typed))) == 1


@pytest.mark.parametrize(
    "other",
    [
        "The Act of 1 May 2018 says so.",
        "The regulation was made on 1 May 2024.",
        "You can update your details.",
        "We bought the servers on 3 March 2021, and effective measures were taken.",
        "We updated our servers before 2024.",
    ],
)
def test_other_days_are_left_alone(other):
    assert said(unfinished.TYPED_DATE, a_text(other)) == []


def test_a_heading_without_a_text_is_found_at_its_place():
    document = Document(
        "Terms", (), (Section(inline("One"), (Paragraph(inline("Words.")),)), Section(inline("Two"), ()))
    )
    (words,) = said(unfinished.EMPTY_HEADING, document)
    assert words == "section 2: Nothing stands under “Two”."


def test_a_remark_names_the_clause_and_the_address_of_its_section():
    clauses = Clauses((Clause(inline("fine"), (Clause(inline("TBC")),)),))
    document = Document("Terms", (), (Section(inline("Fees"), (clauses,), anchor="fees"),))
    (remark,) = unfinished.PLACEHOLDER.find(Draft(document))
    assert (remark.place, remark.address) == ("1.1(a)", "fees")


def test_only_capitals_or_blanks_are_told_from_other_changes():
    old = a_text("We keep your data.", "We delete it.", "We are here.")
    new = a_text("We keep Your Data.", "We never delete it.", "We are here.")
    assert said(sameness.RULE, new, old=old, old_number="2.1") == [
        "section 1: “We keep Your Data.” says the same as in version 2.1."
    ]
    assert said(sameness.RULE, new) == []


def test_a_moved_line_is_no_change_of_capitals():
    old, new = a_text("One line.", "Another line."), a_text("Another line.", "One line.")
    assert said(sameness.RULE, new, old=old) == []


def test_long_sentences_of_long_words_are_hard_to_read():
    document = a_text("Notwithstanding applicable considerations, organisational representatives communicate " * 20)
    assert any("section 1" in words for words in said(readability.RULE, document))
    assert said(readability.RULE, a_text("We keep your data for a year. Then we delete it. " * 12)) == []


def test_a_text_that_is_short_or_in_another_language_is_not_graded():
    assert readability.grade_of(Draft(a_text("Notwithstanding considerations."))) is None
    assert readability.grade_of(Draft(a_text("Rydym yn cadw eich data am flwyddyn. " * 30, lang="cy"))) is None


def test_the_grade_is_that_of_the_formula():
    # Ten words of one syllable in one sentence: 0.39 × 10 + 11.8 × 1 − 15.59.
    document = a_text("The cat sat on the mat and ate the fish. " * 10)
    assert readability.grade_of(Draft(document)) == pytest.approx(0.39 * 10 + 11.8 - 15.59)


@pytest.mark.parametrize(
    ("word", "number"), [("cat", 1), ("table", 2), ("policy", 3), ("kept", 1), ("keeps", 1), ("wanted", 2), ("e", 1)]
)
def test_syllables_are_about_right(word, number):
    assert readability.syllables(word) == number


def test_the_demo_says_all_of_article_13_and_an_old_text_did_not():
    assert said(article13.RULE, demo("privacy-3.0")) == []
    old = " ".join(said(article13.RULE, demo("privacy-1.0")))
    assert "The lawful basis: Article 13(1)(c)" in old
    assert "Information Commissioner" in old


def test_a_subject_leads_to_the_sections_that_answer_it():
    found = {answer.subject.title: answer for answer in article13.answers(Draft(demo("privacy-3.0")))}
    kept = found["How long it is kept"]
    assert ("section 7", "how-long-we-keep-information") in [(place.place, place.address) for place in kept.places]
    officer = found["How to reach the data protection officer"]
    assert (officer.places, officer.is_missing) == ((), False)


@pytest.mark.parametrize(
    ("title", "slug", "personal", "is_one"),
    [
        ("Privacy policy", "p", True, True),
        ("How we treat you", "privacy", True, True),
        ("Data protection notice", "dp", True, True),
        ("Privacy policy", "privacy", False, False),
        ("Cookie policy", "cookies", True, False),
    ],
)
def test_a_privacy_policy_is_known_by_its_name_and_by_what_it_is_about(title, slug, personal, is_one):
    draft = Draft(a_document("cookies are small", title=title), slug, personal)
    assert article13.is_privacy_policy(draft) is is_one
    assert bool(article13.answers(draft)) is is_one


def test_consent_is_only_asked_about_where_something_rests_on_it():
    without = " ".join(said(article13.RULE, a_text("We keep data.")))
    with_consent = " ".join(said(article13.RULE, a_text("We ask for your consent.")))
    assert "taken back" not in without
    assert "taken back" in with_consent


@pytest.mark.parametrize(
    ("words", "days", "means"),
    [
        ("for two years", 730, True),
        ("for 24 months", 730, True),
        ("for 90 days", 90, True),
        ("for 3 months", 90, True),
        ("12 hours at most", 0.5, True),
        ("for a year", 365, True),
        ("for two years", 365, False),
        ("for 90 days", 91, False),
        ("two-year period", 730, True),
    ],
)
def test_periods_are_read_as_people_write_them(words, days, means):
    (period,) = periods_in(words)
    assert period.may_mean(dt.timedelta(days=days)) is means


def test_a_period_that_contradicts_the_register_is_found_and_compared():
    (words,) = said(promises.RULE, a_text("We keep the security log for two years."))
    assert "“Security log” for two years" in words
    assert kind_of("security-events").retention.words in words


@pytest.mark.parametrize(
    "right",
    [
        "We keep the security log for 365 days.",
        "We keep the security log for one year.",
        "We no longer keep the security log for two years.",
        "We keep the security log for two years or for five years.",
        "You have two years; the security log is yours.",
        "We keep your account for two years.",
        "We keep the log of security cameras for two years.",
    ],
)
def test_what_agrees_or_cannot_be_compared_is_left_alone(right):
    assert said(promises.RULE, a_text(right)) == []


def test_a_receiver_that_the_register_names_is_not_nobody():
    (words,) = said(promises.RULE, a_text("Mails about our policies are held by us and nobody else."))
    assert str(kind_of("policy-mails").receivers[0]) in words


def a_table(*rows, head=("Name", "How long it lasts"), heading="The cookies that we set") -> Document:
    table = Table(tuple(map(inline, head)), tuple(tuple(map(inline, row)) for row in rows))
    return Document("Cookie policy", (), (Section(inline(heading), (table,), anchor="cookies"),))


ALL = (("__Host-sessionid", "12 hours"), ("csrftoken", "1 year"), ("messages", "Until shown"), ("theme", "1 year"))


@pytest.fixture(autouse=True)
def _cookies_of_a_live_site(settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"


def test_cookies_are_compared_with_those_the_site_sets():
    assert said(promises.RULE, a_table(*ALL)) == []
    assert (
        "2 weeks; this site sets it for 12 hours" in said(promises.RULE, a_table(("sessionid", "2 weeks"), *ALL[1:]))[0]
    )
    assert "sets no cookie “_ga”" in said(promises.RULE, a_table(*ALL, ("_ga", "2 years")))[0]
    assert "does not name the cookie “csrftoken”" in said(promises.RULE, a_table(ALL[0], *ALL[2:]))[0]


def test_the_cookies_that_the_site_tells_of_are_compared_and_those_of_staff_may_be_named(monkeypatch):
    kept = [
        Kept("flavour", "So that it tastes", "When you choose", "30 days", "This website"),
        Kept("desk", "For editors", "In the CMS", "1 year", "This website", of_staff=True),
    ]
    monkeypatch.setattr(kept_on_devices, "tellers", [*kept_on_devices.tellers, lambda: kept])
    assert said(promises.RULE, a_table(*ALL, ("flavour", "30 days"), ("desk", "1 year"))) == []
    assert "2 years; this site sets it for 30 days" in said(promises.RULE, a_table(*ALL, ("flavour", "2 years")))[0]
    assert "does not name the cookie “flavour”" in said(promises.RULE, a_table(*ALL))[0]


def test_cookies_of_the_past_and_other_tables_are_left_alone():
    assert said(promises.RULE, a_table(("_ga", "2 years"), heading="Cookies we no longer set")) == []
    assert said(promises.RULE, a_table(("Invoices", "6 years"), heading="How long")) == []


def test_a_row_of_a_table_that_contradicts_the_register_is_found():
    document = a_table(("Security log", "10 years"), head=("Information", "How long we keep it"), heading="Keeping")
    (words,) = said(promises.RULE, document)
    assert "“Security log” for 10 years" in words
