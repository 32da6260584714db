"""A place is given its tables, and something that can be lost."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.deploy.drilling import Place, new_place
from tests.making.laid import laid
from tests.releasing.databases import KINDS, kind_of

PEOPLE = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from allauth.account.models import EmailAddress
from accounts.models import User
for email in ("ann@example.org", "ben@example.org"):
    person = User.objects.create_user(email=email, password=None)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
storages["default"].save("images/plum.txt", ContentFile(b"a picture"))
storages["private"].save("case/letter.txt", ContentFile(b"a letter"))
"""
POLICY = "# Privacy policy\n\n## What we keep\n\nWe keep your name.\n"


def migrate(place: Place) -> None:
    """Give an empty place its tables: a copy of those that `migrate` laid for the first that wanted some."""
    kind = kind_of(place)

    def lay(file: Path) -> None:
        with TemporaryDirectory() as folder, new_place(kind, Path(folder, "var")) as first:
            first.manage("migrate", "--verbosity", "0")
            file.write_bytes(KINDS[kind].dump(first))

    KINDS[kind].lay(laid(f"site.{kind}", lay).read_bytes(), place)


def fill(place: Place) -> None:
    """Announce a policy, let two people in, and keep two files."""
    (place.folder / "plum.env").write_text("".join(f"{name}={value}\n" for name, value in place.env.items()))
    (place.folder / "privacy.md").write_text(POLICY)
    migrate(place)
    place.manage("import_policy", f"{place.folder}/privacy.md", "--slug", "privacy", "--announce")
    place.manage("shell", "-v", "0", "-c", PEOPLE)
