"""`schema.json`: the JSON Schema (2020-12) of data.json, made from the same register."""

from typing import Final

from django.db import models

from accounts.personal_data.archive.data_json import FORMAT, column_words
from accounts.personal_data.collecting import field_of
from accounts.personal_data.register import Column, Kind, LawfulBasis
from accounts.values.country import LAW

Schema = dict[str, object]

TEXT: Final[Schema] = {"type": "string"}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
TEXTS_BY_NAME: Final[Schema] = {"type": "object", "additionalProperties": TEXT}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
PROBLEMS: Final[Schema] = {
    "type": "array",
    "description": "What could not be exported. Without a row it is about all, without a column about the whole row.",
    "items": {
        "type": "object",
        "properties": {
            "reason": TEXT,
            "row": {"type": ["string", "null"], "description": "The number of the row in our database."},
            "column": {"type": ["string", "null"]},
        },
        "required": ["reason", "row", "column"],
        "additionalProperties": False,
    },
}
TYPES: Final = (
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.FloatField, "number"),
    (models.DateField, "string"),
    (models.CharField, "string"),
    (models.TextField, "string"),
)


def strict(properties: Schema, description: str = "") -> Schema:
    """Return an object with all of these properties and no others."""
    described = {"description": description} if description else {}
    return described | {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def schema(declared: tuple[Kind, ...]) -> Schema:
    """Return the schema of a data.json that holds these kinds."""
    top = {
        "format": {"const": FORMAT},
        "made_at": MOMENT,
        "site": {"type": "string", "description": "The name of the website."},
        "address": {"type": "string", "format": "uri"},
        "person": strict({"email": TEXT, "name": TEXT}, "Whom it is about."),
        "article_15": {
            "type": "object",
            "additionalProperties": TEXTS,
            "description": f"What {LAW.ACCESS.title} tells us to say.",
        },
        "problems": PROBLEMS,
        "kinds": strict({kind.key: of_kind(kind) for kind in declared}, "Each kind of data."),
    }
    about = "All personal data that a website holds about one person."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT} | strict(top, about)


def of_kind(kind: Kind) -> Schema:
    """Return the JSON schema of a kind: what is told about it, and its rows."""
    told = {
        "title": TEXT,
        "what": TEXT,
        "why": TEXT,
        "lawful_basis": {"enum": LawfulBasis.values},
        "kept": {"type": "string", "description": "How long."},
        "recipients": TEXTS,
        "when_your_account_is_closed": TEXT,
        "columns": TEXTS_BY_NAME | {"description": "What each column means."},
        "left_out": TEXTS_BY_NAME | {"description": "What is held and not in here, and why."},
        "problems": PROBLEMS,
        "rows": {"type": "array", "items": strict({column.name: of_column(kind, column) for column in kind.exported})},
    }
    return strict(told, str(kind.what))


def of_column(kind: Kind, column: Column) -> Schema:
    """Null is allowed everywhere: so is written what could not be read."""
    described: Schema = {"description": column_words(column)}
    field = field_of(kind, column)
    found = next((name for of, name in TYPES if isinstance(field, of)), "")
    if found:
        described["type"] = [found, "null"]
    if isinstance(field, models.DateTimeField):
        described["format"] = "date-time"
    elif isinstance(field, models.DateField):
        described["format"] = "date"
    return described
