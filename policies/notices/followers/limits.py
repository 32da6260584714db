"""How often somebody may ask to follow: by network, and by the address that is typed. The same whether it is known."""

from typing import Final

from accounts.flows.form_limits import FormLimits

LIMITS: Final = FormLimits(
    "policies.notices.followers", {"form": "10/m/ip,30/h/ip", "address": "3/h/key,6/d/key", "link": "120/m/ip"}
)
