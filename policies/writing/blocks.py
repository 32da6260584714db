"""The StreamField blocks a policy is written in.

What has a number or an order that matters is a block of its own: rich text loses the numbers of mixed lists.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from accounts.personal_data.table import About
from policies.texts.document import language_tag

# Struck words are kept, not offered: without that, words pasted as struck would come in as words in force.
WORDS = ["bold", "italic", "superscript", "subscript", "struck", "link"]
TEXT = [*WORDS, "ul"]


def validate_language(code: str) -> None:
    """Refuse what is no language tag.

    Raises:
        ValidationError: for the person at the form.
    """
    if not language_tag(code):
        raise ValidationError(gettext("This is not the code of a language, such as fr, cy, ar or zh-Hans."))


class WordsBlock(blocks.RichTextBlock):
    """One paragraph: bold, italic, raised and lowered words and links, no lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": WORDS, "editor": "default"} | kwargs)


class ItemBlock(blocks.StructBlock):
    """An item of a list: numbered by the site, or with a bullet."""

    text = WordsBlock(label=_("Text"))
    bullet = blocks.BooleanBlock(required=False, label=_("A bullet instead of a number"))


class FourthClauseBlock(ItemBlock):
    class Meta:
        icon = "list-ol"
        label = _("(A) clause")


class SubSubClauseBlock(ItemBlock):
    clauses = blocks.ListBlock(FourthClauseBlock(), default=[], label=_("Clauses (A), (B) …"), collapsed=True)

    class Meta:
        icon = "list-ol"
        label = _("(i) clause")


class SubClauseBlock(ItemBlock):
    clauses = blocks.ListBlock(SubSubClauseBlock(), default=[], label=_("Clauses (i), (ii) …"), collapsed=True)

    class Meta:
        icon = "list-ol"
        label = _("(a) clause")


class ClauseBlock(ItemBlock):
    clauses = blocks.ListBlock(SubClauseBlock(), default=[], label=_("Clauses (a), (b) …"), collapsed=True)

    class Meta:
        icon = "list-ol"
        label = _("Clause")


class DefinitionBlock(blocks.StructBlock):
    term = WordsBlock(label=_("Term"), features=["italic", "superscript", "subscript", "struck"])
    meaning = WordsBlock(label=_("Meaning"))

    class Meta:
        icon = "openquote"
        label = _("Definition")


class KeyFactBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200, label=_("Question"), help_text=_("As a reader would ask it."))
    answer = WordsBlock(label=_("Answer"), help_text=_("One or two short sentences."))

    class Meta:
        icon = "help"
        label = _("Question and answer")


class NoticeBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=200)
    text = blocks.RichTextBlock(features=WORDS)

    class Meta:
        icon = "warning"
        label = _("Notice box")


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=200)
    address = blocks.TextBlock(required=False, rows=5, help_text=_("One line of the address on each line."))
    email = blocks.EmailBlock(required=False, label=_("E-mail"))
    phone = blocks.CharBlock(required=False, max_length=50, label=_("Telephone"))

    class Meta:
        icon = "mail"
        label = _("Contact")


class PersonalDataBlock(blocks.StructBlock):
    """What the site holds about people. Its words are the software's own, as they are when the policy is announced."""

    introduction = WordsBlock(required=False, label=_("Introduction"))
    about = blocks.ChoiceBlock(choices=About.choices, default=About.PEOPLE, label=_("About whom"))

    class Meta:
        icon = "clipboard-list"
        label = _("What we collect, why and for how long")
        help_text = _(
            "A table that the site writes: what it holds about people, why, for how long, and who receives it. "
            "What it says is fixed when the policy is announced."
        )


class CookiesBlock(blocks.StructBlock):
    """What the site keeps on people's devices. Its words are the software's own, as they are at the announcement."""

    introduction = WordsBlock(required=False, label=_("Introduction"))
    of_staff = blocks.BooleanBlock(required=False, label=_("What is kept for our staff in the CMS, instead"))

    class Meta:
        icon = "list-ul"
        label = _("Cookies that this website uses")
        help_text = _(
            "A table that the site writes: which cookies it sets, why, when, and for how long. What it says is fixed "
            "when the policy is announced; the page about cookies always shows what is so now."
        )


class LanguageBlock(blocks.StructBlock):
    """What follows in the section is in another language, up to the next block of this kind."""

    code = blocks.CharBlock(
        required=False,
        max_length=35,
        label=_("Language code"),
        help_text=_("Such as fr, cy, ar or zh-Hans. Empty: the language of the policy again."),
        validators=[validate_language],
    )

    class Meta:
        icon = "globe"
        label = _("Language of what follows")


class TableBlock(TypedTableBlock):
    """A table of words, which starts with room to write: two columns, two rows. A cell may stay empty."""

    def get_default(self) -> TypedTable:
        column, row = {"type": "words", "heading": ""}, {"values": ["", ""]}
        return self.to_python({"columns": [column, column], "rows": [row, row], "caption": ""})


class TextBlocks(blocks.StreamBlock):
    """What may stand in the preamble and in a section."""

    text = blocks.RichTextBlock(features=TEXT, icon="pilcrow", label=_("Text"))
    clauses = blocks.ListBlock(
        ClauseBlock(),
        icon="list-ol",
        label=_("Numbered clauses"),
        help_text=_("The site numbers them: 4.1, (a), (i), (A)."),
    )
    definitions = blocks.ListBlock(DefinitionBlock(), icon="openquote", label=_("Definitions"))
    key_facts = blocks.ListBlock(
        KeyFactBlock(),
        icon="help",
        label=_("Key facts"),
        help_text=_(
            "What readers ask first, as questions and answers: best at the top of the policy. Part of its text."
        ),
    )
    table = TableBlock([("words", WordsBlock(label=_("Words"), required=False))], icon="table", label=_("Table"))
    notice = NoticeBlock()
    contact = ContactBlock()
    personal_data = PersonalDataBlock()
    cookies = CookiesBlock()
    language = LanguageBlock()

    class Meta:
        required = False


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=200, help_text=_("Without a number: the site numbers the sections."))
    body = TextBlocks(label=_("Text of this section"))

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{heading}"


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()
