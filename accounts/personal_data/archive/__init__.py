"""The archive in which people take their data away: made in the request that asks for it, stored nowhere."""

from accounts.personal_data.archive.extras import ExtraFile, add_extra
from accounts.personal_data.archive.making import Archive, make_archive

__all__ = ["Archive", "ExtraFile", "add_extra", "make_archive"]
