"""A canonical text is read back as the document it is of, and nothing else passes for one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from policies.texts.document import canonical_text, from_canonical_text
from tests.making.documents import documents


def bare(document):
    return replace(document, sections=tuple(replace(s, key="", anchor="") for s in document.sections))


@settings(max_examples=300)
@given(documents)
def test_every_document_comes_back_from_its_text(document):
    assert from_canonical_text(canonical_text(document)) == bare(document)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Terms\n",
        "# Terms",
        "# Terms\n\n- a bullet\n",
        "# Terms\n\n## 2. Begins late\n\nWords.\n",
        "# Terms\n\nAn *unclosed star.\n",
        "# Terms\n\nA [link](without end\n",
        "# Terms\n\n    1.2 Not the first\n",
        "# Terms\n\nTwo  spaces\n",
        "# Terms\n\nWords.\n\n\n",
        "# Terms\n\n| a | b |\n|---|\n",
        "# Terms\n\n\\^open\n",
        "# Terms\n\n" + "    " * 5000 + "- deep\n",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert from_canonical_text(text) is None
