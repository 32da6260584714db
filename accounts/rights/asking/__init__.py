"""How requests come in: by either door, by staff, or from an enquiry. One rule stands behind all of them."""

from accounts.rights.asking.confirming import confirm
from accounts.rights.asking.opening import Asked, open_request

__all__ = ["Asked", "confirm", "open_request"]
