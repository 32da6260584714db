"""Opening the archive that a person downloaded."""

import csv
import hashlib
import io
import json
from zipfile import ZipFile

URL = "/account/data/download/"


class Opened:
    """The files in a ZIP, as whoever opens it sees them."""

    def __init__(self, content: bytes):
        self.zip = ZipFile(io.BytesIO(content))
        assert self.zip.testzip() is None

    @property
    def names(self):
        return self.zip.namelist()

    def text(self, name):
        return self.zip.read(name).decode("utf-8-sig")

    def json(self, name="data.json"):
        return json.loads(self.zip.read(name))

    def rows(self, kind):
        return self.json()["kinds"][kind]["rows"]

    def table(self, kind):
        return list(csv.reader(io.StringIO(self.text(f"csv/{kind}.csv"), newline=""), strict=True))

    def checksum(self, name):
        return hashlib.sha256(self.zip.read(name)).hexdigest()

    @property
    def all(self):
        """Everything in it, as text."""
        return "\n".join(self.text(name) for name in self.names)


def download(client):
    """Press the button; whoever is signed in has confirmed that it is them."""
    response = client.post(URL)
    assert response.status_code == 200, response
    return Opened(b"".join(response.streaming_content))
