"""Writes down what the browser finds on the public pages, for the accessibility statement: `make accessibility`."""

import datetime as dt
import json
import subprocess

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from home.accessibility.results import PATH
from tests.journeys.looking import PUBLIC
from tests.journeys.running import ROOT

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def test_the_results_are_written_down(site, page: Page):
    problems, tool = [], ""
    for path in PUBLIC:
        page.goto(site.url + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found = Axe().run(page, options=RULES).response
                tool = f"axe-core {found['testEngine']['version']}"
                problems += [f"{path}: {violation['help']}" for violation in found["violations"]]
    commit = subprocess.check_output(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, text=True).strip()
    written = {
        "tested_on": dt.date.today().isoformat(),
        "commit": commit,
        "tool": tool,
        "pages": PUBLIC,
        "widths": WIDTHS,
        "schemes": SCHEMES,
        "problems": sorted(set(problems)),
    }
    PATH.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
