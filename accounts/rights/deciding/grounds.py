"""On which grounds a part can be withheld, or a request refused, by what was asked for."""

from typing import Final

from accounts.rights.models import Ground, Kind

_MANIFESTLY: Final = (Ground.UNFOUNDED, Ground.EXCESSIVE)
_DISCLOSING: Final = (
    Ground.ANOTHER_PERSON,
    Ground.HEALTH,
    Ground.LEGAL_ADVICE,
    Ground.CRIME,
    Ground.NEGOTIATIONS,
    *_MANIFESTLY,
    Ground.OTHER,
)
GROUNDS: Final[dict[Kind, tuple[Ground, ...]]] = {
    Kind.ACCESS: _DISCLOSING,
    Kind.PORTABILITY: _DISCLOSING,
    Kind.CORRECTION: (Ground.ACCURATE, *_MANIFESTLY, Ground.OTHER),
    Kind.ERASURE: (Ground.NEEDED_BY_LAW, Ground.LEGAL_CLAIMS, *_MANIFESTLY, Ground.OTHER),
    Kind.RESTRICTION: (Ground.LEGAL_CLAIMS, *_MANIFESTLY, Ground.OTHER),
    Kind.OBJECTION: (Ground.LEGAL_CLAIMS, *_MANIFESTLY, Ground.OTHER),
    Kind.COMPLAINT: (),
}
# Whose answer is a disclosure: it says what was searched, and passes the gate for data about health.
DISCLOSING: Final = frozenset({Kind.ACCESS, Kind.PORTABILITY})
# After which those who were given the data are told: `LAW.RECIPIENTS`.
TOLD_ON: Final = frozenset({Kind.CORRECTION, Kind.ERASURE, Kind.RESTRICTION})
