"""Does what editors do, deed by deed as told by its standard input; says when each was committed.

Each leaves its number in what it writes, `mark-7`: a page that is new enough has it, or a later one.
"""

import sys
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402

from policies.versions.announcing import withdraw  # noqa: E402
from policies.writing.models import PolicyPage  # noqa: E402
from tests.making.policies import a_document, a_draft, announce  # noqa: E402
from tests.making.versions import days  # noqa: E402

SECTIONS, WORDS = 24, "We keep what we must, for as long as we must, and tell you when that changes. " * 11


def a_text(mark: int, slug: str = "crowd"):
    sections = [f"section{number} of mark-{mark}: {WORDS}" for number in range(SECTIONS)]
    return a_document(*sections, title=f"{slug.title()} policy")


def lay() -> None:
    for slug in ("crowd", "privacy", "terms"):
        page = a_draft(a_text(0, slug), slug=slug)
        announce(page)
        announce(page, a_text(1, slug), change_summary="mark-1")


def do(deed: str, mark: int) -> None:
    page = PolicyPage.objects.get(slug="crowd")
    today = timezone.localdate()
    if deed == "withdraw":
        withdraw(page.versions.order_by("-sequence").first(), reason=f"It was a mistake, mark-{mark}.")
        return
    begins = {"announce": today, "tomorrow": today + days(1), "upcoming": today + days(40)}[deed]
    announce(page, a_text(mark), effective_from=begins, change_summary=f"mark-{mark}")


def main() -> None:
    for line in sys.stdin:
        deed, mark = line.split()
        if deed == "lay":
            lay()
        else:
            do(deed, int(mark))
        sys.stdout.write(f"{time.time()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
