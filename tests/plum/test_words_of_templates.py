"""Every word of ours in a template is one that a translator is given."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.making.bare_words import bare_words

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
# A piece of a tag: attributes, and no words.
PIECES = {"allauth/elements/attributes.html"}
HOISTED = re.compile(r"{% url ['\"]([\w:]+)['\"][^%]* as \w+ %}")


@pytest.mark.parametrize("area", sorted({path.relative_to(TEMPLATES).parts[0] for path in FILES}))
def test_no_word_stands_bare(area):
    bare = {
        name: words
        for path in FILES
        if (name := path.relative_to(TEMPLATES).as_posix()).startswith(area) and name not in PIECES
        if (words := bare_words(path.read_text(), html=path.suffix != ".txt"))
    }
    assert bare == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Left out</p>", ["Left out"]),
        ('<p>{% translate "Given" %} left out {{ name }}</p>', ["left out \ufffc"]),
        ('<p title="Left out">{% blocktranslate %}Given{% endblocktranslate %}</p>', ["Left out"]),
        ('{% include "a.html" with title="Left out" kind="warning" here=_("Given") %}', ["Left out"]),
        ('{{ name|default:"Nobody" }} {{ other|default:_("Nobody") }}', ["Nobody"]),
        ('{% blocktranslate count n=n %}{{ n }} word{% plural %}{{ n }} words{% endblocktranslate %}', []),
        ("{{ n }} {{ n|pluralize }}", ["|pluralize"]),
        ("{% comment %}Of no reader{% endcomment %}<code>curl</code><script>let a</script>&nbsp;1.0", []),
    ],
)  # fmt: skip
def test_what_is_found(source, words):
    assert bare_words(source) == words


def test_in_text_each_line_counts():
    assert bare_words("{{ name }},\n\nleft out\n", html=False) == ["left out"]


def test_each_address_asked_for_beside_a_sentence_is_one():
    """`{% url … as … %}` is silent about a name that is none."""
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    for space, (_, inner) in get_resolver().namespace_dict.items():
        known |= {f"{space}:{name}" for name in inner.reverse_dict if isinstance(name, str)}
    asked = {name: path for path in FILES for name in HOISTED.findall(path.read_text())}
    assert len(asked) > 20
    assert {name: str(path) for name, path in asked.items() if name not in known} == {}
