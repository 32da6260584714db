"""Files to import, and what was understood."""

import pytest

from policies.texts.document import document_lines
from policies.texts.importing import read_policy
from tests.policies.texts.importing.word_files import Docx


@pytest.fixture
def docx():
    return Docx()


@pytest.fixture
def read(tmp_path):
    """Write a file and import it."""

    def write_and_read(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_policy(path, **options)

    return write_and_read


@pytest.fixture
def shown():
    """Return a document as lines of label and words."""

    def lines(document):
        return [f"{line.label} {''.join(run.text for run in line.runs)}".strip() for line in document_lines(document)]

    return lines
