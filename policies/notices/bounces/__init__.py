"""What comes back: reports of non-delivery, from a mailbox or from a mail service's signal, and what they change."""
