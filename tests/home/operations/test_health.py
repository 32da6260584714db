import pytest

from accounts.models import User


@pytest.mark.django_db
def test_healthz_answers_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readyz_asks_database_cache_and_queue(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "ok", "queue": "ok"})


@pytest.mark.django_db
def test_readyz_says_which_part_does_not_answer(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "does not answer"


@pytest.mark.django_db
def test_djangos_admin_is_not_mounted(client):
    assert client.get("/admin/").status_code == 404
    assert client.get("/django-admin/").status_code == 404


@pytest.mark.django_db
def test_the_public_site_allows_nothing_from_elsewhere_and_no_inline_code(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.django_db
def test_only_the_cms_gets_what_wagtail_needs(client, verified):
    editor = User.objects.create_superuser("editor@example.org")
    assert "'unsafe-inline'" in verified(client, editor).get("/cms/")["Content-Security-Policy"]
