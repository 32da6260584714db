import pytest

from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db


def test_robots_txt_keeps_crawlers_out_of_the_cms_and_names_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /contact/write/",
        "Sitemap: https://testserver/sitemap.xml",
    ]


def test_the_sitemap_lists_what_was_announced_and_no_draft(client):
    announce(a_draft())
    a_draft(a_document("terms of use", title="Terms"), slug="terms")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/policies/privacy/</loc>" in sitemap
    assert "terms" not in sitemap
    assert sitemap.count("<url>") == 3
