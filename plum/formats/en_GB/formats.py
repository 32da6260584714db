"""Times by the clock of 24 hours, days as “25 November 2026”: in the CMS, too, where Django would write “9:44 p.m.”."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
