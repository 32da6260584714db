"""What operators ask goes past the store: it is for who asks, with the token that only they send."""

import pytest

from tests.making.finished_pages import ask

pytestmark = pytest.mark.django_db
TOKEN = "a-token-for-this-test-0123456789"


def test_whoever_has_the_token_gets_figures_and_nobody_else(store, history, settings):
    settings.METRICS_TOKEN = TOKEN
    settings.SITE_URL = "http://testserver"
    assert ask(store, "/metrics").status == 404
    assert ask(store, "/metrics", authorization=f"Bearer {TOKEN}").status == 200
    assert ask(store, "/metrics").status == 404


def test_a_glance_at_the_site_is_no_page_that_could_not_be_kept(store, history, caplog):
    assert ask(store, "/readyz").status == 200
    assert "nothing watches" not in caplog.text
    assert store.counts.made == 0
