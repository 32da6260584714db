"""What the editor keeps of words that are struck through, so that the door can ask about them."""

from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail import features as draftail
from wagtail.rich_text.feature_registry import FeatureRegistry

STYLE = "STRIKETHROUGH"


def register_struck(features: FeatureRegistry) -> None:
    """Keep struck words as such. There is no button: it has neither a label nor an icon."""
    features.register_editor_plugin("draftail", "struck", draftail.InlineStyleFeature({"type": STYLE, "label": None}))
    rules = {
        "from_database_format": {tag: InlineStyleElementHandler(STYLE) for tag in ("s", "del", "strike")},
        "to_database_format": {"style_map": {STYLE: "s"}},
    }
    features.register_converter_rule("contentstate", "struck", rules)
