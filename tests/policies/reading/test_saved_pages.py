"""A page of ours that somebody saved is read back by the importer as the version it shows, and nothing else is."""

import pytest

from policies.texts.document import canonical_text, digest
from policies.texts.importing import UnreadablePolicy, read_policy
from policies.texts.importing.own import own_document
from tests.making.kinds import DOCUMENT
from tests.making.policies import a_draft, announce


@pytest.fixture
def version(db):
    return announce(a_draft(DOCUMENT, slug="boats"))


@pytest.fixture
def saved(client, version, tmp_path):
    """Return what the importer makes of a page of the site, changed on the way if a test wants it."""

    def read(address, change=lambda html: html):
        html = client.get(address).content.decode()
        path = tmp_path / "saved.html"
        path.write_text(change(html), encoding="utf-8")
        return read_policy(path)

    return read


@pytest.mark.parametrize("address", ["/policies/boats/", "/policies/boats/versions/1.0/"])
def test_the_saved_page_has_the_digest_of_its_version(saved, version, address):
    assert digest(saved(address).document) == version.digest


@pytest.mark.parametrize(("form", "name"), [("text", "boats.txt"), ("text", "boats.md"), ("json", "boats.json")])
def test_what_was_downloaded_has_the_digest_of_its_version(client, version, tmp_path, form, name):
    path = tmp_path / name
    path.write_bytes(client.get(f"/policies/boats/versions/1.0/{form}/").content)
    got = read_policy(path)
    assert digest(got.document) == version.digest
    assert any(version.digest in remark for remark in got.report.remarks)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">(A)<", ">(B)<"),
        ("1 River Street", "<i hidden>1</i> River Street"),
        ("</article>", "<p>And we may sell it.</p></article>"),
        ("second", "last"),
        ('<p class="clause"', '<p style="display:none" class="clause"'),
        ("<sup>3</sup>", "3"),
        ("<br>", " "),
        ('<p lang="fr"', "<p"),
    ],
)
def test_a_page_that_was_changed_is_not_that_version(client, saved, version, old, new):
    assert old in client.get("/policies/boats/").content.decode()
    try:
        document = saved("/policies/boats/", lambda html: html.replace(old, new)).document
    except UnreadablePolicy:
        return
    assert digest(document) != version.digest


def test_a_text_with_a_dangerous_link_is_no_text_of_ours():
    assert own_document("# Boats\n\n[Read](javascript:alert\\(1\\))\n") is None
    assert own_document("# Boats\n\n[Read](/boats/)\n") is not None


def test_a_json_with_words_out_of_their_form_is_no_text_of_ours():
    odd = '{"schema": 2, "title": "A", "preamble": [{"kind": "paragraph", "runs": [{"text": "a  b"}]}], "sections": []}'
    assert own_document(odd) is None
    assert canonical_text(own_document(odd.replace("a  b", "a b"))) == "# A\n\na b\n"
