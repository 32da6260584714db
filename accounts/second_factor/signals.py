"""Signals about second factors, for the security log. They are sent after the change is committed.

Every signal comes with `request`, `user` and `device` (django-otp's; of a removed one only the row is gone).
"""

from django.dispatch import Signal

factor_given = Signal()  # a code or a passkey was right: at sign-in or before a change
factor_refused = Signal()  # it was not; `device` may be None where a passkey is not known
recovery_code_used = Signal()  # instead of factor_given, where it was a recovery code
factor_added = Signal()
factor_renamed = Signal()  # with `old_name`
factor_removed = Signal()
recovery_codes_made = Signal()
