"""What accounts, and the packages they bring in, hold about people."""

from accounts.declarations import choosing, closing, free, people, protecting, signing_in
from accounts.personal_data.register import register


def declare() -> None:
    """Put it all into the register of the site. Called once, when the app starts."""
    register(*people.KINDS, *protecting.KINDS, *signing_in.KINDS, *choosing.KINDS, *closing.KINDS)
    free.declare()
