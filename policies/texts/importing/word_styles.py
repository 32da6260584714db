"""Resolves Word's formatting: struck through, raised, lowered, hidden; direct or inherited."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from policies.texts.importing.word_xml import W, is_on, value

Element = ElementTree.Element
_DEEPEST = 20
# Text raised or lowered by this many half-points looks like a super- or subscript.
_RAISED = 4


@dataclass(slots=True)
class _Style:
    based_on: str
    run: Element | None
    paragraph: Element | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids."""

    known: dict[str, _Style] = field(default_factory=dict)

    def is_struck(self, run: Element, paragraph: Element | None) -> bool:
        return self._is_toggled("strike", run, paragraph) or self._is_toggled("dstrike", run, paragraph)

    def is_hidden(self, run: Element, paragraph: Element | None) -> bool:
        return self._is_toggled("vanish", run, paragraph)

    def raised(self, run: Element, paragraph: Element | None) -> str:
        """Return "superscript", "subscript" or ""."""
        found = self._of_run("vertAlign", run, paragraph)
        if found in ("superscript", "subscript"):
            return found
        height = self._of_run("position", run, paragraph) if not found else ""
        points = int(height) if height.lstrip("-").isdigit() else 0
        return "superscript" if points >= _RAISED else "subscript" if points <= -_RAISED else ""

    def numbering(self, paragraph: Element) -> tuple[str, str]:
        """Return the list number and level that a paragraph inherits from its style."""
        for style in self._chain(value(paragraph, "pPr/pStyle")):
            if style.paragraph is not None and (number := value(style.paragraph, "numPr/numId")):
                return number, value(style.paragraph, "numPr/ilvl")
        return "", ""

    def _is_toggled(self, name: str, run: Element, paragraph: Element | None) -> bool:
        """Return the direct setting, or whether exactly one of the two styles sets it (ECMA-376 part 1, 17.7.3)."""
        own = run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return is_on(own)
        return self._styled(name, value(run, "rPr/rStyle")) != self._styled(name, value(paragraph, "pPr/pStyle"))

    def _styled(self, name: str, style_id: str) -> bool:
        for style in self._chain(style_id):
            found = style.run.find(f"{W}{name}") if style.run is not None else None
            if found is not None:
                return is_on(found)
        return False

    def _of_run(self, name: str, run: Element, paragraph: Element | None) -> str:
        if own := value(run, f"rPr/{name}"):
            return own
        chains = (self._chain(value(run, "rPr/rStyle")), self._chain(value(paragraph, "pPr/pStyle")))
        return next((found for chain in chains for style in chain if (found := value(style.run, name))), "")

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        while (style := self.known.get(style_id)) and len(chain) < _DEEPEST:
            chain.append(style)
            style_id = style.based_on
        return chain


def read_styles(root: Element | None) -> Styles:
    """Return the styles of styles.xml."""
    styles = Styles()
    for element in root.iter(f"{W}style") if root is not None else ():
        styles.known[element.get(f"{W}styleId", "")] = _Style(
            value(element, "basedOn"), element.find(f"{W}rPr"), element.find(f"{W}pPr")
        )
    return styles
