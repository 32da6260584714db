"""The words of the pure room reach people in their language by whoever registers to translate."""

from policies.texts import saying
from policies.texts.importing.report import sample
from tests.making.pseudo_locale import marked

__all__ = ["marked"]
MANY = {f"word{number}": 1 for number in range(41)}


class Brackets:
    def gettext(self, message):
        return f"[{message}]"

    def ngettext(self, singular, plural, number):
        return f"[{singular if number == 1 else plural}]"


def test_words_stand_as_they_are_where_nobody_translates(monkeypatch):
    monkeypatch.setattr(saying, "_translators", [])
    assert sample(MANY).endswith("word39 and 1 more")
    assert [saying.ngettext("one link", "links", number) for number in (1, 2)] == ["one link", "links"]


def test_the_last_one_who_registers_translates(monkeypatch):
    monkeypatch.setattr(saying, "_translators", [])
    saying.translate_by(Brackets())
    assert sample(MANY).endswith("word39 and 1 more]")
    assert saying.ngettext("one link", "links", 2) == "[links]"


def test_on_the_site_that_is_django(marked):
    assert sample(MANY).endswith("word39 and 1 more⟧")
