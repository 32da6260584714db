"""What the organisation has said of itself, and until when it holds."""

from accounts.examining import Finding, not_asked, to_do, well
from accounts.values.wording import day_in_words
from home.setting_up.missing import organisations_row, security_words, what_is_missing


def look_at_security_txt() -> Finding:
    row = organisations_row()
    if row.security_until is None:
        return not_asked("There is none.", "Say in the CMS under Settings, Organisation, until when it holds.")
    for one in security_words():
        return to_do(str(one.words), "Choose a day in the CMS: Settings, Organisation.")
    return well(f"It holds until {day_in_words(row.security_until)}.")


def look_at_what_is_missing() -> Finding:
    """Look at the list that the home of the CMS has."""
    missing = what_is_missing()
    if missing:
        return to_do(" ".join(str(one.words) for one in missing), "The home of the CMS leads to each.")
    return well("Nothing.")
