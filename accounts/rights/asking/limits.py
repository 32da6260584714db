"""How often somebody may ask, as elsewhere in accounts: by network, by the address that is typed, and by account."""

from typing import Final

from accounts.flows.form_limits import FormLimits

# The same for an address that has an account as for one that has none.
LIMITS: Final = FormLimits(
    "accounts.rights",
    {
        "form": "10/m/ip,30/h/ip",
        "address": "3/h/key,6/d/key",
        "account": "10/h/user",
        "message": "20/h/key",
        "link": "3/h/key",
        "page": "120/m/ip",
    },
)
