"""What people bring in is kept in a bucket that several machines share, and reaches nobody but through the site."""

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from moto.server import ThreadedMotoServer
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.models import User
from plum.settings import shapes
from tests.making.doctor import is_well, to_do
from tests.making.pictures import a_picture

ADD = reverse("wagtailimages:add")
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture(scope="module")
def server():
    made = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    made.start()
    yield f"http://127.0.0.1:{made.get_host_and_port()[1]}"
    made.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """A bucket of this test's own, by a setting as a deployer writes it; what is in it, by name."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3", endpoint_url=server, region_name="eu-west-2").Bucket("plum")
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    use(settings, f"s3://plum/acme?region=eu-west-2&endpoint={server}&addressing=path")
    yield made
    made.objects.all().delete()
    made.delete()


def use(settings, store: str) -> None:
    settings.MEDIA_STORE = shapes.bucket(store)
    kept = {
        name: {
            "BACKEND": "home.operations.bucket.Bucket",
            "OPTIONS": settings.MEDIA_STORE | {"location": f"acme/{folder}"},
        }
        for name, folder in {"default": "media", "private": "private"}.items()
    }
    settings.STORAGES = settings.STORAGES | kept


@pytest.fixture
def cms(client, verified, db):
    return verified(client, User.objects.create_superuser("editor@example.org", "a long enough password"))


def names(bucket):
    return sorted(one.key for one in bucket.objects.all())


def test_a_picture_is_uploaded_into_the_bucket_and_shown_by_the_site(cms, client, bucket):
    picture = SimpleUploadedFile("plums.png", a_picture("PNG"))
    cms.post(ADD, {"title": "Plums", "file": picture, "collection": "1"})
    image = Image.objects.get()
    rendition = image.get_rendition("max-20x20")
    assert names(bucket) == [f"acme/media/{rendition.file.name}", f"acme/media/{image.file.name}"]
    for address in (image.file.url, rendition.url):
        assert address.startswith("/media/")
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


def test_pages_name_no_other_origin_than_the_site(client, bucket, db):
    assert "img-src 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_a_document_comes_through_the_site_which_asks_who_may_read_it(client, bucket, db):
    made = Document.objects.create(title="Old policy", file=ContentFile(b"words", "old.txt"))
    answer = client.get(made.url)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"words")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Length"] == "5"


def test_nobody_reads_the_bucket_itself(bucket):
    """Nothing is put there with rights of its own, so what the bucket's owner allows is all."""
    name = storages["private"].save("case/letter.txt", ContentFile(b"a letter"))
    grants = bucket.Object(f"acme/private/{name}").Acl().grants
    assert [one["Permission"] for one in grants] == ["FULL_CONTROL"]
    assert storages["default"].url("images/a b.png") == "/media/images/a%20b.png"


def test_nothing_is_written_over_and_what_is_deleted_is_gone(bucket):
    storage = storages["default"]
    first, second = (storage.save("images/plum.png", ContentFile(words)) for words in (b"one", b"two"))
    assert first != second
    with storage.open(first) as file:
        assert file.read() == b"one"
    storage.delete(first)
    assert names(bucket) == [f"acme/media/{second}"]


def test_a_picture_that_is_not_there_is_not_found(client, bucket, db):
    assert client.get("/media/images/none.png").status_code == 404


def test_while_the_bucket_does_not_answer_people_are_told_to_come_back(cms, client, settings, monkeypatch):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    use(settings, "s3://plum?region=eu-west-2&endpoint=http://127.0.0.1:1")
    answer = client.get("/media/images/plum.png")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    picture = SimpleUploadedFile("plums.png", a_picture("PNG"))
    assert cms.post(ADD, {"title": "Plums", "file": picture, "collection": "1"}).status_code == 503
    assert not Image.objects.exists()
    assert "cannot be used" in to_do("bucket")


def test_the_doctor_tries_the_bucket_out(bucket):
    assert is_well("bucket")
    assert names(bucket) == []


def test_the_doctor_names_a_bucket_that_is_not_there(bucket, settings, server):
    use(settings, f"s3://plums?region=eu-west-2&endpoint={server}&addressing=path")
    assert "plums cannot be used" in to_do("bucket")
