"""Each app registers what time makes due; the housekeeping of the site does all of it."""

import pytest

from accounts import chores


def test_every_app_has_registered_its_chores_in_their_order():
    names = [chore.name for chore in chores.chores()]
    assert names == [
        "scheduled pages",
        "mails to staff",
        "notices",
        "mails to followers",
        "results of tasks",
        "due dates of requests",
        "mails about changed addresses",
        "mails about enquiries",
        "reminders about requests",
        "mails about requests",
        "closed accounts",
        "erasures to look at again",
        "retention",
        "old counts of pages",
        "caches in front",
    ]


def test_two_chores_cannot_have_the_same_place(monkeypatch):
    monkeypatch.setattr(chores, "_chores", {})
    chores.add_chore(1, chores.Chore("sweep", dict))
    chores.add_chore(1, chores.Chore("sweep", dict))
    with pytest.raises(ValueError, match="sweep"):
        chores.add_chore(1, chores.Chore("dust", dict))
