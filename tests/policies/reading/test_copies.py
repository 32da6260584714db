"""Copies of a version: what a copy may change, what stands around it, and what is told apart from the version."""

import email.message
import json
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains

from policies.texts.document import Bullet, Bullets, Clause, Clauses, Document, Paragraph, Run, Section, inline
from policies.versions.models import PolicyVersion
from tests.making.policies import a_draft
from tests.making.versions import days, put, row

ADDRESS = "/policies/boats/verify/"
SITE = "https://river.example/rules"
RULES = Run("the river's rules", href=SITE)
NO_JSON_OF_OURS = ['{"document": 3}', '{"schema": 9}', "{" * 5000, "[" * 100_000, '{"document": {}}']


def boat_rules(fee="12 pounds", *, last="Nobody may row at night."):
    lending = Clauses((Clause(inline("You may not lend a boat.")), Clause(inline("An e-mail is enough to book one."))))
    fees = (
        Paragraph(inline("The fee is ", Run(fee, strong=True), " a month; see ", RULES, ".")),
        Bullets((Bullet(inline("Children row for nothing.")), Bullet(inline("Information is given at the desk.")))),
    )
    sections = (
        Section(inline("Lending"), (lending,), "a"),
        Section(inline("Fees"), fees, "b"),
        Section(inline("Night"), (Paragraph(inline(last)),), "c"),
    )
    return Document("Boat rules", (Paragraph(inline("These rules hold for everybody who rows here.")),), sections)


@pytest.fixture
def versions(today):
    documents = (boat_rules(), boat_rules("14 pounds"), boat_rules("14 pounds", last="Nobody may row after dusk."))
    rows = (row(n, today() - days(40 - 10 * n), document=document) for n, document in enumerate(documents, 1))
    return put(a_draft(boat_rules(), slug="boats"), *rows)


SECOND = """These rules hold for everybody who rows here.
1. Lending
1.1 You may not lend a boat.
1.2 An e-mail is enough to book one.
2. Fees
The fee is 14 pounds a month; see the river's rules.
• Children row for nothing.
• Information is given at the desk.
3. Night
Nobody may row at night."""
IS_SECOND = "This is version 2.0 of Boat rules"


def paste(client, text):
    return client.post(ADDRESS, {"text": text})


def upload(client, data, name):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


SAME = {
    "as it is": lambda text: text,
    "with its title": lambda text: f"Boat rules\n\n{text}",
    "without numbers": lambda text: text.replace("1. L", "L").replace("2. F", "F").replace("3. N", "N")
    .replace("1.1 ", "").replace("1.2 ", ""),
    "numbers grown together with words": lambda text: text.replace("1. L", "1.L").replace("1.1 Y", "1.1Y"),
    "quoted in a mail": lambda text: "\n".join(f"> > {line}" for line in text.splitlines()),
    "emphasis as mails write it": lambda text: text.replace("14 pounds", "*14 pounds*"),
    "broken inside words": lambda text: text.replace("Information", "Infor-\nmation").replace("e-mail", "e-\nmail"),
    "soft hyphens": lambda text: text.replace("Information", "Infor\u00ad\nmation"),
    "ligatures": lambda text: text.replace("fee is", "fee is").replace("for nothing", "for nothing"),
    "other quotes and bullets": lambda text: text.replace("'", "’").replace("•", "◦"),
    "links written out": lambda text: text.replace("river's rules", f"river's rules ({SITE})"),
    "links in angles": lambda text: text.replace("river's rules", f"river's rules <{SITE}>"),
    "page numbers": lambda text: (
        text.replace("2. Fees", "1 / 3\n2. Fees").replace("3. Night", "2 / 3\n3. Night") + "\n3 / 3"
    ),
    "edges that browsers print": lambda text: text.replace(
        "2. Fees", "https://plum.example/policies/boats/ 1/2\n26/11/2026, 10:15 Boat rules\n2. Fees"
    ) + "\nhttps://plum.example/policies/boats/ 2/2",
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME)
def test_what_a_copy_may_change_is_no_difference(client, versions, kind):
    assertContains(paste(client, SAME[kind](SECOND)), IS_SECOND)


OTHERS = {
    "a negation less": ("not lend", "lend"),
    "a negation more": ("row for", "not row for"),
    "another figure": ("14 pounds", "41 pounds"),
    "a figure cut in two": ("14 pounds", "1 4 pounds"),
    "a number of a page that does not count on": ("2. Fees", "2/3 2. Fees"),
    "an address that is not the document's": ("rules.", "rules (https://other.example)."),
    "a word of the menu in the text": ("Children", "Policies Children"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_changes_the_text_is_a_difference(client, versions, kind):
    page = paste(client, SECOND.replace(*OTHERS[kind]))
    assertNotContains(page, "This is version 2.0 of")
    assertContains(page, "The differences")


def test_a_passage_says_in_which_versions_it_stands(client, versions):
    page = paste(client, "The fee is 14 pounds a month; see the river's rules.")
    assertContains(page, "This passage stands in version 3.0 and version 2.0")
    assertContains(page, "All its 11 words stand there")
    assertContains(paste(client, "Nobody may row after dusk."), "This passage stands in version 3.0")
    page = paste(client, "You may not lend a boat.\n1.2 An e-mail")
    assertContains(page, "This passage stands in version 3.0, version 2.0 and version 1.0")


def test_a_passage_with_another_figure_stands_in_none(client, versions):
    page = paste(client, "The fee is 15 pounds a month; see the river's rules.")
    assertNotContains(page, "This passage stands in")


def test_a_version_with_words_added_says_how_many_and_which(client, versions):
    page = paste(client, f"{SECOND}\nExcept with a lamp.")
    assertContains(page, "This is version 2.0 with 4 words added")
    assertContains(page, "</span>Except with a lamp.<span")
    page = paste(client, SECOND.replace("at the desk", "gladly at the desk"))
    assertContains(page, "This is version 2.0 with 1 word added")


def test_a_version_without_some_words_is_a_part_of_it(client, versions):
    page = paste(client, SECOND.replace("Children row for nothing.", ""))
    assertContains(page, "This is a part of version 2.0: 4 of its words are missing")


def test_words_around_that_no_page_of_ours_has_are_shown(client, versions):
    page = paste(client, f"Policies Home\n{SECOND}\nSkip to nothing")
    assertContains(page, "This is version 2.0 with 5 words added")


def test_the_last_page_of_a_print_ends_with_our_footer_and_its_number(client, versions):
    html = client.get("/policies/boats/versions/2.0/").content.decode()
    footer = " ".join(re.sub("<[^>]+>", "", html.split('class="print-footer')[1].partition(">")[2]).split()[:8])
    assert footer.startswith("Boat rules, version 2.0")
    middle, last = (
        "https://plum.example/policies/boats/ 1/2\n26/11/2026, 10:15 Boat rules\n",
        "https://plum.example/ 2/2",
    )
    text = f"{SECOND.replace('2. Fees', f'{middle}2. Fees')}\n{footer}\n{last}"
    assertContains(paste(client, text), IS_SECOND)
    assertNotContains(paste(client, text), "added")


def test_words_after_a_page_are_all_shown_although_the_page_has_one_of_them(client, versions):
    html = client.get("/policies/boats/versions/2.0/").content
    page = upload(client, html.replace(b"</body>", b"<p>Policies of anybody else.</p></body>"), "page.html")
    assertContains(page, "This is version 2.0 with 4 words added")


def test_our_json_is_the_version_and_changed_json_is_not(client, versions):
    data = client.get("/policies/boats/versions/2.0/json/").json()
    assertContains(upload(client, json.dumps(data, indent=4).encode(), "b.json"), "to the letter")
    changed = json.dumps(data).replace("14 pounds", "41 pounds")
    page = upload(client, changed.encode(), "b.json")
    assertContains(page, "Closest is version 2.0")
    assertContains(page, "</span>41<span")


@pytest.mark.parametrize("nonsense", NO_JSON_OF_OURS)
def test_other_json_is_no_version(client, versions, nonsense):
    assertContains(paste(client, nonsense), "This is no version of")


def test_a_saved_mail_with_the_text_is_the_version(client, versions):
    mail = email.message.EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "The rules", "Ann <ann@example.org>", "bo@example.org"
    mail.set_content(SECOND, cte="quoted-printable")
    assertContains(upload(client, mail.as_bytes(), "rules.eml"), IS_SECOND)
    html = client.get("/policies/boats/versions/2.0/").content.decode()
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    assertContains(upload(client, mail.as_bytes(), "rules.eml"), IS_SECOND)


def test_pages_of_every_version_are_their_versions(client, versions):
    for version in PolicyVersion.objects.all():
        page = upload(client, client.get(version.get_absolute_url()).content, "page.html")
        assertContains(page, f"This is version {version.number} of Boat rules")
    page = upload(client, client.get("/policies/boats/").content, "page.html")
    assertContains(page, "This is version 3.0 of Boat rules")


def test_a_page_around_a_text_that_begins_and_ends_with_the_words_of_the_page_is_left_out(client, today):
    night = "Nobody may row at night. See you, Boat rules"
    document = replace(boat_rules(last=night), preamble=(Paragraph(inline("Boat rules hold for everybody.")),))
    put(a_draft(document, slug="boats"), row(1, today() - days(9), document=document))
    html = client.get("/policies/boats/versions/1.0/").content
    assertContains(upload(client, html, "page.html"), "This is version 1.0 of Boat rules")
    page = upload(client, html.replace(b"at the desk", b"nowhere"), "page.html")
    assertContains(page, "Your text has 1 word that")
    assertContains(page, "lacks 3 of its words")
    page = upload(client, html.replace(b"may not lend", b"may lend"), "page.html")
    assertContains(page, "This is a part of version 1.0: 1 of its words is missing")


def test_a_page_with_a_sentence_smuggled_in_is_not_the_version(client, versions):
    html = client.get("/policies/boats/versions/2.0/").content.decode()
    page = upload(client, html.replace("</article>", "<p>We may sell the boats.</p></article>").encode(), "page.html")
    assertContains(page, "This is version 2.0 with 5 words added")
