"""Pictures come in clean, are shown, and nothing else is served beside them."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from PIL import ImageSequence
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.models import User
from tests.making.pictures import SECRET, a_picture

ADD = reverse("wagtailimages:add")


@pytest.fixture
def cms(client, verified, db):
    return verified(client, User.objects.create_superuser("editor@example.org", "a long enough password"))


def upload(client, content: bytes, name: str):
    return client.post(ADD, {"title": "A picture", "file": SimpleUploadedFile(name, content), "collection": "1"})


KINDS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}


@pytest.mark.parametrize(("kind", "ending"), KINDS.items())
def test_a_picture_is_shown_and_nothing_hidden_in_it_comes_along(cms, client, kind, ending):
    given = a_picture(kind)
    assert SECRET in given
    upload(cms, given, f"red-and-blue.{ending}")
    image = Image.objects.get()
    assert Picture.open(image.file.open()).format == kind
    for address in (image.file.url, image.get_rendition("max-20x20").url, image.get_rendition("original").url):
        answer = client.get(address)
        body = b"".join(answer.streaming_content)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert SECRET not in body
        assert b"script" not in body
        seen = Picture.open(BytesIO(body))
        assert answer.headers["Content-Type"] == f"image/{seen.format.lower()}"
        assert dict(seen.getexif()) == {}
        red, _, blue = seen.convert("RGB").getpixel((2, 5))
        assert (red > 200, blue < 60) == (True, True)


def test_a_picture_taken_sideways_is_upright(cms):
    exif = Picture.Exif()
    exif[0x0112] = 6
    given = BytesIO()
    Picture.new("RGB", (40, 20)).save(given, "JPEG", exif=exif)
    upload(cms, given.getvalue(), "sideways.jpg")
    image = Image.objects.get()
    assert (image.width, image.height) == (20, 40)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_moving_picture_goes_on_moving(cms, kind):
    frames = [Picture.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    given = BytesIO()
    frames[0].save(given, kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0)
    upload(cms, given.getvalue(), f"moving.{kind.lower()}")
    with Image.objects.get().file.open() as file:
        moving = Picture.open(file)
        colours = [frame.convert("RGB").getpixel((5, 5)) for frame in ImageSequence.Iterator(moving)]
        assert [colour.index(max(colour)) for colour in colours] == [0, 1, 2]


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "webp"])
def test_a_damaged_picture_is_an_error_at_the_field(cms, ending):
    kind = next(kind for kind, known in KINDS.items() if known == ending)
    noise = Picture.effect_noise((200, 200), 90).convert("RGB")
    whole = BytesIO()
    noise.save(whole, kind)
    page = upload(cms, whole.getvalue()[: len(whole.getvalue()) // 2], f"half.{ending}")
    assert page.context["form"].errors["file"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("name", ["drawing.svg", "page.html", "text.txt", "photo.png.html"])
def test_what_is_no_picture_is_not_taken(cms, name):
    page = upload(cms, b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", name)
    assert page.context["form"].errors["file"]


def test_a_changed_title_leaves_the_picture_as_it_is(cms):
    upload(cms, a_picture("PNG"), "a.png")
    image = Image.objects.get()
    cms.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "New", "collection": "1"})
    assert (Image.objects.get().title, Image.objects.get().file.name) == ("New", image.file.name)


OUTSIDE = [
    "/media/images/missing.png",
    "/media/images/../secret-key",
    "/media/images/..%2f..%2fsecret-key",
    "/media/images/..",
    "/media/images/.png",
    "/media/images/%00.png",
    "/media/images/a%5c..%5cb.png",
    "/media/images/" + "a" * 400 + ".png",
    "/media/documents/private.pdf",
    "/media/documents/private.png",
    "/media/images/page.html",
    "/media/images/drawing.svg",
    "/media/images/drawing.png.svg",
    "/media//etc/passwd",
    "/media/",
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_nothing_else_is_served(client, db, address):
    for name in ("documents/private.pdf", "documents/private.png", "images/page.html", "images/drawing.svg"):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(b"<script>alert(1)</script>"))
    assert client.get(address).status_code == 404


def test_a_document_is_a_download_in_which_nothing_runs(client, db, monkeypatch, tmp_path):
    # Not by settings.STORAGES: that gives every later test storages which the fields do not know.
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(tmp_path))
    document = Document.objects.create(title="Page", file=ContentFile(b"<script>alert(1)</script>", "page.html"))
    answer = client.get(document.url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_only_read(client, db):
    assert client.post("/media/images/a.png").status_code == 405
