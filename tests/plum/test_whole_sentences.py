"""A sentence is one message: its values stand in it by name, so that a translator can put them where they belong."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from tests.making.glued import glued, loose_messages
from tests.making.pieces import is_phrase, pieces

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".xml"})
PHRASES = {path.relative_to(TEMPLATES).as_posix() for path in FILES if is_phrase(path.read_text())}
MODULES = [
    path
    for package in ("plum", "home", "policies", "accounts")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]


@pytest.mark.parametrize("area", sorted({path.relative_to(TEMPLATES).parts[0] for path in FILES}))
def test_of_templates(area):
    found = {
        name: joined
        for path in FILES
        if (name := path.relative_to(TEMPLATES).as_posix()).startswith(area)
        if (joined := pieces(path.read_text(), html=path.suffix != ".txt", phrases=PHRASES))
    }
    assert found == {}


@pytest.mark.parametrize("package", ["plum", "home", "policies", "accounts"])
def test_of_code(package):
    found = [
        f"{path.relative_to(ROOT)}:{line} {words}"
        for path in MODULES
        if path.relative_to(ROOT).parts[0] == package
        for tree in [ast.parse(path.read_text())]
        for line, words in [*loose_messages(tree), *glued(tree)]
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p>{% translate "Written by" %} {{ author }}</p>', ["Written by + {}"]),
        ('<p>{{ author }} <em>{% translate "wrote it" %}</em></p>', ["{} + wrote it"]),
        ('<p>{% translate "This is" %} {% include "names.html" %}</p>', ["This is + {}"]),
        ('<p><span class="tag">{{ kind }}</span> {% translate "of today" %}</p>', ["[] + of today"]),
        ('<a title="{% translate "See" %} {{ name }}">x</a>', ["See + {}"]),
        ('{% blocktranslate %}Read{% endblocktranslate %} <a>{% translate "the terms" %}</a>', ["Read + the terms"]),
        ('<p>{% blocktranslate %}By {{ author }}{% endblocktranslate %}</p>', []),
        ('<dt>{% translate "Author" %}</dt><dd>{{ author }}</dd>', []),
        ('{% translate "Author:" %} {{ author }} {% translate "(us)" %}, {% translate "today" %}', []),
        ('{{ words }} {% translate "It is kept." %} {% translate "Nothing is lost." %}', []),
        ('{{ name }} <a class="button" href="/">{% translate "Open" %}</a>', []),
        ('{% if a %}{% translate "Yes" %}{% else %}{% translate "No" %}{% endif %}', []),
    ],
)  # fmt: skip
def test_what_is_found_in_a_template(source, found):
    assert pieces(source, phrases={"names.html"}) == found


def test_in_a_text_each_line_stands_by_itself():
    assert pieces('{% translate "It is about" %}\n{{ title }}', html=False) == []


@pytest.mark.parametrize(
    "source",
    [
        'gettext(" by %(user)s")',
        'gettext("Nothing was done. ")',
        'ngettext(", %(number)s more", ", %(number)s more", n)',
        "f\"{gettext('Due')} {day}\"",
        'gettext("Due") + day',
        '"x" + gettext("Due") + day',
        '" and ".join(gettext("version %(number)s") % {"number": n} for n in numbers)',
        'def f():\n words = gettext("Due")\n return f"{words} {day}"',
        'def f():\n words = gettext("a") if x else gettext("b")\n return day + words',
    ],
)
def test_what_is_found_in_code(source):
    tree = ast.parse(source)
    assert [*loose_messages(tree), *glued(tree)]


@pytest.mark.parametrize(
    "source",
    [
        'gettext("Due %(day)s") % {"day": day}',
        "f\"{gettext('Due')}: {day}\"",
        "f\"{gettext('It is kept.')} {words}\"",
        '", ".join([gettext("row"), gettext("column")])',
        '"\\n".join([gettext("Files"), *files])',
        "f\"- {gettext('Files')}\"",
        'gettext("Two lines\\n")',
        'f"{first} {last}"',
        'day + "x"',
    ],
)
def test_what_is_whole_in_code(source):
    tree = ast.parse(source)
    assert [*loose_messages(tree), *glued(tree)] == []
