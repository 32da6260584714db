"""An editor at a page's form in the CMS: what the browser makes of it, sent back with a word changed."""

import json
import re
from typing import Any

from bs4 import BeautifulSoup

from .visiting import Person, standing_values


def save_by_form(
    person: Person, page: str, why: str, *, change: str = "little", into: str = "small", **fields: str
) -> Any:
    """Save the page with a word of its text changed."""
    path = f"/cms/pages/{page}/edit/"
    form = page_form(person.get(path, f"form {why}").whole)
    form = {name: value.replace(change, into) if isinstance(value, str) else value for name, value in form.items()}
    return person.follow(person.post(path, form | fields, why), why)


def announce_by_form(person: Person, page: str, why: str, **fields: str) -> Any:
    """Press “Announce”, and confirm at the look where the site has one."""
    answer = save_by_form(person, page, why, change="\0", **(fields | {"action-publish": "action-publish"}))
    look = BeautifulSoup(answer.whole, "lxml").find("form", action=f"/cms/policies/{page}/look/")
    if look is None:
        return answer
    return person.follow(person.post(str(look["action"]), standing_values(look), f"{why}, confirms"), why)


def page_form(html: bytes) -> dict[str, Any]:
    """Return what a browser sends with the edit form; the blocks of a text stand in JSON, for scripts to draw."""
    soup = BeautifulSoup(html, "lxml")
    form = soup.find("form", id="page-edit-form")
    assert form, html[:2000]
    values = standing_values(form)
    for field in form.find_all(attrs={"data-w-block-data-value": True}):
        values |= block_fields(json.loads(str(field["data-w-block-arguments-value"]))[0], str(field["id"]))
    assert any(re.fullmatch(r"sections-\d+-id", name) for name in values), sorted(values)
    return values


def block_fields(value: Any, prefix: str) -> dict[str, Any]:
    """The fields of a block's form: a list of children with ids, a struct of named ones, or a single value."""
    if isinstance(value, list) and all(isinstance(child, dict) and "value" in child for child in value):
        fields: dict[str, Any] = {f"{prefix}-count": str(len(value))}
        for number, child in enumerate(value):
            at = f"{prefix}-{number}"
            fields |= {f"{at}-id": child.get("id", ""), f"{at}-order": str(number), f"{at}-deleted": ""}
            fields |= {f"{at}-type": child["type"]} if "type" in child else {}
            fields |= block_fields(child["value"], f"{at}-value")
        return fields
    if isinstance(value, dict) and "entityMap" not in value:
        named = [block_fields(child, f"{prefix}-{name}") for name, child in value.items()]
        return {name: given for fields in named for name, given in fields.items()}
    if isinstance(value, dict | list):
        return {prefix: json.dumps(value)}
    return {prefix: "" if value is None else value}
