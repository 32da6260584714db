"""What counts as the same: what is random by nature, and the few differences that are allowed, each with its reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Replaces what a pattern finds, in both records, before they are compared."""

    name: str
    reason: str
    pattern: str
    becomes: str | Callable[[re.Match[str]], str]
    only_in: str = ""  # a pattern for the names of records

    def apply(self, text: str, record: str = "") -> str:
        return re.sub(self.pattern, self.becomes, text) if re.search(self.only_in, record) else text


def lines_in_order(found: re.Match[str]) -> str:
    return "\n".join(sorted(found[0].split("\n")))


def in_order(found: re.Match[str]) -> str:
    return found[1] + ", ".join(sorted(found[2].split(", ")))


NORMALISED = (
    Rule(
        "CSRF tokens",
        "masked anew for each page",
        r"(?i)(csrf\w*\W{1,24}?(?:value=)?\W{0,3})[A-Za-z0-9]{64}",
        r"\1<csrf>",
    ),
    Rule("CSRF cookies", "made up for each visitor", r"(Set-Cookie: csrftoken=)\w+", r"\1<csrf>"),
    Rule("session keys", "made up for each sign-in", r"(Set-Cookie: sessionid=)\w+", r"\1<session>"),
    Rule("message ids", "made of the process's number and chance", r"<\d{12,}\.\d+\.\d+@", "<message-id@"),
    Rule("MIME boundaries", "chance", r"={15}\d+==", "<boundary>"),
    Rule("lengths", "follow from the body, which is compared", r"(?m)^Content-Length: \d+$", "Content-Length: …"),
    Rule("ages of files", "a checkout's, not the site's", r'(?m)^ETag: "[0-9a-f]{8}-[0-9a-f]+"$', "ETag: …"),
    Rule(
        "days of files",
        "a checkout's, not the site's",
        r"(?s)\A(\w+ /static/.*?\nLast-Modified: )[^\n]+",
        r"\1…",
    ),
    Rule("mark of the CMS's files", "Wagtail makes it of the list of apps", r"(\?v=)[0-9a-f]{8}\b", r"\1…"),
    Rule("kinds of pages to choose", "Wagtail keeps them in a set", r'("modelNames": )\[([^\]]*)\]', in_order),
    Rule("places in memory", "Wagtail's comparison of drafts names objects by them", r"\bat 0x[0-9a-f]+", "at 0x…"),
    Rule("generations of pages", "counted by the clock", r'"number": \d+', '"number": …', only_in="rows_Generation"),
    Rule("room on the disk", "the machine's", r"[\d,]+ MB are left", "… MB are left"),
    Rule("clocks", "that of the story is not the database's", r"[\d,]+ seconds apart", "… seconds apart"),
    Rule("kinds of log entries", "Wagtail takes any one of a set", r"(\d+) (?:page|model) log entr", r"\1 log entr"),
)

# Filled when the house is rebuilt: what the records show of the code's own names, and sentences that were reworded.
ALLOWANCES: tuple[Rule, ...] = (
    Rule(
        "settings of notices",
        "an app of its own, which the CMS names in the address",
        r"cms([/_])settings[/_](?:policies|notices)([/_])noticesettings",
        r"cms\1settings\1…\2noticesettings",
    ),
    Rule(
        "order of the record of processing",
        "kinds stand in the order of apps, and notices are one of their own now",
        r"(?s).+",
        lines_in_order,
        only_in="cms_accounts_processing",
    ),
    Rule(
        "the same as a workbook",
        "its rows are numbered; the CSV is compared",
        r"(?s).+",
        "…",
        only_in="cms_accounts_processing_export=xlsx",
    ),
    Rule(
        "content types",
        "their numbers follow the order of apps",
        r'(name="content_type" value=|<option value=(?="\d+">Policy<))"\d+"',
        r'\1"…"',
    ),
)


def normal(text: str, record: str = "") -> str:
    for rule in (*NORMALISED, *ALLOWANCES):
        text = rule.apply(text, record)
    return text
