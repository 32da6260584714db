"""A time zone whose day turns at a moment of one's own, without setting any clock."""

import struct
from pathlib import Path

# A name that the system knows, as Django insists; what it means is read from our own file before the system's.
NAME = "Etc/GMT+5"
SYSTEM = "/usr/share/zoneinfo"


def lay_zone(folder: Path, midnight: float) -> str:
    """Write the zone, and return what PYTHONTZPATH is to be: in it, days turn at a moment (seconds since 1970).

    Source: RFC 8536, version 1 of the format: one offset, for ever.
    """
    offset = -int(midnight) % 86400
    offset -= 86400 if offset > 43200 else 0
    header = b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    file = folder / "zones" / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(header + struct.pack(">lbb", offset, 0, 0) + b"BEN\0")
    return f"{folder / 'zones'}:{SYSTEM}"
