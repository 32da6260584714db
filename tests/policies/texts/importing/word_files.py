"""Word documents written by hand, part by part."""

import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = {
    "Title": "Title",
    "H1": "heading 1",
    "H2": "heading 2",
    "Quote": "Quote",
    "Toc1": "toc 1",
    "LN": "List Number",
    "LN2": "List Number 2",
}


class Docx:
    """A small Word document: `add` paragraphs, then `write` it."""

    def __init__(self):
        self.body = []
        self.parts = {}
        self.relations = {}
        self.styles = ""
        self.numbering = ""

    def add(self, text, style="", *, level=None, numbering="1"):
        number = (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>' if level is not None else ""
        )
        style = f'<w:pStyle w:val="{style}"/>' if style else ""
        run = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
        return self.xml(f"<w:p><w:pPr>{style}{number}</w:pPr>{run}</w:p>")

    def xml(self, xml):
        self.body.append(xml)
        return self

    def part(self, name, kind, xml):
        self.parts[f"word/{name}.xml"] = xml
        self.relations[name] = (kind, f"{name}.xml")
        return self

    def link(self, key, address):
        self.relations[key] = ("hyperlink", address)
        return self

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, xml in self._files().items():
                package.writestr(name, xml)
        return path

    def _files(self):
        self.part("styles", "styles", _styles(self.styles))
        self.part("numbering", "numbering", self.numbering or _numbering())
        external = {"hyperlink": ' TargetMode="External"'}
        relations = "".join(
            f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{target}"{external.get(kind, "")}/>'
            for key, (kind, target) in self.relations.items()
        )
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        root = f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
        return {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": f'<Relationships xmlns="{namespace}">{root}</Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{namespace}">{relations}</Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{RELATION}"><w:body>{"".join(self.body)}</w:body>'
            "</w:document>",
            **self.parts,
        }


def _styles(more):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    return f'<w:styles xmlns:w="{W}">{styles}{more}</w:styles>'


def _numbering():
    levels = {
        kind: "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(4))
        for kind in ("decimal", "bullet")
    }
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels[kind]}</w:abstractNum>'
        for number, kind in enumerate(levels, 1)
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f'<w:numbering xmlns:w="{W}">{kinds}{numbers}</w:numbering>'
