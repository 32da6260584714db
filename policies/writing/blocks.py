"""The StreamField blocks a policy is written in.

What has a number or an order that matters is a block of its own: rich text loses the numbers of mixed lists.
"""

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from accounts.personal_data.table import About

WORDS = ["bold", "italic", "link"]
TEXT = [*WORDS, "ul"]


class WordsBlock(blocks.RichTextBlock):
    """One paragraph: bold, italic and links, no lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": WORDS, "editor": "default"} | kwargs)


class SubSubClauseBlock(blocks.StructBlock):
    text = WordsBlock(label="Text")

    class Meta:
        icon = "list-ol"
        label = "(i) clause"


class SubClauseBlock(blocks.StructBlock):
    text = WordsBlock(label="Text")
    clauses = blocks.ListBlock(SubSubClauseBlock(), default=[], label="Clauses (i), (ii) …", collapsed=True)

    class Meta:
        icon = "list-ol"
        label = "(a) clause"


class ClauseBlock(blocks.StructBlock):
    text = WordsBlock(label="Text")
    clauses = blocks.ListBlock(SubClauseBlock(), default=[], label="Clauses (a), (b) …", collapsed=True)

    class Meta:
        icon = "list-ol"
        label = "Clause"


class DefinitionBlock(blocks.StructBlock):
    term = WordsBlock(label="Term", features=["italic"])
    meaning = WordsBlock(label="Meaning")

    class Meta:
        icon = "openquote"
        label = "Definition"


class NoticeBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=200)
    text = blocks.RichTextBlock(features=WORDS)

    class Meta:
        icon = "warning"
        label = "Notice box"


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=200)
    address = blocks.TextBlock(required=False, rows=5, help_text="One line of the address on each line.")
    email = blocks.EmailBlock(required=False, label="E-mail")
    phone = blocks.CharBlock(required=False, max_length=50, label="Telephone")

    class Meta:
        icon = "mail"
        label = "Contact"


class PersonalDataBlock(blocks.StructBlock):
    """What the site holds about people. Its words are the software's own, as they are when the policy is announced."""

    introduction = WordsBlock(required=False, label="Introduction")
    about = blocks.ChoiceBlock(choices=About.choices, default=About.PEOPLE, label="About whom")

    class Meta:
        icon = "clipboard-list"
        label = "What we collect, why and for how long"
        help_text = (
            "A table that the site writes: what it holds about people, why, for how long, and who receives it. "
            "What it says is fixed when the policy is announced."
        )


class TextBlocks(blocks.StreamBlock):
    """What may stand in the preamble and in a section."""

    text = blocks.RichTextBlock(features=TEXT, icon="pilcrow", label="Text")
    clauses = blocks.ListBlock(
        ClauseBlock(), icon="list-ol", label="Numbered clauses", help_text="The site numbers them: 4.1, (a), (i)."
    )
    definitions = blocks.ListBlock(DefinitionBlock(), icon="openquote", label="Definitions")
    table = TypedTableBlock([("words", WordsBlock(label="Words"))], icon="table", label="Table")
    notice = NoticeBlock()
    contact = ContactBlock()
    personal_data = PersonalDataBlock()

    class Meta:
        required = False


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=200, help_text="Without a number: the site numbers the sections.")
    body = TextBlocks(label="Text of this section")

    class Meta:
        icon = "title"
        label = "Section"
        label_format = "{heading}"


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()
