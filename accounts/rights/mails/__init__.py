"""Mails about requests, to both sides: they say that there is news, and where; never what."""
