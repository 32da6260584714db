"""Which version is this text?"""

import html
import quopri
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains

from policies.reading.views.verifying import MOST_BYTES
from policies.versions.models import PolicyVersion
from tests.making.nonsense import RUBBISH, rubbish
from tests.making.policies import a_document, a_draft
from tests.making.versions import days, put, row
from tests.making.work import growth

ADDRESS = "/policies/privacy/verify/"


@pytest.fixture
def version(history):
    return PolicyVersion.objects.get(major=2)


def words_of(page):
    """What a browser copies from a page: the words of its article."""
    article = re.search(r'<article class="document">.*?</article>', page.content.decode(), re.DOTALL)[0]
    return html.unescape(re.sub(r"<[^>]+>", " ", article))


def paste(client, text):
    return client.post(ADDRESS, {"text": text})


def upload(client, data, name="policy.txt"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


def test_the_plain_text_is_recognised_to_the_letter(client, version):
    assertContains(paste(client, version.text), "It is its plain text to the letter")
    page = paste(client, version.text.replace("\n", "\r\n"))  # as forms send it
    assertContains(page, "This is version 2.0 of Privacy policy")
    assertContains(page, "It is its plain text to the letter")


def test_words_copied_from_the_page_are_recognised(client, version):
    text = "Privacy policy\n" + words_of(client.get(version.get_absolute_url()))
    page = paste(client, text)
    assertContains(page, "This is version 2.0 of Privacy policy")
    assertContains(page, "All its words are there in their order")


def test_words_without_their_numbers_are_recognised(client, version):
    text = re.sub(r"^[\s#]*(\d+\.\d*|\([a-z]+\)) ", "", version.text, flags=re.MULTILINE)
    assertContains(paste(client, text), "This is version 2.0 of Privacy policy")


def test_white_space_quotes_and_capital_letters(client, today):
    document = a_document("cookies aren’t “small” files", "contact us by post")
    put(a_draft(), row(1, today(), document=document))
    text = PolicyVersion.objects.get().text
    straight = text.replace("’", "'").replace("“", '"').replace("”", '"').replace(" ", "\u00a0 ")
    assertContains(paste(client, straight), "This is version 1.0")
    assertNotContains(paste(client, text.upper()), "This is version 1.0 of")


def test_a_saved_page_is_recognised(client, version):
    saved = client.get(version.get_absolute_url()).content
    page = upload(client, saved, "page.html")
    assertContains(page, "This is version 2.0 of Privacy policy")
    assertContains(page, "around the text, such as its menu")


def test_a_page_saved_as_one_file_keeps_its_letters_though_it_names_no_charset(client, today):
    put(a_draft(), row(1, today(), document=a_document("Zoë pays £5 at the café", "contact us by post")))
    page = client.get("/policies/privacy/").content
    head = b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=one; type=text/html\n"
    part = b"--one\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    saved = head + b"\n" + part + quopri.encodestring(page) + b"\n--one--\n"
    assertContains(upload(client, saved, "saved.mhtml"), "This is version 1.0 of Privacy policy")


def test_the_closest_version_is_named_with_the_differences(client, version):
    page = paste(client, version.text.replace("a second point", "another point").replace("by post", "by e-mail"))
    assertContains(page, "Closest is version 2.0")
    assertContains(page, "</span>e-mail<span")
    assertContains(page, "</span>post<span")


def test_a_digest_is_recognised(client, version):
    for text in (version.digest, f"{version.digest.upper()}  -\n", f"sha256:{version.digest}", version.chain):
        assertContains(paste(client, text), "This is version 2.0")
    page = paste(client, "0" * 64)
    assertContains(page, "No version has this digest")
    assertNotContains(page, "This is no version of")


def test_a_text_announced_twice_names_both(client, today):
    same, other = a_document("cookies are small files"), a_document("cookies are large files")
    documents = enumerate((same, other, same), 1)
    put(a_draft(), *(row(n, today() - days(10 - n), document=document) for n, document in documents))
    page = paste(client, PolicyVersion.objects.get(major=1).text)
    assertContains(page, "This is version 3.0 and version 1.0 of Privacy policy")


def test_a_withdrawn_version_is_named_as_such(client, history):
    assertContains(paste(client, PolicyVersion.objects.get(major=4).text), "withdrawn")


def test_something_else_is_no_version(client, history):
    assertContains(paste(client, "Lorem ipsum dolor sit amet. " * 50), "This is no version of Privacy policy")


def test_what_is_sent_is_escaped(client, version):
    page = paste(client, version.text.replace("by post", "<script>alert(1)</script> \u202e by post"))
    assertNotContains(page, "<script>alert")
    assertContains(page, "script&gt;alert")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_several_encodings_are_read(client, today, encoding):
    put(a_draft(), row(1, today(), document=a_document("cookies aren’t biscuits in a café")))
    text = PolicyVersion.objects.get().text
    assertContains(upload(client, text.encode(encoding)), "This is version 1.0")


NO_TEXTS = {
    b"PK\x03\x04rest": "a Word file",
    b"%PDF-1.7": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf1 words}": "an RTF file",
    b"\x89PNG\r\n": "a picture",
    b"\xff\xd8\xff\xe0": "a picture",
    b"\x00\x01\x02": "no text file",
    b"\xff\xfe\x00": "no text file",
}


@pytest.mark.parametrize(("data", "name"), NO_TEXTS.items())
def test_what_is_no_text_is_refused_with_its_kind_and_a_way_out(client, history, data, name):
    page = upload(client, data)
    assertContains(page, f"This is {name}", status_code=400)
    assertContains(page, "copy all its words", status_code=400)
    assertContains(page, 'id="file_error"', status_code=400)


def test_nothing_is_asked_for_again(client, history):
    assertContains(paste(client, " \n"), "Paste the text you want to check", status_code=400)
    assertContains(upload(client, b" "), "Paste the text you want to check", status_code=400)
    assertContains(client.post(ADDRESS), "Paste the text you want to check", status_code=400)


@pytest.mark.parametrize("send", [paste, lambda client, text: upload(client, text.encode())])
def test_too_much_is_refused(client, history, send):
    assertContains(send(client, "x" * (MOST_BYTES + 1)), "That is more than 5 MB", status_code=413)


def test_more_than_the_site_takes_is_refused(client, history):
    page = client.post(ADDRESS, {"text": "x" * (13 * 1024 * 1024)})
    assertContains(page, "That is more than 5 MB", status_code=413)


@pytest.mark.parametrize("kind", RUBBISH)
def test_two_megabytes_of_rubbish_are_answered_with_a_short_page(client, version, kind):
    """`tests/bench/test_reading_speed.py` measures how long it takes."""
    text = rubbish(kind, version.text)
    page = paste(client, text)
    assert page.status_code == 200
    assert len(page.content) < 1_000_000
    assert growth(lambda size: paste(client, text[:size]), 200_000) < 2.2


def test_nothing_is_stored_and_no_cookie_set(client, history, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as queries:
        page = paste(client, "Cookies number 2. We respect your privacy.")
    assert not any(re.match(r"\s*(INSERT|UPDATE|DELETE)", query["sql"]) for query in queries.captured_queries)
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")


def test_the_form_needs_no_token(history):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assertContains(strict.post(ADDRESS, {"text": "x y z"}), "This is no version of")
