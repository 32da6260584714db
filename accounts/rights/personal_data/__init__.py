"""What requests and complaints hold about people: those who ask, and our staff who answer them."""

from accounts.personal_data.register import declare_free, register
from accounts.rights.personal_data import asking, staff


def declare() -> None:
    """Put it into the register of the site. Called once, when the app starts."""
    register(*asking.KINDS, *staff.KINDS)
    receipt = ("request", "number", "erased_at", "first", "looked_again_at", "second", "left")
    declare_free("rights.ErasureReceipt", *receipt, why="It counts rows of an account that is gone")
    declare_free("rights.HolidaysCounted", "by", "at", why="By which holidays due dates were worked out")
    declare_free("rights.PublicNumbers", "shown", why="Whether numbers are shown")
    declare_free("rights.RegulatorSetting", why="It holds the entries together")
    entry = ("setting", "since", "name", "short", "url", "postal_address", "phone")
    declare_free("rights.RegulatorEntry", *entry, why="An authority, not a person")
