"""`{% table labelledby="…" %}…{% endtable %}`: a table that can be scrolled where it is too wide, by keys as well."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def table(content: SafeString, labelledby: str, role: str = "region") -> SafeString:
    """Wrap the head and the body of a table; its name is the heading with that id.

    `role` is “group” inside of a region that has the same name already.
    """
    return render_to_string("components/table.html", {"content": content, "labelledby": labelledby, "role": role})
