"""Two people for one announcement: approvals, reviews by outsiders, who waits for whom, and the mails about it."""
