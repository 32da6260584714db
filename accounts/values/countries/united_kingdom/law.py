"""The law of data protection in the United Kingdom: where it stands, its numbers, and what is said of it in sentences.

Whole letters are templates beside this module. Everything else of the site asks here and names no statute itself.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.values.countries.terms import Source
from accounts.values.wording import Words

GDPR: Final = "https://www.legislation.gov.uk/eur/2016/679"
ACT: Final = "https://www.legislation.gov.uk/ukpga/2018/12"

# Where it stands.
LAWFUL_BASIS: Final = Source("UK GDPR, Article 6(1)", f"{GDPR}/article/6")
REQUESTS: Final = Source("UK GDPR, Article 12", f"{GDPR}/article/12")
REFUSING: Final = Source("UK GDPR, Article 12(4)", f"{GDPR}/article/12")
FEES: Final = Source("UK GDPR, Article 12(5)", f"{GDPR}/article/12")
IDENTITY: Final = Source("UK GDPR, Article 12(6)", f"{GDPR}/article/12")
PERIOD: Final = Source("UK GDPR, Article 12A", f"{GDPR}/article/12A")  # of other controllers: section 54 of the Act
COLLECTING: Final = Source("UK GDPR, Article 13", f"{GDPR}/article/13")
NEW_USES: Final = Source("UK GDPR, Articles 13(3) and 14(4)", f"{GDPR}/article/13")
ACCESS: Final = Source("UK GDPR, Article 15(1) and (2)", f"{GDPR}/article/15")
SEARCH: Final = Source("UK GDPR, Article 15(1A)", f"{GDPR}/article/15")
RESTRICTION: Final = Source("UK GDPR, Articles 4(3) and 18", f"{GDPR}/article/18")
RECIPIENTS: Final = Source("UK GDPR, Article 19", f"{GDPR}/article/19")
OBJECTION: Final = Source("UK GDPR, Article 21", f"{GDPR}/article/21")
RECORD: Final = Source("UK GDPR, Article 30", f"{GDPR}/article/30")
ANOTHER_PERSON: Final = Source("Data Protection Act 2018, Schedule 2, paragraph 16", f"{ACT}/schedule/2/paragraph/16")
HEALTH: Final = Source("Data Protection Act 2018, Schedule 3", f"{ACT}/schedule/3")
COMPLAINTS: Final = Source("Data Protection Act 2018, section 164A", f"{ACT}/section/164A")
COUNTS: Final = Source("Data Protection Act 2018, section 164B", f"{ACT}/section/164B")
COMMENCED: Final = Source("SI 2026/82, regulation 3", "https://www.legislation.gov.uk/uksi/2026/82/regulation/3")
COUNTING: Final = Source("Regulation 1182/71, Article 3", "https://www.legislation.gov.uk/eur/1971/1182/article/3")
ON_DEVICES: Final = Source(
    "Privacy and Electronic Communications Regulations 2003, regulation 6 and Schedule A1",
    "https://www.legislation.gov.uk/uksi/2003/2426/regulation/6",
)

# Its numbers.
REQUESTS_SINCE: Final = dt.date(2018, 5, 25)
COMPLAINTS_SINCE: Final = dt.date(2026, 6, 19)
MONTHS: Final = 1
MONTHS_EXTENDED: Final = 3  # from the same start
COMPLAINT_DAYS: Final = 30
SAFE_DAYS: Final = 28  # of the regulator's guidance
OPINION_MONTHS: Final = 6  # how old a health professional's may be: Schedule 3, paragraph 6
# As long as a claim can be made: Limitation Act 1980, sections 9 (under a statute) and 5 (of a contract).
CLAIMS_UNDER_STATUTE: Final = dt.timedelta(days=6 * 365)
CLAIMS_OF_CONTRACT: Final = dt.timedelta(days=6 * 365)

# How a day was worked out, step by step; `accounts.rights.clock` fills in the days.
NOT_BEGUN: Final = _("The month has not begun: it does when %(awaited)s.")
SAME_DAY: Final = _("the same day of the next month")
LAST_DAY: Final = _("the last day of the next month")
FIRST_TIME: Final = _("One month ends on %(day)s, %(same)s.")
EXTENDED: Final = _("It was extended by two further months, to three from its start: %(day)s.")
LEFT_OUT: Final = ngettext_lazy(
    "%(number)s day does not count, from each question for clarification to its answer: %(spans)s. "
    "That leads to %(day)s.",
    "%(number)s days do not count, from each question for clarification to its answer: %(spans)s. "
    "That leads to %(day)s.",
    "how_many",
)
MARKETING_AT_ONCE: Final = _("An objection to direct marketing is not waited with: it stops at once.")
COMPLAINT_BEGINS: Final = _("The 30 days begin on %(day)s: %(why)s.")
COMPLAINT_STRICTLY: Final = _("The day of receipt is the first of them, so the complaint is acknowledged by %(day)s.")
COMPLAINT_OTHERWISE: Final = _(
    "The regulator's guidance counts from the day after receipt: %(day)s, or %(working_day)s as a working day. The "
    "earliest day is kept."
)
COMPLAINT_OUTCOME: Final = _(
    "There is no day for the outcome: it is told without undue delay, and progress until then."
)
READ_STRICTLY: Final = _("the day of receipt is the first of the 30")
READ_AS_GUIDANCE: Final = _("the regulator's guidance: the first day is the one after receipt")
READ_SAFELY: Final = _("28 days: a goal that is safe in every reading")

# What has no basis.
PAUSE_FOR_ACCESS_ONLY: Final = _(
    "Only an access request can be paused for clarification (UK GDPR, Article 12A). For this kind, %(kind)s, the clock "
    "goes on while you ask."
)
NO_EXTENSION_OF_COMPLAINTS: Final = _(
    "The 30 days for a complaint cannot be extended (Data Protection Act 2018, section 164A)."
)
NO_PAUSE_OF_COMPLAINTS: Final = _(
    "The 30 days for a complaint cannot be paused (Data Protection Act 2018, section 164A)."
)
NO_IDENTITY_FOR_COMPLAINTS: Final = _(
    "The 30 days for a complaint begin when it is received: nobody's identity is waited for (Data Protection Act 2018, "
    "section 164A)."
)
NO_FEE_FOR_COMPLAINTS: Final = _(
    "No fee can be asked for a complaint, and its 30 days begin when it is received (Data Protection Act 2018, section "
    "164A)."
)
COMPLAINT_WITHOUT_IT: Final = _("A complaint is looked into without it: Data Protection Act 2018, section 164A.")

# What staff read at the desk.
TAKE_MORE_TIME: Final = _("Take two months more")
ABOUT_MORE_TIME: Final = _(
    "The law allows two further months where a request is complex, or where there are several. The person is told why, "
    "within the first month."
)
ABOUT_IDENTITY: Final = _(
    "Only where there is reasonable doubt, and for no more than is needed. The month begins when it comes."
)
BEGINS_WHEN_ASKED: Final = _("They are asked, and the month begins when it comes.")
BEGINS_WITH_IDENTITY: Final = _("The month begins on the day on which it came.")
ABOUT_FEE: Final = _(
    "Only where the request is manifestly unfounded or excessive, or for further copies. Say how much, how it was "
    "worked out, and how to pay. The month begins when it is paid."
)
BEGINS_WITH_FEE: Final = _("The month begins on the day on which it was paid.")
HAS_BEGUN: Final = _("The month has begun.")
ABOUT_END_OF_RESTRICTION: Final = _(
    "The person is told before it ends (UK GDPR, Article 18(3)). Until that day all stays as it is."
)
ABOUT_SEARCH: Final = _("A search is reasonable and proportionate (UK GDPR, Article 15(1A)).")
ABOUT_HEALTH: Final = _(
    "Nobody but a health professional may disclose it otherwise (Data Protection Act 2018, Schedule 3). The opinion "
    "must not be older than six months."
)
OPINION_TOO_OLD: Final = _(
    "The opinion is older than six months: it must be from after %(day)s. Ask the health professional again."
)
ABOUT_RECIPIENTS: Final = _(
    "Whoever was given data is told that it was corrected, erased or restricted, unless that is impossible or out of "
    "all proportion (UK GDPR, Article 19)."
)
# On which ground something is withheld or refused, in the words that the person reads, by the value of a `Ground`.
GROUNDS: Final[Mapping[str, Words]] = {
    "another_person": _("It is about another person (DPA 2018, Schedule 2, paragraph 16)"),
    "health": _("It could do serious harm to somebody's health (DPA 2018, Schedule 3)"),
    "legal_advice": _("It is legal advice (DPA 2018, Schedule 2, paragraph 19)"),
    "crime": _("It would hinder the prevention of crime (DPA 2018, Schedule 2, paragraph 2)"),
    "negotiations": _("It would harm negotiations with you (DPA 2018, Schedule 2, paragraph 23)"),
    "unfounded": _("The request is manifestly unfounded (UK GDPR, Article 12(5))"),
    "excessive": _("The request is manifestly excessive (UK GDPR, Article 12(5))"),
    "needed_by_law": _("The law requires us to keep it (UK GDPR, Article 17(3)(b))"),
    "legal_claims": _("We need it for legal claims (UK GDPR, Article 17(3)(e))"),
}

# On which ground a fee is asked for.
FEE_GROUNDS: Final[Mapping[str, Words]] = {
    "unfounded": GROUNDS["unfounded"],
    "excessive": GROUNDS["excessive"],
    "copies": _("You ask for further copies (UK GDPR, Article 15(3))"),
}

# What editors read of their texts.
ABOUT_COLLECTING: Final = _(
    "UK GDPR, Article 13. A section is named by its words: read it to see whether it says enough."
)
PLAIN_LANGUAGE: Final = _(
    "Shorten sentences and take plainer words. The law asks for clear and plain language (UK GDPR, Article 12(1))."
)

# What people read of cookies.
ABOUT_NECESSARY: Final = _(
    "The website cannot do without them what you ask of it. The law does not ask for your consent (the Privacy and "
    "Electronic Communications Regulations 2003, Schedule A1, paragraph 4)."
)
ABOUT_CHOSEN: Final = _(
    "Set only when you choose something, and deleted when you choose otherwise. The law lets us, if we tell you and "
    "you can switch it off (Schedule A1, paragraph 6)."
)
ABOUT_CONSENT: Final = _(
    "We always ask. The law lets a website do without consent for statistics that nobody but the website uses "
    "(Schedule A1, paragraph 5). What Google counts, Google may use for its own products, so that way is "
    "closed to it, here as everywhere."
)

# What goes with a copy of somebody's data.
ABROAD: Final = _("Outside of the United Kingdom")
ABOUT_ABROAD: Final = _(
    "Who receives data stands at each kind. Where one of them is outside of the United Kingdom, our privacy policy "
    "says where, and what protects your data there."
)
